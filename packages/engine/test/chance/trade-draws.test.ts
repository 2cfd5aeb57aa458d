import { describe, expect, it } from "vitest";
import { followedAccount } from "../../src/chance/followed-account.js";
import { TradeDraws } from "../../src/chance/trade-draws.js";
import { randomOf } from "../../src/random.js";

const earned = [0.1, -0.5, 0.2, 0.4, -0.1, 0.05];
const drawn = { order: "drawn", meanBlock: 1, tradesPerYear: 4 } as const;

describe("an account of 1", () => {
  it("is followed through its peaks and falls", () => {
    const { final, lowest, maxDrawdown } = followedAccount([0.1, -0.5, 0.2, 1]);
    expect(final).toBeCloseTo(1.1 * 0.5 * 1.2 * 2, 12);
    expect(lowest).toBeCloseTo(0.55, 12);
    expect(maxDrawdown).toBeCloseTo(0.5, 12);
  });

  it("earns nothing any more once nothing is left", () => {
    expect(followedAccount([0.5, -1.2, 3])).toEqual({ final: 0, lowest: 0, maxDrawdown: 1 });
  });
});

describe("draws of trades", () => {
  it("tell what the trades came to in their order", () => {
    const { observed } = new TradeDraws(earned, drawn);
    expect(observed).toMatchObject(followedAccount(earned));
    // Mean 0.025; squared deviations 0.005625, 0.275625, 0.030625, 0.140625, 0.015625, 0.000625 over 5.
    expect(observed.sharpe).toBeCloseTo((0.025 / Math.sqrt(0.46875 / 5)) * 2, 12);
  });

  it("in another order end where they ended, on another way", () => {
    const draws = new TradeDraws(earned, { ...drawn, order: "shuffled" });
    const random = randomOf(1);
    const many = Array.from({ length: 200 }, () => draws.draw(random));
    for (const each of many) {
      expect(each.final).toBeCloseTo(draws.observed.final, 12);
      expect(each.sharpe).toBeCloseTo(draws.observed.sharpe ?? NaN, 12);
    }
    const falls = many.map(({ maxDrawdown }) => maxDrawdown);
    // At best only the largest loss falls; at worst both come together.
    expect(Math.min(...falls)).toBeCloseTo(0.5, 12);
    expect(Math.max(...falls)).toBeCloseTo(1 - 0.5 * 0.9, 12);
  });

  it("with putting back lose as often as the coin says", () => {
    // Of 31 tosses that win or lose as much, an account that loses more than it wins has lost in the logarithm too.
    const coin = Array.from({ length: 31 }, (_, i) => (i < 15 ? Math.E - 1 : 1 / Math.E - 1));
    const draws = new TradeDraws(coin, drawn);
    const random = randomOf(2);
    const losing = Array.from({ length: 4_000 }, () => draws.draw(random).final).filter((each) => each < 1);
    // 31 tosses that win with 15/31: 16 losses and more are 57.2% of draws, with an error of 0.8%.
    expect(losing.length / 4_000).toBeGreaterThan(0.572 - 0.025);
    expect(losing.length / 4_000).toBeLessThan(0.572 + 0.025);
  });

  it("in blocks keep runs of losses together", () => {
    const runs = Array.from({ length: 64 }, (_, i) => (i % 16 < 8 ? 0.05 : -0.045));
    const deepest = (meanBlock: number): number => {
      const draws = new TradeDraws(runs, { ...drawn, meanBlock });
      const random = randomOf(3);
      return Array.from({ length: 500 }, () => draws.draw(random).maxDrawdown).reduce((a, b) => a + b) / 500;
    };
    expect(deepest(16)).toBeGreaterThan(1.2 * deepest(1));
  });

  it("are refused in blocks that cannot be", () => {
    for (const meanBlock of [0, 7, NaN])
      expect(() => new TradeDraws(earned, { ...drawn, meanBlock })).toThrow(
        expect.objectContaining({ code: "BF5125" }),
      );
  });

  it("have no ratio where nothing varies, or nobody knows how many a year has", () => {
    expect(new TradeDraws([0.1, 0.1], drawn).observed.sharpe).toBeNull();
    expect(new TradeDraws(earned, { ...drawn, tradesPerYear: null }).observed.sharpe).toBeNull();
  });
});
