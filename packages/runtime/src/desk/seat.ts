import { closeTimeOf, type Conversion, type Timing } from "@bitfever/engine";
import { sharedAccount } from "../account.js";
import { openingOf, type Opening } from "../opening.js";
import { instrumentOf, simulation, tradedOn, type SimulationOptions } from "../run.js";
import { Universe } from "../universe/universe.js";
import type { SimulatedMarket } from "../venue/simulated.js";
import { orderTypesOf, waitsTwice } from "./order-types.js";
import { EquitySwitch, type SwitchRule } from "./equity-switch.js";
import type { Member } from "./member.js";

export interface SeatOptions extends SimulationOptions {
  readonly strategy: string;
  readonly sector?: string | null;
  /** Left out, it is always held. */
  readonly switchedBy?: SwitchRule | undefined;
  /** Of the capital that moves between strategies; left out, its own stays its own. */
  readonly share?: number | undefined;
}

/** A strategy on a desk, with the simulated market that it can trade on. */
export interface Seat {
  readonly member: Member;
  readonly market: SimulatedMarket;
  /** When the bar that is stamped with a time is over. */
  readonly closeOf: (time: number) => number;
}

export function seatOf(options: SeatOptions): Seat {
  const { member, market, timing } = seated(options);
  return { member: { ...member, universe: null }, market, closeOf: closeTimeOf(timing) };
}

export interface UniverseSeatsOptions extends Omit<
  SeatOptions,
  "symbol" | "intervalMs" | "sector" | "shared" | "actions" | "flows"
> {
  /** Of one calendar: else nobody could say when a moment is over. */
  readonly members: readonly Pick<SeatOptions, "symbol" | "intervalMs" | "sector" | "actions">[];
}

/**
 * A strategy on all members of a universe, in the order of their symbols, on one account: `initial_capital` of the settings
 * is that of all together.
 */
export function universeSeatsOf({ members, ...options }: UniverseSeatsOptions): readonly Seat[] {
  const { plan, settings } = options;
  const money = instrumentOf("", settings, plan.fills);
  const shared = sharedAccount(money, settings.initial_capital);
  const bySymbol = [...members].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const made = bySymbol.map((each) => seated({ ...options, ...each, shared }));
  const universe = new Universe({
    members: made.map(({ member, conversion }) => ({ ...member, conversion })),
    rebalances: plan.universe?.rebalances ?? [],
    ...{ shared, money, timing: made[0].timing },
  });
  return made.map(({ member, market, timing }) => ({
    ...{ member: { ...member, universe }, market, closeOf: closeTimeOf(timing) },
  }));
}

function seated(options: SeatOptions): {
  readonly member: Omit<Member, "universe">;
  readonly market: SimulatedMarket;
  readonly timing: Timing;
  readonly conversion: Conversion | undefined;
} {
  const { strategy, symbol, plan, markets = [], sector = null, share } = options;
  const equitySwitch = switchOf(options);
  const switched = equitySwitch && (() => equitySwitch.verdict);
  const { session, venue, instrument } = simulation({ ...options, switched, tellsPlacing: true }, 1);
  const { timing, conversion } = tradedOn(options);
  const { intervalMs } = timing;
  const reads = plan.markets.map((each, i) => ({
    symbol: each.symbol,
    intervalMs: markets[i]?.timing.intervalMs ?? 0,
  }));
  let opening: Opening | undefined;
  const open: SimulatedMarket["open"] = (bar, hear) => {
    opening ??= openingOf({ session, venue, instrument, hear }, options);
    if (opening !== undefined && bar.time >= opening.next) opening.at(bar);
  };
  return {
    member: {
      ...{ strategy, symbol, intervalMs, sector, instrument, session, reads },
      ...{ orders: orderTypesOf(plan), waitsTwice: waitsTwice(plan) },
      ...{ hedges: plan.fills.hedges, equitySwitch, share },
    },
    market: { strategy, symbol, intervalMs, matching: venue, open },
    ...{ timing, conversion },
  };
}

/** What switches it, with the market on which it is never switched off. */
function switchOf({ switchedBy, ...options }: SeatOptions): EquitySwitch | undefined {
  if (switchedBy === undefined) return undefined;
  const { session, venue } = simulation(options, 1);
  const { timing, initialCapital } = tradedOn(options);
  return new EquitySwitch({ ...switchedBy, session, venue, timing, initialCapital });
}
