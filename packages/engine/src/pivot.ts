import type { Indicator } from "./indicator.js";
import type { KernelState } from "./kernel.js";
import { slideHighest, startSliding, type Sliding } from "./sliding.js";

export interface PivotState extends KernelState {
  seen: number;
  pivot: number;
  bars: number;
  before: Sliding;
  after: Sliding;
}

type Pivot = Omit<
  Indicator<PivotState>,
  "name" | "summary" | "description" | "source" | "formula" | "examples" | "fields"
>;

/** What turning points share: `sign` is 1 for highs, and −1 for lows, which are highs of what is turned round. */
export const pivot = (sign: 1 | -1): Pivot => ({
  gaps: { described: "It starts the window anew; the last pivot stays." },
  cost: "constant",
  isWaiting: true,
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "left", type: "bars", minimum: 1 },
    { name: "right", type: "bars", minimum: 1 },
  ],
  outputs: [
    { name: "value", type: "same" },
    { name: "age", type: "bars" },
  ],
  warmup: ([left, right]) => left + right,
  lookback: ([, right]) => right + 1,
  start: ([left, right]) => ({
    seen: 0,
    pivot: NaN,
    bars: NaN,
    before: startSliding(left),
    after: startSliding(right),
  }),
  advance(state, [left, right], [source], [value, age], from, to) {
    const { before, after } = state;
    let { seen, pivot, bars } = state;
    for (let i = from; i < to; i++) {
      bars++;
      value[i] = pivot;
      age[i] = bars;
      if (source[i] !== source[i]) {
        seen = before.at = after.at = 0;
        continue;
      }
      seen++;
      const later = slideHighest(after, sign * source[i]);
      const earlier = seen > right + 1 ? slideHighest(before, sign * source[i - right - 1]) : NaN;
      const candidate = sign * source[i - right];
      if (seen <= left + right || !(later < candidate && earlier <= candidate)) continue;
      value[i] = pivot = source[i - right];
      age[i] = bars = right;
    }
    state.seen = seen;
    state.pivot = pivot;
    state.bars = bars;
  },
});
