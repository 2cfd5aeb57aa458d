import { indicators, type BarColumns, type Indicator } from "@bitfever/engine";

/** Every indicator by its name. */
export const timed: ReadonlyMap<string, Indicator> = new Map(indicators.map((each) => [each.name, each]));

export interface Case {
  readonly name: string;
  readonly parameters: readonly number[];
}

/** The eight that are measured against C and against other libraries; the kinds of average are simple ones, 0. */
export const cases: readonly Case[] = [
  { name: "sma", parameters: [20] },
  { name: "ema", parameters: [20] },
  { name: "rsi", parameters: [14] },
  { name: "macd", parameters: [12, 26, 9] },
  { name: "bbands", parameters: [20, 2, 2, 0] },
  { name: "atr", parameters: [14] },
  { name: "adx", parameters: [14] },
  { name: "stoch", parameters: [5, 3, 0, 3, 0] },
];

/** A kernel with its columns: in front of the bars stand as many absent values as it looks back on. */
export interface Bound {
  readonly outputs: readonly Float64Array[];
  /** Forgets what it has seen. */
  start(): void;
  /** Goes on over the bars at `[from, to)`, so many at a time. */
  run(blockLength: number, from: number, to: number): void;
}

export function bind(
  indicator: Indicator,
  parameters: readonly number[],
  given: readonly Float64Array[],
): Bound {
  const front = indicator.lookback(parameters);
  const bars = given[0].length;
  const wide = (): Float64Array => new Float64Array(front + bars).fill(NaN);
  const inputs = given.map((column) => {
    const window = wide();
    window.set(column, front);
    return window;
  });
  const outputs = indicator.outputs.map(wide);
  let state = indicator.start(parameters);
  return {
    outputs: outputs.map((column) => column.subarray(front)),
    start() {
      state = indicator.start(parameters);
    },
    // One call for all kernels, as in the evaluator: none is compiled into its caller.
    run(blockLength, from, to) {
      const end = front + to;
      for (let i = front + from; i < end; i += blockLength)
        indicator.advance(state, parameters, inputs, outputs, i, Math.min(end, i + blockLength));
    },
  };
}

/** The columns an indicator takes: a price for every free input that is no condition, and the fields of the bar. */
export function columnsFor({ inputs, fields }: Indicator, bars: BarColumns): Float64Array[] {
  const condition = (): Float64Array => bars.close.map((close, i) => Number(close > bars.open[i]));
  const free = [bars.close, bars.open, bars.high, bars.low];
  return [
    ...inputs.map(({ type }, i) => (type === "bool" ? condition() : free[i % free.length])),
    ...fields.map((name) => bars[name as keyof BarColumns]),
  ];
}
