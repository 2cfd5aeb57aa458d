import { hasShared } from "../test/support/shared.js";
import { boardOf } from "../test/tradingview/board.js";
import { reasons } from "../test/tradingview/reasons.js";
import { readLists, scoresOf } from "../test/tradingview/scores.js";
import { written } from "../test/tradingview/strategies.js";

/*
 * How the strategies of examples/tradingview agree with what TradingView traded: `npm run tradingview`, or with a part of
 * their names, `npm run tradingview order-`.
 */

const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.some((part) => name.includes(part));

if (hasShared("oracles/tradingview/README.md", "strategies of TradingView against its trade lists")) {
  const scores = await scoresOf(written.filter(isAsked), readLists());
  const why = Object.entries(reasons).filter(([name]) => isAsked(name));
  console.info(boardOf(scores, Object.fromEntries(why)));
}
