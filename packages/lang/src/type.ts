import { sameUnit, unitName, units, type Unit } from "./unit.js";

/**
 * The type of a value on the strategy's clock. A number whose unit is `null` is a bare literal (or built of bare
 * literals only): it takes the unit that its context asks for.
 */
export type ValueType = { readonly kind: "number"; readonly unit: Unit | null } | { readonly kind: "bool" };

export const bool: ValueType = { kind: "bool" };
export const literal: ValueType = { kind: "number", unit: null };
export const number = (unit: Unit): ValueType => ({ kind: "number", unit });

export function typeName(type: ValueType): string {
  if (type.kind === "bool") return "bool";
  return type.unit === null ? "number" : unitName(type.unit);
}

/** The type in a sentence: "a price", "a number of bars". */
export function typePhrase(type: ValueType): string {
  if (type.kind === "bool") return "a condition";
  const name = typeName(type);
  return phrases.get(name) ?? `a value in ${name}`;
}

const phrases: ReadonlyMap<string, string> = new Map([
  ["number", "a number"],
  ["price", "a price"],
  ["quantity", "a quantity"],
  ["money", "an amount of money"],
  ["bars", "a number of bars"],
  ["time", "a time"],
]);

/** The types a `param` may have. `bars` and `int` are whole numbers; `bars` is at least one. */
export const parameterTypes = {
  bars: number(units.bars),
  int: number(units.ratio),
  number: number(units.ratio),
  ratio: number(units.ratio),
  price: number(units.price),
  quantity: number(units.quantity),
  money: number(units.money),
  bool,
} as const satisfies Record<string, ValueType>;

export type ParameterTypeName = keyof typeof parameterTypes;

/** What is wrong with a value for a parameter of a type, as the rule it breaks; null when it will do. */
export function brokenRule(type: ParameterTypeName, value: number): string | null {
  if (type === "bool") return value === 0 || value === 1 ? null : "true or false";
  if (type === "bars") return Number.isSafeInteger(value) && value >= 1 ? null : "a whole number, at least 1";
  if (type === "int") return Number.isSafeInteger(value) ? null : "a whole number";
  return Number.isFinite(value) ? null : "a number";
}

/** A parameter's value as one writes it. */
export const writtenValue = (type: ParameterTypeName, value: number): string =>
  type === "bool" ? String(value === 1) : String(value);

/** Whether a value of type `from` may stand where `to` is wanted. */
export function fits(from: ValueType, to: ValueType): boolean {
  if (from.kind === "bool" || to.kind === "bool") return from.kind === to.kind;
  return from.unit === null || to.unit === null || sameUnit(from.unit, to.unit);
}
