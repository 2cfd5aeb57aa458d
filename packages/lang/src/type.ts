import { intervalName } from "./interval.js";
import { sameUnit, unitName, units, type Unit } from "./unit.js";

/**
 * The type of a single value. A number whose unit is `null` is a bare literal (or built of bare literals only): it
 * takes the unit that its context asks for, unless that is a time. `none` is absence itself, which fits everything that
 * may be absent.
 */
export type ValueType = (
  | { readonly kind: "number"; readonly unit: Unit | null }
  | { readonly kind: "bool" }
  /** A moment; two of them differ by a duration. */
  | { readonly kind: "instant" }
  | { readonly kind: "enum"; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: "none" }
) & {
  /** May be absent on a bar for another reason than warm-up: `price?`. */
  readonly optional?: true;
};

export const bool: ValueType = { kind: "bool" };
export const instant: ValueType = { kind: "instant" };
export const literal: ValueType = { kind: "number", unit: null };
export const nothing: ValueType = { kind: "none", optional: true };
export const number = (unit: Unit): ValueType => ({ kind: "number", unit });

export const maybe = (type: ValueType): ValueType =>
  type.optional === true ? type : { ...type, optional: true };
export function present(type: ValueType): ValueType {
  const { optional: _, ...rest } = type;
  return rest;
}

/** The type, absent where one of what it is made of may be. */
export const likely = (type: ValueType, of: readonly { readonly type: ValueType }[]): ValueType =>
  of.some((each) => each.type.optional === true) ? maybe(type) : type;

export function typeName(type: ValueType): string {
  const name = plainName(type);
  return type.optional === true && type.kind !== "none" ? `${name}?` : name;
}

function plainName(type: ValueType): string {
  switch (type.kind) {
    case "number":
      return type.unit === null ? "number" : unitName(type.unit);
    case "enum":
      return type.name;
    case "instant":
      return "time";
    case "bool":
    case "none":
      return type.kind;
  }
}

/** The type in a sentence: "a price", "a number of bars". */
export function typePhrase(type: ValueType): string {
  const name = plainName(type);
  return phrases.get(name) ?? (type.kind === "enum" ? `a value of ${name}` : `a value in ${name}`);
}

const phrases: ReadonlyMap<string, string> = new Map([
  ["bool", "a condition"],
  ["number", "a number"],
  ["price", "a price"],
  ["quantity", "a quantity"],
  ["money", "an amount of money"],
  ["bars", "a number of bars"],
  ["time", "a time"],
  ["duration", "a duration"],
  ["none", "`none`"],
]);

/** The types that can be written, beside records and enums of the program. */
export const writtenTypes: Readonly<Record<string, ValueType>> = {
  bars: number(units.bars),
  int: number(units.ratio),
  number: number(units.ratio),
  ratio: number(units.ratio),
  price: number(units.price),
  quantity: number(units.quantity),
  money: number(units.money),
  duration: number(units.duration),
  time: instant,
  bool,
};

/** The types a `param` may have. `bars` and `int` are whole numbers; `bars` is at least one. */
export const parameterTypes = {
  bars: number(units.bars),
  int: number(units.ratio),
  number: number(units.ratio),
  ratio: number(units.ratio),
  price: number(units.price),
  quantity: number(units.quantity),
  money: number(units.money),
  duration: number(units.duration),
  bool,
} as const satisfies Record<string, ValueType>;

export type ParameterTypeName = keyof typeof parameterTypes;

/** What is wrong with a value for a parameter of a type, as the rule it breaks; null when it will do. */
export function brokenRule(type: ParameterTypeName, value: number): string | null {
  if (type === "bool") return value === 0 || value === 1 ? null : "true or false";
  if (type === "bars") return Number.isSafeInteger(value) && value >= 1 ? null : "a whole number, at least 1";
  if (type === "duration") return Number.isFinite(value) && value >= 0 ? null : "a duration, such as 30m";
  if (type === "int") return Number.isSafeInteger(value) ? null : "a whole number";
  return Number.isFinite(value) ? null : "a number";
}

/** A parameter's value as one writes it. */
export function writtenValue(
  { type, members }: { readonly type: ParameterTypeName | "enum"; readonly members?: readonly string[] },
  value: number,
): string {
  if (type === "enum") return members?.[value] ?? String(value);
  if (type === "duration") return intervalName(value);
  return type === "bool" ? String(value === 1) : String(value);
}

/**
 * Whether a value of type `from` may stand where `to` is wanted, leaving aside whether it may be absent. A bare number is
 * no duration: whether it were minutes or days, or `1600` an hour, nobody could tell.
 */
export function fits(from: ValueType, to: ValueType): boolean {
  if (from.kind === "none" || to.kind === "none") return true;
  if (from.kind === "number" && to.kind === "number")
    return to.unit === null || (from.unit === null ? to.unit.time === 0 : sameUnit(from.unit, to.unit));
  if (from.kind === "enum" && to.kind === "enum") return from.name === to.name;
  return from.kind === to.kind;
}

/** Of two types that fit, the one that says more; absent where either may be. */
export function joined(left: ValueType, right: ValueType): ValueType {
  const isVague = left.kind === "none" || (left.kind === "number" && left.unit === null);
  return likely(present(isVague ? right : left), [{ type: left }, { type: right }]);
}
