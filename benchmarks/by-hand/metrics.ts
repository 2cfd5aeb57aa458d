import type { Bars } from "@bitfever/engine";
import type { HandTrade } from "./run.js";

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;

/**
 * Every metric of ours for an account without deposits that only buys, by the same formulas, NaN where ours has none: one pass over
 * the bars for sessions and drawdowns, and then sums over sessions, months and trades. Sessions are the days of UTC.
 */
export function metricsByHand(
  bars: Bars,
  equity: Float64Array,
  held: number,
  trades: readonly HandTrade[],
  capital: number,
): Record<string, number> {
  const { time, close, length, intervalMs } = bars;
  const last = length - 1;
  const netProfit = equity[last] - capital;
  const years = (time[last] + intervalMs - time[0]) / yearMs;
  const growth = years >= 30 / 365.25 ? (equity[last] / capital) ** (1 / years) - 1 : NaN;
  const falls = drawdowns(bars, equity, capital);
  const days = daily(bars, equity, capital);
  const traded = ofTrades(bars, trades);
  const over = (value: number): number => (value > 1e-14 ? growth / value : NaN);
  return {
    net_profit: netProfit,
    total_return: equity[last] / capital - 1,
    cagr: growth,
    money_weighted_return: NaN,
    buy_and_hold_return: close[last] / close[0] - 1,
    max_drawdown: falls.deepest,
    max_drawdown_money: falls.largest,
    max_drawdown_duration: falls.longestMs / dayMs,
    average_drawdown: falls.depths / falls.count,
    average_drawdown_duration: falls.totalMs / falls.count / dayMs,
    time_under_water: falls.below / length,
    pain_index: falls.sum / length,
    ulcer_index: Math.sqrt(falls.squares / length),
    ...days.metrics,
    calmar: over(falls.deepest),
    martin_ratio: over(Math.sqrt(falls.squares / length)),
    pain_ratio: over(falls.sum / length),
    burke_ratio: over(Math.sqrt(falls.squaredDepths)),
    recovery_factor: netProfit / falls.largest,
    ...traded.metrics,
    trades_per_year: years >= 30 / 365.25 ? traded.closed / years : NaN,
    exposure: held / length,
    turnover: years >= 30 / 365.25 ? traded.value / days.meanEquity / years : NaN,
  };
}

function drawdowns(
  { time, intervalMs, length }: Bars,
  equity: Float64Array,
  capital: number,
): Record<
  | "count"
  | "deepest"
  | "depths"
  | "squaredDepths"
  | "largest"
  | "longestMs"
  | "totalMs"
  | "below"
  | "sum"
  | "squares",
  number
> {
  let [count, deepest, depths, squaredDepths, largest, longestMs, totalMs] = [0, 0, 0, 0, 0, 0, 0];
  let [below, sum, squares] = [0, 0, 0];
  let peak = capital;
  for (let i = 0; i < length;) {
    if (equity[i] >= peak) {
      peak = equity[i++];
      continue;
    }
    const since = i === 0 ? time[0] : time[i - 1] + intervalMs;
    const first = i;
    let [lowest, money, squared] = [equity[i], 0, 0];
    for (; i < length; i++) {
      const value = equity[i];
      if (value >= peak) break;
      const fall = peak - value;
      money += fall;
      squared += fall * fall;
      if (value < lowest) lowest = value;
    }
    const depth = (peak - lowest) / peak;
    const lasted = time[Math.min(i, length - 1)] + intervalMs - since;
    count++;
    depths += depth;
    squaredDepths += depth * depth;
    totalMs += lasted;
    below += i - first;
    sum += money / peak;
    squares += squared / (peak * peak);
    if (depth > deepest) deepest = depth;
    if (peak - lowest > largest) largest = peak - lowest;
    if (lasted > longestMs) longestMs = lasted;
  }
  return { count, deepest, depths, squaredDepths, largest, longestMs, totalMs, below, sum, squares };
}

/** What is told from the account at the ends of days and months. */
function daily(
  { time, open, close, length }: Bars,
  equity: Float64Array,
  capital: number,
): { readonly metrics: Record<string, number>; readonly meanEquity: number } {
  const own: number[] = [];
  const market: number[] = [];
  const months: number[] = [];
  const logs = [0];
  const weekdays = [0, 0, 0, 0, 0, 0, 0];
  let [worth, price, monthWorth, equitySum] = [capital, open[0], capital, capital];
  for (let i = 0; i < length;) {
    const day = Math.floor(time[i] / dayMs);
    weekdays[(day + 4) % 7]++;
    const midnight = (day + 1) * dayMs;
    // A day of minutes is mostly whole: no need to look at each of them.
    while (i < length && time[i] < midnight) i++;
    const value = equity[i - 1];
    own.push(value / worth - 1);
    market.push(close[i - 1] / price - 1);
    logs.push(Math.log(value / capital));
    equitySum += value;
    worth = value;
    price = close[i - 1];
    const isLast = i === length;
    if (isLast || new Date(time[i]).getUTCMonth() !== new Date(midnight - dayMs).getUTCMonth()) {
      months.push(value / monthWorth - 1);
      monthWorth = value;
    }
  }
  const perYear = Math.min(weekdays[0], weekdays[6]) * 14 >= own.length ? 365 : 252;
  const root = Math.sqrt(perYear);
  const { length: n } = own;
  const meanEquity = equitySum / (n + 1);
  const enough = n >= 30;
  const inTail = n >= 100;
  const given = (value: number, isGiven: boolean): number => (isGiven ? value : NaN);

  let [sum, marketSum, up, down, downSquares, risen] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = own[i];
    sum += value;
    marketSum += market[i];
    if (value > 0) {
      up += value;
      risen++;
    } else {
      down -= value;
      downSquares += value * value;
    }
  }
  const [mean, marketMean] = [sum / n, marketSum / n];
  let [second, third, fourth, marketSecond, both, ahead] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const a = own[i] - mean;
    const b = market[i] - marketMean;
    second += a * a;
    third += a * a * a;
    fourth += a * a * a * a;
    marketSecond += b * b;
    both += a * b;
    ahead += (a - b) * (a - b);
  }
  const spread = Math.sqrt(second / (n - 1));
  const aheadSpread = Math.sqrt(ahead / (n - 1));
  const beta = both / marketSecond;
  const downside = Math.sqrt(downSquares / n);
  const skew = third / n / (second / n) ** 1.5;
  const tailed = fourth / n / (second / n) ** 2;
  const ratio = mean / spread;
  const error = 1 - skew * ratio + ((tailed - 1) / 4) * ratio ** 2;
  const certainty = normalShare(ratio * Math.sqrt((n - 1) / error));
  const sorted = Float64Array.from(own).sort();
  const [fifth, ninetyFifth] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
  let [tailSum, tailCount] = [0, 0];
  for (; sorted[tailCount] <= fifth; tailCount++) tailSum += sorted[tailCount];

  const monthsKnown = months.length >= 3;
  let [monthSum, monthLosses, monthsRisen, bestMonth, worstMonth] = [0, 0, 0, -Infinity, Infinity];
  for (const value of months) {
    monthSum += value;
    if (value < 0) monthLosses -= value;
    if (value > 0) monthsRisen++;
    bestMonth = Math.max(bestMonth, value);
    worstMonth = Math.min(worstMonth, value);
  }
  const metrics = {
    alpha: (mean - beta * marketMean) * perYear,
    best_session: sorted[n - 1],
    worst_session: sorted[0],
    positive_sessions: risen / n,
    volatility: spread * root,
    downside_deviation: downside * root,
    beta,
    benchmark_correlation: both / Math.sqrt(second * marketSecond),
    tracking_error: aheadSpread * root,
    sharpe: ratio * root,
    probabilistic_sharpe: certainty,
    deflated_sharpe: certainty,
    sortino: (mean / downside) * root,
    omega: up / down,
    treynor: (mean * perYear) / beta,
    information_ratio: ((mean - marketMean) / aheadSpread) * root,
    skewness: (n * third) / ((n - 1) * (n - 2) * spread ** 3),
    kurtosis: ((n - 1) / ((n - 2) * (n - 3))) * ((n * (n + 1) * fourth) / (second * second) - 3 * (n - 1)),
    stability: straightness(logs),
  };
  return {
    meanEquity,
    metrics: {
      ...(enough ? metrics : Object.fromEntries(Object.keys(metrics).map((name) => [name, NaN]))),
      best_month: given(bestMonth, monthsKnown),
      worst_month: given(worstMonth, monthsKnown),
      positive_months: given(monthsRisen / months.length, monthsKnown),
      gain_to_pain: given(monthSum / monthLosses, monthsKnown && monthLosses > 0),
      value_at_risk_95: given(-fifth, inTail),
      expected_shortfall_95: given(-tailSum / tailCount, inTail),
      tail_ratio: given(Math.abs(ninetyFifth) / Math.abs(fifth), inTail),
    },
  };
}

function ofTrades(
  { high, low, close }: Bars,
  trades: readonly HandTrade[],
): { readonly metrics: Record<string, number>; readonly closed: number; readonly value: number } {
  let [closed, wins, losses, gained, lost, largestWin, largestLoss] = [0, 0, 0, 0, 0, 0, 0];
  let [bestReturn, worstReturn, returns, adverse, favourable] = [-Infinity, Infinity, 0, 0, 0];
  let [winsInARow, lossesInARow, mostWins, mostLosses] = [0, 0, 0, 0];
  let [bars, winningBars, losingBars, commissions, traded, profits] = [0, 0, 0, 0, 0, 0];
  for (const { entryBar, entryPrice, exitBar, exitPrice, quantity, profit, commission } of trades) {
    const value = quantity * entryPrice;
    commissions += commission;
    traded += value;
    if (exitBar < 0) continue;
    traded += quantity * exitPrice;
    closed++;
    profits += profit;
    const lasted = exitBar - entryBar;
    bars += lasted;
    if (profit > 0) {
      wins++;
      gained += profit;
      winningBars += lasted;
      if (profit > largestWin) largestWin = profit;
      if (++winsInARow > mostWins) mostWins = winsInARow;
      lossesInARow = 0;
    } else if (profit < 0) {
      losses++;
      lost -= profit;
      losingBars += lasted;
      if (-profit > largestLoss) largestLoss = -profit;
      if (++lossesInARow > mostLosses) mostLosses = lossesInARow;
      winsInARow = 0;
    } else winsInARow = lossesInARow = 0;
    const earned = profit / value;
    returns += earned;
    if (earned > bestReturn) bestReturn = earned;
    if (earned < worstReturn) worstReturn = earned;
    let highest = exitPrice > entryPrice ? exitPrice : entryPrice;
    let lowest = exitPrice < entryPrice ? exitPrice : entryPrice;
    if (exitBar > entryBar) {
      if (close[entryBar] > highest) highest = close[entryBar];
      if (close[entryBar] < lowest) lowest = close[entryBar];
    }
    for (let bar = entryBar + 1; bar < exitBar; bar++) {
      if (high[bar] > highest) highest = high[bar];
      if (low[bar] < lowest) lowest = low[bar];
    }
    favourable += highest / entryPrice - 1;
    adverse += 1 - lowest / entryPrice;
  }
  const mean = profits / closed;
  let squares = 0;
  for (const { exitBar, profit } of trades) if (exitBar >= 0) squares += (profit - mean) * (profit - mean);
  const [averageWin, averageLoss] = [gained / wins, lost / losses];
  const won = wins / closed;
  const payoff = averageWin / averageLoss;
  const isEnough = closed >= 30;
  const some = (value: number): number => (closed > 0 ? value : NaN);
  return {
    closed,
    value: traded,
    metrics: {
      trades: closed,
      open_trades: trades.length - closed,
      long_trades: closed,
      short_trades: 0,
      win_rate: won,
      long_win_rate: won,
      short_win_rate: NaN,
      gross_profit: gained,
      gross_loss: lost,
      long_net_profit: profits,
      short_net_profit: 0,
      profit_factor: losses > 0 ? gained / lost : NaN,
      expectancy: mean,
      expectancy_ratio: mean / averageLoss,
      average_win: averageWin,
      average_loss: averageLoss,
      payoff_ratio: payoff,
      kelly: isEnough ? won - (1 - won) / payoff : NaN,
      largest_win: wins > 0 ? largestWin : NaN,
      largest_loss: losses > 0 ? largestLoss : NaN,
      best_trade: some(bestReturn),
      worst_trade: some(worstReturn),
      average_trade_return: returns / closed,
      average_adverse_excursion: adverse / closed,
      average_favourable_excursion: favourable / closed,
      longest_winning_streak: mostWins,
      longest_losing_streak: mostLosses,
      average_bars_held: bars / closed,
      average_winning_bars: winningBars / wins,
      average_losing_bars: losingBars / losses,
      sqn: isEnough ? (Math.sqrt(closed) * mean) / Math.sqrt(squares / (closed - 1)) : NaN,
      commission_paid: commissions,
    },
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const lower = Math.floor(place);
  const upper = Math.ceil(place);
  return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
}

/** R² of the straight line through values one apart. */
function straightness(values: readonly number[]): number {
  const n = values.length;
  const middle = (n - 1) / 2;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let [across, along, both] = [0, 0, 0];
  values.forEach((value, i) => {
    across += (value - mean) * (value - mean);
    along += (i - middle) * (i - middle);
    both += (value - mean) * (i - middle);
  });
  return (both * both) / (across * along);
}

/** The share of a normal distribution below so many deviations, by its series. */
function normalShare(deviations: number): number {
  if (Math.abs(deviations) > 8) return deviations < 0 ? 0 : 1;
  let [sum, term] = [deviations, deviations];
  for (let odd = 3, before = NaN; sum !== before; odd += 2) {
    before = sum;
    term *= (deviations * deviations) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-deviations * deviations) / 2)) / Math.sqrt(2 * Math.PI);
}
