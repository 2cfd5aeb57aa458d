import fc from "fast-check";
import { expect, test } from "vitest";
import { blockLength, curveOf, valuesAt } from "../src/curve.js";

test("values at bars are those that the curve has there, however far apart they lie", () => {
  const bars = 3 * blockLength;
  const curve = curveOf(Float64Array.from({ length: bars }, (_, i) => i * 1.5));
  const some = fc.uniqueArray(fc.nat(bars - 1), { maxLength: 400 });
  const dense = fc
    .tuple(fc.nat(bars - 1), fc.nat(300))
    .map(([from, count]) => Array.from({ length: Math.min(count, bars - from) }, (_, i) => from + i));
  fc.assert(
    fc.property(fc.oneof(some, dense), (given) => {
      const wanted = Int32Array.from(given).sort();
      expect(valuesAt(curve, wanted)).toEqual(Float64Array.from(wanted, (bar) => curve.valueAt(bar)));
    }),
  );
});
