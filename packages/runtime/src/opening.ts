import type { ExternalFlow, HeldAction, Instrument, Matching } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import { ExternalFlows } from "./external-flows.js";
import { HeldActions } from "./held-actions.js";
import type { Session } from "./session.js";
import { tell } from "./simulate.js";

/** What happens to an account at the opens of bars, before anybody trades in them. */
export interface OpeningEvents {
  /** Of its instrument, in order of time. */
  readonly actions?: readonly HeldAction[] | undefined;
  /** What is put in and taken out. */
  readonly flows?: readonly ExternalFlow[] | undefined;
}

/** Asked bar after bar. */
export interface Opening {
  /** Nothing happens before a bar that opens then or later. */
  readonly next: number;
  readonly at: (bar: ClosedBar) => void;
}

/** Undefined where nothing ever happens. */
export function openingOf(
  { session, venue, instrument }: { session: Session; venue: Matching; instrument: Instrument },
  { actions = [], flows = [] }: OpeningEvents,
): Opening | undefined {
  if (flows.length === 0 && actions.length === 0) return undefined;
  const held = new HeldActions(actions);
  const external = new ExternalFlows(flows, instrument);
  return {
    get next() {
      return Math.min(held.next, external.next);
    },
    at(bar) {
      tell(session, venue.begin(bar));
      held.take(bar, session, venue);
      external.book(bar.time, {
        worth: () => instrument.money(session.equity(bar.open, session.openOf(bar.time))),
        venue,
        hear: (flow) => void session.on({ kind: "cash", flow }),
      });
    },
  };
}
