import type { OperatorSymbol } from "../../packages/lang/src/operators.js";

/* The operators of the language on numbers, from the tables of docs/language.md. */

type Operation = (a: number, b: number) => number;

const isAbsent = (value: number): boolean => Number.isNaN(value);

const comparison =
  (holds: (a: number, b: number) => boolean): Operation =>
  (a, b) =>
    isAbsent(a) || isAbsent(b) ? NaN : Number(holds(a, b));

function and(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return isAbsent(a) || isAbsent(b) ? NaN : 1;
}

function or(a: number, b: number): number {
  if (a === 1 || b === 1) return 1;
  return isAbsent(a) || isAbsent(b) ? NaN : 0;
}

type SameBar = Exclude<OperatorSymbol, "crosses above" | "crosses below">;

/** Those that look at one bar only. */
export const operations: Readonly<Record<SameBar, Operation>> = {
  "or else": (a, b) => (isAbsent(a) ? b : a),
  and,
  or,
  "<": comparison((a, b) => a < b),
  "<=": comparison((a, b) => a <= b),
  ">": comparison((a, b) => a > b),
  ">=": comparison((a, b) => a >= b),
  "==": comparison((a, b) => a === b),
  "!=": comparison((a, b) => a !== b),
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? NaN : a / b),
};

/** Above now, not above a bar ago. */
export function crosses(
  above: boolean,
  now: readonly [number, number],
  before: readonly [number, number],
): number {
  if ([...now, ...before].some(isAbsent)) return NaN;
  const isBeyond = ([a, b]: readonly [number, number]): boolean => (above ? a > b : a < b);
  return Number(isBeyond(now) && !isBeyond(before));
}

/** A choice is absent where its condition is. */
export function choose<Thing>(condition: number, then: Thing, otherwise: Thing, none: Thing): Thing {
  if (condition === 1) return then;
  return condition === 0 ? otherwise : none;
}

/** How an aggregate goes on from what it has come to (`null` before the first value), and what it is of nothing. */
export interface Aggregate {
  readonly next: (total: number | null, value: number) => number;
  readonly ofNothing: number;
  /** The function of the catalogue that a window of the last bars is, where there is one. */
  readonly rolling: string | null;
}

const further =
  (isFurther: (a: number, b: number) => boolean) =>
  (total: number | null, value: number): number => {
    if (total === null) return value;
    if (isAbsent(total) || isAbsent(value)) return NaN;
    return isFurther(value, total) ? value : total;
  };

const addition = (total: number | null, value: number): number => (total ?? 0) + value;

export const aggregates: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  ["sum", { next: addition, ofNothing: 0, rolling: "sum" }],
  ["mean", { next: addition, ofNothing: NaN, rolling: "sma" }],
  ["max", { next: further((a, b) => a > b), ofNothing: NaN, rolling: "highest" }],
  ["min", { next: further((a, b) => a < b), ofNothing: NaN, rolling: "lowest" }],
  ["count", { next: addition, ofNothing: 0, rolling: null }],
  ["any", { next: (total, value) => or(total ?? 0, value), ofNothing: 0, rolling: null }],
  ["all", { next: (total, value) => and(total ?? 1, value), ofNothing: 1, rolling: null }],
]);
