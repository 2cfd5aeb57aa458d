import type { Order } from "@bitfever/engine";
import type { GateUse, Hold, TradingState, VenueOrderState } from "@bitfever/runtime";
import type { AccountSetup } from "./account-setup.js";
import type { AccountDesk } from "./desk-of-setup.js";
import { feedStates, type FeedState } from "./feed-state.js";
import { seatCapitals } from "./seat-capitals.js";

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
  /** Strategies that an operator has paused. */
  readonly paused: readonly string[];
  /** Whether positions and orders are known to be those of the venue. */
  readonly isSettled: boolean;
  readonly seats: readonly SeatState[];
  readonly universes: readonly UniverseState[];
  readonly orders: readonly OpenOrder[];
  /** Of all markets that are heard of. */
  readonly feeds: readonly FeedState[];
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
  /** Whether its equity filter holds it; left out where it has none. */
  readonly isOn?: boolean;
}

/** The account of all members of a universe. */
export interface UniverseState extends OwnAccount {
  readonly strategy: string;
  readonly members: number;
}

/** The account that a strategy has to itself: its share of the capital. */
export interface OwnAccount {
  /** With what it began, and what came and went since. */
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

/**
 * @param prices  the newest closes, by symbol
 * @param closes  when they were, in milliseconds UTC
 */
export function accountState(
  setup: AccountSetup,
  { desk, gates, seats, timings }: AccountDesk,
  time: number | null,
  prices: ReadonlyMap<string, number>,
  closes: ReadonlyMap<string, number>,
): AccountState {
  const capitals = seatCapitals(setup);
  const states = seats.map(({ member }, place): SeatState => {
    const { strategy, symbol, session, universe, equitySwitch } = member;
    const price = prices.get(symbol) ?? null;
    const own = {
      capital: capitals[place] + session.moved,
      equity: session.equity(price ?? 0),
      cash: session.equity(0),
      closedTrades: session.record.closed,
    };
    return {
      ...{ strategy, symbol, position: session.position, price, own: universe === null ? own : null },
      ...(equitySwitch && { isOn: equitySwitch.isOn }),
    };
  });
  const universes = desk.universes.map(({ universe, places }): UniverseState => {
    const [place] = places.values();
    const { strategy, session } = seats[place].member;
    return {
      ...{ strategy, members: places.size, capital: capitals[place] },
      equity: universe.equity((symbol) => prices.get(symbol) ?? 0),
      cash: universe.cash,
      closedTrades: session.record.closed,
    };
  });
  const accounts = [...states.flatMap(({ own }) => own ?? []), ...universes];
  return {
    ...{ account: setup.account, time, capital: sumOf(accounts.map(({ capital }) => capital)) },
    equity: sumOf(accounts.map(({ equity }) => equity)),
    ...{
      state: gates.state,
      holds: gates.holds,
      gates: gates.uses,
      isSettled: desk.isSettled,
      paused: desk.paused,
    },
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
    feeds: feedStates(timings, closes),
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
