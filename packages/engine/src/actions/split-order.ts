import type { Fraction } from "../fraction.js";
import type { Instrument } from "../instrument.js";
import type { Offset, Order, Trail } from "../order.js";
import { waitsForBetterPrice, type WorkingOrder } from "../order-type.js";
import { splitQuantity } from "./split-quantities.js";

/**
 * An order that rests over a split, as exchanges adjust those that are good till cancelled: prices divided and quantities
 * multiplied, a limit rounded to the better price, a stop to the later one, a quantity down. Its children follow. What of it
 * has traded before stays as it was traded, and as it was charged for.
 */
export function splitOrder<Split extends Order & Partial<WorkingOrder>>(
  instrument: Instrument,
  order: Split,
  ratio: Fraction,
): Split {
  const { side, quantity, price, limit, trail, offset, children, best, startsAt } = order;
  const at = (level: number, isLimit: boolean): number =>
    splitPrice(instrument, level, ratio, isLimit === (side === "buy") ? "down" : "up");
  const nearest = (level: number): number => splitPrice(instrument, level, ratio, "nearest");
  return {
    ...order,
    quantity: splitQuantity(instrument, quantity, ratio),
    price: price === null ? null : at(price, waitsForBetterPrice(order)),
    children: children.map((each) => splitOrder(instrument, each, ratio)),
    ...(limit !== undefined && { limit: at(limit, true) }),
    ...(trail && { trail: splitTrail(instrument, trail, ratio) }),
    ...(offset && { offset: splitOffset(instrument, offset, ratio) }),
    ...(best !== undefined && { best: nearest(best) }),
    ...(startsAt !== undefined && { startsAt: nearest(startsAt) }),
  };
}

/** A price, or a distance, in steps, for the new shares. */
export const splitPrice = (
  instrument: Instrument,
  price: number,
  { numerator, denominator }: Fraction,
  direction: "up" | "down" | "nearest",
): number => instrument.price((instrument.priceDecimal(price) * denominator) / numerator, direction);

export function splitTrail<Split extends Trail>(
  instrument: Instrument,
  trail: Split,
  ratio: Fraction,
): Split {
  const { distance, unit, after } = trail;
  const stopAfter = (stop: number | Offset): number | Offset =>
    typeof stop === "number"
      ? splitPrice(instrument, stop, ratio, "nearest")
      : splitOffset(instrument, stop, ratio);
  return {
    ...trail,
    distance: unit === "ratio" ? distance : splitPrice(instrument, distance, ratio, "up"),
    after: after && { times: after.times, stop: stopAfter(after.stop) },
  };
}

const splitOffset = (instrument: Instrument, offset: Offset, ratio: Fraction): Offset =>
  offset.unit === "ratio"
    ? offset
    : { ...offset, distance: splitPrice(instrument, offset.distance, ratio, "up") };
