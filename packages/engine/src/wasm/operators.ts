import {
  add,
  and,
  divide,
  isEqual,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  multiply,
  negated,
  or,
  select,
  subtract,
  type Double,
  type Integer,
} from "./code.js";
import type { FusedKernel, KernelCode } from "./fused-kernel.js";
import { ofCondition, ofNumber, type Operand } from "./operand.js";
import { absent, isAbsent, zero } from "./phrases.js";

/* The operators of the language as code: `elementwise` is what they do. */

const operator = (name: string, operate: (...operands: readonly Operand[]) => Operand): FusedKernel => ({
  name,
  looksBackOn: [],
  write: ({ operands }) => ({ step: [], outputs: [operate(...operands)] }),
});

const ofNumbers = (name: string, operate: (a: Double, b: Double) => Double): FusedKernel =>
  operator(name, (a, b) => ofNumber(operate(a.number, b.number)));

const comparison = (
  name: string,
  isTrue: (a: Double, b: Double) => Integer,
  isFalse: (a: Double, b: Double) => Integer,
): FusedKernel =>
  operator(name, (a, b) => ofCondition(isTrue(a.number, b.number), isFalse(a.number, b.number)));

/** False too where one of both is absent. */
const differ = (a: Double, b: Double): Integer => or(isLess(a, b), isGreater(a, b));

const crossing = (name: string, places: readonly [above: number, below: number]): FusedKernel => ({
  name,
  looksBackOn: [],
  write({ input, count, local }): KernelCode {
    const [above, below] = places.map(input);
    const [wasAbove, wasNot] = [count(), count()];
    const [isAbove, isNot, crosses, doesNot] = Array.from({ length: 4 }, () => local("i32"));
    return {
      step: [
        isAbove.set(isGreater(above, below)),
        isNot.set(isLessOrEqual(above, below)),
        crosses.set(and(isAbove.value, wasNot.value)),
        doesNot.set(
          or(and(isAbove.value, wasAbove.value), and(isNot.value, or(wasAbove.value, wasNot.value))),
        ),
        wasAbove.set(isAbove.value),
        wasNot.set(isNot.value),
      ],
      outputs: [ofCondition(crosses.value, doesNot.value)],
    };
  },
});

export const operators: readonly FusedKernel[] = [
  ofNumbers("add", add),
  ofNumbers("subtract", subtract),
  ofNumbers("multiply", multiply),
  ofNumbers("divide", (a, b) => select(isEqual(b, zero), absent, divide(a, b))),
  operator("negate", ({ number }) => ofNumber(negated(number))),
  comparison("less", isLess, isGreaterOrEqual),
  comparison("less_or_equal", isLessOrEqual, isGreater),
  comparison("greater", isGreater, isLessOrEqual),
  comparison("greater_or_equal", isGreaterOrEqual, isLess),
  comparison("equal", isEqual, differ),
  comparison("not_equal", differ, isEqual),
  operator("and", (a, b) => ofCondition(and(a.isTrue, b.isTrue), or(a.isFalse, b.isFalse))),
  operator("or", (a, b) => ofCondition(or(a.isTrue, b.isTrue), and(a.isFalse, b.isFalse))),
  operator("not", ({ isTrue, isFalse }) => ofCondition(isFalse, isTrue)),
  operator("choose", (condition, then, otherwise) =>
    ofNumber(select(condition.isTrue, then.number, select(condition.isFalse, otherwise.number, absent))),
  ),
  operator("or_else", (a, b) => ofNumber(select(isAbsent(a.number), b.number, a.number))),
  operator("ready", ({ number }) => ofCondition(isEqual(number, number), isAbsent(number))),
  crossing("crosses_above", [0, 1]),
  crossing("crosses_below", [1, 0]),
];
