import { expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import { portionOf } from "../../src/portion.js";
import { startOf, trailingDistance } from "../../src/trail.js";

const asGiven = new Instrument({ symbol: "T", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
const whole = new Instrument({ symbol: "T", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2 });

test("a share of the best price is a distance above zero, whole where prices are", () => {
  const share = { distance: 0.03, unit: "ratio" } as const;
  expect(trailingDistance(share, 110)).toBe(110 * 0.03);
  expect(trailingDistance({ ...share, isWhole: true }, 110)).toBe(4);
  expect(trailingDistance({ ...share, isWhole: true }, -110)).toBe(4);
  // 0.07 × 100 is 7.000000000000001.
  expect(trailingDistance({ distance: 0.07, unit: "ratio", isWhole: true }, 100)).toBe(7);
  expect(trailingDistance({ distance: 5 }, 110)).toBe(5);
  // 10.1 is three steps of 5, and six of 2.
  const tenth = { distance: 0.1, unit: "ratio", isWhole: true } as const;
  expect([5, 2].map((tick) => trailingDistance({ ...tenth, tick }, 101))).toEqual([15, 12]);
});

test("a trail starts so many risks ahead of its fill, from a stop at a price or at a distance", () => {
  const after = (stop: NonNullable<Parameters<typeof startOf>[2]["after"]>["stop"], side: "buy" | "sell") =>
    startOf(whole, { side }, { after: { times: 2, stop } }, 100);
  expect(after(95, "sell")).toBe(110);
  expect(after(105, "buy")).toBe(90);
  expect(after({ distance: 5, unit: "price" }, "sell")).toBe(110);
  expect(after({ distance: 0.05, unit: "ratio" }, "buy")).toBe(90);
  expect(startOf(whole, { side: "sell" }, { after: null }, 100)).toBeNull();
  // 5% of a price below zero is as far as of one above.
  const share = { times: 2, stop: { distance: 0.05, unit: "ratio" } } as const;
  expect(startOf(whole, { side: "sell" }, { after: share }, -100)).toBe(-90);
});

test("a portion is whole lots, rounded down, where there are lots", () => {
  expect(portionOf(whole, 10, 0.3)).toBe(3);
  expect(portionOf(whole, 10, 0.39)).toBe(3);
  expect(portionOf(asGiven, 10, 0.25)).toBe(2.5);
});
