import { describe, expect, it } from "vitest";
import { compareTrades } from "./comparison.js";
import type { ListedTrade } from "./trades.js";

const start = Date.parse("2025-03-31T00:00Z");
const trade: ListedTrade = {
  side: "long",
  quantity: 1,
  entryTime: start,
  entryPrice: 100,
  exitTime: start + 900_000,
  exitPrice: 101.5,
  isOpen: false,
  profit: 1.5,
};
const later: ListedTrade = { ...trade, entryTime: start + 900_000, exitTime: start + 1_800_000 };

const kindOf = (theirs: readonly ListedTrade[], ours: readonly ListedTrade[]): string | undefined =>
  compareTrades(theirs, ours).first?.kind;

describe("the comparison of two lists", () => {
  it("finds nothing where there is nothing", () => {
    expect(compareTrades([later, trade], [trade, { ...later, profit: 1.51 }])).toEqual({
      theirs: 2,
      ours: 2,
      equalEntries: 2,
      equalTrades: 2,
      first: null,
    });
  });

  it.each<[string, Partial<ListedTrade>]>([
    ["entry", { entryPrice: 100.01 }],
    ["entry", { side: "short" }],
    ["entry", { entryTime: start - 900_000 }],
    ["exit", { exitTime: start + 1_800_000 }],
    ["exit", { exitPrice: 101.51 }],
    ["exit", { isOpen: true }],
    ["quantity", { quantity: 1.0001 }],
    ["profit", { profit: 1.52 }],
  ])("finds a difference of the %s", (kind, change) => {
    expect(kindOf([trade, later], [{ ...trade, ...change }, later])).toBe(kind);
  });

  it("finds a trade that only one has", () => {
    expect(compareTrades([trade, later], [later])).toMatchObject({
      equalTrades: 1,
      first: { kind: "entry", ours: null },
    });
    expect(compareTrades([trade], [trade, trade])).toMatchObject({
      equalTrades: 1,
      first: { kind: "entry", theirs: null },
    });
  });
});
