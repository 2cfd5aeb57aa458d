// The types of technicalindicators ask for instances of its classes; its functions take plain objects, as its guide has it.
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment */
import { createRequire } from "node:module";
import type { BarColumns } from "@bitfever/engine";
import { IndicatorsSync } from "@ixjb94/indicators";
import type * as FastTechnicalIndicators from "fast-technical-indicators";
import * as indicatorts from "indicatorts";
import technicalindicators from "technicalindicators";
import * as signals from "trading-signals";

/*
 * How the other libraries are asked for the eight, each over all bars at once and with the columns as it wants them,
 * made before the clock runs. What a call returns is read as columns only after it, to compare values.
 */

/** Values without those of the warm-up: the last is that of the last bar. */
type Columns = readonly (readonly number[])[];

export interface Peer {
  readonly library: string;
  readonly run: () => unknown;
  /** The outputs in our order; an output that the library does not have is left out. */
  readonly read: (result: never) => Columns;
}

// Its package.json says CommonJS, and what it hands to `import` is not.
const fast = createRequire(import.meta.url)("fast-technical-indicators") as typeof FastTechnicalIndicators;
const ixjb94 = new IndicatorsSync();

const one = (values: readonly number[]): Columns => [values];
const several = (columns: Columns): Columns => columns;
const fields =
  (...names: readonly string[]) =>
  (rows: readonly (Record<string, number> | null)[]): Columns =>
    names.map((name) => rows.map((row) => row?.[name] ?? NaN));

function peer<Result>(library: string, run: () => Result, read: (result: Result) => Columns): Peer {
  return { library, run, read };
}

export function peersOf(bars: BarColumns): Readonly<Record<string, readonly Peer[]>> {
  const [high, low, close] = [bars.high, bars.low, bars.close].map((column) => Array.from(column));
  const values = close;
  const candles = close.map((_, i) => ({ high: high[i], low: low[i], close: close[i] }));
  const t = "technicalindicators";
  const s = "trading-signals";
  const i = "indicatorts";
  const x = "@ixjb94/indicators";
  const f = "fast-technical-indicators";
  return {
    sma: [
      peer(t, () => technicalindicators.sma({ period: 20, values }), one),
      peer(s, () => new signals.SMA(20).updates(values) as number[], one),
      peer(i, () => indicatorts.sma(values, { period: 20 }), one),
      peer(x, () => ixjb94.sma(values, 20), one),
      peer(f, () => fast.sma({ period: 20, values }), one),
    ],
    ema: [
      peer(t, () => technicalindicators.ema({ period: 20, values }), one),
      peer(s, () => new signals.EMA(20).updates(values) as number[], one),
      peer(i, () => indicatorts.ema(values, { period: 20 }), one),
      peer(x, () => ixjb94.ema(values, 20), one),
      peer(f, () => fast.ema({ period: 20, values }), one),
    ],
    rsi: [
      peer(t, () => technicalindicators.rsi({ period: 14, values }), one),
      peer(s, () => new signals.RSI(14).updates(values) as number[], one),
      peer(i, () => indicatorts.rsi(values, { period: 14 }), one),
      peer(x, () => ixjb94.rsi(values, 14), one),
      peer(f, () => fast.rsi({ period: 14, values }), one),
    ],
    macd: [
      peer(t, () => technicalindicators.macd(appel(values)), fields("MACD", "signal", "histogram") as never),
      peer(
        s,
        () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)).updates(values),
        fields("macd", "signal", "histogram") as never,
      ),
      peer(
        i,
        () => indicatorts.macd(values, { fast: 12, slow: 26, signal: 9 }),
        ({ macdLine, signalLine }) => [macdLine, signalLine],
      ),
      peer(x, () => ixjb94.macd(values, 12, 26, 9), several),
      peer(f, () => fast.macd(appel(values)), fields("MACD", "signal", "histogram") as never),
    ],
    bbands: [
      peer(
        t,
        () => technicalindicators.bollingerbands({ period: 20, stdDev: 2, values }),
        fields("upper", "middle", "lower") as never,
      ),
      peer(
        s,
        () => new signals.BollingerBands(20, 2).updates(values),
        fields("upper", "middle", "lower") as never,
      ),
      peer(
        i,
        () => indicatorts.bb(values, { period: 20 }),
        ({ upper, middle, lower }) => [upper, middle, lower],
      ),
      peer(
        x,
        () => ixjb94.bbands(values, 20, 2),
        ([lower, middle, upper]) => [upper, middle, lower],
      ),
      peer(
        f,
        () => fast.bollingerbands({ period: 20, stdDev: 2, values }),
        fields("upper", "middle", "lower") as never,
      ),
    ],
    atr: [
      peer(t, () => technicalindicators.atr({ period: 14, high, low, close }), one),
      peer(s, () => new signals.ATR(14).updates(candles) as number[], one),
      peer(
        i,
        () => indicatorts.atr(high, low, close, { period: 14 }),
        ({ atrLine }) => [atrLine],
      ),
      peer(x, () => ixjb94.atr(high, low, close, 14), one),
      peer(f, () => fast.atr({ period: 14, high, low, close }), one),
    ],
    adx: [
      peer(t, () => technicalindicators.adx({ period: 14, high, low, close }), fields("adx") as never),
      peer(s, () => new signals.ADX(14).updates(candles) as number[], one),
      peer(x, () => ixjb94.adx(high, low, 14), one),
      peer(f, () => fast.adx({ period: 14, high, low, close }), fields("adx") as never),
    ],
    // Three of them know only the fast oscillator: they do less.
    stoch: [
      peer(
        t,
        () => technicalindicators.stochastic({ period: 5, signalPeriod: 3, high, low, close }),
        fields("k", "d") as never,
      ),
      peer(
        s,
        () =>
          new signals.StochasticOscillator({ kPeriod: 5, kSlowingPeriod: 3, dPeriod: 3 }).updates(candles),
        fields("stochK", "stochD") as never,
      ),
      peer(
        i,
        () => indicatorts.stoch(high, low, close, { kPeriod: 5, dPeriod: 3 }),
        ({ k, d }) => [k, d],
      ),
      peer(x, () => ixjb94.stoch(high, low, close, 5, 3, 3), several),
      peer(
        f,
        () => fast.stochastic({ period: 5, signalPeriod: 3, high, low, close }),
        fields("k", "d") as never,
      ),
    ],
  };
}

const appel = (
  values: number[],
): {
  values: number[];
  fastPeriod: number;
  slowPeriod: number;
  signalPeriod: number;
  SimpleMAOscillator: boolean;
  SimpleMASignal: boolean;
} => ({
  values,
  fastPeriod: 12,
  slowPeriod: 26,
  signalPeriod: 9,
  SimpleMAOscillator: false,
  SimpleMASignal: false,
});
