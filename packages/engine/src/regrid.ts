import type { Instrument } from "./instrument.js";
import type { Order } from "./order.js";
import { waitsForBetterPrice } from "./order-type.js";

/**
 * An order as it rests on once ticks and lots are others: its prices go to the next tick on the safe side, a limit to the
 * better and a stop to the later price, as when it was sent, and what it enters to whole lots. Null where no lot is
 * left.
 */
export function regridded<Given extends Order>(instrument: Instrument, order: Given): Given | null {
  const { side, purpose, price, limit, trail, offset } = order;
  const quantity = purpose === "enter" ? instrument.wholeLots(order.quantity) : order.quantity;
  if (quantity === 0) return null;
  const isBuy = side === "buy";
  const [better, later] = isBuy ? (["down", "up"] as const) : (["up", "down"] as const);
  const at = price === null ? null : instrument.onTicks(price, waitsForBetterPrice(order) ? better : later);
  return {
    ...order,
    quantity,
    price: at,
    limit: limit === undefined ? undefined : instrument.onTicks(limit, better),
    trail: trail && {
      ...trail,
      distance: trail.unit === "ratio" ? trail.distance : instrument.onTicks(trail.distance, "up"),
      ...(trail.isWhole && { tick: instrument.ticks(1) }),
    },
    offset:
      offset === undefined || offset.unit === "ratio"
        ? offset
        : { ...offset, distance: instrument.onTicks(offset.distance, "up") },
    children: order.children.flatMap((each) => regridded(instrument, each) ?? []),
  };
}
