import { crossConditions } from "./by-hand/conditions.js";
import { movingAverageCross } from "./by-hand/moving-average-cross.js";
import { strategyBench } from "./strategy-bench.js";
import { inGrademark } from "./peers/grademark.js";
import { crossInIndicatorts } from "./peers/indicatorts.js";
import { inPinets, pineHead } from "./peers/pinets.js";

/*
 * W1: the cross of two moving averages, long only, all-in at the next open, 0.1 % commission.
 */

const [fast, slow] = [10, 30];

await strategyBench({
  workload: "w1",
  title: "moving-average cross(10, 30), long only, next open, 0.1 % commission, all-in",
  program: "moving-average-cross",
  // Goes on so far that the account lives through all those commissions.
  persistence: 0.41,
  inC: `cross ${fast} ${slow}`,
  byHand: (bars) => movingAverageCross(bars, fast, slow),
  peers: (bars) => [
    crossInIndicatorts(bars, fast, slow),
    inPinets(
      bars,
      `${pineHead}
fast = ta.sma(close, ${fast})
slow = ta.sma(close, ${slow})
if ta.crossover(fast, slow)
    strategy.entry("long", strategy.long)
if ta.crossunder(fast, slow)
    strategy.close("long")
`,
    ),
    inGrademark(
      bars,
      (given) => crossConditions(given, fast, slow),
      "asks no rule on a bar on which it fills, so misses a cross there",
    ),
  ],
});
