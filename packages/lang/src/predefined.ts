import { accountValues, fields } from "./catalogue.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { literal, number } from "./type.js";
import { units } from "./unit.js";

/* The names that every program has without declaring them. */

/** Average prices that every platform has under these names. */
const averages: ReadonlyMap<string, readonly ("open" | "high" | "low" | "close")[]> = new Map([
  ["hl2", ["high", "low"]],
  ["hlc3", ["high", "low", "close"]],
  ["ohlc4", ["open", "high", "low", "close"]],
]);

/** What a name of the language stands for, in a sentence; undefined for a name that is free. */
export function meaningOf(name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return "a field of every bar";
  if (averages.has(name)) return "an average of a bar's prices";
  return Object.hasOwn(accountValues, name) ? "a value of the account" : undefined;
}

export const predefinedNames: readonly string[] = [
  ...Object.keys(fields),
  ...averages.keys(),
  ...Object.keys(accountValues),
];

/** What a name of the language is; undefined for a name that is free. */
export function predefined(name: string): TypedExpression | undefined {
  if (Object.hasOwn(fields, name)) {
    const field = name as keyof typeof fields;
    return { kind: "field", name: field, type: number(units[fields[field]]) };
  }
  if (Object.hasOwn(accountValues, name)) {
    const value = name as keyof typeof accountValues;
    return { kind: "account", name: value, type: number(units[accountValues[value]]) };
  }
  const parts = averages.get(name);
  if (parts === undefined) return undefined;
  const price = number(units.price);
  const sum = parts
    .map((part): TypedExpression => ({ kind: "field", name: part, type: price }))
    .reduce((total, part) => apply("add", [total, part], price));
  return apply("divide", [sum, constant(parts.length, literal)], price);
}
