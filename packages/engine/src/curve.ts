/** One value for each bar, which stands in memory or is made when it is read. */
export interface Curve {
  readonly length: number;
  /** The value at a bar. */
  readonly valueAt: (bar: number) => number;
  /** The values at the bars `[from, to)`; they are good until the next are asked for. */
  readonly block: (from: number, to: number) => Float64Array;
}

/** Values that stand in memory. */
export const curveOf = (values: Float64Array): Curve => ({
  length: values.length,
  valueAt: (bar) => values[bar],
  block: (from, to) => values.subarray(from, to),
});

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
export const lastOf = ({ length, valueAt }: Curve, before: number): number =>
  length === 0 ? before : valueAt(length - 1);

/** All values of a curve. */
export function valuesOf(curve: Curve): Float64Array {
  const values = new Float64Array(curve.length);
  for (let from = 0; from < curve.length; from += blockLength)
    values.set(curve.block(from, Math.min(from + blockLength, curve.length)), from);
  return values;
}

/** So many values at a time stay in the cache. */
export const blockLength = 2_048;
