import { expect, test } from "vitest";
import { highFirst } from "../../src/path.js";

test.each([
  ["ohlc", [true, true, true]],
  ["olhc", [false, false, false]],
  // Without a position the low comes first, whichever way one looks at it.
  ["worst", [true, false, false]],
  ["best", [false, false, true]],
] as const)("%s goes up first for a short position, none and a long one: %j", (path, answers) => {
  expect([-1, 0, 1].map((position) => highFirst(path, 100, 105, 90, position))).toEqual(answers);
});

test("nearest goes to the nearer extreme, at equal distances to the low", () => {
  expect(highFirst("nearest", 100, 104, 95, 1)).toBe(true);
  expect(highFirst("nearest", 100, 105, 95, 1)).toBe(false);
  expect(highFirst("nearest", 100, 106, 95, 1)).toBe(false);
});
