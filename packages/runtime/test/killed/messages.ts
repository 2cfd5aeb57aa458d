import type { Plan } from "@bitfever/lang";
import type { Settings } from "@bitfever/engine";
import type {
  BookedOrder,
  CancelRequest,
  ClosedBars,
  SnapshotRequest,
  VenueOrder,
  VenueReport,
} from "../../src/index.js";

/* What a trading process and the world around it say to each other. */

export interface SeatGiven {
  readonly strategy: string;
  readonly symbol: string;
  readonly plan: Plan;
  readonly intervalMs: number;
  readonly settings: Settings;
}

/** Mistakes that one could make; each must be found. */
export type Mistake = "never syncs" | "sends under new ids";

export type ToProcess =
  | {
      readonly kind: "begin";
      readonly now: number;
      readonly seats: readonly SeatGiven[];
      readonly folder: string;
      /** The place, of those at which something is kept or sent, at which to wait for the end; 0 for none. */
      readonly killAt: number;
      readonly mistake: Mistake | null;
    }
  | { readonly kind: "report"; readonly report: VenueReport }
  | { readonly kind: "bars"; readonly now: number; readonly closed: ClosedBars }
  | { readonly kind: "clock"; readonly now: number }
  | { readonly kind: "state" | "stop" };

export type FromProcess =
  | { readonly kind: "submit"; readonly order: VenueOrder }
  | { readonly kind: "modify"; readonly request: CancelRequest; readonly order: VenueOrder }
  | { readonly kind: "cancel"; readonly request: CancelRequest }
  | { readonly kind: "snapshot"; readonly request: SnapshotRequest }
  /** It has begun, and heard of bars up to these. */
  | { readonly kind: "ready"; readonly lastBars: readonly number[] }
  | { readonly kind: "done" }
  | { readonly kind: "state"; readonly state: ProcessState };

export interface ProcessState {
  readonly isSettled: boolean;
  readonly members: readonly { readonly position: number; readonly cash: number }[];
  readonly orders: readonly BookedOrder[];
  readonly desk: string;
}
