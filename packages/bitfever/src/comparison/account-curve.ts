import type { BacktestResult } from "@bitfever/engine";

/** The account by its closed trades: how it grew, as a share of the capital, at each exit. */
export interface AccountCurve {
  readonly time: readonly number[];
  readonly values: readonly number[];
}

/**
 * The account of a result, which has no value for each bar: it steps where trades end, and at last to what it came to
 * with what was open. What open trades were worth in between cannot be seen.
 */
export function accountCurve({ data, settings, trades, metrics }: BacktestResult): AccountCurve {
  const capital = Number(settings["initial_capital"]);
  const closed = trades
    .flatMap(({ exitTime, profit }) => (exitTime === null ? [] : [{ time: Date.parse(exitTime), profit }]))
    .sort((a, b) => a.time - b.time);
  let earned = 0;
  const steps = closed.map(({ time, profit }) => ({ time, value: (earned += profit) / capital }));
  const last = { time: Date.parse(data.to), value: (metrics["net_profit"] ?? earned) / capital };
  const points = [{ time: Date.parse(data.from), value: 0 }, ...steps, last];
  return { time: points.map(({ time }) => time), values: points.map(({ value }) => value) };
}
