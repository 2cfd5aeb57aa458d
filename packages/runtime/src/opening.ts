import type { ExternalFlow, HeldAction, Instrument, Matching, VenueEvent } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import { ExternalFlows } from "./external-flows.js";
import { HeldActions } from "./held-actions.js";
import type { Session } from "./session.js";

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
  {
    session,
    venue,
    instrument,
    hear = (event) => void session.on(event),
  }: {
    readonly session: Session;
    readonly venue: Matching;
    readonly instrument: Instrument;
    /** Who is told of what happens; left out, the session. */
    readonly hear?: (event: VenueEvent) => void;
  },
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
      for (const event of venue.begin(bar)) hear(event);
      held.take(bar, hear, venue);
      external.book(bar.time, {
        worth: () => instrument.money(session.equity(bar.open, session.openOf(bar.time))),
        venue,
        hear: (flow) => {
          hear({ kind: "cash", flow });
        },
      });
    },
  };
}
