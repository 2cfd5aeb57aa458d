import { BitFeverError } from "@bitfever/lang";
import { closeTimeOf, isoTime, type Bars, type MatchedBar, type Timing } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

const nothing: readonly MatchedBar[] = [];

/** The finer bars of the same market that lie inside each bar, where they are known; asked bar after bar. */
export class Magnifier {
  private next = 0;
  private readonly closeOf: (time: number) => number;
  /** Bars so far for which there were finer ones. */
  covered = 0;

  /** @throws BitFeverError BF5072 for bars that are not finer */
  constructor(
    private readonly finer: Bars,
    timing: Timing,
  ) {
    if (finer.intervalMs >= timing.intervalMs && timing.intervalMs > 0)
      throw new BitFeverError("BF5072", "the bars to look through are no finer than those of the strategy", {
        hint: "give it bars of a shorter interval, such as minutes for bars of an hour",
      });
    this.closeOf = closeTimeOf(timing);
  }

  /**
   * The finer bars inside a bar, in order; none where there are none.
   *
   * @throws BitFeverError BF5072 where they go beyond its prices
   */
  inside(bar: ClosedBar): readonly MatchedBar[] {
    const { time, open, high, low, close, volume } = this.finer;
    const end = this.closeOf(bar.time);
    while (this.next < time.length && time[this.next] < bar.time) this.next++;
    if (this.next >= time.length || time[this.next] >= end) return nothing;
    const found: MatchedBar[] = [];
    for (; this.next < time.length && time[this.next] < end; this.next++) {
      const i = this.next;
      if (high[i] > bar.high || low[i] < bar.low) throw beyond(bar, time[i], [low[i], high[i]]);
      found.push({
        time: time[i],
        open: open[i],
        high: high[i],
        low: low[i],
        close: close[i],
        volume: volume[i],
      });
    }
    this.covered++;
    return found;
  }
}

function beyond(bar: ClosedBar, time: number, [low, high]: readonly [number, number]): BitFeverError {
  return new BitFeverError(
    "BF5072",
    `the finer bar of ${isoTime(time)} moves between ${low} and ${high}, its bar of ${isoTime(bar.time)} between ${bar.low} and ${bar.high}`,
    { hint: "both must come from one source: build the bars of the strategy from the finer ones" },
  );
}
