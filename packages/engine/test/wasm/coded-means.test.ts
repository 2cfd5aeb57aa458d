import fc from "fast-check";
import { expect, test } from "vitest";
import { plainMeans } from "../../src/overfitting/drawn-means.js";
import { codedMeans } from "../../src/wasm/coded-means.js";

const sessions = 12;
const block = fc
  .tuple(fc.nat(sessions - 1), fc.nat(sessions - 1))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
const drawn = fc.array(fc.array(block, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 9 });
const sum = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, -0, 1e300, -1e-300));

test.each([2, 4, 6])(
  "means of draws that are reckoned together are those of one trial after the other, %i at once",
  (together) => {
    const sums = fc.array(sum, {
      minLength: (sessions + 1) * together,
      maxLength: (sessions + 1) * together,
    });
    fc.assert(
      fc.property(drawn, fc.array(sums, { minLength: 1, maxLength: 3 }), (draws, all) => {
        const blocks = draws.flat();
        const from = Int32Array.from(blocks, ([first]) => first);
        const to = Int32Array.from(blocks, ([, end]) => end);
        let count = 0;
        const ends = Int32Array.from(draws, ({ length }) => (count += length));
        const given = { from, to, ends, sessions, scale: 1 / Math.sqrt(sessions) };
        const plain = plainMeans(given, together);
        const coded = codedMeans(given, together);
        for (const each of all) {
          plain.sums.set(each);
          coded?.sums.set(each);
          plain.draw();
          coded?.draw();
          expect(coded?.means).toEqual(plain.means);
        }
      }),
      // Each takes memory of code, of which a process has not many.
      { numRuns: 25 },
    );
  },
);
