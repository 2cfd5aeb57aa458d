import fc from "fast-check";
import { expect, test } from "vitest";
import { addedRepeatedly } from "../src/repeated-sum.js";

function oneByOne(sum: number, value: number, times: number): number {
  for (let i = 0; i < times; i++) sum += value;
  return sum;
}

const money = fc.double({ min: 0, max: 1e12, noNaN: true });
/** Of few bits, so that sums lie half-way between two doubles. */
const coarse = fc
  .tuple(fc.nat(2 ** 12), fc.integer({ min: -1_080, max: 60 }))
  .map(([digits, power]) => digits * 2 ** power);
const any = fc.double({ min: 0, noNaN: false });

test("adding a number many times comes to what a loop comes to, to the last bit", () => {
  const number = fc.oneof(money, coarse, any);
  fc.assert(
    fc.property(number, number, fc.nat(5_000), (sum, value, times) => {
      expect(addedRepeatedly(sum, value, times)).toBe(oneByOne(sum, value, times));
    }),
    { numRuns: 2_000 },
  );
});

test("what is half a unit off is rounded to even each time", () => {
  for (let digits = 2 ** 20; digits < 2 ** 20 + 64; digits++)
    for (const sum of [2 ** 52, 2 ** 52 + 1, 2 ** 53, 2 ** 51 + 0.5, 2 ** 53 - 4, 2 ** 53 - digits])
      for (const value of [digits + 0.5, 0.5, 1.5, digits + 0.25, digits])
        expect(addedRepeatedly(sum, value, 1_000)).toBe(oneByOne(sum, value, 1_000));
});
