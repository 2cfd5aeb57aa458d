import { BitFeverError, type Plan } from "@bitfever/lang";
import {
  calendarOf,
  closeTimeOf,
  fieldsOf,
  timingOf,
  type Bars,
  type Fields,
  type MarketBlock,
  type MarketSurroundings,
  type Settings,
  type Timing,
} from "@bitfever/engine";
import type { ClosedBar, MarketBar } from "./contract.js";
import { barAt } from "./row.js";

/** The history of another market. */
export interface MarketRead {
  readonly fields: Fields;
  readonly timing: Timing;
}

/** The history of another market, and how much of it had closed by the close of each bar of the strategy. */
export interface MarketHistory extends MarketRead {
  readonly closedCount: Float64Array;
}

/**
 * The other markets of a plan, by their place in it.
 *
 * @param markets  bars by symbol
 * @throws BitFeverError BF5046 for a market of which there are no bars
 */
export const marketsRead = (
  plan: Pick<Plan, "markets" | "calendar">,
  settings: Pick<Settings, "zone" | "session_start">,
  markets: ReadonlyMap<string, Bars>,
): readonly MarketRead[] =>
  plan.markets.map(({ symbol, name, calendar }) => {
    const bars = markets.get(symbol);
    if (bars === undefined) {
      throw new BitFeverError(
        "BF5046",
        `there are no bars of ${symbol}, which the strategy reads as \`${name}\``,
        {
          hint: `give them with --market ${symbol}=PATH, or in the library as { markets: { "${symbol}": bars } }`,
        },
      );
    }
    const zone = { zone: settings.zone, start: settings.session_start };
    const timing = timingOf(calendarOf(calendar ?? plan.calendar, zone), bars.intervalMs);
    return { fields: fieldsOf(bars, timing), timing };
  });

/** Other markets beside the bars of a strategy. */
export const besideBars = (markets: readonly MarketRead[], own: Times): readonly MarketHistory[] =>
  markets.map(({ fields, timing }) => ({
    fields,
    timing,
    closedCount: closedBy(own, { time: fields.time, timing }),
  }));

interface Times {
  readonly time: Float64Array;
  readonly timing: Timing;
}

/** For each bar, how many bars of another market were over when it was; those that end at the same instant were. */
function closedBy(own: Times, other: Times): Float64Array {
  const closeOf = closeTimeOf(own.timing);
  const otherCloseOf = closeTimeOf(other.timing);
  let closed = 0;
  return own.time.map((time) => {
    const close = closeOf(time);
    while (closed < other.time.length && otherCloseOf(other.time[closed]) <= close) closed++;
    return closed;
  });
}

/** A history as a feed would tell it: bars of other markets before the bar of the strategy that sees them closed. */
export function* historyOf(
  fields: Fields,
  markets: readonly MarketHistory[],
): Generator<ClosedBar | MarketBar, void> {
  const told = markets.map(() => 0);
  for (let i = 0; i < fields.time.length; i++) {
    for (const [market, history] of markets.entries())
      for (; told[market] < history.closedCount[i]; told[market]++)
        yield { ...barAt(history.fields, told[market]), market };
    yield barAt(fields, i);
  }
}

/** The bars that another market brings to the strategy's bars `[from, to)`. */
export function marketBlock({ fields, closedCount }: MarketHistory, from: number, to: number): MarketBlock {
  const counts = closedCount.subarray(from, to);
  const before = from === 0 ? 0 : closedCount[from - 1];
  return { bars: fields, from: before, to: counts.at(-1) ?? before, closedCount: counts };
}

/** What an evaluation has to know of other markets, when the strategy's bars come so many at once. */
export const marketSurroundings = (
  histories: readonly MarketHistory[],
  blockLength: number,
): readonly MarketSurroundings[] =>
  histories.map(({ timing, closedCount }) => ({
    timing,
    longestBlock: mostAtOnce(closedCount, blockLength),
  }));

function mostAtOnce(closedCount: Float64Array, blockLength: number): number {
  let most = 1;
  for (let from = 0; from < closedCount.length; from += blockLength) {
    const last = Math.min(from + blockLength, closedCount.length) - 1;
    most = Math.max(most, closedCount[last] - (from === 0 ? 0 : closedCount[from - 1]));
  }
  return most;
}
