import { expect, it } from "vitest";
import { textHistogram } from "../src/cli/text-histogram.js";

it("draws how many values are where, and where the observed one lies", () => {
  const values = [...new Array<number>(8).fill(0.12), ...new Array<number>(4).fill(0.32), -0.18];
  const lines = textHistogram(values, { observed: 0.52, text: (value) => value.toFixed(2) });
  const filled = lines.filter((each) => !/ {2}0( {2}←|$)/.test(each));
  expect(filled.map((each) => each.trim())).toEqual([
    `-0.20  ████${" ".repeat(28)}  1`,
    `0.10  ${"█".repeat(32)}  8`,
    `0.30  ${"█".repeat(16)}${" ".repeat(16)}  4`,
  ]);
  expect(lines.at(-1)?.trim()).toBe(`0.50  ${" ".repeat(32)}  0  ← observed 0.52`);
});

it("draws values that are all the same", () => {
  expect(textHistogram([5, 5], { observed: 5, text: String })).toEqual([
    `5  ${"█".repeat(32)}  2  ← observed 5`,
  ]);
});
