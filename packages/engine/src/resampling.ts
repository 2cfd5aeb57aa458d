import { quantile } from "simple-statistics";
import { earnedOfAccount } from "./earned-of-account.js";
import { isUnknown, type MetricContext, type Unknown } from "./metric.js";
import { drawdowns } from "./metrics/facts/drawdowns.js";
import { enoughForMoments, sessionReturns } from "./metrics/facts/session-returns.js";
import { metrics } from "./metrics/index.js";
import { curveOf } from "./curve.js";
import { randomOf } from "./random.js";
import { shuffled } from "./shuffled.js";
import { drawInBlocks, usualBlock } from "./stationary-blocks.js";

/*
 * What else the same sessions and the same trades could have come to: a run is one draw, and many draws of what it is
 * made of show how much of it is luck. They show nothing of a market that is to be another one.
 */

export interface ResamplingOptions {
  /** How often; a thousand make the ends of an interval steady to a few percent of its width. */
  readonly runs: number;
  /** The same seed draws the same. */
  readonly seed: number;
}

/** Where 95% of the draws lie, and the one in the middle. */
export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Of the account, if its trades were drawn anew or came in another order. */
export interface TradeIntervals {
  readonly total_return: Interval;
  readonly max_drawdown: Interval;
  /** The share of draws that lose. */
  readonly losing_share: number;
  /** With the same trades, each once, in any order. */
  readonly reordered_max_drawdown: Interval;
}

export interface Resampling extends ResamplingOptions {
  /** Metrics of sessions drawn anew, by name; a metric that some draw does not have is left out. */
  readonly sessions: Readonly<Record<string, Interval>> | Unknown;
  readonly trades: TradeIntervals | Unknown;
}

const ofSessions = [
  "total_return",
  "cagr",
  "volatility",
  "sharpe",
  "sortino",
  "max_drawdown",
  "calmar",
] as const;

/**
 * Draws the sessions and the trades of a run anew, many times.
 *
 * Sessions are drawn in blocks of random length, so that what hangs together in time stays together: the stationary
 * bootstrap, with blocks of the cube root of the number of sessions on average. Trades are drawn one by one, each with
 * what it earned of the account that it found.
 *
 * @source Politis & Romano 1994, "The Stationary Bootstrap", Journal of the American Statistical Association 89
 */
export function resample(context: MetricContext, { runs, seed }: ResamplingOptions): Resampling {
  const random = randomOf(seed);
  return {
    ...{ runs, seed },
    sessions: resampledSessions(context, runs, random),
    trades: resampledTrades(context, runs, random),
  };
}

function resampledSessions(
  context: MetricContext,
  runs: number,
  random: () => number,
): Resampling["sessions"] {
  const returns = sessionReturns(context, enoughForMoments);
  if (isUnknown(returns)) return returns;
  const found = new Map<string, number[]>(ofSessions.map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    const sessionEquity = accountOf(context.initialCapital, inBlocks(returns, random));
    const drawn = alone(context, sessionEquity);
    for (const [name, values] of found) {
      const value = metrics.get(name)?.compute(drawn);
      if (typeof value === "number") values.push(value);
    }
  }
  return Object.fromEntries(
    [...found].flatMap(([name, values]) => (values.length < runs ? [] : [[name, intervalOf(values)]])),
  );
}

function resampledTrades(context: MetricContext, runs: number, random: () => number): Resampling["trades"] {
  const returns = earnedOfAccount(context);
  if (isUnknown(returns)) return returns;
  const deepestFall = (account: Float64Array): number =>
    drawdowns({ ...alone(context, account), initialCapital: account[0] }).deepest;
  const totals: number[] = [];
  const falls: number[] = [];
  const reordered: number[] = [];
  for (let run = 0; run < runs; run++) {
    const drawn = accountOf(
      1,
      returns.map(() => returns[Math.floor(random() * returns.length)]),
    );
    totals.push(drawn[drawn.length - 1] - 1);
    falls.push(deepestFall(drawn));
    reordered.push(deepestFall(accountOf(1, shuffled(returns, random))));
  }
  return {
    total_return: intervalOf(totals),
    max_drawdown: intervalOf(falls),
    losing_share: totals.filter((each) => each < 0).length / runs,
    reordered_max_drawdown: intervalOf(reordered),
  };
}

/** A context with another account, to which nothing is added and of which nothing is taken. */
function alone(context: MetricContext, sessionEquity: Float64Array): MetricContext {
  const equity = curveOf(sessionEquity.subarray(1));
  return { ...context, sessionEquity, equity, timeWeighted: equity, externalFlows: [] };
}

/** As many values as there are, in blocks that go on from a random place, the first again behind the last. */
const inBlocks = (values: Float64Array, random: () => number): number[] =>
  Array.from(drawInBlocks(values.length, usualBlock(values.length), random), (at) => values[at]);

function accountOf(capital: number, returns: readonly number[]): Float64Array {
  const values = new Float64Array(returns.length + 1).fill(capital);
  for (let i = 0; i < returns.length; i++) values[i + 1] = values[i] * (1 + returns[i]);
  return values;
}

/** Where 95% of some values lie. */
export function intervalOf(values: readonly number[]): Interval {
  const [low, middle, high] = quantile(values, [0.025, 0.5, 0.975]);
  return { low, middle, high };
}
