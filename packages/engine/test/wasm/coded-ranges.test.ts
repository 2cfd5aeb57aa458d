import fc from "fast-check";
import { expect, test } from "vitest";
import { rangesOf } from "../../src/price-ranges.js";
import { CodedRanges } from "../../src/wasm/coded-ranges.js";

const price = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 1, max: 200, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, 0, -5, Infinity) },
);
const length = 40;
const column = fc.array(price, { minLength: length, maxLength: length }).map((all) => Float64Array.from(all));

test("ranges of bars that are compared two at a time are those of bars one by one", () => {
  fc.assert(
    fc.property(column, column, fc.array(fc.tuple(fc.nat(length), fc.nat(length))), (high, low, asked) => {
      const [coded, plain] = [new CodedRanges({ high, low }), rangesOf({ high, low })];
      for (const [a, b] of asked) {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        coded.look(from, to);
        plain.look(from, to);
        expect([coded.highest, coded.lowest]).toEqual([plain.highest, plain.lowest]);
      }
    }),
  );
});
