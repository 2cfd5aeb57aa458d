import type { Bars } from "@bitfever/engine";
import { timelineOf } from "@bitfever/runtime";

/** What a test runs a strategy on. */
export interface Histories {
  /** The bars of the strategy itself, or those of each member of its universe. */
  readonly own: readonly Bars[];
  /** Bars of the other markets that it reads, by symbol. */
  readonly markets: ReadonlyMap<string, Bars>;
}

/** The same with other bars in place of all there are. */
export const mapHistories = ({ own, markets }: Histories, change: (bars: Bars) => Bars): Histories => ({
  own: own.map(change),
  markets: new Map([...markets].map(([symbol, bars]) => [symbol, change(bars)])),
});

/** The times at which there is a bar to trade on. */
export const timesOf = ({ own }: Histories): Float64Array => timelineOf(own).time;
