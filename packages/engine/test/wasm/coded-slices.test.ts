import fc from "fast-check";
import { expect, test } from "vitest";
import { blockEnds, blockSums } from "../../src/overfitting/block-sums.js";
import { halvesOf } from "../../src/overfitting/halves.js";
import { sliceStatistics } from "../../src/overfitting/slice-statistic.js";
import { Slices } from "../../src/overfitting/slices.js";

/** Some stand still, some are nearly the same, so that some halves are not clear. */
const session = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -0.1, max: 0.1, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.01, 0.01 + 1e-17, -0.02) },
);

const cases = fc
  .record({
    blocks: fc.constantFrom(2, 4, 6, 8, 10),
    more: fc.nat(5),
    statistic: fc.constantFrom("sharpe", "growth"),
  })
  .chain(({ blocks, more, statistic }) => {
    const sessions = 2 * blocks + more;
    const row = fc.array(session, { minLength: sessions, maxLength: sessions });
    const ratio = fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(0, -Infinity, NaN));
    return fc.record({
      ...{ blocks: fc.constant(blocks), statistic: fc.constant(sliceStatistics[statistic as "sharpe"]) },
      rows: fc.array(fc.oneof(row, fc.constant(Array.from({ length: sessions }, () => 0.01))), {
        minLength: 1,
      }),
      ratios: fc.array(ratio, { minLength: 1 }),
      /** Whether halves are compared with the slices of another trial, instead of some numbers. */
      isOfTrial: fc.boolean(),
    });
  });

test("halves that are compared two at a time are those compared one by one", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(cases, ({ blocks, statistic, rows, ratios, isOfTrial }) => {
      const halves = halvesOf(blocks, 1e9, 1);
      const ends = blockEnds(rows[0].length, blocks);
      const [coded, plain] = [false, true].map(
        (isPlain) => new Slices(halves, blocks, ends, statistic, isPlain),
      );
      const found = [coded, plain].map((slices) => {
        slices.counts.fill(1);
        slices.take(blockSums(rows[0], blocks, statistic));
        for (let i = 0; i < slices.count; i++)
          slices.ratios[i] = isOfTrial ? slices.ratioAt(i, slices.value(i)) : ratios[i % ratios.length];
        const told = rows.map((row) => {
          slices.take(blockSums(row, blocks, statistic));
          return [[...slices.notBelow()], [...slices.countBelow(2)]];
        });
        return { told, counts: [...slices.counts] };
      });
      const [unclear, clear] = [found[0].told[0][1].length, found[0].counts.some((each) => each > 1)];
      kinds.add(unclear > 0 ? "unclear" : "none").add(clear ? "below" : "not");
      expect(found[0]).toEqual(found[1]);
    }),
  );
  expect(kinds.size).toBe(4);
});

test("halves that were drawn are compared one by one", () => {
  const [blocks, sessions] = [10, 40];
  const halves = halvesOf(blocks, 50, 1);
  const ends = blockEnds(sessions, blocks);
  const row = Float64Array.from({ length: sessions }, (_, i) => Math.sin(i) / 50);
  const found = [false, true].map((isPlain) => {
    const slices = new Slices(halves, blocks, ends, sliceStatistics.sharpe, isPlain);
    slices.take(blockSums(row, blocks, sliceStatistics.sharpe));
    return [[...slices.notBelow()], [...slices.countBelow(2)], [...slices.counts]];
  });
  expect(found[0]).toEqual(found[1]);
});
