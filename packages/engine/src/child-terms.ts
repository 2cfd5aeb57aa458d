import type { Instrument } from "./instrument.js";
import { offsetPrice } from "./offset.js";
import type { Order } from "./order.js";
import { portionOf } from "./portion.js";
import { startOf } from "./trail.js";

/**
 * What of an order that protects an entry is known only once that has filled: its price, the quantity it is for, and
 * where its trail starts.
 *
 * @param entered  what the entry has opened, in lots
 * @param filled  the price at which it has, in steps
 */
export function childTerms(
  instrument: Instrument,
  child: Order,
  entered: number,
  filled: number,
): Pick<Order, "price" | "quantity" | "startsAt"> {
  const { share, trail, offset } = child;
  return {
    price: offset === undefined ? child.price : offsetPrice(instrument, child, offset, filled),
    quantity: share === undefined ? entered : portionOf(instrument, entered, share),
    startsAt: trail === undefined ? undefined : (startOf(instrument, child, trail, filled) ?? undefined),
  };
}
