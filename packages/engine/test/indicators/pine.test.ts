import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indicators } from "../../src/indicators/index.generated.js";
import { runIndicator } from "./run-kernel.js";

/*
 * Functions that TA-Lib does not have, against definitions as Pine's manual has them: one bar at a time, on plain
 * arrays, the newest value first where a window is meant. NaN is "no value yet".
 */

interface Bars {
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
}
type Definition = (bars: Bars, parameters: readonly number[]) => number[][];

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
const isMissing = (value: number | undefined): boolean => value === undefined || Number.isNaN(value);

/** `compute` of the last `length` values, newest first, where there are that many. */
const rolling = (values: number[], length: number, compute: (window: number[]) => number): number[] =>
  values.map((_, i) => {
    const window = values.slice(Math.max(0, i - length + 1), i + 1).reverse();
    return window.length < length || window.some(isMissing) ? NaN : compute(window);
  });

/** A recurrence that begins with the mean of the first `length` values. */
function recurrence(values: number[], length: number, alpha: number): number[] {
  const result: number[] = [];
  const seeds = rolling(values, length, (window) => sumOf(window) / length);
  values.forEach((value, i) => {
    const before = result[i - 1];
    result.push(isMissing(before) ? seeds[i] : alpha * value + (1 - alpha) * before);
  });
  return result;
}
const rma = (values: number[], length: number): number[] => recurrence(values, length, 1 / length);
const ema = (values: number[], length: number): number[] => recurrence(values, length, 2 / (length + 1));
const wma = (values: number[], length: number): number[] =>
  rolling(
    values,
    length,
    (window) => sumOf(window.map((each, k) => each * (length - k))) / ((length * (length + 1)) / 2),
  );
const change = (values: number[]): number[] =>
  values.map((value, i) => (i === 0 ? NaN : value - values[i - 1]));
const zip = (a: number[], b: number[], combine: (a: number, b: number) => number): number[] =>
  a.map((value, i) => combine(value, b[i]));
const cumulated = (values: number[]): number[] =>
  values.map((_, i) => sumOf(values.slice(0, i + 1).map((each) => (isMissing(each) ? 0 : each))));
const orZero = (value: number | undefined): number =>
  value === undefined || !Number.isFinite(value) ? 0 : value;
const perBar = ({ close }: Bars, compute: (i: number) => number): number[] => close.map((_, i) => compute(i));

/** `first` is the true range of the first bar. */
const trueRange = ({ high, low, close }: Bars, first: (i: number) => number): number[] =>
  high.map((_, i) =>
    i === 0
      ? first(i)
      : Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])),
  );

const percentile =
  (compute: (sorted: number[], percentage: number) => number): Definition =>
  ({ close }, [length, percentage]) => [
    rolling(close, length, (window) =>
      compute(
        [...window].sort((a, b) => a - b),
        percentage,
      ),
    ),
  ];

const volumeIndex =
  (counts: (now: number, before: number) => boolean): Definition =>
  ({ close, volume }) => {
    const index = [1];
    for (let i = 1; i < close.length; i++)
      index.push(counts(volume[i], volume[i - 1]) ? (index[i - 1] * close[i]) / close[i - 1] : index[i - 1]);
    return [index];
  };

const definitions: Record<string, Definition> = {
  rma: ({ close }, [length]) => [rma(close, length)],
  vwma: ({ close, volume }, [length]) => {
    const mean = (values: number[]): number[] => rolling(values, length, (window) => sumOf(window) / length);
    return [zip(mean(zip(close, volume, (a, b) => a * b)), mean(volume), (a, b) => a / b)];
  },
  swma: ({ close }) => [rolling(close, 4, ([a, b, c, d]) => a / 6 + (b * 2) / 6 + (c * 2) / 6 + d / 6)],
  hma: ({ close }, [length]) => {
    const raw = zip(
      wma(close, Math.floor(length / 2)),
      wma(close, length),
      (half, whole) => 2 * half - whole,
    );
    return [wma(raw, Math.floor(Math.sqrt(length)))];
  },
  alma: ({ close }, [length, offset, sigma]) => [
    rolling(close, length, (window) => {
      const summit = offset * (length - 1);
      const width = length / sigma;
      const weights = window.map((_, i) => Math.exp((-1 * (i - summit) ** 2) / (2 * width ** 2)));
      return sumOf(weights.map((weight, i) => weight * window[length - i - 1])) / sumOf(weights);
    }),
  ],
  cog: ({ close }, [length]) => [
    rolling(close, length, (window) => -sumOf(window.map((each, i) => each * (i + 1))) / sumOf(window)),
  ],
  rising: ({ close }, [length]) => [
    rolling(close, length + 1, ([now, ...before]) => (now > Math.max(...before) ? 1 : 0)),
  ],
  falling: ({ close }, [length]) => [
    rolling(close, length + 1, ([now, ...before]) => (now < Math.min(...before) ? 1 : 0)),
  ],
  percentrank: ({ close }, [length]) => [
    rolling(
      close,
      length + 1,
      ([now, ...before]) => (before.filter((each) => each <= now).length / length) * 100,
    ),
  ],
  percentile_nearest_rank: percentile(
    (sorted, percentage) =>
      sorted.find((_, k) => 100 * (k + 1) >= percentage * sorted.length) ?? sorted[sorted.length - 1],
  ),
  percentile_linear_interpolation: percentile((sorted, percentage) => {
    const stands = (k: number): number => (100 * (k + 0.5)) / sorted.length;
    const above = sorted.findIndex((_, k) => stands(k) >= percentage);
    if (above === -1) return sorted[sorted.length - 1];
    if (above === 0) return sorted[0];
    const share = (percentage - stands(above - 1)) / (stands(above) - stands(above - 1));
    return sorted[above - 1] * (1 - share) + sorted[above] * share;
  }),
  tsi: ({ close }, [fast, slow]) => {
    // The first change has no value, nor has the first average a bar later: averages begin after them.
    const changes = change(close).slice(1);
    const smooth = (values: number[]): number[] => {
      const averages = ema(values, slow);
      return [
        ...Array<number>(Math.min(slow, close.length)).fill(NaN),
        ...ema(averages.slice(slow - 1), fast),
      ];
    };
    return [zip(smooth(changes), smooth(changes.map(Math.abs)), (a, b) => (b === 0 ? 0 : a / b))];
  },
  supertrend: (bars, [factor, length]) => {
    const { high, low, close } = bars;
    const atr = rma(
      trueRange(bars, () => high[0] - low[0]),
      length,
    );
    const upper: number[] = [];
    const lower: number[] = [];
    const line: number[] = [];
    const direction: number[] = [];
    atr.forEach((average, i) => {
      const up = (high[i] + low[i]) / 2 + factor * average;
      const down = (high[i] + low[i]) / 2 - factor * average;
      const upBefore = orZero(upper[i - 1]);
      const downBefore = orZero(lower[i - 1]);
      const before = close[i - 1];
      lower.push(down > downBefore || before < downBefore ? down : downBefore);
      // Pine's own text puts the line of a very first bar (length 1) at 0; ours is where it belongs.
      upper.push(up < upBefore || before > upBefore || i === 0 ? up : upBefore);
      if (isMissing(atr[i - 1])) direction.push(1);
      else if (line[i - 1] === upBefore) direction.push(close[i] > upper[i] ? -1 : 1);
      else direction.push(close[i] < lower[i] ? 1 : -1);
      line.push(direction[i] === -1 ? lower[i] : upper[i]);
    });
    const known = (values: number[]): number[] => values.map((value, i) => (isMissing(atr[i]) ? NaN : value));
    return [known(line), known(direction)];
  },
  kc: (bars, [length, factor]) => {
    const basis = ema(bars.close, length);
    const width = ema(
      trueRange(bars, () => NaN),
      length,
    );
    // Here, all of them begin where the last one does.
    return [0, factor, -factor].map((times) => zip(basis, width, (a, b) => a + b * times));
  },
  nvi: volumeIndex((now, before) => now < before),
  pvi: volumeIndex((now, before) => now > before),
  pvt: ({ close, volume }) => [cumulated(change(close).map((step, i) => (step / close[i - 1]) * volume[i]))],
  iii: (bars) => {
    const { high, low, close, volume } = bars;
    return [
      perBar(bars, (i) => orZero((2 * close[i] - high[i] - low[i]) / ((high[i] - low[i]) * volume[i]))),
    ];
  },
  wad: (bars) => {
    const { high, low, close } = bars;
    const gains = perBar(bars, (i) => {
      const trueHigh = Math.max(high[i], close[i - 1]);
      const trueLow = Math.min(low[i], close[i - 1]);
      const momentum = close[i] - close[i - 1];
      return momentum > 0 ? close[i] - trueLow : momentum < 0 ? close[i] - trueHigh : 0;
    });
    return [cumulated(gains)];
  },
  wvad: (bars) => {
    const { open, high, low, close, volume } = bars;
    return [perBar(bars, (i) => orZero((close[i] - open[i]) / (high[i] - low[i])) * volume[i])];
  },
};

/** Real-looking bars: the high and the low enclose open and close, and ties and bars without a range occur. */
const bars: fc.Arbitrary<Bars> = fc
  .array(
    fc.record({
      open: fc.integer({ min: 50, max: 70 }),
      close: fc.oneof(fc.integer({ min: 50, max: 70 }), fc.double({ min: 50, max: 70, noNaN: true })),
      above: fc.integer({ min: 0, max: 2 }),
      below: fc.integer({ min: 0, max: 2 }),
      volume: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 90, size: "max" },
  )
  .map((rows) => ({
    open: rows.map(({ open }) => open),
    high: rows.map(({ open, close, above }) => Math.max(open, close) + above),
    low: rows.map(({ open, close, below }) => Math.min(open, close) - below),
    close: rows.map(({ close }) => close),
    volume: rows.map(({ volume }) => volume),
  }));

const numbers: Record<string, fc.Arbitrary<number>> = {
  percentage: fc.constantFrom(0, 10, 25, 33.3, 50, 75, 99, 100),
  offset: fc.constantFrom(0, 0.5, 0.85, 1),
  sigma: fc.constantFrom(1, 4, 6),
  factor: fc.constantFrom(0.5, 1, 2, 3),
};

describe("against Pine's definitions", () => {
  it.each(Object.entries(definitions))("%s", (name, define) => {
    const indicator = indicators.find((each) => each.name === name);
    if (indicator === undefined) throw new Error(`no indicator ${name}`);
    const parameters = fc.tuple(
      ...indicator.parameters.map((each) =>
        each.type === "bars" ? fc.integer({ min: each.minimum, max: 20 }) : numbers[each.name],
      ),
    );
    fc.assert(
      fc.property(bars, parameters, (given, chosen) => {
        const columns = { ...given, session_bar: [], time: [] };
        const inputs = [...indicator.inputs.map(() => "close" as const), ...indicator.fields];
        const found = runIndicator(
          indicator,
          chosen,
          inputs.map((field) => Float64Array.from(columns[field])),
        );
        const expected = define(given, chosen);
        expect(found.length).toBe(expected.length);
        expected.forEach((values, output) =>
          values.forEach((value, bar) => {
            const place = `${indicator.outputs[output].name}[${bar}] with ${chosen.join()}`;
            if (Number.isNaN(value)) expect(found[output][bar], place).toBeNaN();
            else
              expect(Math.abs(found[output][bar] - value) / Math.max(1, Math.abs(value)), place).toBeLessThan(
                1e-9,
              );
          }),
        );
      }),
      { seed: 17, numRuns: 150 },
    );
  });
});
