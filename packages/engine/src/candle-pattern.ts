import type { BuiltinParameter } from "@bitfever/lang";
import { Candles, means, startTotals, type Mean, type MeanName } from "./candles.js";
import { defineIndicator, type Indicator, type IndicatorExample } from "./indicator.js";
import { barsBetweenRebuilds } from "./rebuild.js";

type Candle = readonly [open: number, high: number, low: number, close: number];

interface PatternExample {
  readonly parameters?: readonly number[];
  /** The last candles; as many plain ones as are needed stand before them. */
  readonly candles: readonly Candle[];
  /** What comes out on the last bars. */
  readonly values: readonly number[];
}

export interface Pattern extends Pick<Indicator, "name" | "summary" | "description" | "source"> {
  /** The conditions; `close[1]` is of the candle before the last. */
  readonly formula: string;
  /** Of how many candles the pattern is made. */
  readonly bars: number;
  /** Given where TA-Lib has its first value later than it could. */
  readonly warmup?: number;
  /** Which candles, by how many bars ago they were, are compared with which mean. */
  readonly means?: Readonly<Partial<Record<MeanName, readonly number[]>>>;
  readonly parameters?: readonly BuiltinParameter[];
  readonly examples: readonly PatternExample[];
}

interface Definition extends Pattern {
  /** What the pattern that ends with the last candle says: above 0 bullish, below 0 bearish, 0 where there is none. */
  readonly find: (candles: Candles, parameter: number) => number;
}

/** The running total behind the mean that one candle of a pattern is compared with. */
export interface Total {
  readonly mean: Mean;
  readonly ago: number;
  readonly slot: number;
}

/** How far into the body of the first candle the last one must close, as a share of that body. */
export const penetration = (share: number): BuiltinParameter => ({
  name: "penetration",
  type: "number",
  minimum: 0,
  default: share,
});

/** Where all kernels look at candles, one of them at a time; nothing is remembered here between two blocks. */
const candles = new Candles();

/** A candlestick pattern as an indicator: what it says on the bar that completes it, 0 on every other. */
export function defineCandles({ find, ...pattern }: Definition): Indicator {
  const totals = totalsOf(pattern);
  const described = describe(pattern);
  const warmup = described.warmup();
  return defineIndicator({
    ...described,
    start: () => ({ seen: 0, totals: startTotals() }),
    advance(state, [parameter], columns, [out], from, to) {
      let { seen } = state;
      candles.look(columns, state.totals);
      for (let i = from; i < to; i++) {
        candles.at = i;
        if (candles.isMissing()) {
          out[i] = NaN;
          state.totals.fill(0);
          seen = 0;
          continue;
        }
        out[i] = seen < warmup ? NaN : find(candles, parameter);
        slide(candles, totals, state.totals, seen, warmup);
        seen++;
      }
      state.seen = seen;
    },
  });
}

export const totalsOf = ({ means: wanted = {} }: Pattern): readonly Total[] =>
  namesOf(wanted).flatMap((name) =>
    (wanted[name] ?? []).map((ago) => ({ mean: means[name], ago, slot: means[name].slot + ago })),
  );

const namesOf = (wanted: object): MeanName[] =>
  (Object.keys(means) as MeanName[]).filter((name) => name in wanted);

/**
 * A running total drifts; from time to time it is added up anew. The new sum is taken only where the old one is further
 * off than a part in 10⁹: TA-Lib never adds up anew, and what ties with a mean is to be decided as it decides it.
 */
const largestDrift = 1e-9;

/** Moves the totals on by a bar, after the pattern was looked for. `ready` is the first bar on which it is. */
export function slide(
  candles: Candles,
  totals: readonly Total[],
  sums: Float64Array,
  seen: number,
  ready: number,
): void {
  for (const { mean, ago, slot } of totals) {
    if (seen < ready - mean.length) continue;
    const newest = candles.sizeOf(mean, ago);
    // TA-Lib's order of additions.
    sums[slot] += seen < ready ? newest : newest - candles.sizeOf(mean, ago + mean.length);
    if (seen % barsBetweenRebuilds !== barsBetweenRebuilds - 1) continue;
    let sum = 0;
    for (let k = mean.length - 1; k >= 0; k--) sum += candles.sizeOf(mean, ago + k);
    if (!(Math.abs(sums[slot] - sum) <= largestDrift * sum)) sums[slot] = sum;
  }
}

/** All that an indicator has beside its kernel. */
export function describe(
  pattern: Pattern,
): Omit<Indicator, "start" | "advance" | "warmup"> & { warmup: () => number } {
  const { name, summary, formula, bars, parameters = [] } = pattern;
  const wanted = namesOf(pattern.means ?? {}).map((each) => means[each]);
  const firstBar = bars - 1 + Math.max(0, ...wanted.map((each) => each.length));
  const warmup = pattern.warmup ?? firstBar;
  return {
    name,
    summary,
    description: [pattern.description, ...wanted.map((each) => each.meaning)].join(" "),
    source: `${pattern.source}; TA-Lib 0.6 ${name.toUpperCase()}, every bar`,
    formula,
    memory: "window",
    gaps: "restart",
    cost: "constant",
    inputs: [],
    fields: ["open", "high", "low", "close"],
    parameters,
    outputs: [{ name: "value", type: "ratio" }],
    warmup: () => warmup,
    lookback: () => warmup,
    examples: pattern.examples.map((each) => example(each, parameters, warmup)),
  };
}

/** Body 2, shadows of 1: against it, a body is long above 2, a doji's at most 0.4, near is 0.8. */
const plain: Candle = [10, 13, 9, 12];

function example(
  { parameters, candles, values }: PatternExample,
  defaults: readonly BuiltinParameter[],
  warmup: number,
): IndicatorExample {
  const count = warmup + values.length;
  const rows = [...Array.from({ length: count - candles.length }, () => plain), ...candles];
  const column = (of: number): number[] => rows.map((row) => row[of]);
  return {
    parameters: parameters ?? defaults.map((each) => each.default ?? each.minimum),
    inputs: { open: column(0), high: column(1), low: column(2), close: column(3) },
    outputs: { value: [...Array.from({ length: warmup }, () => null), ...values] },
  };
}
