import { catalogueWith, calendarOf, equityFilters, timingOf, type Timing } from "@bitfever/engine";
import { BitFeverError, specialise, type Program } from "@bitfever/lang";
import {
  deskAtHand,
  Gatekeeper,
  seatOf,
  tradedOn,
  type Desk,
  type Seat,
  type SwitchRule,
} from "@bitfever/runtime";
import { compile } from "../strategy.js";
import type { AccountSetup, ProgramText, SeatSetup } from "./account-setup.js";
import { seatCapitals } from "./seat-capitals.js";

/** What an account is run with: fresh, as it is before it hears of anything. */
export interface AccountDesk {
  readonly desk: Desk;
  readonly gates: Gatekeeper;
  readonly seats: readonly Seat[];
  /** When bars of each symbol open and close, by symbol. */
  readonly timings: ReadonlyMap<string, Timing>;
}

/**
 * Makes the desk of a setup, from the setup alone.
 *
 * @throws BitFeverError BF5180 where two strategies see the bars of a symbol by different calendars, and as `setUp` does
 */
export function deskOfSetup(setup: AccountSetup): AccountDesk {
  const programs = setup.programs.map(programOf);
  const timings = new Map<string, Timing>();
  const isTraded = new Set(setup.seats.map(({ symbol }) => symbol));
  const capitals = seatCapitals(setup);
  const made = setup.seats.map((seat, place) => {
    const settings = { ...setup.settings, ...seat.settings, initial_capital: capitals[place] };
    const plan = specialise(programs[seat.program], catalogueWith([]), seat.params, { withLets: true });
    const given = {
      ...{ plan, symbol: seat.symbol, intervalMs: seat.intervalMs, instruments: setup.instruments },
      settings,
    };
    see(timings, seat, seat.symbol, tradedOn(given).timing);
    const markets = plan.markets.map(({ calendar }, i) => {
      const { symbol, intervalMs } = seat.reads[i];
      const zone = { zone: settings.zone, start: settings.session_start };
      const timing = timingOf(calendarOf(calendar ?? plan.calendar, zone), intervalMs);
      if (!isTraded.has(symbol)) see(timings, seat, symbol, timing);
      return { timing, longestBlock: mostBetweenBars };
    });
    const switchedBy = switchRuleOf(seat, setup);
    const share = setup.portfolio?.reallocate === "monthly" ? seat.share : undefined;
    return seatOf({ ...given, strategy: seat.strategy, sector: seat.sector, markets, switchedBy, share });
  });
  const gates = new Gatekeeper(setup.gates);
  const desk = deskAtHand(
    made.map(({ member }) => member),
    gates,
  );
  return { desk, gates, seats: made, timings };
}

/** How many bars of another market may come between two of the strategy; the account counts. */
export const mostBetweenBars = 20_000;

function switchRuleOf({ filter: given }: SeatSetup, { portfolio }: AccountSetup): SwitchRule | undefined {
  if (given === undefined || portfolio === undefined) return undefined;
  const filter = equityFilters.find(({ name }) => name === given.name);
  // Another version of BitFever has begun it.
  if (filter === undefined)
    throw new BitFeverError("BF5080", `there is no equity filter \`${given.name}\``, {
      hint: `the filters are ${equityFilters.map(({ name }) => name).join(", ")}`,
    });
  const values = filter.parameters.map((each) => given.values[each.name] ?? each.default);
  return { filter, values, whenOff: portfolio.whenOff };
}

const programOf = ({ name, text, imports }: ProgramText): Program =>
  compile(
    { name, text },
    {
      findModule: (path, from) => imports.find((each) => each.from === from.name && each.path === path),
    },
  ).program;

function see(timings: Map<string, Timing>, { strategy }: SeatSetup, symbol: string, timing: Timing): void {
  const before = timings.get(symbol);
  if (before === undefined) timings.set(symbol, timing);
  else if (before.calendar.name !== timing.calendar.name || before.intervalMs !== timing.intervalMs)
    throw new BitFeverError(
      "BF5180",
      `no account can be made of this: "${strategy}" sees the sessions of ${symbol} by ${timing.calendar.name}, another strategy by ${before.calendar.name}`,
      { hint: "give both the same `calendar`, or accounts of their own" },
    );
}
