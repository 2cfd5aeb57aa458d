import { describe, expect, test } from "vitest";
import { Holding } from "../../src/holding.js";

const isSame = (a: number, b: number): boolean => a === b;

/** Two entries, of which the first has filled the rest after the second. */
function inParts(): Holding {
  const holding = new Holding(isSame);
  holding.open("slow", 5);
  holding.open("quick", 2);
  holding.open("slow", 40);
  return holding;
}

describe("an entry that fills in parts round another", () => {
  test("is one entry, covered as a whole", () => {
    const holding = inParts();
    expect(holding.entries).toBe(2);
    expect(holding.quantity).toBe(47);
    expect(holding.coveredBy("slow")).toBe(45);
    expect(holding.coveredBy("nobody")).toBe(0);
  });

  test("is left in the order in which its parts came, as in the book", () => {
    const holding = inParts();
    holding.close(7, undefined);
    expect(holding.entries).toBe(1);
    expect(holding.snapshot().lots).toEqual([{ id: "slow", quantity: 40 }]);
  });
});

test("an entry of which a split leaves nothing is none", () => {
  const holding = inParts();
  holding.split((before) => before.map((each) => Math.floor(each / 4)));
  expect(holding.snapshot()).toEqual({
    lots: [
      { id: "slow", quantity: 1 },
      { id: "slow", quantity: 10 },
    ],
    covers: [{ id: "slow", quantity: 11 }],
  });
});

test("what protects one entry covers no more than is left, and the others as before", () => {
  const holding = inParts();
  holding.close(45, "slow");
  expect(holding.coveredBy("slow")).toBe(0);
  expect(holding.coveredBy("quick")).toBe(2);
  expect(holding.snapshot().covers).toEqual([{ id: "quick", quantity: 2 }]);
  holding.close(2, "quick");
  expect(holding.quantity).toBe(0);
  expect(holding.snapshot().covers).toEqual([]);
});

test("with the last lot all cover goes, also where an exit was said to be of another entry", () => {
  const holding = new Holding(isSame);
  holding.open("a", 3);
  holding.open("b", 4);
  expect(holding.quantity).toBe(7);
  holding.close(7, "a");
  expect(holding.snapshot()).toEqual({ lots: [], covers: [] });
  expect(Object.is(holding.quantity, 0)).toBe(true);
});

test("of sums that differ in their last bits nothing is left, on neither side", () => {
  // 0.1 and 0.2 are 0.30000000000000004.
  for (const total of [0.3, 0.1 + 0.2]) {
    const holding = new Holding((a, b, scale) => Math.abs(a - b) <= scale * 2 ** -46);
    holding.open("a", 0.1);
    holding.open("b", 0.2);
    holding.open("c", 0.1);
    holding.close(total, undefined);
    expect(holding.snapshot().lots).toEqual([{ id: "c", quantity: 0.1 }]);
    holding.close(0.1, "c");
    expect(holding.quantity).toBe(0);
  }
});
