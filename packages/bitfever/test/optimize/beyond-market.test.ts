import { expect, it } from "vitest";
import { compile, optimize, walkForward } from "../../src/index.js";
import { barsWith, buyFalls, noise, reverting } from "../chance/series.js";

/* Whoever holds a rising market earns, and has no edge for that. */

const rising = (returns: readonly number[]): number[] => returns.map((each) => each + 0.003);
const upward = barsWith(rising(noise(3, 500)));
const holding = compile(`strategy "Hold" {
  param share: ratio = 50% in 25%..100% step 25%
  enter long when close > 0 { size share of equity unprotected }
}`);

it("a strategy that only holds a rising market is luck beyond it", async () => {
  const { honesty } = await optimize(holding, upward).result;
  expect(honesty?.verdict.word).not.toBe("luck");
  const beyond = await optimize(holding, upward, { beyondMarket: true }).result;
  expect(beyond.honesty?.verdict.word).toBe("luck");
  expect(beyond.honesty?.verdict.why).toMatch(/^Beyond the market: Chance alone/);
  // What is searched is the same.
  expect(beyond.best).toEqual((await optimize(holding, upward).result).best);
});

it("an edge in a rising market is found beyond it", async () => {
  const bars = barsWith(rising(reverting(1, 500, 0.5)));
  const { honesty } = await optimize(compile(buyFalls), bars, { beyondMarket: true }).result;
  expect(honesty?.verdict.word).toBe("edge");
});

it("walks are judged by it too", async () => {
  const windows = { train: 150, test: 50, purge: 0 };
  const plain = await walkForward(holding, upward, windows).result;
  expect(plain.certainty).toBeGreaterThan(0.95);
  const beyond = await walkForward(holding, upward, { ...windows, beyondMarket: true }).result;
  expect([beyond.verdict.word, beyond.verdict.why]).toEqual([
    "luck",
    expect.stringMatching(/^Beyond the market: Out of sample/),
  ]);
  expect(beyond.equity).toEqual(plain.equity);
});
