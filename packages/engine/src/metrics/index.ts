import type { Metric, MetricContext } from "../metric.js";
import { averageBarsHeld } from "./average-bars-held.js";
import { averageDrawdown } from "./average-drawdown.js";
import { averageLoss } from "./average-loss.js";
import { averageTradeReturn } from "./average-trade-return.js";
import { averageWin } from "./average-win.js";
import { bestTrade } from "./best-trade.js";
import { buyAndHoldReturn } from "./buy-and-hold-return.js";
import { cagr } from "./cagr.js";
import { calmar } from "./calmar.js";
import { commissionPaid } from "./commission-paid.js";
import { expectancy } from "./expectancy.js";
import { expectedShortfall95 } from "./expected-shortfall-95.js";
import { exposure } from "./exposure.js";
import { kurtosis } from "./kurtosis.js";
import { largestLoss } from "./largest-loss.js";
import { largestWin } from "./largest-win.js";
import { longestLosingStreak } from "./longest-losing-streak.js";
import { longestWinningStreak } from "./longest-winning-streak.js";
import { maxDrawdown } from "./max-drawdown.js";
import { maxDrawdownDuration } from "./max-drawdown-duration.js";
import { maxDrawdownMoney } from "./max-drawdown-money.js";
import { netProfit } from "./net-profit.js";
import { omega } from "./omega.js";
import { openTrades } from "./open-trades.js";
import { payoffRatio } from "./payoff-ratio.js";
import { profitFactor } from "./profit-factor.js";
import { recoveryFactor } from "./recovery-factor.js";
import { sharpe } from "./sharpe.js";
import { skewness } from "./skewness.js";
import { sortino } from "./sortino.js";
import { sqn } from "./sqn.js";
import { tailRatio } from "./tail-ratio.js";
import { totalReturn } from "./total-return.js";
import { trades } from "./trades.js";
import { turnover } from "./turnover.js";
import { ulcerIndex } from "./ulcer-index.js";
import { valueAtRisk95 } from "./value-at-risk-95.js";
import { volatility } from "./volatility.js";
import { winRate } from "./win-rate.js";
import { worstTrade } from "./worst-trade.js";

/** In the order in which a report is read. */
const inOrder: readonly Metric[] = [
  // What it earned.
  netProfit,
  totalReturn,
  cagr,
  buyAndHoldReturn,
  // What it put the holder through.
  maxDrawdown,
  maxDrawdownMoney,
  maxDrawdownDuration,
  averageDrawdown,
  ulcerIndex,
  volatility,
  valueAtRisk95,
  expectedShortfall95,
  // What the one was worth for the other.
  sharpe,
  sortino,
  calmar,
  omega,
  recoveryFactor,
  skewness,
  kurtosis,
  tailRatio,
  // What the trades were like.
  trades,
  openTrades,
  winRate,
  profitFactor,
  expectancy,
  averageWin,
  averageLoss,
  payoffRatio,
  largestWin,
  largestLoss,
  bestTrade,
  worstTrade,
  averageTradeReturn,
  longestWinningStreak,
  longestLosingStreak,
  averageBarsHeld,
  sqn,
  // What it took.
  exposure,
  turnover,
  commissionPaid,
];

/** The catalogue: every metric by its name, in the order in which a report is read. */
export const metrics: ReadonlyMap<string, Metric> = new Map(inOrder.map((metric) => [metric.name, metric]));

export interface MetricValues {
  /** Every metric of the catalogue: a finite number, or null where none can be told. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Why a value is null, in words. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** The whole catalogue for one run. */
export function computeMetrics(context: MetricContext): MetricValues {
  const values: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  for (const { name, compute } of inOrder) {
    const value = compute(context);
    values[name] = typeof value === "number" ? value : null;
    if (typeof value !== "number") reasons[name] = value.reason;
  }
  return { values, reasons };
}
