import type { Order } from "@bitfever/engine";
import type { GateUse, Hold, TradingState, VenueOrderState } from "@bitfever/runtime";
import type { AccountSetup } from "./account-setup.js";
import type { AccountDesk } from "./desk-of-setup.js";

/** How an account stands; prices, quantities and money are decimals, times milliseconds UTC. */
export interface AccountState {
  readonly account: string;
  /** When the newest bar closed that it has heard of; null before the first. */
  readonly time: number | null;
  /** With what it began. */
  readonly capital: number;
  readonly equity: number;
  readonly state: TradingState;
  /** What keeps it from being active. */
  readonly holds: readonly Hold[];
  readonly gates: readonly GateUse[];
  /** Whether positions and orders are known to be those of the venue. */
  readonly isSettled: boolean;
  readonly seats: readonly SeatState[];
  readonly universes: readonly UniverseState[];
  readonly orders: readonly OpenOrder[];
}

/** A strategy on a symbol. */
export interface SeatState {
  readonly strategy: string;
  readonly symbol: string;
  /** Signed. */
  readonly position: number;
  /** Null before the first bar. */
  readonly price: number | null;
  /** What it has for itself; null for a member of a universe, which shares one account with the others. */
  readonly own: OwnAccount | null;
}

/** The account of all members of a universe. */
export interface UniverseState extends OwnAccount {
  readonly strategy: string;
  readonly members: number;
}

export interface OwnAccount {
  readonly capital: number;
  readonly equity: number;
  /** The equity without what is held. */
  readonly cash: number;
  readonly closedTrades: number;
}

/** An order that rests at the venue, or is on its way. */
export interface OpenOrder extends Pick<Order, "side" | "type" | "purpose" | "tag"> {
  readonly strategy: string;
  readonly symbol: string;
  readonly clientId: string;
  readonly orderId: string;
  readonly price: number | null;
  readonly left: number;
  readonly state: VenueOrderState;
}

/** @param prices  the newest closes, by symbol */
export function accountState(
  setup: AccountSetup,
  { desk, gates, seats }: AccountDesk,
  time: number | null,
  prices: ReadonlyMap<string, number>,
): AccountState {
  const capitalOf = (place: number): number => setup.settings.initial_capital * setup.seats[place].share;
  const states = seats.map(({ member: { strategy, symbol, session, universe } }, place): SeatState => {
    const price = prices.get(symbol) ?? null;
    const own = {
      capital: capitalOf(place),
      equity: session.equity(price ?? 0),
      cash: session.equity(0),
      closedTrades: session.record.closed,
    };
    return { strategy, symbol, position: session.position, price, own: universe === null ? own : null };
  });
  const universes = desk.universes.map(({ universe, places }): UniverseState => {
    const [place] = places.values();
    const { strategy, session } = seats[place].member;
    return {
      ...{ strategy, members: places.size, capital: capitalOf(place) },
      equity: universe.equity((symbol) => prices.get(symbol) ?? NaN),
      cash: universe.cash,
      closedTrades: session.record.closed,
    };
  });
  const accounts = [...states.flatMap(({ own }) => own ?? []), ...universes];
  return {
    ...{ account: setup.account, time, capital: sumOf(accounts.map(({ capital }) => capital)) },
    equity: sumOf(accounts.map(({ equity }) => equity)),
    ...{ state: gates.state, holds: gates.holds, gates: gates.uses, isSettled: desk.isSettled },
    ...{ seats: states, universes },
    orders: desk.openOrders.map(({ clientId, member, order, left, state }): OpenOrder => {
      const { strategy, symbol, instrument } = seats[member].member;
      const { id: orderId, side, type, purpose, tag, price } = order;
      return {
        ...{ strategy, symbol, clientId, orderId, side, type, purpose, tag, state },
        price: price === null ? null : instrument.priceDecimal(price),
        left: instrument.quantityDecimal(left),
      };
    }),
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
