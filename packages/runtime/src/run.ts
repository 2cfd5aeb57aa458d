import { intervalMs, intervalName, BitFeverError, type Plan } from "@bitfever/lang";
import {
  calendarOf,
  Conversion,
  dayMs,
  costsFor,
  fillsOf,
  legsBetween,
  moneyDecimalsOf,
  profileOf,
  settingsOf,
  termsOf,
  timingOf,
  Instrument,
  LoggedMatching,
  Matching,
  type AccountFlow,
  type Alert,
  type Costs,
  type Counts,
  type FillRules,
  type Instruments,
  type InstrumentTerms,
  type LimitUse,
  type LoggedOrder,
  type PathName,
  type PerformanceRecord,
  type Quotes,
  type Settings,
  type Timing,
  type Trade,
} from "@bitfever/engine";
import type { SharedAccount } from "./account.js";
import type { OpeningEvents } from "./opening.js";
import { Session, type SessionOptions } from "./session.js";
import { PlacingMatching } from "./venue/placing-matching.js";

/** What a simulated run leaves behind: the trades, and one value per bar of what moved. */
export interface Run {
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  /** Signed units. */
  readonly position: Float64Array;
  readonly counts: Counts;
  readonly cashFlows: readonly AccountFlow[];
  readonly limits: readonly LimitUse[];
  readonly alerts: readonly Alert[];
  /** Every order with its life, as they came; empty unless asked for. */
  readonly orders: readonly (LoggedOrder & { readonly symbol?: string })[];
}

/** A run with what its performance is measured by. */
export interface MeasuredRun extends Run {
  readonly record: PerformanceRecord;
}

/** What a session and its venue have to show once the last bar is over. */
export function outcome(
  session: Session,
  venue: Matching,
  lastPrice: number,
): Omit<Run, "equity" | "position"> {
  return {
    orders: ordersOf(venue),
    trades: session.trades(lastPrice),
    counts: session.counts,
    cashFlows: session.cashFlows,
    limits: session.limitUses,
    alerts: session.sentAlerts,
  };
}

export const ordersOf = (venue: Matching): readonly LoggedOrder[] =>
  venue instanceof LoggedMatching ? venue.log.orders : [];

export interface SimulationOptions extends OpeningEvents {
  readonly plan: Plan;
  readonly symbol: string;
  readonly settings: Settings;
  /** What is other for single instruments than the settings of all say. */
  readonly instruments?: Instruments | undefined;
  /** Rates, at which money of other currencies is converted into that of the account. */
  readonly quotes?: readonly Quotes[] | undefined;
  /** The step between bars, for programs that do not say it; 0 or absent is unknown. */
  readonly intervalMs?: number;
  /** The other markets of the plan, by their place there. */
  readonly markets?: SessionOptions["markets"];
  readonly indicators?: SessionOptions["indicators"];
  /** Columns of the plan that are there already, over all bars. */
  readonly given?: SessionOptions["given"];
  readonly shared?: SharedAccount;
  /** Whether fills say what decided them. */
  readonly explains?: boolean | undefined;
  /** Whether a log of all orders is kept. */
  readonly logsOrders?: boolean | undefined;
  readonly switched?: SessionOptions["switched"];
  /** Whether the venue says when what protects an entry comes into force. */
  readonly tellsPlacing?: boolean;
}

/**
 * When the bars of a program open and close: by the calendar it names, else by that of the instrument, else by the zone
 * of the settings.
 */
export function timingFor(
  plan: Pick<Plan, "calendar" | "clock">,
  settings: Pick<Settings, "zone" | "session_start">,
  barIntervalMs = 0,
  ofInstrument: string | null = null,
): Timing {
  const zone = { zone: settings.zone, start: settings.session_start };
  const calendar = calendarOf(plan.calendar ?? ofInstrument, zone);
  const own = plan.clock === null ? null : intervalMs(plan.clock);
  return timingOf(calendar, own ?? barIntervalMs);
}

/** An instrument as the settings of all and what is said of it alone make it. */
export function instrumentOf(
  symbol: string,
  ofAll: Settings,
  fills: Pick<Plan["fills"], "profile">,
  terms: InstrumentTerms = {},
  timing: Timing | null = null,
): Instrument {
  const settings = settingsOf(ofAll, terms);
  return new Instrument({
    symbol,
    tick: settings.tick,
    lot: settings.lot,
    multiplier: settings.multiplier,
    moneyDecimals: moneyDecimalsOf(settings),
    settles: terms.settles,
    changes: terms.changes?.map((each) => ({ ...each, from: startOfDate(each.from, timing) })),
    currency: isForeign(terms.currency, settings) ? terms.currency : undefined,
    priceSlack: profileOf(fills, settings)?.priceSlack,
  });
}

/** The time of the first bar of a date: the open of its session where bars carry instants. */
function startOfDate(date: string, timing: Timing | null): number {
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  return timing === null || timing.isDated ? day * dayMs : timing.calendar.sessionFrom(day).open;
}

/** What a run trades on, and how: decided by the program, the settings of all and what is said of the instrument. */
export function tradedOn({
  plan,
  symbol,
  intervalMs: barIntervalMs,
  instruments = {},
  settings: ofAll,
  quotes = [],
}: Pick<SimulationOptions, "plan" | "symbol" | "intervalMs" | "instruments" | "settings" | "quotes">): {
  readonly instrument: Instrument;
  readonly timing: Timing;
  readonly conversion: Conversion | undefined;
  readonly costs: Costs;
  readonly path: PathName;
  readonly rules: FillRules;
  readonly initialCapital: number;
} {
  const terms = termsOf(symbol, instruments);
  const settings = settingsOf(ofAll, terms);
  const { path, ...rules } = fillsOf(plan.fills, settings);
  const timing = timingFor(plan, settings, barIntervalMs, terms.calendar);
  return {
    instrument: instrumentOf(symbol, settings, plan.fills, terms, timing),
    conversion: conversionOf(terms, settings, quotes, timing),
    costs: costsFor(plan.costs, settings),
    initialCapital: settings.initial_capital,
    ...{ timing, path, rules },
  };
}

/** A session and the simulated venue it trades on. */
export function simulation(
  {
    plan,
    markets,
    indicators,
    given: columns,
    shared,
    switched,
    explains = false,
    ...given
  }: SimulationOptions,
  longestBlock: number,
): { instrument: Instrument; session: Session; venue: Matching; conversion: Conversion | undefined } {
  const { instrument, timing, conversion, costs, path, rules, initialCapital } = tradedOn({ plan, ...given });
  return {
    instrument,
    conversion,
    session: new Session({
      ...{ plan, instrument, initialCapital, timing, longestBlock, indicators, shared, switched, conversion },
      given: columns,
      ...(markets && { markets }),
    }),
    venue: new (marketFor(given))(
      instrument,
      costs,
      path,
      shared?.till ?? instrument.money(initialCapital),
      { ...rules, explains },
      conversion,
    ),
  };
}

function marketFor({
  logsOrders,
  tellsPlacing,
}: Pick<SimulationOptions, "logsOrders" | "tellsPlacing">): typeof Matching {
  if (logsOrders === true) return LoggedMatching;
  return tellsPlacing === true ? PlacingMatching : Matching;
}

const isForeign = (currency: string | undefined, account: Pick<Settings, "currency">): currency is string =>
  currency !== undefined && account.currency !== null && currency !== account.currency;

/** How money of an instrument becomes money of the account; undefined where that is the same money. */
function conversionOf(
  { currency }: InstrumentTerms,
  settings: Settings,
  quotes: readonly Quotes[],
  timing: Timing,
): Conversion | undefined {
  if (!isForeign(currency, settings) || settings.currency === null) return undefined;
  return new Conversion(legsBetween(currency, settings.currency, quotes), timing);
}

/**
 * Refuses bars of another interval than the program was written for.
 *
 * @throws BitFeverError BF5005
 */
export function checkClock(plan: Plan, barIntervalMs: number): void {
  if (plan.clock === null || barIntervalMs === 0) return;
  const wanted = intervalMs(plan.clock);
  if (wanted === null || wanted === barIntervalMs) return;
  throw new BitFeverError(
    "BF5005",
    `"${plan.name}" is written for ${plan.clock} bars, but most of these are ${intervalName(barIntervalMs)} apart`,
    { hint: `give it ${plan.clock} bars, or take \`on ${plan.clock}\` out of the program to run it on any` },
  );
}
