import { namesIn, type Program, type TypedExpression } from "./program.js";

/** The values of a strategy's parameters; bools are 0 and 1. */
export type ParameterValues = Readonly<Record<string, number>>;

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
]);

/** What the `let`s are worth before the run; null where that depends on data. */
export type StaticLets = ReadonlyMap<string, number | null>;

/** The value of an expression of numbers and parameters; null when it depends on data. */
export function staticValue(of: TypedExpression, values: ParameterValues, lets: StaticLets): number | null {
  switch (of.kind) {
    case "constant":
      return of.value;
    case "parameter":
      return Object.hasOwn(values, of.name) ? values[of.name] : null;
    case "let":
      return lets.get(of.name) ?? null;
    case "apply": {
      const operation = scalar.get(of.kernel);
      const operands = of.operands.map((each) => staticValue(each, values, lets));
      if (operation === undefined || operands.includes(null)) return null;
      const [a = 0, b = 0, c = 0] = operands as number[];
      return operation(a, b, c);
    }
    case "field":
    case "account":
    case "delay":
    case "call":
      return null;
  }
}

/** Whether a value is known before the run; `known` says it of the `let`s. */
export function isStatic(of: TypedExpression, known: (name: string) => boolean = () => false): boolean {
  switch (of.kind) {
    case "constant":
    case "parameter":
      return true;
    case "let":
      return known(of.name);
    case "apply":
      return scalar.has(of.kernel) && of.operands.every((each) => isStatic(each, known));
    case "field":
    case "account":
    case "delay":
    case "call":
      return false;
  }
}

/** The static values of a program's `let`s, which come in an order in which each needs only those before it. */
export function staticLets(lets: Program["lets"], values: ParameterValues): StaticLets {
  const known = new Map<string, number | null>();
  for (const { name, value } of lets) known.set(name, staticValue(value, values, known));
  return known;
}

/** A value in a message; a division by zero has none. */
export const shown = (value: number): string => (Number.isNaN(value) ? "absent" : String(value));

/** The parameters a static expression reads with their values, for messages: `fast = 9, slow = 5`. */
export function describeValues(of: TypedExpression, values: ParameterValues, lets: Program["lets"]): string {
  const names = namesIn(of);
  for (const { name, value } of [...lets].reverse()) {
    if (names.lets.has(name)) for (const each of namesIn(value).parameters) names.parameters.add(each);
    if (names.lets.has(name)) for (const each of namesIn(value).lets) names.lets.add(each);
  }
  return Object.entries(values)
    .filter(([name]) => names.parameters.has(name))
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}
