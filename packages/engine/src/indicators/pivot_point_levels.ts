import { defineIndicator } from "../indicator.js";

/** What a period did, and where the one after it opened. */
interface Period {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly next: number;
}

type Levels = readonly number[];

const mean = ({ high, low, close }: Period): number => (high + low + close) / 3;

/** So many ranges around a price, upwards and downwards in turn. */
const around = (price: number, { high, low }: Period, shares: readonly number[]): Levels =>
  shares.flatMap((share) => [price + share * (high - low), price - share * (high - low)]);

/** By each kind the pivot, then the first resistance, the first support, the second resistance and so on. */
const kinds: Readonly<Record<string, (period: Period) => Levels>> = {
  traditional(period) {
    const { high, low } = period;
    const p = mean(period);
    const further = [3, 4, 5].flatMap((level) => [
      (level - 1) * p + high - (level - 1) * low,
      (level - 1) * p + low - (level - 1) * high,
    ]);
    return [p, 2 * p - low, 2 * p - high, ...around(p, period, [1]), ...further];
  },
  fibonacci(period) {
    const p = mean(period);
    return [p, ...around(p, period, [0.382, 0.618, 1])];
  },
  woodie(period) {
    const { high, low, next } = period;
    const p = (high + low + 2 * next) / 4;
    const [r3, s3] = [high + 2 * (p - low), low - 2 * (high - p)];
    const range = high - low;
    return [p, 2 * p - low, 2 * p - high, ...around(p, period, [1]), r3, s3, r3 + range, s3 - range];
  },
  classic(period) {
    const p = mean(period);
    return [p, 2 * p - period.low, 2 * p - period.high, ...around(p, period, [1, 2, 3])];
  },
  demark({ open, high, low, close }) {
    const favoured = close === open ? close : close > open ? high : low;
    const sum = high + low + close + favoured;
    return [sum / 4, sum / 2 - low, sum / 2 - high];
  },
  camarilla(period) {
    const { high, low, close } = period;
    const r5 = (high / low) * close;
    return [
      mean(period),
      ...around(close, period, [1.1 / 12, 1.1 / 6, 1.1 / 4, 1.1 / 2]),
      r5,
      2 * close - r5,
    ];
  },
};

const names = Object.keys(kinds);
const outputs = ["p", "r1", "s1", "r2", "s2", "r3", "s3", "r4", "s4", "r5", "s5"];

export const pivot_point_levels = defineIndicator({
  name: "pivot_point_levels",
  summary: "Pivot point levels",
  description:
    "Prices at which a market is expected to turn, from what the last period did: the pivot `p`, resistances from `r1` on " +
    "above it and supports from `s1` on below. A period begins where `anchor` is true: `session_bar == 0` makes it the " +
    "session. They stay until the next one, and there are none before a first period is complete. The kinds `fibonacci` and " +
    "`demark` have three and one pair of levels, `woodie` and `classic` four; what a kind does not have is absent.",
  source:
    "Floor traders; Woodie; DeMark, The New Science of Technical Analysis (1994); Stott (Camarilla, 1989); Pine v6 " +
    "ta.pivot_point_levels, which calls `demark` DM",
  formula:
    "traditional: p = (high + low + close) / 3; r1 = 2p − low; s1 = 2p − high; r2, s2 = p ± range; " +
    "rn = (n − 1)p + high − (n − 1)low; sn = (n − 1)p + low − (n − 1)high. " +
    "fibonacci: p ± 0.382, 0.618, 1 range. " +
    "woodie: p = (high + low + 2 × open of the new period) / 4; r3 = high + 2(p − low); s3 = low − 2(high − p); r4, s4 a range further. " +
    "classic: r2, r3, r4 = p + 1, 2, 3 ranges. " +
    "demark: x = high + low + close + (close, high or low: no change, rise or fall); p = x / 4; r1 = x / 2 − low; s1 = x / 2 − high. " +
    "camarilla: close ± 1.1 range / 12, 6, 4, 2; r5 = close × high / low; s5 = 2 close − r5",
  gaps: {
    described: "It has no levels, and adds nothing to its period; an anchor on it counts for the next one.",
  },
  isWaiting: true,
  isShiftBound: ([kind]) => names[kind] === "camarilla",
  cost: "constant",
  inputs: [{ name: "anchor", type: "bool" }],
  fields: ["open", "high", "low", "close"],
  parameters: [{ name: "kind", type: "choice", choices: names, minimum: 0, default: 0 }],
  outputs: outputs.map((name) => ({ name, type: "price" })),
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({
    /** 1 where the next bar begins a period. */
    isDue: 0,
    open: NaN,
    high: NaN,
    low: NaN,
    close: NaN,
    levels: new Float64Array(outputs.length).fill(NaN),
  }),
  advance(state, [kind], [anchor, open, high, low, close], columns, from, to) {
    const levelsOf = kinds[names[kind]];
    const { levels } = state;
    for (let i = from; i < to; i++) {
      if (anchor[i] === 1) state.isDue = 1;
      const given = open[i] + high[i] + low[i] + close[i];
      const isAbsent = given !== given;
      if (!isAbsent && state.isDue === 1) {
        if (state.open === state.open)
          levelsOf({ ...state, next: open[i] }).forEach((level, each) => (levels[each] = level));
        state.isDue = 0;
        state.open = open[i];
        state.high = high[i];
        state.low = low[i];
        state.close = close[i];
      } else if (!isAbsent) {
        // Before the first anchor they are NaN, and remain so.
        state.high = Math.max(state.high, high[i]);
        state.low = Math.min(state.low, low[i]);
        if (state.open === state.open) state.close = close[i];
      }
      for (let each = 0; each < columns.length; each++) columns[each][i] = isAbsent ? NaN : levels[each];
    }
  },
  examples: [
    {
      // The first session went from 10 to 11, between 9 and 13.
      parameters: [0],
      inputs: {
        anchor: [1, 0, 1, 0],
        open: [10, 12, 11, 11],
        high: [12, 13, 12, null],
        low: [9, 10, 11, 10],
        close: [12, 11, 12, 11],
      },
      outputs: {
        p: [null, null, 11, null],
        r1: [null, null, 13, null],
        s1: [null, null, 9, null],
        r2: [null, null, 15, null],
        s2: [null, null, 7, null],
        r3: [null, null, 17, null],
        s3: [null, null, 5, null],
        r4: [null, null, 19, null],
        s4: [null, null, 3, null],
        r5: [null, null, 21, null],
        s5: [null, null, 1, null],
      },
    },
    {
      // It fell, from 12 to 10 between 9 and 13: the low counts twice.
      parameters: [4],
      inputs: {
        anchor: [1, 1],
        open: [12, 10],
        high: [13, 11],
        low: [9, 10],
        close: [10, 10],
      },
      outputs: {
        p: [null, 10.25],
        r1: [null, 11.5],
        s1: [null, 7.5],
        ...Object.fromEntries(outputs.slice(3).map((name) => [name, [null, null]])),
      },
    },
  ],
});
