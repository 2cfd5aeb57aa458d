import { intervalMs, intervalName, BitFeverError, type Plan } from "@bitfever/lang";
import { Instrument, Matching, type Counts, type Costs, type Settings, type Trade } from "@bitfever/engine";
import { Session } from "./session.js";

/** What a simulated run leaves behind: the trades, and one value per bar of what moved. */
export interface Run {
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly position: Float64Array;
  readonly counts: Counts;
}

export interface SimulationOptions {
  readonly plan: Plan;
  readonly symbol: string;
  readonly settings: Settings;
}

/** A session and the simulated venue it trades on. */
export function simulation(
  { plan, symbol, settings }: SimulationOptions,
  longestBlock: number,
): { session: Session; venue: Matching } {
  const instrument = new Instrument({
    symbol,
    tick: settings.tick,
    lot: settings.lot,
    multiplier: settings.multiplier,
    moneyDecimals: settings.money_decimals,
  });
  const initialCapital = settings.initial_capital;
  return {
    session: new Session({ plan, instrument, initialCapital, longestBlock }),
    venue: new Matching(instrument, costsOf(plan, settings), settings.path, instrument.money(initialCapital)),
  };
}

/** Settings go before what the program says; without either, trading is free. */
function costsOf({ costs }: Plan, settings: Settings): Costs {
  return {
    commission: settings.commission ?? costs.commission ?? 0,
    slippage: settings.slippage ?? costs.slippage ?? { unit: "ratio", value: 0 },
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
