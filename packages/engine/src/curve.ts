/** One value for each bar, which stands in memory or is made when it is read. */
export interface Curve {
  readonly length: number;
  /** The value at a bar. */
  valueAt(bar: number): number;
  /** The values at the bars `[from, to)`; they are good until the next are asked for. */
  block(from: number, to: number): Float64Array;
}

/** Values that stand in memory. */
export const curveOf = (values: Float64Array): Curve => new StandingCurve(values);

/** A class, so that two of the same values are equal to whoever compares runs. */
class StandingCurve implements Curve {
  readonly length: number;

  constructor(private readonly values: Float64Array) {
    this.length = values.length;
  }

  valueAt(bar: number): number {
    return this.values[bar];
  }

  block(from: number, to: number): Float64Array {
    return this.values.subarray(from, to);
  }
}

/** A curve from one of its bars on. */
export const curveFrom = (curve: Curve, first: number): Curve =>
  first === 0
    ? curve
    : {
        length: curve.length - first,
        valueAt: (bar) => curve.valueAt(first + bar),
        block: (from, to) => curve.block(first + from, first + to),
      };

/** The value at the last bar; of no bars, the one before the first. */
export const lastOf = (curve: Curve, before: number): number =>
  curve.length === 0 ? before : curve.valueAt(curve.length - 1);

/** All values of a curve. */
export function valuesOf(curve: Curve): Float64Array {
  const values = new Float64Array(curve.length);
  for (let from = 0; from < curve.length; from += blockLength)
    values.set(curve.block(from, Math.min(from + blockLength, curve.length)), from);
  return values;
}

/** The values at bars that come in their order: a block at a time where they lie close together. */
export function valuesAt(curve: Curve, bars: Int32Array): Float64Array {
  const values = new Float64Array(bars.length);
  for (let i = 0; i < bars.length;) {
    const from = bars[i];
    let next = i + 1;
    while (next < bars.length && bars[next] < from + blockLength) next++;
    const to = bars[next - 1] + 1;
    if ((next - i) * barsWorthOne < to - from) for (; i < next; i++) values[i] = curve.valueAt(bars[i]);
    else {
      const block = curve.block(from, to);
      for (; i < next; i++) values[i] = block[bars[i] - from];
    }
  }
  return values;
}

/** To find a value takes as long as to make so many, one after the other. */
const barsWorthOne = 8;

/** So many values at a time stay in the cache. */
export const blockLength = 2_048;
