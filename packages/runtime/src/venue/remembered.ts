import { dayMs, type Fill, type Matching, type MatchingSnapshot } from "@bitfever/engine";
import type { VenueCash, VenueTrade } from "../contract.js";

/** What a simulated venue remembers of a market, so that it can tell of it again. */
export interface Remembered<Order extends Rests> {
  readonly market: { readonly matching: Matching };
  /** By client id. */
  readonly orders: Map<string, Order>;
  trades: VenueTrade[];
  flows: VenueCash[];
  /** How many trades and flows there have been. */
  told: number;
  /** Of the newest bar. */
  time: number;
}

interface Rests {
  readonly clientId: string;
  /** When it ended; null while it works. */
  readonly restedAt: number | null;
}

export interface RememberedSnapshot<Order> {
  readonly matching: MatchingSnapshot;
  readonly orders: readonly Order[];
  readonly trades: readonly VenueTrade[];
  readonly flows: readonly VenueCash[];
  readonly told: number;
  readonly time: number;
}

/** How long after it a venue tells of something, in milliseconds. */
const keptMs = 2 * dayMs;

export const nothingYet = (): Pick<Remembered<Rests>, "trades" | "flows" | "told" | "time"> => ({
  ...{ trades: [], flows: [], told: 0, time: -Infinity },
});

export const remembered = <Order extends Rests>({
  market,
  orders,
  trades,
  flows,
  told,
  time,
}: Remembered<Order>): RememberedSnapshot<Order> => ({
  ...{ matching: market.matching.snapshot(), orders: [...orders.values()] },
  ...structuredClone({ trades, flows }),
  ...{ told, time },
});

/** @param know  takes an order in */
export function remember<Order extends Rests>(
  place: Remembered<Order>,
  snapshot: RememberedSnapshot<Order>,
  know: (order: Order) => void,
): void {
  const { matching, orders, ...others } = structuredClone(snapshot);
  place.market.matching.restore(matching);
  place.orders.clear();
  for (const each of orders) know(each);
  Object.assign(place, others);
}

/** What happened from a time on. */
export const toldAgain = <Order extends Rests>(
  places: readonly Remembered<Order>[],
  from: number,
): { readonly trades: readonly VenueTrade[]; readonly flows: readonly VenueCash[] } => ({
  trades: places.flatMap(({ trades }) => newest(trades, ({ time }) => time >= from)),
  flows: places.flatMap(({ flows }) => newest(flows, ({ flow }) => flow.time >= from)),
});

/** Of a list in order of time those from the first on that is meant. */
function newest<Value>(list: readonly Value[], isMeant: (value: Value) => boolean): readonly Value[] {
  let from = list.length;
  while (from > 0 && isMeant(list[from - 1])) from--;
  return list.slice(from);
}

/** Moves on to a bar, and forgets, once a day, what nobody asks for any more. */
export function moveOn<Order extends Rests>(place: Remembered<Order>, time: number): void {
  if (Math.floor(time / dayMs) > Math.floor(place.time / dayMs)) {
    const from = time - keptMs;
    place.trades = place.trades.filter((each) => each.time >= from);
    place.flows = place.flows.filter(({ flow }) => flow.time >= from);
    for (const [clientId, { restedAt }] of place.orders)
      if (restedAt !== null && restedAt < from) place.orders.delete(clientId);
    place.market.matching.forget(from);
  }
  place.time = time;
}

/** What only a simulated market knows of a fill. */
export const notesOf = ({
  ambiguous,
  isInside,
  isAtClose,
  isAtEnd,
  rate,
  why,
}: Fill): NonNullable<VenueTrade["notes"]> => ({ ambiguous, isInside, isAtClose, isAtEnd, rate, why });

/** Whose order it was where nobody has sent one. */
export const ofVenue = ({ orderId, reason }: Fill): NonNullable<VenueTrade["ofVenue"]> => ({
  ...{ orderId, purpose: reason === "liquidation" ? "liquidation" : "exit" },
});
