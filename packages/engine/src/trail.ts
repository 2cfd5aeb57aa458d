import { multipleOf } from "./fraction.js";
import type { Instrument } from "./instrument.js";
import { offsetPrice } from "./offset.js";
import type { Order, Trail } from "./order.js";

/** How far behind a price a trailing stop stands, in steps of price; a share of it is rounded up to whole ones. */
export function trailingDistance(
  { distance, unit, isWhole, tick = 1 }: Omit<Trail, "after">,
  price: number,
): number {
  if (unit !== "ratio") return distance;
  const share = Math.abs(price) * distance;
  return isWhole === true ? multipleOf(share, tick, "up") : share;
}

/** The price at which a trail starts, of an entry that has filled at a price; null where it starts at once. */
export function startOf(
  instrument: Instrument,
  { side }: Pick<Order, "side">,
  { after }: Pick<Trail, "after">,
  filled: number,
): number | null {
  if (after === null) return null;
  const { times, stop } = after;
  const at =
    typeof stop === "number" ? stop : offsetPrice(instrument, { side, purpose: "stop" }, stop, filled);
  return filled + times * (filled - at);
}
