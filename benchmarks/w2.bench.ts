import { reversalConditions } from "./by-hand/conditions.js";
import { reversalWithStop } from "./by-hand/reversal-with-stop.js";
import { strategyBench } from "./strategy-bench.js";
import { inGrademark } from "./peers/grademark.js";
import { inPinets, pineHead } from "./peers/pinets.js";

/*
 * W2: RSI(14), Bollinger bands (20, 2) and ATR(14). In at the next open after a close below the lower band with an RSI below 30, all-in; a stop
 * order two ranges below that close works from the entry on, inside bars, and fills at the open where a gap has gone through
 * it; out at the next open after a close above the middle band. 0.1 % commission.
 */

await strategyBench({
  workload: "w2",
  title: "RSI(14) and Bollinger(20, 2) with a stop order at 2 × ATR(14), 0.1 % commission, all-in",
  program: "reversal-with-stop",
  persistence: -0.2,
  inC: "reversal",
  byHand: (bars) => reversalWithStop(bars),
  peers: (bars) => [
    inPinets(
      bars,
      `${pineHead}
[middle, upper, lower] = ta.bb(close, 20, 2)
strength = ta.rsi(close, 14)
range14 = ta.atr(14)
var float protection = na
if strategy.position_size == 0 and close < lower and strength < 30
    protection := close - 2 * range14
    strategy.entry("long", strategy.long)
    strategy.exit("stop", "long", stop=protection)
if strategy.position_size > 0 and close > middle
    strategy.close("long")
`,
    ),
    inGrademark(
      bars,
      reversalConditions,
      "looks at a stop from the bar after the entry on, fills it at its price also in a gap, and asks no rule on a bar on which it fills",
    ),
  ],
});
