import type { Instrument, Order, OrderTypeName, Side } from "@bitfever/engine";
import type { CloseTrail } from "../trails.js";

/** Whose account what people trade by hand is booked on: a seat of its own in each symbol. No strategy is called so. */
export const byHand = "by hand";

/** What trades there: nothing by itself. */
export const handProgram = `strategy "${byHand}" {
  enter long when false { unprotected }
}
`;

/** Where a stop or target of an entry by hand stands: at a price, or so far from where the entry fills; steps of the instrument. */
export type HandLevel = { readonly price: number } | { readonly offset: NonNullable<Order["offset"]> };

/** An order that a person gives: sized already, in steps of its instrument. */
export interface HandOrder {
  /** Whose position it changes; entries are always `by hand`. */
  readonly strategy: string;
  readonly symbol: string;
  readonly side: Side;
  /** An entry on the other side of what is held closes that first, like one of a rule; an exit closes at most its quantity. */
  readonly purpose: "enter" | "exit";
  readonly type: Extract<OrderTypeName, "market" | "limit" | "stop" | "stop_limit">;
  /** In lots; of an entry what it is to open. */
  readonly quantity: number;
  /** The limit, or the trigger of a stop; null at the market. */
  readonly price: number | null;
  /** Of a stop with a limit. */
  readonly limit?: number | undefined;
  readonly duration?: Order["duration"];
  readonly isPostOnly?: true | undefined;
  readonly stop?: HandLevel | undefined;
  readonly target?: HandLevel | undefined;
  /** How far the stop follows the best price at the close of each bar, as a share of it. */
  readonly trail?: number | undefined;
}

/** The name of an order by hand: when it was given, and which of all it was. */
export const handOrderId = (at: number, count: number): string => `${at}-hand-${count}`;

/** The order of a person as a session sends it, with the trail that its fill starts. */
export function orderByHand(
  given: HandOrder,
  id: string,
  instrument: Instrument,
): { readonly order: Order; readonly trail: CloseTrail | null } {
  const { side, purpose, type, quantity, price, limit, duration, isPostOnly, stop, target, trail } = given;
  const isEntry = purpose === "enter";
  // The part behind the time: each order has a tag of its own, so that none takes the place of another.
  const tag = id.slice(id.indexOf("-") + 1);
  const child = (name: string, childType: "stop" | "limit", level: HandLevel): Order => ({
    ...{ id: `${id}-${name}`, type: childType, side: side === "buy" ? "sell" : "buy", tag },
    ...{ purpose: childType === "stop" ? "stop" : "target", quantity, children: [], parent: id },
    price: "price" in level ? level.price : null,
    offset: "offset" in level ? level.offset : undefined,
  });
  const stopLevel =
    stop ?? (trail === undefined ? undefined : { offset: { distance: trail, unit: "ratio" as const } });
  const stopOrder = stopLevel === undefined ? null : child("stop", "stop", stopLevel);
  return {
    order: {
      ...{ id, type, side, purpose, quantity, price, tag, limit, duration, isPostOnly },
      children: [
        ...(stopOrder === null ? [] : [stopOrder]),
        ...(target === undefined ? [] : [child("target", "limit", target)]),
      ],
      ...(isEntry ? { entries: mostEntries } : { isPartial: true as const }),
    },
    trail:
      trail === undefined
        ? null
        : {
            distance: trail,
            unit: "ratio",
            ...wholeOn(instrument),
            after: null,
            order: stopOrder,
            anew: null,
          },
  };
}

/** That prices are on ticks, where there are any. */
function wholeOn(instrument: Instrument): { readonly isWhole?: true; readonly tick?: number } {
  return instrument.tickSize === null ? {} : { isWhole: true, tick: instrument.ticks(1) };
}

/** A person may add to what is held as often as they like. */
const mostEntries = 1_000_000;
