import { catalogueWith, calendarOf, equityFilters, timingOf, type Timing } from "@bitfever/engine";
import { BitFeverError, specialise, type Program } from "@bitfever/lang";
import {
  Desk,
  deskAtHand,
  Gatekeeper,
  listsBy,
  seatOf,
  tradedOn,
  universeSeatsOf,
  type Member,
  type Seat,
  type SwitchRule,
} from "@bitfever/runtime";
import { compile } from "../strategy.js";
import type { AccountSetup, ProgramText, SeatSetup } from "./account-setup.js";
import type { OwnParts } from "./own-parts.js";
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
 * Makes the desk of a setup, from the setup alone, and from what its plug-ins bring.
 *
 * @throws BitFeverError BF5180 where two strategies see the bars of a symbol by different calendars, and as `setUp` does
 */
export function deskOfSetup(setup: AccountSetup, own: OwnParts = {}): AccountDesk {
  const { indicators } = own;
  const programs = setup.programs.map((each) => programOf(each, own));
  const timings = new Map<string, Timing>();
  const isTraded = new Set(setup.seats.map(({ symbol }) => symbol));
  const capitals = seatCapitals(setup);
  const byStrategy = listsBy(setup.seats, ({ strategy }) => strategy);
  const made = [...byStrategy.values()].flatMap((seats): readonly Seat[] => {
    const [{ strategy, program, params, reads }] = seats;
    const plan = specialise(programs[program], catalogueWith(indicators), params, { withLets: true });
    const tradedBy = (seat: SeatSetup) => ({
      ...{ plan, strategy, instruments: setup.instruments, indicators },
      ...{ symbol: seat.symbol, intervalMs: seat.intervalMs, sector: seat.sector },
      settings: {
        ...setup.settings,
        ...seat.settings,
        initial_capital: capitals[setup.seats.indexOf(seat)],
      },
    });
    for (const seat of seats) see(timings, strategy, seat.symbol, tradedOn(tradedBy(seat)).timing);
    const { settings } = tradedBy(seats[0]);
    const markets = plan.markets.map(({ calendar }, i) => {
      const { symbol, intervalMs } = reads[i];
      const zone = { zone: settings.zone, start: settings.session_start };
      const timing = timingOf(calendarOf(calendar ?? plan.calendar, zone), intervalMs);
      if (!isTraded.has(symbol)) see(timings, strategy, symbol, timing);
      return { timing, longestBlock: mostBetweenBars };
    });
    if (plan.universe !== null) {
      checkMoments(seats, timings);
      return universeSeatsOf({ ...tradedBy(seats[0]), members: seats.map(tradedBy), markets });
    }
    return seats.map((seat) => {
      const share = setup.portfolio?.reallocate === "monthly" ? seat.share : undefined;
      return seatOf({ ...tradedBy(seat), markets, switchedBy: switchRuleOf(seat, setup), share });
    });
  });
  const gates = new Gatekeeper(setup.gates, own.gates);
  const members = made.map(({ member }) => member);
  const desk = deskOver(setup, members, gates);
  return { desk, gates, seats: made, timings };
}

/** The desk of an account: it does what its venue cannot. */
export const deskOver = (
  { abilities }: Pick<AccountSetup, "abilities">,
  members: readonly Member[],
  gates: Gatekeeper,
): Desk =>
  abilities === undefined ? deskAtHand(members, gates) : new Desk({ ...abilities, members, gates });

/** Finds who trades a symbol for a strategy; that there is somebody is ours to know. */
export const memberFinder =
  ({ desk }: Pick<AccountDesk, "desk">) =>
  (strategy: string, symbol: string): Member => {
    const found = desk.members.find((each) => each.strategy === strategy && each.symbol === symbol);
    if (found === undefined) throw new Error(`account: nobody is ${strategy} on ${symbol}`);
    return found;
  };

/** A universe decides when all of its members have closed. */
function checkMoments(seats: readonly SeatSetup[], timings: ReadonlyMap<string, Timing>): void {
  const calendars = new Set(seats.flatMap(({ symbol }) => timings.get(symbol)?.calendar.name ?? []));
  if (calendars.size > 1)
    throw new BitFeverError(
      "BF5180",
      `no account can be made of this: members of "${seats[0].strategy}" have sessions of several calendars: ${[...calendars].join(", ")}`,
      {
        hint: "a universe is decided when all of it has closed: write `calendar` into the program, or trade those of one",
      },
    );
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

const programOf = ({ name, text, imports }: ProgramText, { indicators }: OwnParts): Program =>
  compile(
    { name, text },
    {
      findModule: (path, from) => imports.find((each) => each.from === from.name && each.path === path),
      ...(indicators && { indicators }),
    },
  ).program;

function see(timings: Map<string, Timing>, strategy: string, symbol: string, timing: Timing): void {
  const before = timings.get(symbol);
  if (before === undefined) timings.set(symbol, timing);
  else if (before.calendar.name !== timing.calendar.name || before.intervalMs !== timing.intervalMs)
    throw new BitFeverError(
      "BF5180",
      `no account can be made of this: "${strategy}" sees the sessions of ${symbol} by ${timing.calendar.name}, another strategy by ${before.calendar.name}`,
      { hint: "give both the same `calendar`, or accounts of their own" },
    );
}
