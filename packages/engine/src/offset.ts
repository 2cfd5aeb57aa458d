import type { Instrument } from "./instrument.js";
import type { Offset, Order } from "./order.js";

/** The price of an order that stands so far from where its entry has filled; a share is rounded up to whole steps. */
export function offsetPrice(
  instrument: Instrument,
  { side, purpose }: Pick<Order, "side" | "purpose">,
  { distance, unit }: Offset,
  filled: number,
): number {
  const steps = unit === "ratio" ? instrument.distance(filled, distance) : distance;
  // What sells stands above as a target and below as a stop.
  return (side === "sell") === (purpose === "target") ? filled + steps : filled - steps;
}
