import { BitFeverError } from "@bitfever/lang";

/*
 * JSON that gives back every bit. What JSON cannot say is an object whose key `$` names it: `{"$":"NaN"}`,
 * `{"$":"Float64Array","base64":"…"}`. An ordinary object that has such a key is written as its entries.
 */

/** Little-endian, as every machine that Node runs on today has them in memory. */
const arrayKinds = {
  Float64Array,
  Float32Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/** What a tag without anything beside it stands for. */
const named = new Map<unknown, unknown>([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
  ["undefined", undefined],
]);

/**
 * The text of a value on one line: ordinary JSON wherever JSON keeps the value.
 *
 * @param value null, booleans, strings, numbers of all kinds, undefined, plain objects, arrays and typed arrays
 * @throws BitFeverError BF5166 for anything else in it
 */
export function textOf(value: unknown): string {
  return JSON.stringify(isOrdinary(value) ? value : tagged(value, ""));
}

/** The value of a text that `textOf` wrote, bit for bit. */
export function valueOf(text: string): unknown {
  const read: unknown = JSON.parse(text);
  return text.includes('"$":') ? restored(read) : read;
}

/** Whether JSON keeps it as it is. */
function isOrdinary(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isOrdinary(value[i])) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) if (key === "$" || !isOrdinary(value[key])) return false;
  return true;
}

function tagged(value: unknown, place: string): unknown {
  if (isOrdinary(value)) return value;
  if (typeof value === "number" || value === undefined)
    return { $: Object.is(value, -0) ? "-0" : String(value) };
  // Not `map`, which leaves holes out.
  if (Array.isArray(value)) return Array.from(value, (each, i) => tagged(each, `${place}[${i}]`));
  if (ArrayBuffer.isView(value) && value.constructor.name in arrayKinds) {
    const { buffer, byteOffset, byteLength } = value;
    return {
      $: value.constructor.name,
      base64: Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
    };
  }
  if (typeof value === "object" && value !== null && isPlain(value)) {
    const entries = Object.entries(value).map(([key, each]) => [key, tagged(each, `${place}.${key}`)]);
    return "$" in value ? { $: "object", entries } : (Object.fromEntries(entries) as unknown);
  }
  const what = typeof value === "object" ? `a ${value?.constructor.name ?? "null"}` : `a ${typeof value}`;
  throw new BitFeverError("BF5166", `a journal cannot keep ${what}${place && ` at ${place}`}`, {
    hint: "it keeps numbers, texts, booleans, null, undefined, plain objects, arrays and typed arrays",
  });
}

/** Works in place: what was just parsed belongs to nobody else. */
function restored(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!("$" in value)) {
    const children = value as Record<string, unknown>;
    for (const key of Object.keys(children)) children[key] = restored(children[key]);
    return value;
  }
  const { $: tag, entries, base64 } = value as Tagged;
  if (entries !== undefined) return Object.fromEntries(entries.map(([key, each]) => [key, restored(each)]));
  if (base64 === undefined) return named.get(tag);
  const { buffer } = Uint8Array.from(Buffer.from(base64, "base64"));
  return new arrayKinds[tag as keyof typeof arrayKinds](buffer);
}

interface Tagged {
  readonly $: string;
  readonly entries?: readonly (readonly [string, unknown])[];
  readonly base64?: string;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
