import { closeTimeOf, fieldsOf, type Bars } from "@bitfever/engine";
import { barAt, type SymbolBar } from "@bitfever/runtime";
import type { AccountDesk } from "./desk-of-setup.js";

/** Bars that close at one instant, in milliseconds UTC. */
export interface Instant {
  readonly closedAt: number;
  readonly bars: readonly SymbolBar[];
}

interface Stream {
  readonly symbol: string;
  readonly length: number;
  readonly closeAt: (i: number) => number;
  readonly barAt: (i: number) => SymbolBar;
}

/**
 * Histories as feeds would tell them, instant after instant; of symbols that nobody asks for nothing is told.
 *
 * @example
 * const account = TradingAccount.open({ setup });
 * for (const instant of instantsOf([bars], account)) account.tell(instant);
 * account.close();
 */
export function* instantsOf(
  histories: readonly Bars[],
  { timings }: Pick<AccountDesk, "timings">,
): Generator<Instant, void> {
  const streams = histories.flatMap((bars) => streamOf(bars, timings));
  const told = streams.map(() => 0);
  const nextOf = (place: number): number =>
    told[place] < streams[place].length ? streams[place].closeAt(told[place]) : Infinity;
  for (;;) {
    const closedAt = Math.min(...streams.map((_, place) => nextOf(place)));
    if (closedAt === Infinity) return;
    const bars: SymbolBar[] = [];
    for (const [place, stream] of streams.entries())
      while (nextOf(place) === closedAt) bars.push(stream.barAt(told[place]++));
    yield { closedAt, bars };
  }
}

function streamOf(bars: Bars, timings: AccountDesk["timings"]): readonly Stream[] {
  const { symbol, length } = bars;
  const timing = timings.get(symbol);
  if (timing === undefined) return [];
  const { intervalMs } = timing;
  const fields = fieldsOf(bars, timing);
  const closeOf = closeTimeOf(timing);
  return [
    {
      ...{ symbol, length },
      closeAt: (i) => closeOf(fields.time[i]),
      barAt: (i) => ({ symbol, intervalMs, bar: barAt(fields, i) }),
    },
  ];
}
