import { calendarColumns, type Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import type { Candle } from "./feed-event.js";

/** How many bars of the session of the newest bar there were, and when that is over. Plain data. */
export interface SessionPlace {
  count: number;
  until: number;
}

/** Counts the bars of a session, as they are told. */
export class SessionPlaces {
  private place: SessionPlace = { count: 0, until: -Infinity };
  private readonly time = new Float64Array(1);
  private readonly found = new Float64Array(1);

  /** @param after  the bar before the first */
  constructor(
    private readonly timing: Timing,
    after: ClosedBar | undefined,
  ) {
    if (after === undefined) return;
    this.placed(after);
    this.place.count = after.session_bar + 1;
  }

  placed(candle: Candle): ClosedBar {
    const { time, open, high, low, close, volume } = candle;
    this.time[0] = time;
    calendarColumns.session_bar.fill(this.timing, this.place, this.time, this.found);
    return { time, open, high, low, close, volume, session_bar: this.found[0] };
  }

  snapshot(): SessionPlace {
    return { ...this.place };
  }

  restore(snapshot: SessionPlace): void {
    this.place = { ...snapshot };
  }
}
