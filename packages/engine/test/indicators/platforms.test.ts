import fc from "fast-check";
import { describe, it } from "vitest";
import { indicators } from "../../src/indicators/index.generated.js";
import { runIndicator } from "../../src/indicator-laws/run-alone.js";
import { expectEqual } from "./expect-equal.js";

/*
 * What platforms have beside TA-Lib and Pine, against definitions over whole arrays, written down as their authors did
 * and as slow as that is. NaN is "no value yet".
 */

type Series = readonly number[];
interface Bars {
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume: Series;
  /** True now and then. */
  readonly anchor: Series;
}
type Definition = (bars: Bars, parameters: Series) => Series[];

const total = (values: Series): number => values.reduce((sum, each) => sum + each, 0);
const mean = (values: Series): number => total(values) / values.length;
const centred = (values: Series): Series => values.map((each) => each - mean(values));
const product = (a: Series, b: Series): number => total(a.map((each, k) => each * b[k]));
/** Sum of squares around the mean. */
const scatter = (values: Series): number => product(centred(values), centred(values));
const stddev = (values: Series): number => Math.sqrt(scatter(values) / values.length);
const zip = (a: Series, b: Series, combine: (a: number, b: number) => number): Series =>
  a.map((each, i) => combine(each, b[i]));
const minus = (a: Series, b: Series): Series => zip(a, b, (x, y) => x - y);
const plus = (a: Series, b: Series): Series => zip(a, b, (x, y) => x + y);
const times = (a: Series, factor: number): Series => a.map((each) => each * factor);
const ago = (values: Series, count: number): Series => values.map((_, i) => values[i - count] ?? NaN);
/** Those that begin together: no value of one where another has none. */
const together = (...all: Series[]): Series[] =>
  all.map((each) => each.map((value, i) => (all.some((other) => Number.isNaN(other[i])) ? NaN : value)));

/** `compute` of the last `length` values, oldest first, where there are that many. */
const rolling = (values: Series, length: number, compute: (window: Series) => number): Series =>
  values.map((_, i) => {
    const window = values.slice(Math.max(0, i - length + 1), i + 1);
    return window.length < length || window.some(Number.isNaN) ? NaN : compute(window);
  });
const sma = (values: Series, length: number): Series => rolling(values, length, mean);
const highest = (values: Series, length: number): Series =>
  rolling(values, length, (window) => Math.max(...window));
const lowest = (values: Series, length: number): Series =>
  rolling(values, length, (window) => Math.min(...window));
const middle = ({ high, low }: Bars, length: number): Series =>
  times(plus(highest(high, length), lowest(low, length)), 0.5);

/** A recurrence that begins with the mean of the first `length` values. */
function recurrence(values: Series, length: number, weight: number): Series {
  const start = values.findIndex((each) => !Number.isNaN(each)) + length - 1;
  const made: number[] = [];
  values.forEach((value, i) => {
    if (i < start || start < length - 1) made.push(NaN);
    else if (i === start) made.push(mean(values.slice(i - length + 1, i + 1)));
    else made.push(weight * value + (1 - weight) * made[i - 1]);
  });
  return made;
}
const ema = (values: Series, length: number): Series => recurrence(values, length, 2 / (length + 1));
const roc = (values: Series, length: number): Series =>
  zip(values, ago(values, length), (now, before) => 100 * (now / before - 1));
const logReturns = (values: Series): Series => zip(values, ago(values, 1), (a, b) => Math.log(a / b));
const trueRange = ({ high, low, close }: Bars): Series =>
  high.map((_, i) => (i === 0 ? NaN : Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1])));
const root = (values: Series): Series => values.map((each) => Math.sqrt(Math.max(0, each)));
const rogersSatchell = ({ open, high, low, close }: Bars): Series =>
  open.map(
    (_, i) =>
      Math.log(high[i] / close[i]) * Math.log(high[i] / open[i]) +
      Math.log(low[i] / close[i]) * Math.log(low[i] / open[i]),
  );

/** The line through the values at 0, 1, 2 …, solved from the normal equations of distances. */
function lineOf(ys: Series): { slope: number; intercept: number } {
  const xs = ys.map((_, k) => k);
  const slope = product(centred(xs), centred(ys)) / scatter(xs);
  return { slope, intercept: mean(ys) - slope * mean(xs) };
}

function place(values: Series, length: number): Series {
  const made: number[] = [];
  let smoothed = NaN;
  let last = 0;
  const [top, bottom] = [highest(values, length), lowest(values, length)];
  values.forEach((value, i) => {
    if (!Number.isNaN(top[i])) {
      last = top[i] === bottom[i] ? last : (100 * (value - bottom[i])) / (top[i] - bottom[i]);
      smoothed = Number.isNaN(smoothed) ? last : (smoothed + last) / 2;
    }
    made.push(smoothed);
  });
  return made;
}

const definitions: Record<string, Definition> = {
  heikin_ashi: ({ open, high, low, close }) => {
    const closes = close.map((_, i) => mean([open[i], high[i], low[i], close[i]]));
    const opens = [(open[0] + close[0]) / 2];
    for (let i = 1; i < close.length; i++) opens.push((opens[i - 1] + closes[i - 1]) / 2);
    return [
      opens,
      zip(high, zip(opens, closes, Math.max), Math.max),
      zip(low, zip(opens, closes, Math.min), Math.min),
      closes,
    ];
  },
  zigzag: ({ high, low, close }, [reversal]) => {
    const values: number[] = [];
    const directions: number[] = [];
    const ages: number[] = [];
    let [since, at, direction] = [0, NaN, 0];
    close.forEach((_, i) => {
      const highs = high.slice(since, i + 1);
      const lows = low.slice(since, i + 1);
      const top = since + highs.indexOf(Math.max(...highs));
      const bottom = since + lows.indexOf(Math.min(...lows));
      if (direction >= 0 && top < i && low[i] <= high[top] * (1 - reversal))
        [since, at, direction] = [i, top, -1];
      else if (direction <= 0 && bottom < i && high[i] >= low[bottom] * (1 + reversal))
        [since, at, direction] = [i, bottom, 1];
      values.push(direction === 0 ? NaN : direction === 1 ? low[at] : high[at]);
      directions.push(direction === 0 ? NaN : direction);
      ages.push(i - at);
    });
    return [values, directions, ages];
  },
  nadaraya_watson: ({ close }, [length, bandwidth, factor]) => {
    const value = rolling(close, length, (window) => {
      const weights = window.map((_, k) => Math.exp(-((length - 1 - k) ** 2) / (2 * bandwidth ** 2)));
      return product(window, weights) / total(weights);
    });
    const error = times(sma(minus(close, value).map(Math.abs), length), factor);
    return together(plus(value, error), value, minus(value, error));
  },
  smoothed_bbands: ({ close }, [length, smooth, factor]) => {
    const smoothed = ema(close, smooth);
    const width = times(rolling(smoothed, length, stddev), factor);
    return [plus(sma(smoothed, length), width), sma(smoothed, length), minus(sma(smoothed, length), width)];
  },
  hurst: ({ close }, [length]) => [
    rolling(logReturns(close), length, (window) => {
      const totals = centred(window).map((_, k) => total(centred(window).slice(0, k + 1)));
      const range = Math.max(0, ...totals) - Math.min(0, ...totals);
      return stddev(window) < 1e-14 ? 0.5 : Math.log(range / stddev(window)) / Math.log(length / 2);
    }),
  ],
  fisher: ({ close }, [length]) => {
    const [value, trigger]: number[][] = [[], []];
    let [v, fish] = [0, 0];
    const [top, bottom] = [highest(close, length), lowest(close, length)];
    close.forEach((price, i) => {
      const isReady = i >= length - 1;
      trigger.push(isReady ? fish : NaN);
      if (isReady) {
        const stands = top[i] === bottom[i] ? 0.5 : (price - bottom[i]) / (top[i] - bottom[i]);
        v = 0.33 * 2 * (stands - 0.5) + 0.67 * v;
        if (v > 0.99) v = 0.999;
        if (v < -0.99) v = -0.999;
        fish = 0.5 * Math.log((1 + v) / (1 - v)) + 0.5 * fish;
      }
      value.push(isReady ? fish : NaN);
    });
    return [value, trigger];
  },
  schaff: ({ close }, [fast, slow, cycle]) => [
    place(place(minus(ema(close, fast), ema(close, slow)), cycle), cycle),
  ],
  vortex: (bars, [length]) => {
    const range = rolling(trueRange(bars), length, total);
    const share = (a: Series, b: Series): Series =>
      zip(rolling(minus(a, ago(b, 1)).map(Math.abs), length, total), range, (way, all) =>
        all === 0 ? 0 : way / all,
      );
    return [share(bars.high, bars.low), share(bars.low, bars.high)];
  },
  chande_kroll: (bars, [length, factor, smooth]) => {
    const distance = times(recurrence(trueRange(bars), length, 1 / length), factor);
    return [
      highest(minus(highest(bars.high, length), distance), smooth),
      lowest(plus(lowest(bars.low, length), distance), smooth),
    ];
  },
  coppock: ({ close }, [long, short, length]) => [
    rolling(
      plus(roc(close, long), roc(close, short)),
      length,
      (window) => total(window.map((each, k) => (k + 1) * each)) / ((length * (length + 1)) / 2),
    ),
  ],
  kst: ({ close }, given) => {
    const value = [0, 1, 2, 3].map((k) => times(sma(roc(close, given[k]), given[4 + k]), k + 1)).reduce(plus);
    return together(value, sma(value, given[8]));
  },
  elder_ray: ({ high, low, close }, [length]) => [
    minus(high, ema(close, length)),
    minus(low, ema(close, length)),
  ],
  squeeze: (bars, [length, bands, channel]) => {
    const { close } = bars;
    const distance = minus(close, times(plus(middle(bars, length), sma(close, length)), 0.5));
    const momentum = rolling(distance, length, (window) => {
      const { slope, intercept } = lineOf(window);
      return intercept + slope * (length - 1);
    });
    const width = times(rolling(close, length, stddev), bands);
    const reach = times(sma(trueRange(bars), length), channel);
    return together(
      zip(width, reach, (a, b) => (Number.isNaN(a + b) ? NaN : a < b ? 1 : 0)),
      momentum,
    );
  },
  volume_profile: ({ close, volume, anchor }, [rows, share]) => {
    const profiles = close.map((_, i) => {
      const start = anchor.lastIndexOf(1, i);
      if (start < 0) return [NaN, NaN, NaN];
      const prices = close.slice(start, i + 1);
      const rowOf = (price: number, height: number): number => Math.floor(price / height);
      let height = 2 ** Math.floor(Math.log2(prices[0] * 2 ** -20));
      while (rowOf(Math.max(...prices), height) - rowOf(Math.min(...prices), height) >= rows) height *= 2;
      const bottom = rowOf(Math.min(...prices), height);
      const count = rowOf(Math.max(...prices), height) - bottom + 1;
      const traded = Array.from({ length: count }, (_row, k) =>
        total(volume.slice(start, i + 1).filter((_bar, n) => rowOf(prices[n], height) === bottom + k)),
      );
      const fullest = traded.indexOf(Math.max(...traded));
      let [from, to] = [fullest, fullest];
      while (total(traded.slice(from, to + 1)) < share * total(traded) && to - from + 1 < count) {
        if ((traded[to + 1] ?? -1) >= (traded[from - 1] ?? -1)) to++;
        else from--;
      }
      return [(bottom + fullest + 0.5) * height, (bottom + to + 1) * height, (bottom + from) * height];
    });
    return [0, 1, 2].map((k) => profiles.map((each) => each[k]));
  },
  choppiness: (bars, [length]) => {
    const way = rolling(trueRange(bars), length, total);
    const range = minus(highest(bars.high, length), lowest(bars.low, length));
    return [
      zip(way, range, (a, b) =>
        Number.isNaN(a + b) ? NaN : b > 0 ? (100 * Math.log10(a / b)) / Math.log10(length) : 100,
      ),
    ];
  },
  chaikin_volatility: ({ high, low }, [length, change]) => {
    const average = ema(minus(high, low), length);
    return [
      zip(average, ago(average, change), (a, b) => (b === 0 && !Number.isNaN(a) ? 0 : 100 * (a / b - 1))),
    ];
  },
  ulcer: ({ close }, [length]) => {
    const fallen = zip(close, highest(close, length), (now, top) => (100 * (now - top)) / top);
    return [
      root(
        sma(
          zip(fallen, fallen, (a, b) => a * b),
          length,
        ),
      ),
    ];
  },
  kalman: ({ close }, [process, noise]) => {
    const levels = [close[0]];
    let variance = noise;
    for (const value of close.slice(1)) {
      // The two estimates, each weighed by how sure it is.
      const predicted = variance + process;
      levels.push((levels[levels.length - 1] / predicted + value / noise) / (1 / predicted + 1 / noise));
      variance = 1 / (1 / predicted + 1 / noise);
    }
    return [levels];
  },
  regression: ({ close }, [length]) => [
    rolling(close, length, (window) => lineOf(window).slope),
    rolling(close, length, (window) => lineOf(window).intercept),
    rolling(close, length, (window) => {
      const { slope, intercept } = lineOf(window);
      const rest = total(window.map((each, k) => (each - intercept - slope * k) ** 2));
      return scatter(window) < 1e-20 ? 0 : 1 - rest / scatter(window);
    }),
  ],
  cointegration: ({ close, open }, [length]) => {
    const rows = close.map((_, i) => {
      if (i < length - 1) return [NaN, NaN, NaN];
      const a = close.slice(i - length + 1, i + 1);
      const b = open.slice(i - length + 1, i + 1);
      const ratio = scatter(b) < 1e-20 ? 0 : product(centred(a), centred(b)) / scatter(b);
      const rest = minus(centred(a), times(centred(b), ratio));
      return [
        ratio,
        rest[length - 1],
        product(rest, rest) <= 1e-12 * scatter(a) ? 0 : rest[length - 1] / stddev(rest),
      ];
    });
    return [0, 1, 2].map((k) => rows.map((each) => each[k]));
  },
  parkinson: ({ high, low }, [length]) => [
    root(
      sma(
        zip(high, low, (a, b) => Math.log(a / b) ** 2 / (4 * Math.log(2))),
        length,
      ),
    ),
  ],
  garman_klass: ({ open, high, low, close }, [length]) => {
    const ranges = zip(high, low, (a, b) => Math.log(a / b) ** 2 / 2);
    const bodies = zip(close, open, (a, b) => (2 * Math.log(2) - 1) * Math.log(a / b) ** 2);
    return [root(sma(minus(ranges, bodies), length))];
  },
  rogers_satchell: (bars, [length]) => [root(sma(rogersSatchell(bars), length))],
  yang_zhang: (bars, [length]) => {
    const sample = (values: Series): Series =>
      rolling(values, length, (window) => scatter(window) / (length - 1));
    const gaps = sample(zip(bars.open, ago(bars.close, 1), (a, b) => Math.log(a / b)));
    const bodies = sample(zip(bars.close, bars.open, (a, b) => Math.log(a / b)));
    const k = 0.34 / (1.34 + (length + 1) / (length - 1));
    return [root(plus(gaps, plus(times(bodies, k), times(sma(rogersSatchell(bars), length), 1 - k))))];
  },
  realised_volatility: ({ close }, [length]) => [
    root(rolling(logReturns(close), length, (window) => scatter(window) / (length - 1))),
  ],
  regime: ({ close }, [length, threshold]) => {
    const way = rolling(minus(close, ago(close, 1)).map(Math.abs), length, total);
    const gone = minus(close, ago(close, length));
    const efficiency = zip(gone, way, (a, b) => (b === 0 ? 0 : Math.abs(a) / b));
    return [
      zip(gone, efficiency, (a, share) =>
        Number.isNaN(share) ? NaN : share >= threshold ? Math.sign(a) : 0,
      ),
      efficiency,
    ];
  },
};

/** In thousandths: of values a last bit apart, a definition would measure its own rounding. */
const price = fc.oneof(
  fc.integer({ min: 50, max: 70 }),
  fc.integer({ min: 50_000, max: 70_000 }).map((thousandths) => thousandths / 1_000),
);

/** Bars whose high and low enclose open and close, with ties, and some without a range. */
const bars: fc.Arbitrary<Bars> = fc
  .array(
    fc.record({
      open: price,
      close: price,
      above: fc.integer({ min: 0, max: 2 }),
      below: fc.integer({ min: 0, max: 2 }),
      volume: fc.integer({ min: 1, max: 9 }),
      anchor: fc.integer({ min: 0, max: 15 }),
    }),
    { minLength: 1, maxLength: 120, size: "max" },
  )
  .map((rows) => ({
    open: rows.map(({ open }) => open),
    high: rows.map(({ open, close, above }) => Math.max(open, close) + above),
    low: rows.map(({ open, close, below }) => Math.min(open, close) - below),
    close: rows.map(({ close }) => close),
    volume: rows.map(({ volume }) => volume),
    anchor: rows.map(({ anchor }) => (anchor === 0 ? 1 : 0)),
  }));

const shares = fc.constantFrom(0, 0.005, 0.02, 0.05);
const numbers = fc.constantFrom(0.35, 0.7, 1, 2.5);

describe("against definitions", () => {
  it.each(Object.entries(definitions))("%s", (name, define) => {
    const indicator = indicators.find((each) => each.name === name);
    if (indicator === undefined) throw new Error(`no indicator ${name}`);
    const parameters = fc.tuple(
      ...indicator.parameters.map((each) =>
        each.type === "bars"
          ? fc.integer({ min: each.minimum, max: 20 })
          : each.name === "reversal"
            ? shares
            : numbers,
      ),
    );
    fc.assert(
      fc.property(bars, parameters, (given, chosen) => {
        const columns: Readonly<Record<string, Series>> = {
          ...given,
          source: given.close,
          other: given.open,
        };
        const found = runIndicator(
          indicator,
          chosen,
          [...indicator.inputs.map((each) => each.name), ...indicator.fields].map((each) =>
            Float64Array.from(columns[each]),
          ),
        );
        expectEqual(indicator, chosen, [found, define(given, chosen)], 1e-6);
      }),
      { seed: 23, numRuns: 100 },
    );
  });
});
