import type { Indicator } from "./indicator.js";
import type { KernelState } from "./kernel.js";

/* Indicators of values that stand in no column: what one makes is handed to the next, bar by bar. */

/** What an indicator keeps, the values that it may look back on, and what it made of them. */
export interface Through extends KernelState {
  at: number;
  values: Float64Array;
  made: Float64Array;
  inner: KernelState;
}

/** Values are moved to the front again only after so many. */
const spare = 64;

export function startThrough(indicator: Indicator, parameters: readonly number[]): Through {
  const lookback = indicator.lookback(parameters);
  const size = 2 * lookback + spare;
  return {
    at: lookback,
    values: new Float64Array(size).fill(NaN),
    made: new Float64Array(size),
    inner: indicator.start(parameters),
  };
}

/** In the place of one that is not needed, since a loop of its own does the work. */
export const idle = (): Through => ({
  at: 0,
  values: new Float64Array(0),
  made: new Float64Array(0),
  inner: {},
});

/** Where outputs go that nobody reads. */
export function unread(length: number): Float64Array {
  if (waste.length < length) waste = new Float64Array(length);
  return waste;
}
let waste = new Float64Array(0);

/** Goes on with an indicator of one input, of which the first output is read: takes a value, NaN for none, and gives what comes of it. */
export function through(
  state: Through,
  indicator: Indicator,
  parameters: readonly number[],
): (value: number) => number {
  const lookback = indicator.lookback(parameters);
  const { values, made } = state;
  const inputs = [values];
  const outputs = indicator.outputs.map((_, i) => (i === 0 ? made : unread(made.length)));
  return (value) => {
    if (state.at === values.length) {
      values.copyWithin(0, state.at - lookback);
      state.at = lookback;
    }
    const { at } = state;
    values[at] = value;
    indicator.advance(state.inner, parameters, inputs, outputs, at, at + 1);
    state.at = at + 1;
    return made[at];
  };
}
