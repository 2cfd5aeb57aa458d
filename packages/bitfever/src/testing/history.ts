import { intervalMs, type Plan, type Program } from "@bitfever/lang";
import { barsOf, type BarColumns, type Bars, type Settings } from "@bitfever/engine";
import { plainTimes } from "./bar-table.js";
import type { Histories } from "./histories.js";
import { sessionTimes } from "./session-times.js";

/** How far prices go, in quarters of a point: sums and differences of quarters are exact. */
export interface Move {
  /** From the last close to the open. */
  readonly gap: number;
  /** From the open to the close. */
  readonly body: number;
  /** Above and below both. */
  readonly up: number;
  readonly down: number;
  /** In hundreds. */
  readonly volume: number;
  /** Whether it is the first bar of a new session. */
  readonly opensSession: boolean;
}

export interface Walk {
  /** The close before the first bar. */
  readonly start: number;
  /** Added to every body; a bar that goes nowhere stays where it is. */
  readonly drift: number;
  readonly moves: readonly Move[];
  /** Whether the times are those of a table that says none. */
  readonly hasPlainTimes?: boolean;
}

/** Where generated bars are traded, and how far their prices may go. */
export interface Market {
  readonly program: Pick<Program, "universe">;
  readonly plan: Pick<Plan, "clock" | "calendar" | "clocks" | "markets">;
  readonly settings: Settings;
  readonly lowest: number;
  readonly highest: number;
}

const quarter = 0.25;

/** Enough members for one to be before, behind and between others. */
const mostMembers = 3;

function ownSymbols({ universe }: Market["program"]): readonly string[] {
  if (universe === null) return ["generated"];
  return universe.symbols?.slice(0, mostMembers) ?? ["AAA", "BBB", "CCC"];
}

/** How many walks it takes. */
export const walksFor = ({ program, plan }: Pick<Market, "program" | "plan">): number =>
  ownSymbols(program).length + plan.markets.length;

/** What walks come to: the first are the strategy's own bars, the last those of the markets it reads. */
export function historiesOfWalks(walks: readonly Walk[], market: Market): Histories {
  const { program, plan } = market;
  const own = ownSymbols(program);
  return {
    own: own.map((symbol, i) => barsOfWalk(walks[i], symbol, plan.calendar, market)),
    markets: new Map(
      plan.markets.map(({ symbol, calendar }, i) => [
        symbol,
        barsOfWalk(walks[own.length + i], symbol, calendar ?? plan.calendar, market),
      ]),
    ),
  };
}

/** The bars of a walk. Prices turn round at the bounds of the market. */
function barsOfWalk(
  { start, drift, moves, hasPlainTimes = false }: Walk,
  symbol: string,
  calendar: string | null,
  { plan: { clock }, settings, lowest, highest }: Market,
): Bars {
  const within = (price: number): number => Math.min(highest, Math.max(lowest, price));
  const turning = (price: number): number =>
    within(price < lowest ? 2 * lowest - price : price > highest ? 2 * highest - price : price);
  const { length } = moves;
  const column = (): Float64Array => new Float64Array(length);
  const [open, high, low, close] = [column(), column(), column(), column()];
  let last = start;
  moves.forEach(({ gap, body, up, down }, i) => {
    open[i] = turning(last + gap * quarter);
    close[i] = turning(open[i] + (body === 0 ? 0 : body + drift) * quarter);
    high[i] = within(Math.max(open[i], close[i]) + up * quarter);
    low[i] = within(Math.min(open[i], close[i]) - down * quarter);
    last = close[i];
  });
  const isFirst = moves.map((each) => each.opensSession);
  const time = hasPlainTimes
    ? plainTimes(clock ?? "1m", length)
    : sessionTimes({ clock, calendar }, settings, isFirst);
  const volume = Float64Array.from(moves, (each) => each.volume * 100);
  const bars = barsOf(symbol, untied({ time, open, high, low, close, volume }));
  return { ...bars, intervalMs: intervalMs(clock ?? "1m") ?? 0 };
}

/** Nearly the same with whole prices: quarters of a point are rounded away from 0, and the drift is in the bodies. */
export function wholeWalk({ start, drift, moves }: Walk): Walk {
  const whole = (quarters: number): number => Math.sign(quarters) * Math.ceil(Math.abs(quarters) / 4) * 4;
  const wholeMove = ({ gap, body, up, down, ...rest }: Move): Move => ({
    ...{ gap: whole(gap), body: whole(body === 0 ? 0 : body + drift), up: whole(up), down: whole(down) },
    ...rest,
  });
  return { start, drift: 0, moves: moves.map(wholeMove) };
}

/** Which of high and low came first is guessed from the open; where both are as near, a mirror would guess otherwise. */
function untied(bars: BarColumns): BarColumns {
  const { open, low } = bars;
  const isTied = (high: number, i: number): boolean => high > low[i] && high - open[i] === open[i] - low[i];
  return { ...bars, high: bars.high.map((each, i) => (isTied(each, i) ? each + quarter : each)) };
}

const dayMs = 86_400_000;

/** About how many bars it takes until a strategy may trade; sessions are cut short, about eight bars each. */
export function barsToWarm({ clock, clocks }: Pick<Plan, "clock" | "clocks">): number {
  const own = intervalMs(clock ?? "1m") ?? 30 * dayMs;
  const needed = clocks.map(({ interval, warmup }) => {
    if (interval === null) return warmup;
    const length = intervalMs(interval) ?? 31 * dayMs;
    const sessions = Math.ceil((length / dayMs) * (5 / 7)) || 1;
    const perBar = own >= dayMs ? Math.ceil(length / own) : length < dayMs ? length / own : sessions * 8;
    return warmup * perBar;
  });
  return Math.max(...needed);
}
