import type { Code, Double, Integer, Local, Statement, ValueType } from "./code.js";
import type { Operand } from "./operand.js";

/** What a kernel's code may read, and where it keeps what goes on from bar to bar. */
export interface KernelDraft {
  /** The inputs on the bar; they may be asked for again and again. */
  readonly operands: readonly Operand[];
  /** One of them as a number. */
  readonly input: (place: number) => Double;
  /** The value of an input so many bytes before the bar's; only of those that the kernel says it looks back on. */
  readonly past: (place: number, bytes: Integer) => Double;
  readonly parameter: (place: number) => Double;
  /** A number that lasts from one bar to the next, 0 before the first. */
  readonly number: () => Local<"f64">;
  /** The same of a whole number. */
  readonly count: () => Local<"i32">;
  /** A variable of the bar. */
  readonly local: <Type extends ValueType>(type: Type) => Local<Type>;
  /** A value of parameters, worked out once for many bars. */
  readonly constant: <Type extends ValueType>(value: Code<Type>) => Code<Type>;
}

/** The code of a kernel for one bar, and what it puts into its columns. */
export interface KernelCode {
  readonly step: readonly Statement[];
  readonly outputs: readonly Operand[];
}

/**
 * A kernel as code that stands in one loop with others. It does what the kernel of its name does, to the last bit; a law
 * compares them.
 */
export interface FusedKernel {
  readonly name: string;
  /** Inputs of which values of bars before are read. */
  readonly looksBackOn: readonly number[];
  /** Left out, it takes any parameters. */
  readonly takes?: (parameters: readonly number[]) => boolean;
  readonly write: (draft: KernelDraft) => KernelCode;
}
