import type { Builtin, BuiltinOutput, BuiltinParameter, FieldName, SignatureType } from "@bitfever/lang";
import type { Kernel, KernelState } from "./kernel.js";

interface Port {
  readonly name: string;
  readonly type: SignatureType;
}

/** A row of the indicator's own truth table; `null` is a bar without a value. */
export interface IndicatorExample {
  readonly parameters: readonly number[];
  readonly inputs: Readonly<Record<string, readonly (number | null)[]>>;
  readonly outputs: Readonly<Record<string, readonly (number | null)[]>>;
}

/** An indicator, whole: signature, warm-up, kernel, documentation and examples. `defineIndicator` makes one. */
export interface Indicator<State extends KernelState = KernelState> extends Builtin, Kernel<State> {
  /** What the value means, in a sentence or two. */
  readonly description: string;
  /** The paper, book or library whose convention is followed. */
  readonly source: string;
  /** How a value comes about: `Σ` runs over the window, `x[1]` is the bar before. */
  readonly formula: string;
  /**
   * `window`: a value is made of the last bars alone, as many as the warm-up says. `endless`: of all bars so far, the
   * older the less.
   */
  readonly memory?: "window" | "endless";
  /** What the first value is made of, where memory is endless. */
  readonly seeding?: string;
  /**
   * What a bar without a value does. `restart`: what follows is as if history began there. `skip`: there is no value on
   * it, and else it is as if it were not there. `spread`: no value on any bar whose window holds it. What does none of
   * these says so in a sentence.
   */
  readonly gaps: "restart" | "skip" | "spread" | { readonly described: string };
  /** Whether it has no value until it finds one, which may be any time after its warm-up. */
  readonly isWaiting?: true;
  /** Whether its values depend on how large prices are, and not on their proportions alone: an angle, a fixed step. */
  readonly isScaleBound?: true;
  /** Whether its prices depend on how far from 0 they are: sums, percentages, what begins at 0. */
  readonly isShiftBound?: (parameters: readonly number[]) => boolean;
  /** Work per bar: `constant` (on average, where a few bars cost more), or growing with the `window`. */
  readonly cost: "constant" | "window";
  /** What others call it, where that is not its name here. */
  readonly names?: { readonly talib?: string; readonly pine?: string };
  readonly examples: readonly IndicatorExample[];
}

interface Definition<State extends KernelState> extends Omit<
  Indicator<State>,
  "inputs" | "fields" | "parameters" | "outputs"
> {
  readonly inputs?: readonly Port[];
  readonly fields?: readonly FieldName[];
  readonly parameters?: readonly BuiltinParameter[];
  readonly outputs: readonly BuiltinOutput[];
}

/**
 * An indicator, whole: its signature for the compiler, its warm-up, its kernel, its documentation and its examples.
 * `checkIndicator` says whether it keeps the laws that every one of them is under; `docs/own-indicators.md` has an example.
 *
 * @example
 * const half = defineIndicator({
 *   name: "half",
 *   summary: "Half of a value",
 *   description: "The value of the bar, divided by two.",
 *   source: "this example",
 *   formula: "source / 2",
 *   memory: "window",
 *   gaps: "restart",
 *   cost: "constant",
 *   inputs: [{ name: "source", type: "same" }],
 *   outputs: [{ name: "value", type: "same" }],
 *   warmup: () => 0,
 *   lookback: () => 0,
 *   start: () => ({}),
 *   advance(state, parameters, [source], [out], from, to) {
 *     for (let i = from; i < to; i++) out[i] = source[i] / 2;
 *   },
 *   examples: [{ parameters: [], inputs: { source: [2, 4] }, outputs: { value: [1, 2] } }],
 * });
 * console.log(evaluate("half(close)", bars, defaultSettings, { indicators: [half] })[0].values[0]);
 */
export function defineIndicator<State extends KernelState>(definition: Definition<State>): Indicator<State> {
  return { inputs: [], fields: [], parameters: [], ...definition };
}

/** What averages of changes from one bar to the next do. */
export const gapsOfChanges = {
  described:
    "There is no change to or from a bar without a value: it and the next have none, and the averages stay as they were.",
};

/** A window length in bars. */
export const length = (
  given: { readonly default?: number; readonly minimum?: number } = {},
): BuiltinParameter => ({
  name: "length",
  type: "bars",
  minimum: given.minimum ?? 1,
  ...(given.default === undefined ? {} : { default: given.default }),
});
