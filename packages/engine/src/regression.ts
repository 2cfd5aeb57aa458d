import type { SignatureType } from "@bitfever/lang";
import { length, type Indicator } from "./indicator.js";

type Regression = Omit<
  Indicator<{ seen: number }>,
  "name" | "summary" | "description" | "source" | "examples" | "fields"
>;

/**
 * What the indicators of a least-squares line share: all of it but what they read off the line. `intercept` is the
 * line's value on the oldest of the `length` bars, `slope` its rise per bar. The sums are added up anew on every bar,
 * as TA-Lib does; beside that, the call of `read` costs nothing.
 */
export const regression = (
  read: (intercept: number, slope: number, length: number) => number,
  type: SignatureType = "same",
): Regression => ({
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    // Of the ages of the bars: 0 for the newest, length − 1 for the oldest.
    const ages = (length * (length - 1)) / 2;
    const squaredAges = (length * (length - 1) * (2 * length - 1)) / 6;
    const divisor = ages * ages - length * squaredAges;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      let sum = 0;
      let weighted = 0;
      for (let age = length - 1; age >= 0; age--) {
        const value = source[i - age];
        sum += value;
        weighted += age * value;
      }
      const slope = (length * weighted - ages * sum) / divisor;
      out[i] = read((sum - slope * ages) / length, slope, length);
    }
    state.seen = seen;
  },
});
