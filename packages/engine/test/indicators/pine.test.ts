import fc from "fast-check";
import { describe, it } from "vitest";
import { indicators } from "../../src/indicators/index.generated.js";
import { runIndicator } from "../../src/indicator-laws/run-alone.js";
import { expectEqual } from "./expect-equal.js";

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
  /** True now and then. */
  readonly condition: number[];
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

/** The bars from the last on which the condition was true to `i`; none before the first. */
function sinceCondition(condition: number[], i: number): number[] {
  const start = condition.lastIndexOf(1, i);
  return start < 0 ? [] : Array.from({ length: i - start + 1 }, (_, k) => start + k);
}

/** The mean of several values, each as often as its weight says. */
const weighted = (values: number[], weights: number[]): number =>
  sumOf(zip(values, weights, (value, weight) => value * weight)) / sumOf(weights);

/** From 1; equal values share the mean of their places. */
const ranksOf = (values: number[]): number[] =>
  values.map((value) => {
    const places = [...values].sort((a, b) => a - b).flatMap((each, k) => (each === value ? [k + 1] : []));
    return sumOf(places) / places.length;
  });

function correlation(a: number[], b: number[]): number {
  const centred = (values: number[]): number[] => values.map((each) => each - sumOf(values) / values.length);
  const product = (x: number[], y: number[]): number => sumOf(zip(x, y, (p, q) => p * q));
  const [x, y] = [centred(a), centred(b)];
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

/** `exceeds` says whether a neighbour keeps a value from being a pivot. */
const pivots =
  (exceeds: (neighbour: number, candidate: number) => boolean): Definition =>
  (bars, [left, right]) => {
    const { close } = bars;
    const isPivot = (at: number): boolean =>
      at >= left &&
      !close.slice(at - left, at).some((each) => exceeds(each, close[at])) &&
      !close.slice(at + 1, at + right + 1).some((each) => exceeds(each, close[at]) || each === close[at]);
    const last = perBar(bars, (i) => close.findLastIndex((_, at) => at + right <= i && isPivot(at)));
    return [last.map((at) => (at < 0 ? NaN : close[at])), last.map((at, i) => (at < 0 ? NaN : i - at))];
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
  dmi: (bars, [length, smoothing]) => {
    const { high, low } = bars;
    const up = change(high);
    const down = change(low).map((each) => -each);
    const moved = (one: number[], other: number[]): number[] =>
      zip(one, other, (a, b) => (isMissing(a) ? NaN : a > b && a > 0 ? a : 0));
    const range = rma(
      trueRange(bars, () => NaN),
      length,
    );
    // Without a range Pine holds what was there before; here it is nothing.
    const share = (movement: number[]): number[] =>
      zip(rma(movement, length), range, (a, b) => (b === 0 ? 0 : (100 * a) / b));
    const plus = share(moved(up, down));
    const minus = share(moved(down, up));
    const apart = zip(plus, minus, (a, b) => Math.abs(a - b) / (a + b === 0 ? 1 : a + b));
    const adx = rma(apart, smoothing).map((each) => 100 * each);
    // Here, all of them begin where the last one does.
    const known = (values: number[]): number[] => zip(values, adx, (a, b) => (isMissing(b) ? NaN : a));
    return [known(plus), known(minus), adx];
  },
  cummax: ({ close }) => [close.map((_, i) => Math.max(...close.slice(0, i + 1)))],
  cummin: ({ close }) => [close.map((_, i) => Math.min(...close.slice(0, i + 1)))],
  range: ({ close }, [length]) => [
    rolling(close, length, (window) => Math.max(...window) - Math.min(...window)),
  ],
  mode: ({ close }, [length]) => [
    rolling(close, length, (window) => {
      const times = (value: number): number => window.filter((each) => each === value).length;
      const most = Math.max(...window.map(times));
      return Math.min(...window.filter((each) => times(each) === most));
    }),
  ],
  rci: ({ close }, [length]) => [
    rolling(close, length, (window) => {
      const times = window.map((_, k) => -k);
      return new Set(window).size === 1 ? 0 : 100 * correlation(ranksOf(window), times);
    }),
  ],
  pivothigh: pivots((neighbour, candidate) => neighbour > candidate),
  pivotlow: pivots((neighbour, candidate) => neighbour < candidate),
  valuewhen: ({ close, condition }, [occurrence]) => [
    close.map((_, i) => {
      const hits = condition.slice(0, i + 1).flatMap((each, at) => (each === 1 ? [at] : []));
      return close[hits[hits.length - 1 - occurrence]] ?? NaN;
    }),
  ],
  vwap: (bars) => [
    perBar(bars, (i) => {
      const since = sinceCondition(bars.condition, i);
      return weighted(
        since.map((at) => bars.close[at]),
        since.map((at) => bars.volume[at]),
      );
    }),
  ],
  vwapbands: (bars, [deviations]) => {
    const at = (times: number): number[] =>
      perBar(bars, (i) => {
        const since = sinceCondition(bars.condition, i);
        const prices = since.map((bar) => bars.close[bar]);
        const volumes = since.map((bar) => bars.volume[bar]);
        const mean = weighted(prices, volumes);
        const variance = weighted(
          prices.map((price) => (price - mean) ** 2),
          volumes,
        );
        return mean + times * Math.sqrt(variance);
      });
    return [at(deviations), at(0), at(-deviations)];
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
  pivot_point_levels(bars, [kind]) {
    // The formulas of Pine's manual, as they stand there.
    const { open, high, low, close, condition } = bars;
    const rows = close.map((_, i) => {
      const start = condition.lastIndexOf(1, i);
      const before = start > 0 ? condition.lastIndexOf(1, start - 1) : -1;
      if (start < 0 || before < 0) return [];
      const H = Math.max(...high.slice(before, start));
      const L = Math.min(...low.slice(before, start));
      const C = close[start - 1];
      const O = open[before];
      const PP = (H + L + C) / 3;
      const W = (H + L + open[start] * 2) / 4;
      const X = O === C ? H + L + C * 2 : C > O ? H * 2 + L + C : H + L * 2 + C;
      const traditional = [
        [PP, PP * 2 - L, PP * 2 - H, PP + (H - L), PP - (H - L), PP * 2 + (H - 2 * L), PP * 2 - (2 * H - L)],
        [PP * 3 + (H - 3 * L), PP * 3 - (3 * H - L), PP * 4 + (H - 4 * L), PP * 4 - (4 * H - L)],
      ].flat();
      const fibonacci = [
        PP,
        ...[0.382, 0.618, 1].flatMap((part) => [PP + part * (H - L), PP - part * (H - L)]),
      ];
      const woodie = [
        [W, 2 * W - L, 2 * W - H, W + (H - L), W - (H - L), H + 2 * (W - L), L - 2 * (H - W)],
        [H + 2 * (W - L) + (H - L), L - 2 * (H - W) - (H - L)],
      ].flat();
      const classic = [
        [PP, PP * 2 - L, PP * 2 - H],
        [1, 2, 3].flatMap((part) => [PP + part * (H - L), PP - part * (H - L)]),
      ].flat();
      const demark = [X / 4, X / 2 - L, X / 2 - H];
      const camarilla = [
        PP,
        ...[12, 6, 4, 2].flatMap((part) => [C + (1.1 * (H - L)) / part, C - (1.1 * (H - L)) / part]),
        (H / L) * C,
        C - ((H / L) * C - C),
      ];
      return [traditional, fibonacci, woodie, classic, demark, camarilla][kind];
    });
    return Array.from({ length: 11 }, (_, level) => rows.map((row) => row[level] ?? NaN));
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
    condition: rows.map(({ volume }) => (volume % 3 === 0 ? 1 : 0)),
  }));

const numbers: Record<string, fc.Arbitrary<number>> = {
  percentage: fc.constantFrom(0, 10, 25, 33.3, 50, 75, 99, 100),
  offset: fc.constantFrom(0, 0.5, 0.85, 1),
  sigma: fc.constantFrom(1, 4, 6),
  factor: fc.constantFrom(0.5, 1, 2, 3),
  deviations: fc.constantFrom(0, 1, 2.5),
};

describe("against Pine's definitions", () => {
  it.each(Object.entries(definitions))("%s", (name, define) => {
    const indicator = indicators.find((each) => each.name === name);
    if (indicator === undefined) throw new Error(`no indicator ${name}`);
    const parameters = fc.tuple(
      ...indicator.parameters.map((each) =>
        each.type === "choice"
          ? fc.nat(each.choices.length - 1)
          : each.type === "bars"
            ? fc.integer({ min: each.minimum, max: 20 })
            : numbers[each.name],
      ),
    );
    fc.assert(
      fc.property(bars, parameters, (given, chosen) => {
        const columns = { ...given, session_bar: [], time: [] };
        const inputs = [
          ...indicator.inputs.map(({ type }) => (type === "bool" ? "condition" : "close")),
          ...indicator.fields,
        ] as const;
        const found = runIndicator(
          indicator,
          chosen,
          inputs.map((field) => Float64Array.from(columns[field])),
        );
        expectEqual(indicator, chosen, [found, define(given, chosen)], 1e-9);
      }),
      { seed: 17, numRuns: 150 },
    );
  });
});
