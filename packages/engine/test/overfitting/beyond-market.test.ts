import { expect, it } from "vitest";
import { beyondMarket } from "../../src/overfitting/beyond-market.js";

const market = Float64Array.of(0.02, -0.01, 0.03, 0);

it("leaves nothing of holding the market, in whatever measure", () => {
  for (const share of [1, 0.5, -2])
    for (const each of beyondMarket(
      market.map((value) => share * value),
      market,
    ))
      expect(each).toBeCloseTo(0, 15);
});

it("leaves what was earned beside it", () => {
  // Without correlation with the market: 0.01, −0.01 around 0.001 while the market is 0.02, 0.02, −0.01, −0.01.
  const moves = Float64Array.of(0.02, 0.02, -0.01, -0.01);
  const own = Float64Array.of(0.011, -0.009, 0.011, -0.009);
  const left = beyondMarket(
    moves.map((each, i) => 0.5 * each + own[i]),
    moves,
  );
  left.forEach((each, i) => {
    expect(each).toBeCloseTo(own[i], 15);
  });
});

it("takes nothing out of a market that does not move, and looks at no more sessions than there are", () => {
  expect(beyondMarket(market, new Float64Array(4))).toEqual(market);
  expect(beyondMarket(market.subarray(0, 2), market)).toHaveLength(2);
});
