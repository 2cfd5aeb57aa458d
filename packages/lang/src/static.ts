import type { Catalogue } from "./catalogue.js";
import { namesIn, partsOf, type Let, type TypedExpression } from "./program.js";

/** The values of a strategy's parameters; bools are 0 and 1, members of an enum their places in it. */
export type ParameterValues = Readonly<Record<string, number>>;

/** What the `let`s are worth before the run; null where that depends on data. */
export type StaticLets = ReadonlyMap<string, number | null>;

/** All that can be known before the run. */
export interface Known {
  readonly values: ParameterValues;
  readonly lets: StaticLets;
  readonly catalogue: Catalogue;
  /** How many loops are open. */
  readonly loops?: number;
}

/** NaN is absence, as in the engine's columns: contagious, except where `and` and `or` know better. */
const compare =
  (holds: (a: number, b: number) => boolean) =>
  (a: number, b: number): number =>
    Number.isNaN(a) || Number.isNaN(b) ? NaN : Number(holds(a, b));

type Operation = (a: number, b: number, c: number) => number;

/** Operators on single numbers, for what is known before the run. The engine's kernels do the same to columns. */
const scalar: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["add", (a, b) => a + b],
  ["subtract", (a, b) => a - b],
  ["multiply", (a, b) => a * b],
  ["divide", (a, b) => (b === 0 ? NaN : a / b)],
  ["negate", (a) => -a],
  ["less", compare((a, b) => a < b)],
  ["less_or_equal", compare((a, b) => a <= b)],
  ["greater", compare((a, b) => a > b)],
  ["greater_or_equal", compare((a, b) => a >= b)],
  ["equal", compare((a, b) => a === b)],
  ["not_equal", compare((a, b) => a !== b)],
  ["and", (a, b) => (a === 0 || b === 0 ? 0 : a * b)],
  ["or", (a, b) => (a === 1 || b === 1 ? 1 : a + b)],
  ["not", (a) => 1 - a],
  ["choose", (condition, a, b) => (condition === 1 ? a : condition === 0 ? b : NaN)],
  ["or_else", (a, b) => (Number.isNaN(a) ? b : a)],
  ["ready", (a) => Number(!Number.isNaN(a))],
  ["none", () => NaN],
]);

/** The value of an expression of numbers and parameters; null when it depends on data. */
export function staticValue(of: TypedExpression, known: Known): number | null {
  switch (of.kind) {
    case "constant":
      return of.value;
    case "parameter":
    case "accumulator":
      return Object.hasOwn(known.values, of.name) ? known.values[of.name] : null;
    case "let":
      return known.lets.get(of.name) ?? null;
    case "apply": {
      const operation = scalar.get(of.kernel);
      const fold = known.catalogue.get(of.kernel)?.fold;
      if (operation === undefined && fold === undefined) return null;
      const values: number[] = [];
      for (const each of of.operands) {
        const value = staticValue(each, known);
        if (value === null) return null;
        values.push(value);
      }
      const [a = 0, b = 0, c = 0] = values;
      return operation === undefined ? (fold?.(values) ?? null) : operation(a, b, c);
    }
    case "fold":
      return staticFold(of, known);
    case "field":
    case "calendar":
    case "instrument":
    case "account":
    case "delay":
    case "call":
    case "previous":
    case "latest":
    case "forming":
    case "across":
      return null;
  }
}

/** More steps than this are refused by the plan, which has a place to say so. */
export const longestLoop = 1_000;

function staticFold(of: Extract<TypedExpression, { kind: "fold" }>, known: Known): number | null {
  const from = staticValue(of.from, known);
  const to = staticValue(of.to, known);
  let total = staticValue(of.initial, known);
  if (from === null || to === null || to - from >= longestLoop) return null;
  const depth = known.loops ?? 0;
  // Loops in loops multiply: what is not counted in time is not known.
  if (depth > 0 && (to - from) ** (depth + 1) > 1_000_000) return null;
  const values = { ...known.values };
  const inside = { ...known, values, loops: depth + 1 };
  for (let k = from; k <= to && total !== null; k++) {
    values[of.index] = k;
    values[of.accumulator] = total;
    total = staticValue(of.body, inside);
  }
  return total;
}

/** Whether a value is known before the run; `known` says it of the `let`s. */
export function isStatic(
  of: TypedExpression,
  catalogue: Catalogue,
  known: (name: string) => boolean = () => false,
): boolean {
  switch (of.kind) {
    case "constant":
    case "parameter":
    case "accumulator":
      return true;
    case "let":
      return known(of.name);
    case "apply":
    case "fold": {
      const isKnown = of.kind === "fold" || scalar.has(of.kernel) || catalogue.get(of.kernel)?.fold;
      return Boolean(isKnown) && partsOf(of).every((each) => isStatic(each, catalogue, known));
    }
    case "field":
    case "calendar":
    case "instrument":
    case "account":
    case "delay":
    case "call":
    case "previous":
    case "latest":
    case "forming":
    case "across":
      return false;
  }
}

/** The static values of a program's `let`s, which come in an order in which each needs only those before it. */
export function staticLets(lets: readonly Let[], values: ParameterValues, catalogue: Catalogue): StaticLets {
  const known = new Map<string, number | null>();
  for (const { name, value } of lets) known.set(name, staticValue(value, { values, lets: known, catalogue }));
  return known;
}

/** A value in a message; a division by zero has none. */
export const shown = (value: number): string => (Number.isNaN(value) ? "absent" : String(value));

/** The parameters a static expression reads with their values, for messages: `fast = 9, slow = 5`. */
export function describeValues(of: TypedExpression, values: ParameterValues, lets: readonly Let[]): string {
  const names = namesIn(of);
  for (const { name, value } of [...lets].reverse()) {
    if (!names.lets.has(name)) continue;
    const inner = namesIn(value);
    for (const each of inner.parameters) names.parameters.add(each);
    for (const each of inner.lets) names.lets.add(each);
  }
  return Object.entries(values)
    .filter(([name]) => names.parameters.has(name))
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}
