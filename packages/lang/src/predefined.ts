import {
  accountValues,
  calendarValues,
  fields,
  instrumentValues,
  type AccountValue,
  type NamedType,
} from "./catalogue.js";
import { apply, constant, type TypedExpression } from "./program.js";
import { bool, instant, literal, maybe, number, type ValueType } from "./type.js";
import { units } from "./unit.js";

/* The names that every program has without declaring them. */

/** Average prices that every platform has under these names. */
const averages: ReadonlyMap<string, readonly ("open" | "high" | "low" | "close")[]> = new Map([
  ["hl2", ["high", "low"]],
  ["hlc3", ["high", "low", "close"]],
  ["ohlc4", ["open", "high", "low", "close"]],
]);

/** Account values that there are only while a position is open, or after enough trades. */
const sometimes: ReadonlySet<string> = new Set([
  "position_price",
  "long_price",
  "short_price",
  "position_bars",
  "long_bars",
  "short_bars",
  "entry_price",
  "best_price",
  "worst_price",
  "last_profit",
  "bars_since_exit",
  "kelly",
] satisfies AccountValue[]);

/** Values of a position that is one, and what there is for each side where two are held side by side. */
export const sideNames: ReadonlyMap<string, string> = new Map([
  ["position_price", "`long_price` or `short_price`"],
  ["position_bars", "`long_bars` or `short_bars`"],
  ["open_entries", ""],
  ["entry_price", "`long_price` or `short_price`"],
  ["best_price", ""],
  ["worst_price", ""],
] satisfies [AccountValue, string][]);

export function namedType(type: NamedType): ValueType {
  if (type === "bool") return bool;
  return type === "time" ? instant : number(units[type]);
}

/** What a name of the language stands for, in a sentence; undefined for a name that is free. */
export function meaningOf(name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return "a field of every bar";
  if (averages.has(name)) return "an average of a bar's prices";
  if (Object.hasOwn(calendarValues, name)) return "a place in the calendar";
  if (Object.hasOwn(instrumentValues, name)) return "a property of the instrument";
  return Object.hasOwn(accountValues, name) ? "a value of the account" : undefined;
}

export const predefinedNames: readonly string[] = [
  ...Object.keys(fields),
  ...averages.keys(),
  ...Object.keys(calendarValues),
  ...Object.keys(instrumentValues),
  ...Object.keys(accountValues),
];

/** What a bar of any market has. */
export const fieldNames: readonly string[] = [
  ...Object.keys(fields).filter((each) => each !== "session_bar"),
  ...averages.keys(),
];

export const isFieldName = (name: string): boolean => fieldNames.includes(name);

const isIn = <Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> =>
  Object.hasOwn(table, name);

/** What a name of the language is; undefined for a name that is free. */
export function predefined(name: string): TypedExpression | undefined {
  if (isIn(fields, name)) return { kind: "field", name, type: namedType(fields[name]) };
  if (isIn(calendarValues, name)) {
    const type = namedType(calendarValues[name]);
    return { kind: "calendar", name, type: name === "until_close" ? maybe(type) : type };
  }
  if (isIn(instrumentValues, name)) {
    const type = namedType(instrumentValues[name]);
    return { kind: "instrument", name, type: name === "multiplier" ? type : maybe(type) };
  }
  if (isIn(accountValues, name)) {
    const type = namedType(accountValues[name]);
    return { kind: "account", name, type: sometimes.has(name) ? maybe(type) : type };
  }
  const parts = averages.get(name);
  if (parts === undefined) return undefined;
  const price = number(units.price);
  const sum = parts
    .map((part): TypedExpression => ({ kind: "field", name: part, type: price }))
    .reduce((total, part) => apply("add", [total, part], price));
  return apply("divide", [sum, constant(parts.length, literal)], price);
}
