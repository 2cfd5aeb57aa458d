import type { Trail } from "./order.js";

/** What arithmetic leaves of a share of a price is no step. */
const hair = 1e-9;

/** How far behind a price a trailing stop stands, in steps of price; a share of it is rounded up to whole ones. */
export function trailingDistance({ distance, unit, isWhole }: Omit<Trail, "after">, price: number): number {
  if (unit !== "ratio") return distance;
  const share = Math.abs(price) * distance;
  return isWhole === true ? Math.ceil(share - hair) : share;
}
