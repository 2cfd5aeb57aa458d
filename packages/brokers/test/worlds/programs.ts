import { planOf } from "../../../../test/support/planned.js";

/* Strategies that between them ask for every kind of order, often; a venue of coins is given those that owe none, and one that binds what an order would close those of which one at a time waits to. */

export type Plan = ReturnType<typeof planOf>;

const minutePlan = (name: string, body: string): Plan => planOf(`strategy "${name}" on 1m {\n${body}\n}`);

const reversal = minutePlan(
  "Reversal",
  `enter long "up" when close crosses above sma(close, 3) { size 7 unprotected }
   enter short "down" when close crosses below sma(close, 3) { size 5 unprotected }`,
);

const straddle = minutePlan(
  "Straddle",
  `enter long "above" at stop high + 0.3 when true { size 5 oco "side" stop at low good for 2 bars }
   enter short "below" at stop low - 0.3 when true { size 5 oco "side" stop at high good for 2 bars }
   exit when position_bars >= 2`,
);

export const plansOfContracts: readonly Plan[] = [
  minutePlan(
    "Bracket",
    `enter long when close > open { size 10 stop at close - 2 target at close + 3 take 50% }
     exit long when close < sma(close, 4) - 1`,
  ),
  minutePlan(
    "Limit",
    `enter long "dip" at limit close - 0.5 when close > open { size 6 stop at close - 3 good for 3 bars pyramid 2 }
     cancel "dip" when close < open
     exit long "half" at limit high + 0.5 when position_bars >= 2 { take 50% good for 2 bars }`,
  ),
  minutePlan(
    "Trail",
    `enter long when close > close[1] { size 4 trail by 1.5 }
     enter short "fade" when close < close[2] - 2 { size 3 stop at close + 2 target at close - 2 }`,
  ),
  reversal,
  straddle,
];

const waitingOnce: readonly Plan[] = [
  minutePlan(
    "Half",
    `enter long when close > open { size 10 stop at close - 2 }
     exit long "half" when close > position_price + 2 { take 50% }
     exit long when close < sma(close, 4) - 1`,
  ),
  minutePlan(
    "Dip",
    `enter long "dip" at limit close - 0.5 when close > open { size 6 stop at close - 3 good for 3 bars pyramid 2 }
     cancel "dip" when close < open`,
  ),
  minutePlan(
    "Target",
    `enter long when close > close[1] { size 6 unprotected target at close + 2 take 50% target at close + 3 }`,
  ),
  minutePlan("Trail", `enter long when close > close[1] { size 4 trail by 1.5 }`),
];

export const plansOfShares: readonly Plan[] = [...waitingOnce, reversal, straddle];

export const plansOfCoins: readonly Plan[] = [
  ...waitingOnce,
  minutePlan(
    "Turns",
    `enter long "up" when close crosses above sma(close, 3) { size 7 unprotected }
     exit long when close crosses below sma(close, 3)`,
  ),
  minutePlan(
    "Above",
    `enter long "above" at stop high + 0.3 when true { size 5 stop at low good for 2 bars }
     exit when position_bars >= 2`,
  ),
];

/** Whose entries have no stop. */
export const unprotected: readonly string[] = ["Reversal", "Turns", "Target"];
