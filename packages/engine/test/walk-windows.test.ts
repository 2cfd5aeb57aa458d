import { expect, it } from "vitest";
import { againstChance } from "../src/against-chance.js";
import { walkWindows } from "../src/walk-windows.js";

it("rolls, the last window shorter", () => {
  expect(walkWindows(10, { kind: "rolling", train: 4, test: 4 })).toEqual([
    { from: 0, to: 4, until: 8 },
    { from: 4, to: 8, until: 10 },
  ]);
});

it("stays anchored", () => {
  expect(walkWindows(8, { kind: "anchored", train: 4, test: 2 })).toEqual([
    { from: 0, to: 4, until: 6 },
    { from: 0, to: 6, until: 8 },
  ]);
});

it("has no window where nothing is left to trade", () => {
  expect(walkWindows(4, { kind: "anchored", train: 4, test: 2 })).toEqual([]);
});

it("counts the result itself among the draws, and ties against it", () => {
  const higher = { better: "higher" } as const;
  expect(againstChance(higher, 3, [1, 2, 3, 4])).toEqual({ percentile: 0.5, pValue: 0.6 });
  expect(againstChance({ better: "lower" }, 3, [1, 2, 3, 4])).toEqual({ percentile: 0.25, pValue: 0.8 });
  expect(againstChance(higher, 9, [1, 2, null, null])).toEqual({ percentile: 1, pValue: 0.2 });
  expect(againstChance(higher, null, [1, null])).toEqual({ percentile: 0, pValue: 1 });
});
