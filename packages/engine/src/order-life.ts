import type { CancelReason, VenueEvent } from "./order.js";

/** What can happen to an order. */
export type OrderHappening = "place" | "fill_part" | "fill" | "reduce" | "cancel" | "reject";

interface LifeStage {
  readonly summary: string;
  /** What may happen in it, and which state the order is in then; in a last state nothing may. */
  readonly next: Readonly<Partial<Record<OrderHappening, OrderState>>>;
}

export type OrderState = "waiting" | "working" | "partly_filled" | "filled" | "cancelled" | "rejected";

const atWork: LifeStage["next"] = {
  ...{ fill_part: "partly_filled", fill: "filled", cancel: "cancelled", reject: "rejected" },
};

/** The life of an order, in one table: from it come what a session keeps of its orders, the docs and the tests. */
export const orderLife: Readonly<Record<OrderState, LifeStage>> = {
  waiting: {
    summary: "A stop or target whose entry has not filled: the market does not know it.",
    next: { place: "working", cancel: "cancelled" },
  },
  working: {
    summary: "At the market, or on its way there, with nothing filled.",
    next: { ...atWork, reduce: "working" },
  },
  partly_filled: {
    summary:
      "Some of it has traded and the rest works on; an entry that turns a position round, between its two fills.",
    next: { ...atWork, reduce: "partly_filled" },
  },
  filled: { summary: "All of it has traded that was to.", next: {} },
  cancelled: { summary: "It is gone, with what of it has not traded.", next: {} },
  rejected: { summary: "An entry that the market had no room or the account no money for.", next: {} },
};

/** Why an order was cancelled. */
export const cancelReasons: Readonly<Record<CancelReason, string>> = {
  asked: "it was taken back, or another one took its place",
  expired: "what it was good for is over",
  group: "another order of its group filled",
  nothing_to_close: "there is nothing left that it would close",
  unfilled: "it does not rest, and could not trade at once",
  post_only: "it would have traded as it arrived",
  no_lot: "no whole lot is left of it",
  ended: "there are no more bars",
};

/** The state after something happened; throws where the table says that it cannot. */
export function stateAfter(state: OrderState, happening: OrderHappening, id: string): OrderState {
  const next = orderLife[state].next[happening];
  if (next === undefined) throw new Error(`order ${id}: ${happening} in the state ${state}`);
  return next;
}

/** Whether nothing happens to an order any more. */
export const isOver = (state: OrderState): boolean => Object.keys(orderLife[state].next).length === 0;

/** What an event of the venue is to the order it is about; null for one that is about none. */
export function happeningOf(
  event: VenueEvent,
): { readonly id: string; readonly happening: OrderHappening } | null {
  switch (event.kind) {
    case "fill": {
      const { orderId: id, reason, left } = event.fill;
      // What turns the position round has yet to open the other side, or to hear that it cannot.
      return { id, happening: reason === "reversal" || left !== undefined ? "fill_part" : "fill" };
    }
    case "cash":
    case "split":
      return null;
    case "placed":
      return { id: event.id, happening: "place" };
    case "reduced":
      return { id: event.id, happening: "reduce" };
    case "rejected":
      return { id: event.id, happening: "reject" };
    case "cancelled":
      return { id: event.id, happening: "cancel" };
  }
}
