import type { CancelReason, Order } from "@bitfever/engine";
import type { BookedOrder } from "./order-book.js";

/**
 * An order that the desk looks after: what is sent of it to the venue, once or several times and each time under a name of its own,
 * comes to what the strategy wants of it.
 */
export interface EmulatedOrder {
  readonly member: number;
  /** As the strategy wants it now, by the name that the strategy has for it now. */
  readonly order: Order;
  /** Names that it had before another order took its place: what was sent under them may trade still. */
  readonly names: readonly string[];
  /** What the strategy calls the entry that it protects; null for one of a rule. */
  readonly entry: string | null;
  readonly signalTime: number;
  /** It must go out whatever holds: it closes what no rule has asked for, or protects. */
  readonly isFlattening: boolean;
  /** Under its present name: what an entry has opened and what others have closed, in lots. */
  readonly done: number;
  /** How often it was sent under its present name. */
  readonly sent: number;
  /** Why it is to go; null while it is wanted. */
  readonly leaving: CancelReason | null;
  /** Nothing of it is wanted any more, and the strategy knows. */
  readonly isOver: boolean;
  /** The venue took it back by itself, or less of it, and nothing is sent before what is held has been compared. */
  readonly isDoubted: boolean;
  /** How often that has happened since its strategy last traded. */
  readonly doubts: number;
  /** It stays as the venue has made it: the account could not pay for all of it, or no more of what protects is taken. */
  readonly isFixed: boolean;
  /** When something happened to it the last time. */
  readonly touchedAt: number;
}

/** An entry, with what it has opened: what protects it is for that. */
export interface ParentOrder {
  readonly member: number;
  readonly order: Order;
  /** In lots. */
  readonly opened: number;
  /** Of its first fill; null before. */
  readonly price: number | null;
  readonly touchedAt: number;
}

/** What is there of it at the venue, or may be. */
export const lotsOf = (sent: readonly BookedOrder[]): number =>
  sent.reduce((sum, { left, turning }) => sum + left + turning, 0);

/** Whether what was sent stands for the order as it is wanted now. */
export const standsFor = (sent: BookedOrder, { order }: EmulatedOrder): boolean =>
  sent.cancelAskedAt === null && sent.replacedBy === null && sent.of === order.id;

/** One that waits for no price has to be left alone once it was sent. */
export const isAtMarket = ({ type }: Order): boolean => type === "market" || type === "market_on_close";
