import type { BuiltinParameter } from "@bitfever/lang";
import type { Indicator } from "./indicator.js";
import type { KernelState } from "./kernel.js";
import { slideHighest, slideLowest, startSliding, type Sliding } from "./sliding.js";

export interface ExtremesState extends KernelState {
  seen: number;
  highest: Sliding;
  lowest: Sliding;
}

type Extremes = Omit<
  Indicator<ExtremesState>,
  "name" | "summary" | "description" | "source" | "formula" | "examples" | "fields"
>;

/** What is read off the largest and the smallest of the last values. */
export const extremes = (
  length: BuiltinParameter,
  read: (high: number, low: number) => number,
): Extremes => ({
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length],
  outputs: [{ name: "value", type: "same" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, highest: startSliding(length), lowest: startSliding(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (source[i] !== source[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const high = slideHighest(highest, source[i]);
      const low = slideLowest(lowest, source[i]);
      if (seen >= length) out[i] = read(high, low);
    }
    state.seen = seen;
  },
});
