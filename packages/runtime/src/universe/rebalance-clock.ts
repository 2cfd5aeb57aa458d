import type { PlannedRebalance } from "@bitfever/lang";
import { ClockBuilder, type ClockState, type Timing } from "@bitfever/engine";

/** When a universe is rebalanced: at every moment, or at the close of each bar of a slower clock. */
export class RebalanceClock {
  private readonly builder: ClockBuilder | null;
  private closed = 0;

  constructor(every: PlannedRebalance["every"], timing: Timing) {
    this.builder = every === null ? null : new ClockBuilder(every, timing);
  }

  /** Of the moments that come next, which are due: 1 is. */
  advance(time: Float64Array): Uint8Array {
    const due = new Uint8Array(time.length);
    if (this.builder === null) return due.fill(1);
    const none = new Float64Array(time.length).fill(NaN);
    const bars = { time, open: none, high: none, low: none, close: none, volume: none };
    const { closedCount } = this.builder.advance(bars, 0, time.length);
    closedCount.forEach((closed, i) => {
      due[i] = closed > this.closed ? 1 : 0;
      this.closed = closed;
    });
    return due;
  }

  snapshot(): ClockState | null {
    return this.builder?.snapshot() ?? null;
  }

  restore(snapshot: ClockState | null): void {
    if (snapshot === null) return;
    this.builder?.restore(snapshot);
    this.closed = snapshot.closed;
  }
}
