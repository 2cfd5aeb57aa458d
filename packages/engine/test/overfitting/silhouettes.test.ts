import fc from "fast-check";
import { expect, it } from "vitest";
import { eachApart, joinsOf } from "../../src/overfitting/linkage.js";
import { nearSilhouettes, silhouetteOf } from "../../src/overfitting/silhouettes.js";

/** Symmetric distances of so many members; whole numbers have many that are equal. */
const distances = fc.integer({ min: 3, max: 24 }).chain((count) =>
  fc
    .array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 2 })), {
      minLength: count * count,
      maxLength: count * count,
    })
    .map((values) => ({
      count,
      between: Float64Array.from(values, (_, at) => {
        const [i, j] = [Math.floor(at / count), at % count];
        return i === j ? 0 : values[Math.min(i, j) * count + Math.max(i, j)];
      }),
    })),
);

it("follows the silhouettes of all divisions as joins make them, but for rounding", () => {
  fc.assert(
    fc.property(distances, ({ count, between }) => {
      const joins = joinsOf(between, count);
      expect(joins).toHaveLength(count - 2);
      const near = nearSilhouettes(between, count, joins);
      const groups = eachApart(count);
      for (const [i, { kept, gone }] of joins.entries()) {
        groups.forEach((group, k) => (groups[k] = group === gone ? kept : group));
        expect(Math.abs(near[i] - silhouetteOf(between, groups))).toBeLessThan(1e-12);
      }
    }),
  );
});

it("is 0 where all are as near to one another, and 1 where groups are points", () => {
  const alike = new Float64Array(16).fill(1).map((each, at) => (at % 5 === 0 ? 0 : each));
  expect(silhouetteOf(alike, Int32Array.of(0, 0, 2, 2))).toBe(0);
  expect(
    silhouetteOf(
      alike.map((each, at) => ([1, 4, 11, 14].includes(at) ? 0 : each)),
      Int32Array.of(0, 0, 2, 2),
    ),
  ).toBe(1);
});
