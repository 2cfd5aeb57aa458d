import { Matching } from "@bitfever/engine";
import { tradedOn, type SimulationOptions } from "../run.js";
import type { NetMarket } from "./netting.js";

/**
 * The market that strategies trade a symbol on where their positions are not kept apart, with the capital of all of them.
 *
 * @param strategies  of one symbol and one interval; the costs and the rules of the market are those of the first
 */
export function netMarketOf(strategies: readonly SimulationOptions[]): NetMarket {
  const [first] = strategies;
  const { instrument, timing, conversion, costs, path, rules } = tradedOn(first);
  const capital = strategies.reduce((sum, each) => sum + tradedOn(each).initialCapital, 0);
  const matching = new Matching(
    ...([instrument, costs, path, instrument.money(capital)] as const),
    { ...rules, hedges: false },
    conversion,
  );
  return { symbol: first.symbol, intervalMs: timing.intervalMs, matching };
}
