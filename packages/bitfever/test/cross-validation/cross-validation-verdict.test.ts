import { unknown, type Verdict } from "@bitfever/engine";
import { expect, it } from "vitest";
import { crossValidationVerdict } from "../../src/cross-validation/cross-validation-verdict.js";

const edge: Verdict = { word: "edge", why: "Chance alone makes it in 1% of draws.", level: 0.05 };
const good = { whole: edge, certainty: 0.99, efficiency: 0.8, splits: 15, profitable: 12, stopped: false };

it("is the verdict on the whole search, to which what was earned out of sample can only object", () => {
  expect(crossValidationVerdict(good)).toEqual({
    ...edge,
    why: "Chance alone makes it in 1% of draws; 12 of 15 splits earn out of sample.",
  });
  const luck: Verdict = { ...edge, word: "luck" };
  expect(crossValidationVerdict({ ...good, whole: luck })).toEqual(luck);
  for (const [bad, why] of [
    [{ certainty: 0.9 }, /, but out of sample the Sharpe ratio is above 0 with a certainty of 90\.0%\.$/],
    [{ efficiency: 0.2 }, /, but out of sample it keeps 20\.0% of what it earned/],
    [{ efficiency: null }, /, but nothing was earned where it was chosen\.$/],
    [{ profitable: 7 }, /, but 7 of 15 splits earn out of sample\.$/],
    [{ certainty: unknown("too few") }, /, but what it is worth out of sample is not known: too few\.$/],
    [{ stopped: true }, /stopped/],
    [{ whole: null }, /No trial on the whole history/],
  ] as const) {
    const verdict = crossValidationVerdict({ ...good, ...bad });
    expect([verdict.word, verdict.why]).toEqual(["undecided", expect.stringMatching(why)]);
  }
});
