import type { BuiltinParameter } from "@bitfever/lang";
import type { Indicator } from "./indicator.js";
import { dema } from "./indicators/dema.js";
import { ema } from "./indicators/ema.js";
import { kama } from "./indicators/kama.js";
import { mama } from "./indicators/mama.js";
import { sma } from "./indicators/sma.js";
import { t3 } from "./indicators/t3.js";
import { tema } from "./indicators/tema.js";
import { trima } from "./indicators/trima.js";
import { wma } from "./indicators/wma.js";
import type { KernelState } from "./kernel.js";
import { advanceMean, startMean, type Mean } from "./rolling-mean.js";
import { idle, startThrough, through, unread, type Through } from "./through.js";

/*
 * The kind of a moving average as a parameter. Each kind is the kernel of the indicator of that name, with the defaults
 * of what it has beside a length; `mama` has no length at all.
 */

/** A kind is its place here, which is TA-Lib's number for it. */
const kinds: readonly Indicator[] = [sma, ema, wma, dema, tema, trima, kama, mama, t3];
const choices = kinds.map((each) => each.name);

/** The kind that most indicators have a loop of their own for. */
export const simple = kinds.indexOf(sma);

/** A parameter that takes a kind. */
export const kind = (name = "ma"): BuiltinParameter => ({
  name,
  type: "choice",
  choices,
  minimum: 0,
  default: simple,
});

/** An average over one bar is the bar itself, whatever its kind. */
const averageOf = (kind: number, length: number): Indicator => kinds[length === 1 ? simple : kind];

const parametersOf = (average: Indicator, length: number): readonly number[] =>
  average.parameters.map(({ type, default: initial = 0 }) => (type === "bars" ? length : initial));

export function averageWarmup(kind: number, length: number): number {
  const average = averageOf(kind, length);
  return average.warmup(parametersOf(average, length));
}

export function averageLookback(kind: number, length: number): number {
  const average = averageOf(kind, length);
  return average.lookback(parametersOf(average, length));
}

export function averageIsShiftBound(kind: number, length: number): boolean {
  const average = averageOf(kind, length);
  return average.isShiftBound?.(parametersOf(average, length)) === true;
}

/** The state of an average of an input column. */
export function startAverage(kind: number, length: number): KernelState {
  const average = averageOf(kind, length);
  return average.start(parametersOf(average, length));
}

/** Writes an average of an input column, which reads it as far back as `averageLookback`. */
export function advanceAverage(
  state: KernelState,
  [kind, length]: readonly [kind: number, length: number],
  source: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const average = averageOf(kind, length);
  average.advance(state, parametersOf(average, length), [source], [out, unread(to)], from, to);
}

/** An average of values that stand in no column. */
export interface Stream extends KernelState {
  /** How many values are to be passed over first. */
  wait: number;
  average: Through;
}

/** One that is to start later passes over some values first, as if history began after them. */
export function startStream(kind: number, length: number, wait = 0): Stream {
  const average = averageOf(kind, length);
  return { wait, average: startThrough(average, parametersOf(average, length)) };
}

/** Goes on with an average: takes a value, NaN for none, and says what the average is, NaN if there is none yet. */
export function streaming(stream: Stream, kind: number, length: number): (value: number) => number {
  const average = averageOf(kind, length);
  const next = through(stream.average, average, parametersOf(average, length));
  return (value) => {
    if (stream.wait === 0) return next(value);
    if (value === value) stream.wait--;
    return NaN;
  };
}

/** An average of a column that is written over with it; of the two ways it goes by one. */
export interface Smoothing extends KernelState {
  mean: Mean;
  stream: Stream;
}

/** Simple averages, which most are, have a loop of their own. */
export const startSmoothing = (kind: number, length: number): Smoothing =>
  kind === simple
    ? { mean: startMean(length), stream: { wait: 0, average: idle() } }
    : { mean: startMean(0), stream: startStream(kind, length) };

/** Writes an average of a column, which may be written over itself; a bar without a value means to it what it means to its kind. */
export function advanceSmoothing(
  { mean, stream }: Smoothing,
  kind: number,
  length: number,
  source: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  if (kind === simple) {
    advanceMean(mean, source, out, from, to);
    return;
  }
  const next = streaming(stream, kind, length);
  for (let i = from; i < to; i++) out[i] = next(source[i]);
}
