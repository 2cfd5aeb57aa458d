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
  return JSON.stringify(kept(value, []));
}

/** The value of a text that `textOf` wrote, bit for bit. */
export function valueOf(text: string): unknown {
  const read: unknown = JSON.parse(text);
  return text.includes('"$":') ? restored(read) : read;
}

/** What JSON keeps of a value, which is the value itself wherever it can be; `path` is where it lies. */
function kept(value: unknown, path: (string | number)[]): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Object.is(value, -0)) return { $: "-0" };
      return Number.isFinite(value) ? value : { $: String(value) };
    case "undefined":
      return { $: "undefined" };
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return keptItems(value, path);
      if (isPlain(value)) return keptEntries(value, path);
      if (ArrayBuffer.isView(value) && value.constructor.name in arrayKinds) return keptBytes(value);
      break;
    default:
  }
  throw refusal(value, path);
}

function keptItems(items: readonly unknown[], path: (string | number)[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  // Not `forEach`, which leaves holes out.
  for (let i = 0; i < items.length; i++) {
    path.push(i);
    const item = kept(items[i], path);
    path.pop();
    if (item !== items[i]) (copy ??= [...items])[i] = item;
  }
  return copy ?? items;
}

function keptEntries(value: Record<string, unknown>, path: (string | number)[]): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    path.push(key);
    const each = kept(value[key], path);
    path.pop();
    if (each !== value[key]) (copy ??= { ...value })[key] = each;
  }
  const all = copy ?? value;
  return "$" in value ? { $: "object", entries: Object.entries(all) } : all;
}

const keptBytes = ({ constructor, buffer, byteOffset, byteLength }: ArrayBufferView): Tagged => ({
  $: constructor.name,
  base64: Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
});

function refusal(value: unknown, path: readonly (string | number)[]): BitFeverError {
  const what = typeof value === "object" ? `a ${value?.constructor.name ?? "null"}` : `a ${typeof value}`;
  const place = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return new BitFeverError("BF5166", `a journal cannot keep ${what}${place && ` at ${place}`}`, {
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
