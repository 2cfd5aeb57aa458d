import type { Fraction } from "./fraction.js";
import { Matching, type MatchedBar } from "./matching.js";
import type { Command, VenueEvent } from "./order.js";
import { OrderLog } from "./order-log.js";

/** A simulated market that keeps a log of all its orders. */
export class LoggedMatching extends Matching {
  protected override readonly tellsPlacing = true;
  readonly log: OrderLog;
  private time = NaN;

  constructor(...given: ConstructorParameters<typeof Matching>) {
    super(...given);
    this.log = new OrderLog(given[0]);
  }

  override command(command: Command): readonly VenueEvent[] {
    this.log.send(command, this.time);
    return this.told(super.command(command));
  }

  override begin(bar: MatchedBar): readonly VenueEvent[] {
    this.time = bar.time;
    return this.told(super.begin(bar));
  }

  override bar(bar: MatchedBar, finer: readonly MatchedBar[] = []): readonly VenueEvent[] {
    // Once it has begun, the market tells no more of that.
    const begun = this.begin(bar);
    const events = this.told(super.bar(bar, finer));
    return begun.length === 0 ? events : [...begun, ...events];
  }

  override split(ratio: Fraction, bar: MatchedBar): readonly VenueEvent[] {
    return this.told(super.split(ratio, bar));
  }

  override closeAtEnd(at: "open" | "close"): readonly VenueEvent[] {
    return this.told(super.closeAtEnd(at));
  }

  private told(events: readonly VenueEvent[]): readonly VenueEvent[] {
    this.log.hear(events, this.time);
    return events;
  }
}
