import type { ColumnId, PlannedEnter, PlannedExit } from "@bitfever/lang";
import type { Instrument, Order } from "@bitfever/engine";

/** What a rule knows at the close of the bar on which its condition came true. */
export interface DecisionContext {
  readonly value: (column: ColumnId) => number;
  readonly instrument: Instrument;
  readonly equity: number;
  readonly close: number;
  readonly id: string;
}

export type PlannedOrder =
  | { readonly kind: "order"; readonly order: Order }
  /** A price or the size has no value on this bar. */
  | { readonly kind: "absent" }
  /** Nothing sensible can be sent: no size is left, or a stop or target stands on the wrong side of the price. */
  | { readonly kind: "senseless" };

/** An entry with its protection, sized and rounded. */
export function planEntry(rule: PlannedEnter, context: DecisionContext): PlannedOrder {
  const { value, instrument, close, id } = context;
  const isLong = rule.side === "long";
  const [nearest] = rule.targets;
  const stop = rule.stop === null ? null : value(rule.stop.price);
  const target = nearest === undefined ? null : value(nearest.price);
  const units = sizeOf(rule, context, stop);
  if ([stop, target, units].some((each) => each !== null && Number.isNaN(each))) return { kind: "absent" };

  const quantity = instrument.quantity(units);
  const below = isLong ? stop : target;
  const above = isLong ? target : stop;
  const isSensible =
    quantity > 0 &&
    Number.isFinite(quantity) &&
    (below === null || below < close) &&
    (above === null || above > close);
  if (!isSensible) return { kind: "senseless" };

  const side = isLong ? "sell" : "buy";
  const child = (type: "stop" | "limit", purpose: "stop" | "target", decimal: number): Order => {
    // A limit is rounded to the better price, a stop to the later one: for both this is up when selling a target.
    const up = type === "limit" ? isLong : !isLong;
    const price = instrument.price(decimal, up ? "up" : "down");
    return { id: `${id}-${purpose}`, type, side, purpose, quantity, price, tag: rule.tag, children: [] };
  };
  const children = [
    ...(stop === null ? [] : [child("stop", "stop", stop)]),
    ...(target === null ? [] : [child("limit", "target", target)]),
  ];
  return {
    kind: "order",
    order: {
      id,
      type: "market",
      side: isLong ? "buy" : "sell",
      purpose: "enter",
      quantity,
      price: null,
      tag: rule.tag,
      children,
    },
  };
}

/** Closes the whole position at the next price. */
export function planExit(rule: PlannedExit, position: number, id: string): Order {
  return {
    id,
    type: "market",
    side: position > 0 ? "sell" : "buy",
    purpose: "exit",
    quantity: Math.abs(position),
    price: null,
    tag: rule.tag,
    children: [],
  };
}

/** The size in units, before it is rounded to lots. */
function sizeOf({ size }: PlannedEnter, context: DecisionContext, stop: number | null): number {
  const { value, instrument, equity, close } = context;
  const worth = close * instrument.specification.multiplier;
  const given = value(size.value);
  const units = ((): number => {
    switch (size.kind) {
      case "units":
        return given;
      case "money":
        return given / worth;
      case "equity":
        return (given * equity) / worth;
      case "risk":
        return (given * equity) / (Math.abs(close - (stop ?? NaN)) * instrument.specification.multiplier);
    }
  })();
  return size.cap === null ? units : Math.min(units, (value(size.cap) * equity) / worth);
}
