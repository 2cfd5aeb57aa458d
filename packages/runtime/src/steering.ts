import type { Order } from "@bitfever/engine";

/** The market order that makes of a position another one, both signed and in lots; null where they are the same. */
export function steeringOrder(position: number, target: number, id: string, tag: string): Order | null {
  if (target === position) return null;
  const isOtherSide = position * target < 0;
  const isReduced = !isOtherSide && Math.abs(target) < Math.abs(position);
  // An entry on the other side closes what there is and opens its own quantity.
  const quantity = isOtherSide ? Math.abs(target) : Math.abs(target - position);
  return {
    id,
    type: "market",
    side: target > position ? "buy" : "sell",
    purpose: isReduced ? "exit" : "enter",
    quantity,
    price: null,
    tag,
    children: [],
    entries: isReduced ? undefined : Infinity,
    isPartial: isReduced && target !== 0 ? true : undefined,
  };
}
