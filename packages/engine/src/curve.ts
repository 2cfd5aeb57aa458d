/** One value for each bar, which stands in memory or is made when it is read. */
export interface Curve {
  readonly length: number;
  /** The value at a bar. */
  valueAt(bar: number): number;
  /** The values at bars that come in their order. */
  valuesAt(bars: Int32Array): Float64Array;
  /** Shows what it is made of, from its first bar to its last. */
  eachStretch(see: (stretch: Stretch) => void): void;
}

/**
 * Bars `[from, to)` of a curve: at each of them it is `base + values[lead + bar] * factor * multiplier`. Where the factor is 0 the
 * curve stands still.
 */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly base: number;
  readonly values: Float64Array;
  readonly lead: number;
  readonly factor: number;
  readonly multiplier: number;
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

  valuesAt(bars: Int32Array): Float64Array {
    return Float64Array.from(bars, (bar) => this.values[bar]);
  }

  eachStretch(see: (stretch: Stretch) => void): void {
    const { values, length: to } = this;
    if (to > 0) see({ from: 0, to, base: 0, values, lead: 0, factor: 1, multiplier: 1 });
  }
}

/** A curve from one of its bars on. */
export const curveFrom = (curve: Curve, first: number): Curve =>
  first === 0
    ? curve
    : {
        length: curve.length - first,
        valueAt: (bar) => curve.valueAt(first + bar),
        valuesAt: (bars) => curve.valuesAt(bars.map((bar) => first + bar)),
        eachStretch(see) {
          curve.eachStretch(({ from, to, base, values, lead, factor, multiplier }) => {
            if (to <= first) return;
            const start = Math.max(from - first, 0);
            see({ from: start, to: to - first, base, values, lead: lead + first, factor, multiplier });
          });
        },
      };

/** The value at the last bar; of no bars, the one before the first. */
export const lastOf = (curve: Curve, before: number): number =>
  curve.length === 0 ? before : curve.valueAt(curve.length - 1);

/** All values of a curve. */
export function valuesOf(curve: Curve): Float64Array {
  const all = new Float64Array(curve.length);
  curve.eachStretch(({ from, to, base, values, lead, factor, multiplier }) => {
    if (factor === 0) all.fill(base, from, to);
    else for (let bar = from; bar < to; bar++) all[bar] = base + values[lead + bar] * factor * multiplier;
  });
  return all;
}
