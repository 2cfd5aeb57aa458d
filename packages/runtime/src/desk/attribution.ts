import type { Fill, Order } from "@bitfever/engine";
import type { VenueTrade } from "../contract.js";
import { inProportion } from "./in-proportion.js";

/** What a strategy holds on each side, in lots. */
export interface Held {
  readonly long: number;
  readonly short: number;
}

/**
 * The fills of a strategy that a trade at the venue is: what it closes and what it opens. An entry on the other side closes
 * first what there is; all else only ever closes. Null where that cannot be with what is held: a trade that came before it has
 * not been heard of yet.
 *
 * @param hedges  entries open positions of their own, and close none
 * @param isAll  no trade is missing: what closes more than is held has opened the rest
 */
export function fillsOf(
  order: Order,
  trade: VenueTrade,
  held: Held,
  hedges: boolean,
  isAll = false,
): readonly Fill[] | null {
  const isEntry = order.purpose === "enter";
  const opposed = trade.side === "buy" ? held.short : held.long;
  const most = closedBy(order, trade, opposed, hedges);
  if (most > opposed && !isAll) return null;
  const closed = Math.min(most, opposed);
  const opened = trade.quantity - closed;
  const { price, commission, time, left } = trade;
  const common = { orderId: order.id, side: trade.side, tag: order.tag, price, time, ...notesOf(trade) };
  const ofClosed = shareOf(commission, closed, trade.quantity);
  const fills: Fill[] = [];
  if (closed > 0) {
    const ends = isEntry ? { reason: "reversal" as const } : { reason: order.purpose, left };
    fills.push({ ...common, ...ends, effect: "close", quantity: closed, commission: ofClosed });
  }
  if (opened > 0) {
    const ofOpened = commission - ofClosed;
    fills.push({ ...common, effect: "open", reason: "enter", quantity: opened, commission: ofOpened, left });
  }
  return fills;
}

/** What of a trade closes: as the venue says, also where what it closed or opened before is not known yet. */
function closedBy(
  { purpose }: Order,
  { effect, quantity }: VenueTrade,
  opposed: number,
  hedges: boolean,
): number {
  if (effect !== undefined) return effect === "close" ? quantity : 0;
  if (purpose !== "enter") return quantity;
  return hedges ? 0 : Math.min(opposed, quantity);
}

/**
 * What of a trade that the venue made by itself is each strategy's, where all have one position: of a liquidation each has its
 * part by what it holds on the side that is closed. Null where less is held there than was closed.
 *
 * @param held  by strategy, in the order in which they stand on the desk
 */
export function sharesOf(
  trade: VenueTrade,
  held: readonly Held[],
  step: number | null,
): readonly VenueTrade[] | null {
  const weights = held.map(({ long, short }) => (trade.side === "buy" ? short : long));
  if (weights.reduce((sum, each) => sum + each, 0) < trade.quantity) return null;
  let [quantityLeft, commissionLeft] = [trade.quantity, trade.commission];
  return inProportion(trade.quantity, weights, step).map((quantity) => {
    const commission = shareOf(commissionLeft, quantity, quantityLeft);
    quantityLeft -= quantity;
    commissionLeft -= commission;
    return { ...trade, quantity, commission };
  });
}

/** The part of a commission that goes with a part of a trade: whole minor units where it is in them. */
function shareOf(commission: number, part: number, whole: number): number {
  if (part === 0) return 0;
  if (part === whole) return commission;
  const share = (commission * part) / whole;
  return Number.isInteger(commission) ? Math.round(share) : share;
}

const notesOf = ({ notes }: VenueTrade): Pick<Fill, "ambiguous"> & NonNullable<VenueTrade["notes"]> => ({
  ambiguous: false,
  ...notes,
});
