import { BitFeverError } from "@bitfever/lang";

/* What comes out of a queue was written by somebody else: it is looked at before it is used. */

/** @throws BitFeverError BF5155 for a value that is something else */
export type Check = (value: unknown, place: string) => void;

const checkOf =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, place) => {
    if (!holds(value)) throw strange(`${place} is not ${what}`);
  };

export const strange = (what: string, cause?: unknown): BitFeverError =>
  new BitFeverError("BF5155", `what was found in the queue is not what BitFever writes: ${what}`, {
    cause,
    hint: "keep the keys of the queue to BitFever, or take a prefix of their own: redis://host:6379?prefix=name",
  });

export const isText = checkOf("a text", (value) => typeof value === "string");
export const isTruth = checkOf("true or false", (value) => typeof value === "boolean");
export const isNumber = checkOf("a number", (value) => typeof value === "number");
export const isWhole = checkOf(
  "a whole number",
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);
export const isHash = checkOf("a hash", (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value));
export const isColumn = checkOf("a column", (value) => value instanceof Float64Array);
export const isAnything: Check = () => undefined;

export const isExactly = (wanted: string): Check => checkOf(`"${wanted}"`, (value) => value === wanted);

export const isOneOf = (...checks: readonly Check[]): Check =>
  checkOf("one of what it may be", (value) => checks.some((each) => passes(each, value)));

export const isNone = checkOf("absent", (value) => value === undefined || value === null);

export const isList =
  (each: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) throw strange(`${place} is not a list`);
    value.forEach((one, i) => each(one, `${place}[${i}]`));
  };

/** Any names, with values of one kind. */
export const isRecord =
  (each: Check): Check =>
  (value, place) => {
    for (const [name, one] of Object.entries(groupOf(value, place))) each(one, `${place}.${name}`);
  };

/** These names and no others; one that may be absent has a check that lets it be. */
export const isGroup =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    const group = groupOf(value, place);
    const stranger = Object.keys(group).find((name) => !Object.hasOwn(checks, name));
    if (stranger !== undefined) throw strange(`${place} has a \`${stranger}\``);
    for (const [name, check] of Object.entries(checks)) check(group[name], `${place}.${name}`);
  };

function groupOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value))
    return value as Record<string, unknown>;
  throw strange(`${place} is not a group of names`);
}

function passes(check: Check, value: unknown): boolean {
  try {
    check(value, "");
    return true;
  } catch {
    return false;
  }
}
