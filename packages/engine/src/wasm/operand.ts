import { double, isEqual, select, type Double, type Integer } from "./code.js";

/**
 * A value of a bar as code: a number, or a condition that is true, false or, where it is neither, absent. Each can be asked
 * for as the other, as a column holds it: 1, 0 and NaN.
 */
export interface Operand {
  readonly is: "number" | "condition";
  readonly number: Double;
  readonly isTrue: Integer;
  readonly isFalse: Integer;
}

const [one, zero, absent] = [double(1), double(0), double(NaN)];

export const ofNumber = (number: Double): Operand => ({
  ...{ is: "number", number },
  isTrue: isEqual(number, one),
  isFalse: isEqual(number, zero),
});

export const ofCondition = (isTrue: Integer, isFalse: Integer): Operand => ({
  ...{ is: "condition", isTrue, isFalse },
  number: select(isTrue, one, select(isFalse, zero, absent)),
});
