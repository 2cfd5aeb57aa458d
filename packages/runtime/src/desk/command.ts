import type { Approved } from "../gates/gatekeeper.js";
import type { CancelRequest, SnapshotRequest, VenueOrder } from "../contract.js";

/** What a desk asks of the world: of the venue, and of who reads what it has to say. */
export type DeskCommand =
  | { readonly kind: "submit"; readonly order: Approved<VenueOrder> }
  /** With what the strategy calls it. */
  | { readonly kind: "cancel"; readonly request: CancelRequest; readonly orderId: string }
  | {
      readonly kind: "modify";
      readonly request: CancelRequest;
      readonly replacedId: string;
      readonly order: Approved<VenueOrder>;
    }
  | { readonly kind: "snapshot"; readonly request: SnapshotRequest }
  /** Capital goes to a strategy, or away from it below zero; steps of money. A venue with one cash for all has nothing to do. */
  | {
      readonly kind: "allocate";
      readonly strategy: string;
      readonly symbol: string;
      readonly amount: number;
    }
  | { readonly kind: "notice"; readonly notice: Notice };

/** Something that who runs the desk should know. */
export interface Notice {
  readonly what: NoticeName;
  readonly text: string;
  readonly strategy?: string;
  readonly symbol?: string;
  readonly orderId?: string | undefined;
}

export type NoticeName =
  | "refused"
  | "unknown"
  | "resent"
  | "given_up"
  /** What protects a position is not at the venue, and will not be. */
  | "unprotected"
  /** Something was opened that no rule has asked for. */
  | "stray"
  | "stranger"
  | "difference"
  | "reconciled"
  | "halted"
  | "disconnected"
  | "connected"
  | "call_failed"
  | "switched"
  | "operator";
