/*
 * What Chevrotain asks of lodash, in plain JavaScript: built, the parser has this inside. To set up the grammar takes less than
 * half the time with it, which each start of `bf` pays. Only what Chevrotain hands over is served: lists, records and functions.
 */

type Many<Value> = readonly Value[] | Readonly<Record<string, Value>> | null | undefined;
type Each<Value, Answer> = (value: Value, key: never, all: never) => Answer;

const isList = (many: unknown): many is readonly unknown[] => Array.isArray(many);
const listOf = <Value>(many: Many<Value>): readonly Value[] =>
  isList(many) ? many : Object.values(many ?? {});
const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;

export const isArray = Array.isArray;
export const isString = (value: unknown): boolean => typeof value === "string";
export const isFunction = (value: unknown): boolean => typeof value === "function";
export const isUndefined = (value: unknown): boolean => value === undefined;
export const isRegExp = (value: unknown): boolean => value instanceof RegExp;
export const isObject = (value: unknown): boolean => isRecord(value) || isFunction(value);
export const isEmpty = (many: unknown): boolean =>
  isList(many) || typeof many === "string" ? many.length === 0 : !isRecord(many) || keys(many).length === 0;

export const identity = <Value>(value: Value): Value => value;
export const noop = (): void => undefined;
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const has = (record: object | null | undefined, key: string): boolean =>
  isObject(record) && Object.hasOwn(record as object, key);
export const keys = (record: object | null | undefined): string[] => Object.keys(record ?? {});
export const values = <Value>(record: Many<Value>): Value[] => Object.values(record ?? {});
export const assign = Object.assign;

/** Goes on until it is answered false. */
export function forEach<Value>(many: Many<Value>, each: Each<Value, unknown>): typeof many {
  const call = each as (value: Value, key: unknown, all: unknown) => unknown;
  if (isList(many)) {
    for (let i = 0; i < many.length; i++) if (call(many[i], i, many) === false) break;
  } else
    for (const key of keys(many)) if (call((many as Record<string, Value>)[key], key, many) === false) break;
  return many;
}

export function map<Value, Answer>(many: Many<Value>, each: Each<Value, Answer>): Answer[] {
  const answers: Answer[] = [];
  forEach(many, (value, key, all) => void answers.push(each(value, key, all)));
  return answers;
}

export function reduce<Value, Sum>(
  many: Many<Value>,
  add: (sum: Sum, value: Value, key: never) => Sum,
  start: Sum,
): Sum {
  let sum = start;
  forEach(many, (value, key) => {
    sum = add(sum, value, key);
  });
  return sum;
}

type Test<Value> = (value: Value, place: number) => boolean;

export const filter = <Value>(many: Many<Value>, test: Test<Value>): Value[] => listOf(many).filter(test);
export const reject = <Value>(many: Many<Value>, test: Test<Value>): Value[] =>
  listOf(many).filter((each, i) => !test(each, i));
export const find = <Value>(many: Many<Value>, test: Test<Value>): Value | undefined =>
  listOf(many).find(test);
export const some = <Value>(many: Many<Value>, test: Test<Value>): boolean => listOf(many).some(test);
export const every = <Value>(many: Many<Value>, test: Test<Value>): boolean => listOf(many).every(test);
export const includes = <Value>(many: Many<Value>, value: Value): boolean => listOf(many).includes(value);
export const indexOf = <Value>(list: readonly Value[], value: Value): number => list.indexOf(value);

export const flatMap = <Value, Answer>(
  many: Many<Value>,
  each: (value: Value, place: number) => Answer | Answer[],
): Answer[] => listOf(many).flatMap(each);
export const flatten = (list: readonly unknown[] | undefined): unknown[] => (list ?? []).flat();
export const compact = <Value>(list: readonly Value[]): Value[] => list.filter(Boolean);
export const uniq = <Value>(list: readonly Value[]): Value[] => [...new Set(list)];

export function difference<Value>(list: readonly Value[], ...others: readonly (readonly Value[])[]): Value[] {
  const left = new Set(others.flat());
  return list.filter((each) => !left.has(each));
}

export const first = <Value>(list: readonly Value[] | undefined): Value | undefined => list?.[0];
export const last = <Value>(list: readonly Value[] | undefined): Value | undefined => list?.at(-1);
export const drop = <Value>(list: readonly Value[], count = 1): Value[] => list.slice(count);
export const dropRight = <Value>(list: readonly Value[], count = 1): Value[] =>
  list.slice(0, Math.max(0, list.length - count));

export function clone(value: unknown): unknown {
  if (isList(value)) return [...value];
  return isRecord(value)
    ? Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value)
    : value;
}

export function defaults(
  record: Record<string, unknown>,
  ...more: readonly Record<string, unknown>[]
): object {
  for (const each of more) for (const key of keys(each)) record[key] ??= each[key];
  return record;
}

export function pickBy(
  record: Readonly<Record<string, unknown>>,
  test: (value: unknown) => boolean,
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys(record)) if (test(record[key])) picked[key] = record[key];
  return picked;
}

export function groupBy<Value>(many: Many<Value>, keyOf: (value: Value) => string): Record<string, Value[]> {
  const groups: Record<string, Value[]> = {};
  for (const each of listOf(many)) (groups[keyOf(each)] ??= []).push(each);
  return groups;
}
