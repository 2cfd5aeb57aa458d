import type { Builtin, SignatureType } from "@bitfever/lang";
import type { Kernel } from "./kernel.js";

/** A row of the function's own truth table; `null` is a value that is not there. */
export interface FunctionExample {
  readonly inputs: readonly (number | null)[];
  readonly output: number | null;
}

interface Described {
  readonly name: string;
  readonly summary: string;
  /** What the value means, in a sentence or two, and for which inputs there is none. */
  readonly description: string;
  /** The standard, book or library whose convention is followed. */
  readonly source: string;
  readonly inputs: Builtin["inputs"];
  readonly output: SignatureType;
  readonly examples: readonly FunctionExample[];
}

/** A function of as many numbers as it has inputs. */
interface Fixed extends Described {
  readonly evaluate: (...values: number[]) => number;
}

/** A function of two to `most` numbers, taken in from the left; what needs their count comes last. */
interface Variadic extends Described {
  readonly most: number;
  readonly combine: (a: number, b: number) => number;
  readonly finish?: (combined: number, count: number) => number;
}

/**
 * A pure function of numbers on the same bar: what it is worth before the run is what its kernel puts into a column, to
 * the bit. The laws in `test/functions` run over every one of them.
 */
export interface ScalarFunction extends Builtin, Kernel, Described {
  readonly fold: (values: readonly number[]) => number;
}

export const defineFunction = <Definition extends Fixed | Variadic>(definition: Definition): Definition =>
  definition;

/**
 * A definition with the loop that belongs to it. The loops stand in `functions/index.generated.ts`, one each: in one that
 * all of them share, every value would cost a call, four times the price of `abs`.
 */
export const withLoop = (definition: Fixed | Variadic, advance: Kernel["advance"]): ScalarFunction => ({
  ...definition,
  fields: [],
  parameters: [],
  outputs: [{ name: "value", type: definition.output }],
  ...("most" in definition ? { variadic: { most: definition.most } } : {}),
  warmup: () => 0,
  lookback: () => 0,
  fold: (values) => present(valueOf(definition, values)),
  start: () => ({}),
  advance,
});

function valueOf(definition: Fixed | Variadic, values: readonly number[]): number {
  if (!("most" in definition)) return definition.evaluate(...values);
  const combined = values.reduce((a, b) => definition.combine(a, b));
  return definition.finish?.(combined, values.length) ?? combined;
}

/** What no number can say, an infinity, is absent like NaN; and −0 is 0. The same as a branch would do, but faster. */
export const present = (value: number): number => value - value + value;
