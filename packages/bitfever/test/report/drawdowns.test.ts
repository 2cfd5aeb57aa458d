import { expect, test } from "vitest";
import { deepestFalls, drawdownsSection } from "../../src/report/drawdowns-section.js";
import { fixture } from "./fixture.js";
import { calm } from "./markup.js";

const day = 86_400_000;
const days = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i * day);

test("the deepest come first, each from its peak to where it is reached again", () => {
  // From 100: to 90 and back in 2; a peak of 120 on day 3, down to 60 on day 5, never back.
  const equity = Float64Array.of(90, 95, 100, 120, 90, 60, 110);
  expect(deepestFalls(days(7), equity, 100, 5)).toEqual([
    { from: 3 * day, lowest: 5 * day, to: null, depth: 0.5 },
    { from: 0, lowest: 0, to: 2 * day, depth: 1 - 90 / 100 },
  ]);
  expect(deepestFalls(days(7), equity, 100, 1)).toHaveLength(1);
  const text = calm(drawdownsSection(days(7), equity, 100, "day").markup.replace(/<[^>]+>/g, " "));
  expect(text).toContain("−50.00% 1970-01-04 1970-01-06 not yet 2 3");
  expect(text).toContain("−10.00% 1970-01-01 1970-01-01 1970-01-03 0 2 2");
});

test("an account that never falls has none", () => {
  expect(deepestFalls(days(3), Float64Array.of(100, 100, 101), 100, 5)).toEqual([]);
  expect(drawdownsSection(days(1), Float64Array.of(100), 100, "day").markup).toContain("never below a peak");
});

test("the deepest is the metric's", () => {
  const { result, bars, curves } = fixture();
  const [deepest] = deepestFalls(bars.time, curves.equity, Number(result.settings["initial_capital"]), 1);
  expect(deepest.depth).toBeCloseTo(result.metrics["max_drawdown"] ?? NaN, 12);
});
