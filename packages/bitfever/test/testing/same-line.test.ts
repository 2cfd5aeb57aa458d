import { expect, it } from "vitest";
import { isSameLine } from "../../src/testing/same-line.js";

const line = 'long 10 "at 1" 2024-01-02T00:00:00Z at 99.5, "out 2" 2024-01-03T00:00:00Z at 101, profit -15';

it.each([
  ["the same", line, 0, true],
  ["a profit that is off by less", line.replace("-15", "-15.01"), 0.001, true],
  ["a profit that is off by more", line.replace("-15", "-15.1"), 0.001, false],
  ["a profit that is off, where nothing may be", line.replace("-15", "-15.01"), 0, false],
  ["a profit of the other sign", line.replace("-15", "15"), 0.5, false],
  ["another day, however near", line.replace("01-03", "01-04"), 0.5, false],
  ["another tag, whose digits are no number", line.replace("out 2", "out 2.0001"), 0.5, false],
  ["another side", line.replace("long", "short"), 0.5, false],
  ["one number more", `${line}, 1`, 0.5, false],
  ["no line", undefined, 0.5, false],
] as const)("%s", (_title, other, tolerance, same) => {
  expect(isSameLine(line, other, tolerance)).toBe(same);
  expect(isSameLine(other, line, tolerance)).toBe(same);
});
