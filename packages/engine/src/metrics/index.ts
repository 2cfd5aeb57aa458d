import type { Metric, MetricContext } from "../metric.js";
import { alpha } from "./alpha.js";
import { averageAdverseExcursion } from "./average-adverse-excursion.js";
import { averageBarsHeld } from "./average-bars-held.js";
import { averageDrawdownDuration } from "./average-drawdown-duration.js";
import { averageDrawdown } from "./average-drawdown.js";
import { averageFavourableExcursion } from "./average-favourable-excursion.js";
import { averageLosingBars } from "./average-losing-bars.js";
import { averageLoss } from "./average-loss.js";
import { averageTradeReturn } from "./average-trade-return.js";
import { averageWin } from "./average-win.js";
import { averageWinningBars } from "./average-winning-bars.js";
import { benchmarkCorrelation } from "./benchmark-correlation.js";
import { bestMonth } from "./best-month.js";
import { bestSession } from "./best-session.js";
import { bestTrade } from "./best-trade.js";
import { beta } from "./beta.js";
import { burkeRatio } from "./burke-ratio.js";
import { buyAndHoldReturn } from "./buy-and-hold-return.js";
import { cagr } from "./cagr.js";
import { calmar } from "./calmar.js";
import { commissionPaid } from "./commission-paid.js";
import { deflatedSharpe } from "./deflated-sharpe.js";
import { downsideDeviation } from "./downside-deviation.js";
import { expectancyRatio } from "./expectancy-ratio.js";
import { expectancy } from "./expectancy.js";
import { expectedShortfall95 } from "./expected-shortfall-95.js";
import { exposure } from "./exposure.js";
import { gainToPain } from "./gain-to-pain.js";
import { grossLoss } from "./gross-loss.js";
import { grossProfit } from "./gross-profit.js";
import { informationRatio } from "./information-ratio.js";
import { kelly } from "./kelly.js";
import { kurtosis } from "./kurtosis.js";
import { largestLoss } from "./largest-loss.js";
import { largestWin } from "./largest-win.js";
import { longNetProfit } from "./long-net-profit.js";
import { longTrades } from "./long-trades.js";
import { longWinRate } from "./long-win-rate.js";
import { longestLosingStreak } from "./longest-losing-streak.js";
import { longestWinningStreak } from "./longest-winning-streak.js";
import { martinRatio } from "./martin-ratio.js";
import { maxDrawdownDuration } from "./max-drawdown-duration.js";
import { maxDrawdownMoney } from "./max-drawdown-money.js";
import { maxDrawdown } from "./max-drawdown.js";
import { moneyWeightedReturn } from "./money-weighted-return.js";
import { netProfit } from "./net-profit.js";
import { omega } from "./omega.js";
import { openTrades } from "./open-trades.js";
import { painIndex } from "./pain-index.js";
import { painRatio } from "./pain-ratio.js";
import { payoffRatio } from "./payoff-ratio.js";
import { positiveMonths } from "./positive-months.js";
import { positiveSessions } from "./positive-sessions.js";
import { probabilisticSharpe } from "./probabilistic-sharpe.js";
import { profitFactor } from "./profit-factor.js";
import { recoveryFactor } from "./recovery-factor.js";
import { sharpe } from "./sharpe.js";
import { shortNetProfit } from "./short-net-profit.js";
import { shortTrades } from "./short-trades.js";
import { shortWinRate } from "./short-win-rate.js";
import { skewness } from "./skewness.js";
import { sortino } from "./sortino.js";
import { sqn } from "./sqn.js";
import { stability } from "./stability.js";
import { tailRatio } from "./tail-ratio.js";
import { timeUnderWater } from "./time-under-water.js";
import { totalReturn } from "./total-return.js";
import { trackingError } from "./tracking-error.js";
import { tradesPerYear } from "./trades-per-year.js";
import { trades } from "./trades.js";
import { treynor } from "./treynor.js";
import { turnover } from "./turnover.js";
import { ulcerIndex } from "./ulcer-index.js";
import { valueAtRisk95 } from "./value-at-risk-95.js";
import { volatility } from "./volatility.js";
import { winRate } from "./win-rate.js";
import { worstMonth } from "./worst-month.js";
import { worstSession } from "./worst-session.js";
import { worstTrade } from "./worst-trade.js";

/** In the order in which a report is read. */
const inOrder: readonly Metric[] = [
  // What it earned.
  netProfit,
  totalReturn,
  cagr,
  moneyWeightedReturn,
  buyAndHoldReturn,
  alpha,
  bestSession,
  worstSession,
  positiveSessions,
  bestMonth,
  worstMonth,
  positiveMonths,
  // What it put the holder through.
  maxDrawdown,
  maxDrawdownMoney,
  maxDrawdownDuration,
  averageDrawdown,
  averageDrawdownDuration,
  timeUnderWater,
  painIndex,
  ulcerIndex,
  volatility,
  downsideDeviation,
  valueAtRisk95,
  expectedShortfall95,
  beta,
  benchmarkCorrelation,
  trackingError,
  // What the one was worth for the other.
  sharpe,
  probabilisticSharpe,
  deflatedSharpe,
  sortino,
  calmar,
  martinRatio,
  painRatio,
  burkeRatio,
  omega,
  gainToPain,
  treynor,
  informationRatio,
  recoveryFactor,
  skewness,
  kurtosis,
  tailRatio,
  stability,
  // What the trades were like.
  trades,
  openTrades,
  longTrades,
  shortTrades,
  tradesPerYear,
  winRate,
  longWinRate,
  shortWinRate,
  grossProfit,
  grossLoss,
  longNetProfit,
  shortNetProfit,
  profitFactor,
  expectancy,
  expectancyRatio,
  averageWin,
  averageLoss,
  payoffRatio,
  kelly,
  largestWin,
  largestLoss,
  bestTrade,
  worstTrade,
  averageTradeReturn,
  averageAdverseExcursion,
  averageFavourableExcursion,
  longestWinningStreak,
  longestLosingStreak,
  averageBarsHeld,
  averageWinningBars,
  averageLosingBars,
  sqn,
  // What it took.
  exposure,
  turnover,
  commissionPaid,
];

/**
 * The catalogue: every metric by its name, in the order in which a report is read.
 *
 * @example
 * const { title, unit, formula } = metrics.get("sharpe") ?? {};
 * console.log(title, unit, formula);
 */
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
