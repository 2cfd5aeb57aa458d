import { intervalMs, intervalName, BitFeverError, type Plan } from "@bitfever/lang";
import {
  calendarOf,
  costsFor,
  fillsOf,
  profileOf,
  timingOf,
  Instrument,
  Matching,
  type AccountFlow,
  type Alert,
  type Counts,
  type LimitUse,
  type Settings,
  type Timing,
  type Trade,
} from "@bitfever/engine";
import type { SharedAccount } from "./account.js";
import type { OpeningEvents } from "./opening.js";
import { Session, type SessionOptions } from "./session.js";

/** What a simulated run leaves behind: the trades, and one value per bar of what moved. */
export interface Run {
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly position: Float64Array;
  readonly counts: Counts;
  readonly cashFlows: readonly AccountFlow[];
  readonly limits: readonly LimitUse[];
  readonly alerts: readonly Alert[];
}

/** What a session has to show once its last bar is over. */
export function outcome(
  session: Session,
  lastPrice: number,
): Pick<Run, "trades" | "counts" | "cashFlows" | "limits" | "alerts"> {
  return {
    trades: session.trades(lastPrice),
    counts: session.counts,
    cashFlows: session.cashFlows,
    limits: session.limitUses,
    alerts: session.sentAlerts,
  };
}

export interface SimulationOptions extends OpeningEvents {
  readonly plan: Plan;
  readonly symbol: string;
  readonly settings: Settings;
  /** The step between bars, for programs that do not say it; 0 or absent is unknown. */
  readonly intervalMs?: number;
  /** The other markets of the plan, by their place there. */
  readonly markets?: SessionOptions["markets"];
  readonly indicators?: SessionOptions["indicators"];
  readonly shared?: SharedAccount;
  /** Whether fills say what decided them. */
  readonly explains?: boolean | undefined;
  readonly switched?: SessionOptions["switched"];
}

/** When the bars of a program open and close: by the calendar it names, else by the zone of the settings. */
export function timingFor(
  plan: Pick<Plan, "calendar" | "clock">,
  settings: Pick<Settings, "zone" | "session_start">,
  barIntervalMs = 0,
): Timing {
  const calendar = calendarOf(plan.calendar, { zone: settings.zone, start: settings.session_start });
  const own = plan.clock === null ? null : intervalMs(plan.clock);
  return timingOf(calendar, own ?? barIntervalMs);
}

export const instrumentOf = (
  symbol: string,
  settings: Settings,
  fills: Pick<Plan["fills"], "profile">,
): Instrument =>
  new Instrument({
    symbol,
    tick: settings.tick,
    lot: settings.lot,
    multiplier: settings.multiplier,
    moneyDecimals: settings.money_decimals,
    priceSlack: profileOf(fills, settings)?.priceSlack,
  });

/** A session and the simulated venue it trades on. */
export function simulation(
  { plan, symbol, settings, intervalMs: barIntervalMs, markets, ...given }: SimulationOptions,
  longestBlock: number,
): { instrument: Instrument; session: Session; venue: Matching } {
  const { indicators, shared, switched, explains = false } = given;
  const instrument = instrumentOf(symbol, settings, plan.fills);
  const initialCapital = settings.initial_capital;
  const { path, ...rules } = fillsOf(plan.fills, settings);
  const timing = timingFor(plan, settings, barIntervalMs);
  return {
    instrument,
    session: new Session({
      ...{ plan, instrument, initialCapital, timing, longestBlock, indicators, shared, switched },
      ...(markets && { markets }),
    }),
    venue: new Matching(
      instrument,
      costsFor(plan.costs, settings),
      path,
      shared?.till ?? instrument.money(initialCapital),
      { ...rules, explains },
    ),
  };
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
