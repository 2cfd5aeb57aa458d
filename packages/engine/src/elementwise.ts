import type { Kernel } from "./kernel.js";

/*
 * The operators of the language over columns. Bools are 1, 0 and NaN (absent), and absence is contagious: what an
 * absent value is compared with does not matter, the answer is absent. `and` and `or` alone may know better: false
 * and absent is false, true or absent is true. Each has a loop of its own: a shared loop that calls a function
 * per value is two to four times slower.
 */

type Advance = Kernel["advance"];

const stateless = (advance: Advance): Kernel => ({ start: () => ({}), advance });

const add = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] + b[i];
});

const subtract = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] - b[i];
});

const multiply = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] * b[i];
});

/** A division by zero has no value. */
const divide = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = b[i] === 0 ? NaN : a[i] / b[i];
});

const negate = stateless((_state, _parameters, [a], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = -a[i];
});

const less = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] < b[i] ? 1 : a[i] >= b[i] ? 0 : NaN;
});

const lessOrEqual = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] <= b[i] ? 1 : a[i] > b[i] ? 0 : NaN;
});

const greater = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] > b[i] ? 1 : a[i] <= b[i] ? 0 : NaN;
});

const greaterOrEqual = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] >= b[i] ? 1 : a[i] < b[i] ? 0 : NaN;
});

const equal = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] === b[i] ? 1 : isAbsent(a[i]) || isAbsent(b[i]) ? NaN : 0;
});

const notEqual = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] === b[i] ? 0 : isAbsent(a[i]) || isAbsent(b[i]) ? NaN : 1;
});

const and = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] === 0 || b[i] === 0 ? 0 : a[i] * b[i];
});

const or = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = a[i] === 1 || b[i] === 1 ? 1 : a[i] + b[i];
});

const not = stateless((_state, _parameters, [a], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = 1 - a[i];
});

/** `if a then b else c`: both branches run on every bar, so neither loses its history; the condition picks a value. */
const choose = stateless((_state, _parameters, [condition, then, otherwise], [out], from, to) => {
  for (let i = from; i < to; i++)
    out[i] = condition[i] === 1 ? then[i] : condition[i] === 0 ? otherwise[i] : NaN;
});

/** True on the bar on which `a` is above `b` after a bar on which it was not; touching is not crossing. */
const crossesAbove = stateless((_state, _parameters, [a, b], [out], from, to) => {
  crossings(a, b, out, from, to);
});

const crossesBelow = stateless((_state, _parameters, [a, b], [out], from, to) => {
  crossings(b, a, out, from, to);
});

/** Each bar is looked at once: 1 above, 0 not above, and 2 where one of both is absent. */
function crossings(
  above: Float64Array,
  below: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const place = (a: number, b: number): number => (a > b ? 1 : a <= b ? 0 : 2);
  let before = place(above[from - 1], below[from - 1]);
  for (let i = from; i < to; i++) {
    const now = place(above[i], below[i]);
    out[i] = now === 2 || before === 2 ? NaN : now > before ? 1 : 0;
    before = now;
  }
}

const delay = stateless((_state, [by], [source], [out], from, to) => {
  if (to - from === 1) out[from] = source[from - by];
  else out.set(source.subarray(from - by, to - by), from);
});

/** What `a` was a bar ago; on the first bar of all what it starts from. Unlike a delay, an absent past stays absent. */
const previous: Kernel<{ hasPast: number }> = {
  start: () => ({ hasPast: 0 }),
  advance(state, _parameters, [a, initial], [out], from, to) {
    if (from === to) return;
    out[from] = state.hasPast === 1 ? a[from - 1] : initial[from];
    for (let i = from + 1; i < to; i++) out[i] = a[i - 1];
    state.hasPast = 1;
  },
};

const orElse = stateless((_state, _parameters, [a, b], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = isAbsent(a[i]) ? b[i] : a[i];
});

const ready = stateless((_state, _parameters, [a], [out], from, to) => {
  for (let i = from; i < to; i++) out[i] = isAbsent(a[i]) ? 0 : 1;
});

const isAbsent = (value: number): boolean => value !== value;

/** By the names of the language's operator table. */
export const elementwise: ReadonlyMap<string, Kernel> = new Map(
  Object.entries<Kernel>({
    add,
    subtract,
    multiply,
    divide,
    negate,
    less,
    less_or_equal: lessOrEqual,
    greater,
    greater_or_equal: greaterOrEqual,
    equal,
    not_equal: notEqual,
    and,
    or,
    not,
    choose,
    crosses_above: crossesAbove,
    crosses_below: crossesBelow,
    delay,
    previous,
    or_else: orElse,
    ready,
  }),
);
