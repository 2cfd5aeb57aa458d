import type { Matching, VenueEvent } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import type { Session } from "./session.js";

/**
 * One bar of a session on a simulated venue: first what the market did to the orders that were resting, then the
 * close, at which the session decides, then its new orders, which the next bar will see.
 */
export function simulateBar(session: Session, venue: Matching, bar: ClosedBar): void {
  tell(session, venue.bar(bar));
  for (const command of session.on({ kind: "bar", bar })) tell(session, venue.command(command));
}

/** Tells a session what its venue did. */
function tell(session: Session, events: readonly VenueEvent[]): void {
  for (const event of events) session.on(event);
}
