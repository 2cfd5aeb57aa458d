import type { Chart } from "./charts.js";
import type { ListedTrade } from "./trades.js";

/*
 * The strategies keep their accounts in dollars, and the market is quoted in tethers: TradingView converts what a trade
 * has gained by a rate that changes at midnight UTC. The rates are not among what it exports, but its trades tell them:
 * one and the same explains all that end on a day, in whatever list they stand.
 */

const dayMs = 86_400_000;
const dayOf = (time: number): number => Math.floor(time / dayMs);

/** A list, with the chart it was exported from. */
export interface ListOnChart {
  readonly chart: Chart;
  readonly trades: readonly ListedTrade[];
}

/** Dollars for a tether, at a time on a chart. */
export type Rates = (chart: Chart, time: number) => number;

/** Before the first day of a chart there is no day that could have set a rate. */
const isFirstDay = (chart: Chart, time: number): boolean => dayOf(time) === dayOf(chart.from);

/** In the money of the market, before commissions. */
export const gainOf = ({ side, quantity, entryPrice, exitPrice }: ListedTrade): number =>
  (side === "long" ? 1 : -1) * quantity * (exitPrice - entryPrice);

/** A trade says that the rate lies between two numbers: profits are printed at two decimals. */
function boundsOf(trade: ListedTrade): readonly [number, number] {
  const gain = gainOf(trade);
  const half = 0.005 + 1e-6;
  const [a, b] = [(trade.profit - half) / gain, (trade.profit + half) / gain];
  return a < b ? [a, b] : [b, a];
}

/** The middle of where most of the bounds overlap. */
function commonTo(bounds: readonly (readonly [number, number])[]): number {
  const edges = bounds.flatMap(([least, most]) => [
    { at: least, step: 1 },
    { at: most, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || b.step - a.step);
  let [depth, deepest, found] = [0, 0, 1];
  edges.forEach(({ at, step }, i) => {
    depth += step;
    if (depth <= deepest) return;
    deepest = depth;
    found = (at + edges[i + 1].at) / 2;
  });
  return found;
}

/** The rates that explain the profits of many lists. */
export function ratesOf(lists: Iterable<ListOnChart>): Rates {
  const bounds = new Map<number, (readonly [number, number])[]>();
  for (const { chart, trades } of lists)
    for (const trade of trades) {
      const { exitTime, exitPrice, entryPrice } = trade;
      if (exitPrice === entryPrice || isFirstDay(chart, exitTime)) continue;
      const day = bounds.get(dayOf(exitTime)) ?? [];
      bounds.set(dayOf(exitTime), day);
      day.push(boundsOf(trade));
    }
  const rates = new Map([...bounds].map(([day, all]) => [day, commonTo(all)]));
  return (chart, time) => (isFirstDay(chart, time) ? 1 : (rates.get(dayOf(time)) ?? 1));
}
