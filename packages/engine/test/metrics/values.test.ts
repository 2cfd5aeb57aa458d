import { describe, expect, test } from "vitest";
import type { MetricContext } from "../../src/metric.js";
import { metrics } from "../../src/metrics/index.js";
import { tradeColumns } from "../../src/trade-columns.js";
import { contextOf, contextOfReturns, day, openTrade, repeat, tradeOf, tradesOf } from "./build.js";

// Three falls: 110 → 99 (back on the third day), 110 → 88 (back on the second), 121 → 108.9 (never).
const falls = contextOf({ equity: [110, 99, 104.5, 110, 88, 121, 108.9] });
// Eight bars of half a year: 100 grows by a tenth a year to 146.41, by way of a fall from 120 to 96.
const fourYears = contextOf({ equity: [120, 96, 100, 110, 120, 125, 130, 146.41], step: 182.625 * day });
// Gains of 2% and losses of 1% by turns: mean 0.5%, every value 1.5% from it.
const byTurns = contextOfReturns(repeat(15, 0.02, -0.01));
const byTurnsDeviation = Math.sqrt((30 * 0.015 ** 2) / 29);
// In units of 1%: twenty values 1 above the mean of 0, ten values 2 below. Sums of powers: 60, −60, 180.
const lopsided = contextOfReturns(repeat(10, 0.01, -0.02, 0.01));
// −1.0%, −0.9%, … up to 9.0%, shuffled: 37 and 101 have no common factor.
const hundredAndOne = contextOfReturns(Array.from({ length: 101 }, (_, i) => (((i * 37) % 101) - 10) / 1000));
const hundred = contextOfReturns(Array.from({ length: 100 }, (_, i) => (((i * 37) % 100) - 10) / 1000));

const sixClosed = contextOf({
  equity: [130, 120, 170],
  trades: [...tradesOf(30, -10, 50, 0, -20, -20), openTrade({ profit: 1000, entryBar: 6, commission: 0.5 })],
});
const thirtyTrades = contextOf({ trades: tradesOf(...repeat(15, 3, -1)) });
const leveraged = contextOf({
  trades: [
    tradeOf({ entryPrice: 50, quantity: 4, profit: 20 }), // 10% of 200
    tradeOf({ side: "short", entryPrice: 25, quantity: 2, profit: -10 }), // −20% of 50
  ],
});

// Half of what the market earns, which is byTurns, and 0.1% more.
const marketReturns = repeat(15, 0.02, -0.01);
const half: MetricContext = {
  ...contextOfReturns(marketReturns.map((each) => 0.001 + each / 2)),
  sessionClose: Float64Array.from(
    marketReturns.reduce<number[]>(
      (prices, each) => [...prices, prices[prices.length - 1] * (1 + each)],
      [50],
    ),
  ),
};
// One bar in each of January to April: +10%, −10%, +20%, 0.
const fourMonths = contextOf({ equity: [110, 99, 118.8, 118.8], step: 31 * day });
// January and February of a leap year, and a day of March.
const dailyMonths = contextOf({ equity: [...repeat(31, 110), ...repeat(29, 99), 121] });
const held = contextOf({
  trades: [
    tradeOf({ entryBar: 2, exitBar: 9, profit: 1 }),
    tradeOf({ entryBar: 1, exitBar: 2, profit: 1 }),
    tradeOf({ entryBar: 3, exitBar: 5, profit: -1 }),
  ],
});
// The bars trade at 10, 11, 12, 13, 14. Bought for 12.50 during the second, sold during the fifth.
const crossing = tradeOf({ entryBar: 1, exitBar: 4, entryPrice: 12.5, exitPrice: 12.75 });
const excursion = contextOf({ equity: repeat(5, 100), trades: [crossing] });
const sold = contextOf({ equity: repeat(5, 100), trades: [{ ...crossing, side: "short" }] });

/**
 * Bailey & López de Prado 2014, page 9: the best of 100 trials whose Sharpe ratios vary by ½, over 1250 sessions of 250 a
 * year, has a Sharpe ratio of 2.5, a skewness of −3 and a kurtosis of 10. Two values of which the lower is taken 105
 * times have those; the last digit of the answer is the paper's.
 */
const paperExample: MetricContext = {
  ...contextOfReturns([...repeat(105, shifted(-1145)), ...repeat(1145, shifted(105))]),
  sessionsPerYear: 250,
  trials: { count: 100, sharpeDeviation: Math.sqrt(0.5) },
};

function shifted(value: number): number {
  const deviation = Math.sqrt((105 * 1145 ** 2 + 1145 * 105 ** 2) / 1249);
  return 0.001 * (value / deviation + 2.5 / Math.sqrt(250));
}

// Two halves of a year: 1,000 become 1,200, 500 are put in, and the 1,700 become 1,760.
const deposited = contextOf({
  ...{ initialCapital: 1_000, equity: [1_150, 1_760], step: 182.625 * day },
  flows: [{ bar: 1, amount: 500, worth: 1_200 }],
});
// A third is taken out at the open of the second bar; then the account loses a tenth.
const withdrawn = contextOf({ equity: [120, 72], flows: [{ bar: 1, amount: -40, worth: 120 }] });
const inAndOut = (equity: number, amount: number): MetricContext =>
  contextOf({ equity: [100, equity], step: 182.625 * day, flows: [{ bar: 1, amount, worth: 100 }] });

describe("by hand", () => {
  const rows: readonly (readonly [name: string, expected: number, context: MetricContext, why: string])[] = [
    ["net_profit", 8.9, falls, "108.9 − 100"],
    ["net_profit", 0, contextOf({}), "no bars"],
    ["total_return", 0.089, falls, "108.9 ÷ 100 − 1"],
    ["total_return", -1.2, contextOf({ equity: [50, -20] }), "an account can end below zero"],
    ["net_profit", 260, deposited, "1,760 − 1,000 − 500"],
    ["net_profit", 12, withdrawn, "72 + 40 − 100"],
    ["total_return", 1.2 * (1_760 / 1_700) - 1, deposited, "20%, then 60 on 1,700"],
    ["total_return", 1.2 * 0.9 - 1, withdrawn, "20%, then −10%"],
    ["money_weighted_return", 0.21, deposited, "1,000 × 1.21 + 500 × 1.1 = 1,760"],
    ["money_weighted_return", -0.19, inAndOut(171, 100), "100 × 0.81 + 100 × 0.9 = 171"],
    ["money_weighted_return", 0.44, inAndOut(24, -100), "100 × 1.44 − 100 × 1.2 = 24"],
    ["max_drawdown", 0.1, withdrawn, "80 to 72: what is taken out is not lost"],
    ["max_drawdown_money", 8, withdrawn, "80 − 72"],
    [
      "turnover",
      200 / ((1_000 + 1_150 + 1_760) / 3),
      { ...deposited, trades: tradeColumns([tradeOf({})]) },
      "of the account as it was, with what was put in",
    ],
    ["cagr", 0.1, fourYears, "1.1⁴ = 1.4641"],
    [
      "cagr",
      1.02 ** (365.25 / 30) - 1,
      contextOf({ equity: [...repeat(29, 100), 102] }),
      "30 bars of a day are enough",
    ],
    ["buy_and_hold_return", 0.6, falls, "the bars close at 10, 11, … 16"],
    ["max_drawdown", 0.2, falls, "(110 − 88) ÷ 110"],
    ["max_drawdown", 0.1, contextOf({ equity: [90, 95] }), "the initial capital is the first peak"],
    ["max_drawdown", 1.2, contextOf({ equity: [50, -20] }), "more than all"],
    ["max_drawdown", 0, contextOf({ equity: [100, 101] }), "no fall is a fall of 0"],
    ["max_drawdown_money", 22, falls, "110 − 88"],
    ["max_drawdown_duration", 3, falls, "from the first close to the fourth"],
    [
      "max_drawdown_duration",
      2,
      contextOf({ equity: [90, 95] }),
      "from the open of the first bar to the last close",
    ],
    ["max_drawdown_duration", 0, contextOf({ equity: [100, 101] }), "no fall"],
    ["average_drawdown", (0.1 + 0.2 + 0.1) / 3, falls, "three falls"],
    [
      "ulcer_index",
      Math.sqrt((0.1 ** 2 + 0.05 ** 2 + 0.2 ** 2 + 0.1 ** 2) / 7),
      falls,
      "four of seven bars below a peak",
    ],
    ["volatility", byTurnsDeviation * Math.sqrt(252), byTurns, "n − 1"],
    ["volatility", 0, contextOf({ equity: repeat(30, 100) }), "a still account"],
    ["value_at_risk_95", 0.005, hundredAndOne, "the sixth of 101"],
    ["value_at_risk_95", 0.00505, hundred, "between the fifth and the sixth of 100"],
    ["expected_shortfall_95", 0.0075, hundredAndOne, "the mean of −1.0% … −0.5%"],
    ["expected_shortfall_95", 0.008, hundred, "the mean of −1.0% … −0.6%"],
    ["sharpe", (0.005 / byTurnsDeviation) * Math.sqrt(252), byTurns, "risk-free rate 0"],
    [
      "sortino",
      (0.005 / Math.sqrt(0.00005)) * Math.sqrt(252),
      byTurns,
      "half the values are −1%, half count as 0",
    ],
    ["calmar", 0.5, fourYears, "10% a year over a fall of 20%"],
    ["omega", 2, byTurns, "30% ÷ 15%"],
    ["recovery_factor", 8.9 / 22, falls, "profit over the largest fall in money"],
    ["skewness", (30 * -60) / (29 * 28 * (60 / 29) ** 1.5), lopsided, "G₁"],
    [
      "kurtosis",
      ((30 * 31) / (29 * 28 * 27)) * (180 / (60 / 29) ** 2) - (3 * 29 ** 2) / (28 * 27),
      lopsided,
      "G₂",
    ],
    ["tail_ratio", 0.085 / 0.005, hundredAndOne, "the 96th over the sixth of 101"],
    ["trades", 6, sixClosed, "without the open one"],
    ["open_trades", 1, sixClosed, "the open one"],
    ["win_rate", 2 / 6, sixClosed, "a gain of 0 is no win"],
    ["profit_factor", 80 / 50, sixClosed, "(30 + 50) ÷ (10 + 20 + 20)"],
    ["profit_factor", 0, contextOf({ trades: tradesOf(-1) }), "only losses"],
    ["expectancy", 5, sixClosed, "30 ÷ 6"],
    ["average_win", 40, sixClosed, "80 ÷ 2"],
    ["average_loss", 50 / 3, sixClosed, "as a positive amount"],
    ["payoff_ratio", 2.4, sixClosed, "40 ÷ (50 ÷ 3)"],
    ["largest_win", 50, sixClosed, "not the open 1,000"],
    ["largest_loss", 20, sixClosed, "as a positive amount"],
    ["best_trade", 0.1, leveraged, "20 of 200"],
    ["worst_trade", -0.2, leveraged, "−10 of 50"],
    ["average_trade_return", -0.05, leveraged, "trades count alike, whatever their size"],
    ["longest_winning_streak", 1, sixClosed, "win, loss, win"],
    ["longest_losing_streak", 2, sixClosed, "the last two"],
    ["longest_losing_streak", 0, contextOf({}), "no trade"],
    ["longest_losing_streak", 1, contextOf({ trades: tradesOf(-1, 0, -1) }), "a zero breaks it"],
    [
      "longest_losing_streak",
      1,
      contextOf({
        trades: [
          tradeOf({ entryBar: 0, exitBar: 9, profit: -1 }),
          tradeOf({ entryBar: 1, exitBar: 2, profit: -1 }),
          tradeOf({ entryBar: 3, exitBar: 4, profit: 1 }),
        ],
      }),
      "in order of exit, a win lies between the losses",
    ],
    [
      "average_bars_held",
      3.5,
      contextOf({
        trades: [
          tradeOf({ entryBar: 2, exitBar: 9 }),
          tradeOf({ entryBar: 3, exitBar: 3 }),
          openTrade({ entryBar: 4 }),
        ],
      }),
      "(7 + 0) ÷ 2",
    ],
    ["sqn", Math.sqrt(7.25), thirtyTrades, "√30 × 1 ÷ √(30 × 4 ÷ 29)"],
    ["exposure", 0.6, contextOf({ equity: repeat(5, 100), position: [0, 1, -1, 0, 0.5] }), "long or short"],
    [
      "turnover",
      5,
      contextOf({
        ...{ equity: [100, 110, 90, 100], step: (365.25 / 2 / 4) * day },
        trades: [
          tradeOf({ entryPrice: 20, exitPrice: 30, quantity: 4 }), // 80 in, 120 out
          openTrade({ side: "short", entryPrice: 25, quantity: 2 }), // 50 in
        ],
      }),
      "250 traded ÷ 100 in the account ÷ half a year",
    ],
    [
      "commission_paid",
      3.75,
      contextOf({ trades: [tradeOf({ commission: 3.5 }), openTrade({ commission: 0.25 })] }),
      "with the open entry",
    ],
    ["commission_paid", 0, contextOf({}), "no trade"],
    ["average_drawdown_duration", 2, falls, "3, 2 and 1 days"],
    ["time_under_water", 4 / 7, falls, "four of seven bars"],
    ["pain_index", (0.1 + 0.05 + 0.2 + 0.1) / 7, falls, "four of seven bars below a peak"],
    [
      "martin_ratio",
      0.1 / Math.sqrt((0.2 ** 2 + (1 / 6) ** 2 + (1 / 12) ** 2) / 8),
      fourYears,
      "96, 100 and 110 below 120",
    ],
    ["pain_ratio", 0.1 / ((0.2 + 1 / 6 + 1 / 12) / 8), fourYears, "96, 100 and 110 below 120"],
    ["burke_ratio", 0.5, fourYears, "one fall, of 20%"],
    ["gross_profit", 80, sixClosed, "30 + 50"],
    ["gross_loss", 50, sixClosed, "10 + 20 + 20, as a positive amount"],
    ["gross_loss", 0, contextOf({}), "no trade"],
    ["best_session", 0.02, byTurns, "2%"],
    ["worst_session", -0.01, byTurns, "−1%"],
    ["positive_sessions", 0.5, byTurns, "every other one"],
    ["best_month", 0.2, fourMonths, "March"],
    ["best_month", 121 / 99 - 1, dailyMonths, "the one day of March"],
    ["worst_month", -0.1, fourMonths, "February"],
    ["worst_month", -0.1, dailyMonths, "February, from the end of January"],
    ["positive_months", 0.5, fourMonths, "a month that earns nothing is not positive"],
    ["gain_to_pain", 2, fourMonths, "20% ÷ 10%"],
    ["downside_deviation", Math.sqrt(0.00005 * 252), byTurns, "half the values are −1%, half count as 0"],
    // Two values that are equally likely have no skewness and a kurtosis of 1. Φ is Python's statistics.NormalDist.
    ["probabilistic_sharpe", 0.9612083512574342, byTurns, "Φ(0.005 ÷ deviation × √29)"],
    ["deflated_sharpe", 0.9612083512574342, byTurns, "the only trial: the probabilistic one"],
    [
      "deflated_sharpe",
      0.5754572903686633,
      { ...byTurns, trials: { count: 10, sharpeDeviation: null } },
      "Φ(0.005 ÷ deviation × √29 − 1.5746): that is to be expected of the best of ten",
    ],
    [
      "deflated_sharpe",
      0.909168340491612,
      { ...byTurns, trials: { count: 100, sharpeDeviation: 0.5 } },
      "Φ((0.005 ÷ deviation − 0.5 ÷ √252 × 2.5306) × √29)",
    ],
    ["stability", 1, contextOfReturns(repeat(30, 0.01)), "a straight line"],
    ["beta", 0.5, half, "half of the market"],
    ["alpha", 0.252, half, "0.1% a session"],
    ["benchmark_correlation", 1, half, "in step"],
    ["tracking_error", (byTurnsDeviation / 2) * Math.sqrt(252), half, "0.1% less half of the market"],
    [
      "information_ratio",
      (-0.0015 / (byTurnsDeviation / 2)) * Math.sqrt(252),
      half,
      "0.1% less half of 0.5%, over its deviation",
    ],
    ["treynor", (0.0035 * 252) / 0.5, half, "0.1% and half of 0.5%, for half of the risk"],
    ["kelly", 1 / 3, thirtyTrades, "0.5 − 0.5 ÷ 3"],
    ["expectancy_ratio", 0.3, sixClosed, "5 ÷ (50 ÷ 3)"],
    ["long_trades", 1, leveraged, "the first"],
    ["short_trades", 1, leveraged, "the second"],
    ["long_win_rate", 1, leveraged, "it won"],
    ["short_win_rate", 0, leveraged, "it lost"],
    ["long_net_profit", 20, leveraged, "the first"],
    ["short_net_profit", -10, leveraged, "the second"],
    ["average_winning_bars", 4, held, "(7 + 1) ÷ 2"],
    ["average_losing_bars", 2, held, "5 − 3"],
    [
      "trades_per_year",
      6,
      contextOf({ equity: repeat(4, 100), step: (365.25 / 2 / 4) * day, trades: tradesOf(1, 1, 1) }),
      "3 in half a year",
    ],
    ["average_adverse_excursion", 1.5 / 12.5, excursion, "its bar closes at 11"],
    [
      "average_adverse_excursion",
      0.5 / 12.5,
      sold,
      "up to 13, and not to 14: the last bar goes on without it",
    ],
    ["average_favourable_excursion", 0.5 / 12.5, excursion, "up to 13"],
    ["average_favourable_excursion", 1.5 / 12.5, sold, "its bar closes at 11"],
  ];

  test.each(rows)("%s = %d", (name, expected, context, why) => {
    const value = metrics.get(name)?.compute(context);
    expect(value, why).toEqual(expect.any(Number));
    const error = Math.abs(Number(value) - expected);
    expect(error, why).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
  });

  test("no metric is left out", () => {
    expect([...new Set(rows.map(([name]) => name))].sort()).toEqual([...metrics.keys()].sort());
  });

  test("nothing lost is 0, not −0", () => {
    const atRisk = metrics.get("value_at_risk_95");
    expect(atRisk?.compute(contextOf({ equity: repeat(100, 100) }))).toBe(0);
  });
});

describe("null, and why", () => {
  const still = contextOf({ equity: repeat(100, 100) });
  const rising = contextOf({ equity: Array.from({ length: 100 }, (_, i) => 101 + i) });
  // 0.1 + 0.2 is not 0.3: values that differ in their last bits alone, and a ratio to that is nonsense.
  const jitter = [0.1 + 0.2, 0.3];
  const rounding = contextOf({ initialCapital: 0.3, equity: repeat(50, ...jitter) });
  const dearTrades = repeat(15, 5, 5 + 2 ** -33).map((profit) => tradeOf({ entryPrice: 1e6, profit }));
  const short = contextOf({ equity: repeat(14, 101, 99) });
  const ruined = contextOf({ equity: [...repeat(50, 101, 99), -1, 5] });
  const empty = contextOf({});
  const winsOnly = contextOf({ equity: [101], trades: tradesOf(1, 2) });
  const lossesOnly = contextOf({ equity: [99], trades: tradesOf(-1, -2) });

  const needsReturns = (count: number, has: number): string =>
    `needs at least ${count} session returns, has ${has}`;
  const notDefined = "the account value fell to zero or below: its returns are not defined";

  const rows: readonly (readonly [name: string, reason: string, context: MetricContext])[] = [
    ["cagr", "needs at least 30 days of bars, has 28", short],
    ["cagr", "needs at least 30 days of bars, has 0", empty],
    [
      "cagr",
      "the account ended at zero or below: no yearly rate leads there",
      contextOf({ equity: [...repeat(40, 100), 0] }),
    ],
    ["buy_and_hold_return", "needs at least 2 bars, has 1", winsOnly],
    [
      "buy_and_hold_return",
      "the first close is not positive",
      { ...still, benchmark: { ...still.benchmark, close: new Float64Array(100) } },
    ],
    ["average_drawdown", "no drawdown", rising],
    ...["calmar", "recovery_factor"].flatMap((name) => [
      [name, "no drawdown", rising] as const,
      [name, "no drawdown", rounding] as const,
    ]),
    ["calmar", "needs at least 30 days of bars, has 28", short],
    ["money_weighted_return", "no deposits and no withdrawals", fourYears],
    [
      "money_weighted_return",
      "no yearly rate leads from these payments to the last equity",
      inAndOut(-50, 100),
    ],
    // 100 × s² − 230 × s + 132 = 0 for s = 1.1 and s = 1.2
    [
      "money_weighted_return",
      "several yearly rates lead from these payments to the last equity",
      inAndOut(-132, -230),
    ],
    [
      "money_weighted_return",
      "needs at least 30 days of bars, has 2",
      contextOf({ equity: [100, 100], flows: [{ bar: 1, amount: 5, worth: 100 }] }),
    ],
    ...["volatility", "sharpe", "sortino", "omega", "skewness", "kurtosis"].flatMap((name) => [
      [name, needsReturns(30, 28), short] as const,
      [name, notDefined, ruined] as const,
    ]),
    ...["value_at_risk_95", "expected_shortfall_95", "tail_ratio"].flatMap((name) => [
      [name, needsReturns(100, 28), short] as const,
      [name, notDefined, ruined] as const,
    ]),
    ...["sharpe", "skewness", "kurtosis"].flatMap((name) => [
      [name, "the session returns do not vary", still] as const,
      [name, "the session returns do not vary", rounding] as const,
    ]),
    ...["sortino", "omega"].flatMap((name) => [
      [name, "no losing session", rising] as const,
      [name, "no losing session", rounding] as const,
    ]),
    ["tail_ratio", "the 5% quantile of the session returns is zero", rounding],
    ["omega", notDefined, contextOf({ equity: [...repeat(50, 101, 99), 0, 0] })],
    // Bought for a million each: profits that differ by the last bit of that, not of themselves.
    ["sqn", "the profits of the trades do not vary", contextOf({ trades: dearTrades })],
    ["tail_ratio", "the 5% quantile of the session returns is zero", still],
    ...[
      "win_rate",
      "profit_factor",
      "expectancy",
      "best_trade",
      "worst_trade",
      "average_trade_return",
      "average_bars_held",
    ].map((name) => [name, "no closed trade", empty] as const),
    ["profit_factor", "no losing trade", winsOnly],
    ["average_win", "no winning trade", lossesOnly],
    ["largest_win", "no winning trade", lossesOnly],
    ["average_loss", "no losing trade", winsOnly],
    ["largest_loss", "no losing trade", winsOnly],
    ["payoff_ratio", "no losing trade", winsOnly],
    ["payoff_ratio", "no winning trade", lossesOnly],
    ["sqn", "needs at least 30 closed trades, has 2", winsOnly],
    ["sqn", "the profits of the trades do not vary", contextOf({ trades: tradesOf(...repeat(30, 5)) })],
    ["exposure", "no bars", empty],
    ["turnover", "needs at least 30 days of bars, has 28", short],
    ["turnover", "the mean account value is not positive", contextOf({ equity: repeat(31, -100) })],
    ...["best_month", "worst_month", "positive_months", "gain_to_pain"].flatMap((name) => [
      [name, "needs at least 3 months, has 1", short] as const,
      [name, notDefined, ruined] as const,
    ]),
    ["gain_to_pain", "no losing month", rising],
    ...[
      ...[
        "best_session",
        "worst_session",
        "positive_sessions",
        "downside_deviation",
        "probabilistic_sharpe",
        "deflated_sharpe",
      ],
      ...[
        "stability",
        "beta",
        "alpha",
        "benchmark_correlation",
        "tracking_error",
        "information_ratio",
        "treynor",
      ],
    ].flatMap((name) => [[name, needsReturns(30, 28), short] as const, [name, notDefined, ruined] as const]),
    ["probabilistic_sharpe", "the session returns do not vary", still],
    ["deflated_sharpe", "the session returns do not vary", still],
    ["stability", "the account does not move", still],
    ["stability", notDefined, contextOf({ equity: [...repeat(50, 101, 99), 0] })],
    ...["beta", "alpha", "treynor", "benchmark_correlation"].map(
      (name) =>
        [
          name,
          "the benchmark does not move",
          { ...byTurns, sessionClose: new Float64Array(31).fill(7) },
        ] as const,
    ),
    ...["beta", "tracking_error"].map(
      (name) =>
        [
          name,
          "not all prices of the market are positive",
          { ...byTurns, sessionClose: new Float64Array(31).fill(-7) },
        ] as const,
    ),
    ["benchmark_correlation", "the session returns do not vary", still],
    ["treynor", "beta is 0", still],
    [
      "information_ratio",
      "it moves as the benchmark does",
      { ...byTurns, sessionClose: byTurns.sessionEquity },
    ],
    ...["martin_ratio", "pain_ratio", "burke_ratio"].flatMap((name) => [
      [name, "no drawdown", rising] as const,
      [name, "needs at least 30 days of bars, has 28", short] as const,
    ]),
    ["average_drawdown_duration", "no drawdown", rising],
    ["time_under_water", "no bars", empty],
    ["trades_per_year", "needs at least 30 days of bars, has 28", short],
    ["kelly", "needs at least 30 closed trades, has 2", winsOnly],
    ["kelly", "no losing trade", contextOf({ trades: tradesOf(...repeat(30, 1)) })],
    ["expectancy_ratio", "no losing trade", winsOnly],
    ["long_win_rate", "no closed long trade", empty],
    ["short_win_rate", "no closed short trade", winsOnly],
    ["average_winning_bars", "no winning trade", lossesOnly],
    ["average_losing_bars", "no losing trade", winsOnly],
    ...["average_adverse_excursion", "average_favourable_excursion"].flatMap((name) => [
      [name, "no closed trade", empty] as const,
      [name, "the trades are of several markets", contextOf({ trades: [tradeOf({ symbol: "A" })] })] as const,
      [name, "an entry price is not positive", contextOf({ trades: [tradeOf({ entryPrice: 0 })] })] as const,
    ]),
    [
      "best_trade",
      "the formula gives no finite number for these values",
      contextOf({ trades: [tradeOf({ entryPrice: 0, profit: 1 })] }),
    ],
  ];

  test.each(rows)("%s: %s", (name, reason, context) => {
    expect(metrics.get(name)?.compute(context)).toEqual({ reason });
  });

  test("30 session returns are enough for moments, 100 for tails", () => {
    const sharpe = metrics.get("sharpe");
    const atRisk = metrics.get("value_at_risk_95");
    const alternating = repeat(50, 0.02, -0.01);
    expect(sharpe?.compute(contextOfReturns(alternating.slice(0, 29)))).toEqual({
      reason: needsReturns(30, 29),
    });
    expect(sharpe?.compute(contextOfReturns(alternating.slice(0, 30)))).toBeGreaterThan(0);
    expect(atRisk?.compute(contextOfReturns(alternating.slice(0, 99)))).toEqual({
      reason: needsReturns(100, 99),
    });
    expect(atRisk?.compute(contextOfReturns(alternating))).toBeGreaterThan(0);
  });

  test("the last session may end at zero: the loss of everything is a return", () => {
    const returns = [...repeat(15, 0.02, -0.01), -1];
    expect(metrics.get("omega")?.compute(contextOfReturns(returns))).toBeCloseTo(0.3 / 1.15, 12);
  });
});

test("the deflated Sharpe ratio is that of its paper's example, to the digits that it gives", () => {
  expect(metrics.get("deflated_sharpe")?.compute(paperExample)).toBeCloseTo(0.9004, 4);
});
