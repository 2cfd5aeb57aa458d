import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf, valueOf } from "../../src/index.js";

/* Values as a journal keeps them: what comes back has the same bits. */

const doubles = fc.double();
/** Any bits, also those of NaNs that arithmetic never makes. */
const float64Arrays = fc
  .uint8Array({ minLength: 0, maxLength: 64 })
  .map((bytes) => new Float64Array(bytes.slice(0, bytes.length - (bytes.length % 8)).buffer));
const leaves = [
  doubles,
  fc.constantFrom(NaN, Infinity, -Infinity, -0, undefined, null, true, false, Number.MAX_SAFE_INTEGER),
  fc.string({ unit: "binary" }),
  float64Arrays,
  fc.int32Array(),
  fc.bigInt64Array(),
] as const;
const keys = fc.oneof(fc.string(), fc.constantFrom("$", "__proto__", "entries", "base64", "0"));
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, ...leaves, tie("list"), tie("record")),
  list: fc.array(tie("value"), { maxLength: 5 }),
  record: fc.dictionary(keys, tie("value"), { maxKeys: 5, noNullPrototype: true }),
}));

/** Equal to the bit, where `toStrictEqual` takes all NaNs for one. */
function sameBits(a: unknown, b: unknown): void {
  expect(b).toStrictEqual(a);
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const bytes = (view: ArrayBufferView): Buffer =>
      Buffer.from(view.buffer, view.byteOffset, view.byteLength);
    expect(bytes(b).equals(bytes(a))).toBe(true);
  } else if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
    const entries = Object.entries(b);
    Object.entries(a).forEach(([key, each], i) => {
      expect(entries[i][0]).toBe(key);
      sameBits(each, entries[i][1]);
    });
  }
}

describe("values", () => {
  it("come back with the same bits, on one line", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = textOf(value);
        expect(text).not.toContain("\n");
        sameBits(value, valueOf(text));
        expect(textOf(valueOf(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("are ordinary JSON wherever that keeps them", () => {
    const bar = { time: 1_700_000_000_000, close: 0.1, tags: ["a", null, true] };
    expect(textOf(bar)).toBe(JSON.stringify(bar));
    expect(textOf({ low: NaN, at: -0, by: 1 })).toBe('{"low":{"$":"NaN"},"at":{"$":"-0"},"by":1}');
    expect(textOf(Float64Array.of(1))).toBe('{"$":"Float64Array","base64":"AAAAAAAA8D8="}');
  });

  it("keep a part of a larger buffer as what it is alone", () => {
    const part = Float64Array.of(1, 2, 3).subarray(1, 2);
    const read = valueOf(textOf(part)) as Float64Array;
    expect([...read]).toEqual([2]);
    expect(read.buffer.byteLength).toBe(8);
  });

  it("that would not come back are refused, with their place", () => {
    for (const stranger of [new Map(), new Date(0), () => 1, 1n, Symbol("x"), Buffer.from("x")]) {
      expect(() => textOf({ state: [{}, { orders: stranger }] })).toThrow(
        expect.objectContaining({
          code: "BF5166",
          message: expect.stringContaining("at .state[1].orders") as string,
        }),
      );
    }
  });
});
