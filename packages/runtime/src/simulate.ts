import type { Fill, MatchedBar, Matching, Settings, VenueEvent } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import type { Session } from "./session.js";

/**
 * One bar of a session on a simulated venue: first what the market did to the orders that were resting, then the
 * close, at which the session decides, then its new orders, which the next bar will see.
 */
export function simulateBar(
  session: Session,
  venue: Matching,
  bar: ClosedBar,
  onFill?: OnFill,
  finer?: readonly MatchedBar[],
): void {
  tell(session, venue.bar(bar, finer), onFill);
  for (const command of session.on({ kind: "bar", bar })) tell(session, venue.command(command), onFill);
}

/** What becomes of an open position once there are no more bars: it stays to be marked, or is closed. */
export function simulateEnd(
  session: Session,
  venue: Matching,
  atEnd: Settings["at_end"],
  onFill?: OnFill,
): void {
  if (atEnd !== "mark") tell(session, venue.closeAtEnd(atEnd), onFill);
}

/** Hears of every fill, as they happen. */
export type OnFill = (fill: Fill) => void;

/** Tells a session what its venue did. */
export function tell(session: Session, events: readonly VenueEvent[], onFill?: OnFill): void {
  for (const event of events) {
    session.on(event);
    if (event.kind === "fill") onFill?.(event.fill);
  }
}
