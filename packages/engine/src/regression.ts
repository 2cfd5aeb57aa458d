import type { SignatureType } from "@bitfever/lang";
import { length, type Indicator } from "./indicator.js";

type Regression = Omit<
  Indicator<{ seen: number; base: number; sum: number; weighted: number }>,
  "name" | "summary" | "description" | "source" | "formula" | "examples" | "fields"
>;

/**
 * What the indicators of a least-squares line share: all of it but what they read off the line. `intercept` is the
 * line's value on the oldest of the `length` bars, `slope` its rise per bar. Beside the loop, the call of `read` costs
 * nothing.
 */
export const regression = (
  read: (intercept: number, slope: number, length: number) => number,
  type: SignatureType = "same",
): Regression => ({
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0, base: 0, sum: 0, weighted: 0 }),
  advance(state, [length], [source], [out], from, to) {
    // Of the ages of the bars: 0 for the newest, length − 1 for the oldest.
    const ages = (length * (length - 1)) / 2;
    const squaredAges = (length * (length - 1) * (2 * length - 1)) / 6;
    const divisor = ages * ages - length * squaredAges;
    // Running sums drift, these faster than others, since one is added to the other. They are added up anew for every
    // second window: of distances from a value of that time, which are as small as what is to be found.
    const barsBetweenRebuilds = 2 * length;
    let { seen, base, sum, weighted } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      if ((seen - length) % barsBetweenRebuilds === 0) {
        base = source[i];
        sum = weighted = 0;
        for (let age = length - 1; age > 0; age--) {
          sum += source[i - age] - base;
          weighted += age * (source[i - age] - base);
        }
      } else {
        // All have become a bar older.
        weighted += sum;
        sum += source[i] - base;
      }
      const slope = (length * weighted - ages * sum) / divisor;
      out[i] = read(base + (sum - slope * ages) / length, slope, length);
      const oldest = source[i - length + 1] - base;
      sum -= oldest;
      weighted -= (length - 1) * oldest;
    }
    state.seen = seen;
    state.base = base;
    state.sum = sum;
    state.weighted = weighted;
  },
});
