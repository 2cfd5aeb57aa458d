import type { HeldAction, Matching, VenueEvent } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

/** What corporate actions do to who holds an instrument, asked bar after bar. */
export class HeldActions {
  /** When the next one is due; Infinity after the last. */
  next: number;
  private at = 0;

  constructor(private readonly actions: readonly HeldAction[]) {
    this.next = actions[0]?.time ?? Infinity;
  }

  /** Those that are due when a bar opens that has begun. */
  take(bar: ClosedBar, hear: (event: VenueEvent) => void, venue: Matching): void {
    const { time } = bar;
    for (; this.next <= time; this.next = this.actions[++this.at]?.time ?? Infinity) {
      const action = this.actions[this.at];
      const events =
        action.kind === "dividend" ? venue.pay(action.amount, time) : venue.split(action.ratio, bar);
      for (const event of events) hear(event);
    }
  }
}
