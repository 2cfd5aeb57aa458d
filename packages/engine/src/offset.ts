import type { Instrument } from "./instrument.js";
import type { Order } from "./order.js";

/** How far an order stands from the price at which its entry fills: in steps of price, or as a share of that price. */
export interface Offset {
  readonly distance: number;
  readonly unit: "price" | "ratio";
}

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
