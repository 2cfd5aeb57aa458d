import {
  addPairs,
  areEqual,
  areGreater,
  areGreaterOrEqual,
  areLess,
  areLessOrEqual,
  areOther,
  bothLanes,
  bothMasks,
  choosePairs,
  dividePairs,
  double,
  eitherMask,
  multiplyPairs,
  negatedPairs,
  subtractPairs,
  type Local,
  type Pair,
  type Statement,
} from "./code.js";

/* The operators of the language for two bars at once: what `operators.ts` says for one. */

/** A value on two bars: numbers, or masks of where a condition is true and where it is false. */
export interface PairedOperand {
  readonly numbers: Pair;
  readonly areTrue: Pair;
  readonly areFalse: Pair;
}

const [ones, zeros, absent] = [1, 0, NaN].map((value) => bothLanes(double(value)));

export const ofNumbers = (numbers: Pair): PairedOperand => ({
  numbers,
  areTrue: areEqual(numbers, ones),
  areFalse: areEqual(numbers, zeros),
});

const ofMasks = (areTrue: Pair, areFalse: Pair): PairedOperand => ({
  numbers: choosePairs(areTrue, ones, choosePairs(areFalse, zeros, absent)),
  areTrue,
  areFalse,
});

/** What an operator may use beside its operands. */
export interface PairedDraft {
  /** A pair that lasts from one to the next, no bit of it set before the first. */
  readonly lasting: () => Local<"v128">;
  /** What was on the bar before each, from the pair before and this one. */
  readonly before: (last: Pair, pair: Pair) => Pair;
  /** A variable of the two bars. */
  readonly local: () => Local<"v128">;
}

export interface PairedCode {
  readonly step: readonly Statement[];
  readonly output: PairedOperand;
}

export type PairedOperator = (operands: readonly PairedOperand[], draft: PairedDraft) => PairedCode;

const operator =
  (operate: (...operands: readonly PairedOperand[]) => PairedOperand): PairedOperator =>
  (operands) => ({ step: [], output: operate(...operands) });

const arithmetic = (operate: (a: Pair, b: Pair) => Pair): PairedOperator =>
  operator((a, b) => ofNumbers(operate(a.numbers, b.numbers)));

const comparison = (
  areTrue: (a: Pair, b: Pair) => Pair,
  areFalse: (a: Pair, b: Pair) => Pair,
): PairedOperator =>
  operator((a, b) => ofMasks(areTrue(a.numbers, b.numbers), areFalse(a.numbers, b.numbers)));

/** False too where one of both is absent. */
const differ = (a: Pair, b: Pair): Pair => eitherMask(areLess(a, b), areGreater(a, b));
const areAbsent = (values: Pair): Pair => areOther(values, values);

const crossing =
  (above: number, below: number): PairedOperator =>
  (operands, { lasting, before, local }) => {
    const [a, b] = [operands[above].numbers, operands[below].numbers];
    const [lastAbove, lastNot] = [lasting(), lasting()];
    const [isAbove, isNot, wasAbove, wasNot] = [local(), local(), local(), local()];
    return {
      step: [
        isAbove.set(areGreater(a, b)),
        isNot.set(areLessOrEqual(a, b)),
        wasAbove.set(before(lastAbove.value, isAbove.value)),
        wasNot.set(before(lastNot.value, isNot.value)),
        lastAbove.set(isAbove.value),
        lastNot.set(isNot.value),
      ],
      output: ofMasks(
        bothMasks(isAbove.value, wasNot.value),
        eitherMask(
          bothMasks(isAbove.value, wasAbove.value),
          bothMasks(isNot.value, eitherMask(wasAbove.value, wasNot.value)),
        ),
      ),
    };
  };

export const pairedOperators: ReadonlyMap<string, PairedOperator> = new Map([
  ["add", arithmetic(addPairs)],
  ["subtract", arithmetic(subtractPairs)],
  ["multiply", arithmetic(multiplyPairs)],
  ["divide", arithmetic((a, b) => choosePairs(areEqual(b, zeros), absent, dividePairs(a, b)))],
  ["negate", operator(({ numbers }) => ofNumbers(negatedPairs(numbers)))],
  ["less", comparison(areLess, areGreaterOrEqual)],
  ["less_or_equal", comparison(areLessOrEqual, areGreater)],
  ["greater", comparison(areGreater, areLessOrEqual)],
  ["greater_or_equal", comparison(areGreaterOrEqual, areLess)],
  ["equal", comparison(areEqual, differ)],
  ["not_equal", comparison(differ, areEqual)],
  ["and", operator((a, b) => ofMasks(bothMasks(a.areTrue, b.areTrue), eitherMask(a.areFalse, b.areFalse)))],
  ["or", operator((a, b) => ofMasks(eitherMask(a.areTrue, b.areTrue), bothMasks(a.areFalse, b.areFalse)))],
  ["not", operator(({ areTrue, areFalse }) => ofMasks(areFalse, areTrue))],
  [
    "choose",
    operator((condition, then, otherwise) =>
      ofNumbers(
        choosePairs(
          condition.areTrue,
          then.numbers,
          choosePairs(condition.areFalse, otherwise.numbers, absent),
        ),
      ),
    ),
  ],
  ["or_else", operator((a, b) => ofNumbers(choosePairs(areAbsent(a.numbers), b.numbers, a.numbers)))],
  ["ready", operator(({ numbers }) => ofMasks(areEqual(numbers, numbers), areAbsent(numbers)))],
  ["crosses_above", crossing(0, 1)],
  ["crosses_below", crossing(1, 0)],
]);
