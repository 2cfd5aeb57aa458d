import { expect, test } from "vitest";
import { specialise } from "../src/compile.js";
import { explain } from "../src/explain.js";
import { catalogue } from "./catalogue.js";
import { programOf } from "./helpers.js";

const explained = (text: string, values = {}): string => {
  const program = programOf(text);
  return explain(program, specialise(program, catalogue, values, { withLets: true }));
};

test("a strategy as its plan", () => {
  const text = `strategy "Channel" on 15m {
  param slow: bars = 50 in 20..120
  param stake: ratio = 0.5%
  param flat: bool = false
  costs { commission 0.05% }
  let upper = bbands(close, slow).upper
  let range = atr(14)
  let held = position_bars
  enter long "breakout" when close crosses above upper { size risk(stake) capped 20% of equity stop at close - 2 * range }
  enter short when close < upper[1] { size 5 stop at high target at low * 0.9 }
  exit long when held > 10 or flat
}`;
  expect(explained(text)).toMatchSnapshot();
});

test("with other values", () => {
  const text = `strategy "Cross" {
  param fast: bars = 5
  enter long when close > sma(close, fast) { unprotected }
  exit when close < sma(close, fast)
}`;
  expect(explained(text, { fast: 2 })).toMatchSnapshot();
});

test("a universe, another market and a bar that has not closed", () => {
  const text = `strategy "Members" on 1d {
  universe "A", "B"
  market "SPY" as spy
  allow forming
  param n: int = 2
  on spy 1w { let slow = sma(close, 10) }
  on 1w { let week = high }
  let calm = latest(spy.close) > latest(slow) and mean(for each: close / open) > 1
  rebalance "monthly" every 1mo when calm {
    hold top n by close / forming(week) where rank(volume) < 50
    short bottom 1 by close
    weight at 10% capped 20%
    band 1%
  }
  rebalance { hold each }
  rebalance "risk" { hold each weight minimum_variance(30) shrunk capped 25% redistributed exposure 90% }
}`;
  expect(explained(text)).toMatchSnapshot();
});
