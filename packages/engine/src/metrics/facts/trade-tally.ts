import type { TradeColumns } from "../../trade-columns.js";
import type { MetricContext } from "../../metric.js";
import { unknown, type Unknown } from "../../metric.js";
import { enoughTrades } from "../../track-record.js";
import { once } from "./once.js";

/** What the closed trades of one kind add up to. */
export interface Tally {
  readonly trades: number;
  /** Net, in money. */
  readonly profit: number;
  /** Bars from entry to exit. */
  readonly bars: number;
}

export interface TradeTally extends Tally {
  /** Trades with a net profit above 0, and below. */
  readonly wins: Tally;
  readonly losses: Tally;
  readonly long: Omit<Tally, "bars"> & { readonly won: number };
  readonly short: Omit<Tally, "bars"> & { readonly won: number };
  /** Profits of the best and the worst. */
  readonly highest: number;
  readonly lowest: number;
  /** The largest value that was entered, whatever its side. */
  readonly largestEntry: number;
  /** In order of exit; a trade that gains nothing ends both. */
  readonly longestWinningStreak: number;
  readonly longestLosingStreak: number;
}

/** What the closed trades come to, counted in one go. */
export const tradeTally = once(({ trades }): TradeTally => {
  const { closed, direction, entryBar, exitBar, entryValue, profit: profits } = trades;
  // One by one: as a list they would stay objects in the loop.
  let profit = 0;
  let bars = 0;
  let highest = -Infinity;
  let lowest = Infinity;
  let largestEntry = 0;
  let won = 0;
  let gained = 0;
  let wonBars = 0;
  let lost = 0;
  let losses = 0;
  let lostBars = 0;
  let long = 0;
  let longWon = 0;
  let longProfit = 0;
  let shortProfit = 0;
  let winning = 0;
  let losing = 0;
  let longestWinning = 0;
  let longestLosing = 0;
  for (let i = 0; i < closed; i++) {
    const earned = profits[i];
    const held = exitBar[i] - entryBar[i];
    const isWon = earned > 0;
    profit += earned;
    bars += held;
    if (earned > highest) highest = earned;
    if (earned < lowest) lowest = earned;
    const entered = Math.abs(entryValue[i]);
    if (entered > largestEntry) largestEntry = entered;
    winning = isWon ? winning + 1 : 0;
    losing = earned < 0 ? losing + 1 : 0;
    if (isWon) {
      won++;
      gained += earned;
      wonBars += held;
      if (winning > longestWinning) longestWinning = winning;
    } else if (earned < 0) {
      lost++;
      losses += earned;
      lostBars += held;
      if (losing > longestLosing) longestLosing = losing;
    }
    if (direction[i] > 0) {
      long++;
      longProfit += earned;
      if (isWon) longWon++;
    } else shortProfit += earned;
  }
  return {
    trades: closed,
    profit,
    bars,
    highest,
    lowest,
    largestEntry,
    wins: { trades: won, profit: gained, bars: wonBars },
    losses: { trades: lost, profit: losses, bars: lostBars },
    long: { trades: long, profit: longProfit, won: longWon },
    short: { trades: closed - long, profit: shortProfit, won: won - longWon },
    longestWinningStreak: longestWinning,
    longestLosingStreak: longestLosing,
  };
});

/** The closed trades where they are enough to say something of a system. */
export function enoughClosedTrades({ trades }: MetricContext): TradeColumns | Unknown {
  if (trades.closed >= enoughTrades) return trades;
  return unknown(`needs at least ${enoughTrades} closed trades, has ${trades.closed}`);
}

/** Mean of exit bar − entry bar; unknown with the given reason where there is no trade. */
export const meanBarsHeld = ({ trades, bars }: Tally, none: string): number | Unknown =>
  trades === 0 ? unknown(none) : bars / trades;

/** Net profit of each closed trade as a fraction of what was bought or sold at entry. */
export const tradeReturns = once(({ trades: { closed, profit, entryValue } }): Float64Array => {
  const returns = new Float64Array(closed);
  for (let i = 0; i < closed; i++) returns[i] = profit[i] / Math.abs(entryValue[i]);
  return returns;
});
