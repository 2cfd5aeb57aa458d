import type { Indicator } from "../indicator.js";
import type { KernelState } from "../kernel.js";

export type Columns = readonly Float64Array[];

type Runnable = Pick<Indicator, "outputs" | "lookback" | "start" | "advance">;

/**
 * Runs an indicator over columns cut into blocks of the given lengths, the last of which is repeated. Before each block
 * only as many bars of history are left in the inputs as the indicator declares; the rest is wiped.
 *
 * @param between  what becomes of the state after each block
 */
export function runIndicator(
  indicator: Runnable,
  parameters: readonly number[],
  inputs: Columns,
  cuts: readonly number[] = [],
  between: (state: KernelState) => KernelState = (state) => state,
): Columns {
  const { length } = inputs[0];
  const lookback = indicator.lookback(parameters);
  const front = lookback;
  const wide = (): Float64Array => new Float64Array(front + length).fill(NaN);
  const outputs = indicator.outputs.map(wide);
  let state = indicator.start(parameters);
  for (let from = 0, k = 0; from < length; k++) {
    const to = Math.min(length, from + (cuts[Math.min(k, cuts.length - 1)] ?? length));
    const windows = inputs.map((column) => {
      const window = wide();
      window.set(column.subarray(Math.max(0, from - lookback), to), front + Math.max(0, from - lookback));
      return window;
    });
    indicator.advance(state, parameters, windows, outputs, front + from, front + to);
    state = between(state);
    from = to;
  }
  return outputs.map((column) => column.subarray(front));
}

/** Every bit, with −0 and 0 told apart and all NaNs alike. */
export const bits = (columns: Columns): string =>
  columns
    .map((each) => Array.from(each, (value) => (Object.is(value, -0) ? "-0" : String(value))).join())
    .join("\n");
