import { barsBetweenRebuilds } from "../rebuild.js";
import {
  add,
  and,
  divide,
  double,
  integer,
  isBelow,
  isOther,
  isSame,
  isZero,
  minus,
  multiply,
  plus,
  repeatedWhile,
  shiftedLeft,
  subtract,
  when,
  wholeOf,
  type Double,
  type Integer,
  type Local,
  type Statement,
} from "./code.js";
import type { KernelCode, KernelDraft } from "./fused-kernel.js";
import { ofNumber } from "./operand.js";

/* What the code of several kernels says alike. */

export const zero = double(0);
export const absent = double(NaN);
export const isAbsent = (value: Double): Integer => isOther(value, value);

const counted = (count: Local<"i32">): Statement => count.set(plus(count.value, integer(1)));

/** A running sum over the values of a window, of what each of them counts for. */
interface RunningSum {
  readonly sum: Local<"f64">;
  readonly of: (value: Double) => Double;
}

/**
 * Sums over the last values of the first input, as many as the first parameter says. A bar without a value begins anew, and
 * after many bars the sums are added up anew.
 *
 * @param full     what is done once the window is full and the newest value is in
 * @param filling  what is done in place of that as long as it is not
 */
export function slidingSums(
  { input, past, parameter, count, local, constant }: KernelDraft,
  sums: readonly RunningSum[],
  full: readonly Statement[],
  filling: readonly Statement[],
): Statement[] {
  const seen = count();
  const [value, other, away] = [local("f64"), local("f64"), local("i32")];
  const before = constant(minus(wholeOf(parameter(0)), integer(1)));
  const back = constant(shiftedLeft(before, integer(3)));
  const all = (change: (sum: RunningSum) => Double): Statement[] =>
    sums.map((each) => each.sum.set(change(each)));
  const forget = all(() => zero);
  // From the oldest value that stays in the window to the newest one.
  const addedUpAnew = [
    ...forget,
    away.set(back),
    when(isBelow(integer(0), back), [
      repeatedWhile(
        isBelow(integer(0), away.value),
        away.set(minus(away.value, integer(8))),
        other.set(past(0, away.value)),
        ...all(({ sum, of }) => add(sum.value, of(other.value))),
      ),
    ]),
  ];
  return [
    value.set(input(0)),
    when(
      isAbsent(value.value),
      [...forget, seen.set(integer(0)), ...filling],
      [
        ...all(({ sum, of }) => add(sum.value, of(value.value))),
        when(
          isBelow(seen.value, before),
          [counted(seen), ...filling],
          [
            ...full,
            other.set(past(0, back)),
            ...all(({ sum, of }) => subtract(sum.value, of(other.value))),
            counted(seen),
            when(isZero(and(seen.value, integer(barsBetweenRebuilds - 1))), addedUpAnew),
          ],
        ),
      ],
    ),
  ];
}

/** An average that goes a part of the way to each new value, seeded with a mean. */
interface SeededAverage {
  readonly average: Local<"f64">;
  readonly value: Double;
  /** Once it is seeded. */
  readonly next: Double;
}

/**
 * Averages that are seeded with the mean of their first values, as many as the first parameter says; until then each holds
 * their sum. A bar without a value leaves them as they were.
 *
 * @param isMissing  whether the bar has no value
 * @param known      what is done with averages that have their seed, and have taken in the bar
 * @param unknown    what is done without: on bars before it, and on those without a value
 */
export function seededAverages(
  { parameter, count, constant }: KernelDraft,
  averages: readonly SeededAverage[],
  isMissing: Integer,
  known: readonly Statement[],
  unknown: readonly Statement[],
): Statement {
  const seen = count();
  const length = constant(wholeOf(parameter(0)));
  return when(isMissing, unknown, [
    when(
      isBelow(seen.value, length),
      [
        ...averages.map(({ average, value }) => average.set(add(average.value, value))),
        counted(seen),
        when(
          isSame(seen.value, length),
          [...averages.map(({ average }) => average.set(divide(average.value, parameter(0)))), ...known],
          unknown,
        ),
      ],
      [...averages.map(({ average, next }) => average.set(next)), ...known],
    ),
  ]);
}

/** A part of the way from an average to a value. */
export const towards = (average: Double, value: Double, weight: Double): Double =>
  add(average, multiply(subtract(value, average), weight));

/** The code of a kernel that is one such average, after what comes before it on each bar. */
export function seededAverage(
  draft: KernelDraft,
  value: Double,
  isMissing: Integer,
  next: (average: Double) => Double,
  before: readonly Statement[] = [],
): KernelCode {
  const [average, out] = [draft.number(), draft.local("f64")];
  const averages = [{ average, value, next: next(average.value) }];
  const step = seededAverages(draft, averages, isMissing, [out.set(average.value)], [out.set(absent)]);
  return { step: [...before, step], outputs: [ofNumber(out.value)] };
}
