import type { BacktestResult } from "@bitfever/engine";

/** How the account grew from the capital it began with, whatever was put in or taken out. */
export interface AccountCurve {
  readonly time: readonly number[];
  readonly values: readonly number[];
  /** Whether it is known at its exits alone, and steps from one to the next. */
  readonly isStep: boolean;
}

/**
 * The account of a result at the ends of sessions. A result that does not have it, such as that of `backtest`, has one
 * that steps where trades end, and at last to what it came to with what was open: what open trades were worth in
 * between cannot be seen.
 */
export function accountCurve(result: BacktestResult): AccountCurve {
  const { equity, data, settings } = result;
  if (equity === undefined) return steppingCurve(result);
  const capital = Number(settings["initial_capital"]);
  return {
    time: [Date.parse(data.from), ...equity.time.map((time) => Date.parse(time))],
    values: [0, ...(equity.timeWeighted ?? equity.value).map((value) => value / capital - 1)],
    isStep: false,
  };
}

function steppingCurve({ data, settings, trades, metrics }: BacktestResult): AccountCurve {
  const capital = Number(settings["initial_capital"]);
  const closed = trades
    .flatMap(({ exitTime, profit }) => (exitTime === null ? [] : [{ time: Date.parse(exitTime), profit }]))
    .sort((a, b) => a.time - b.time);
  let earned = 0;
  const steps = closed.map(({ time, profit }) => ({ time, value: (earned += profit) / capital }));
  const last = { time: Date.parse(data.to), value: (metrics["net_profit"] ?? earned) / capital };
  const points = [{ time: Date.parse(data.from), value: 0 }, ...steps, last];
  return { time: points.map(({ time }) => time), values: points.map(({ value }) => value), isStep: true };
}
