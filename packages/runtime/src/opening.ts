import type { ExternalFlow, Instrument, Matching } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import { ExternalFlows } from "./external-flows.js";
import type { Session } from "./session.js";
import { tell } from "./simulate.js";

/** What happens to one account at the open of a bar, before anybody trades in it: asked bar after bar. */
export interface Opening {
  /** Nothing happens before a bar that opens then or later. */
  readonly next: number;
  readonly at: (bar: ClosedBar) => void;
}

/** Undefined where nothing ever happens. */
export function openingOf(
  { session, venue, instrument }: { session: Session; venue: Matching; instrument: Instrument },
  { flows = [] }: { readonly flows?: readonly ExternalFlow[] | undefined },
): Opening | undefined {
  if (flows.length === 0) return undefined;
  const external = new ExternalFlows(flows, instrument);
  return {
    get next() {
      return external.next;
    },
    at(bar) {
      tell(session, venue.begin(bar));
      external.book(bar.time, {
        worth: () => instrument.money(session.equity(bar.open, session.openOf(bar.time))),
        venue,
        hear: (flow) => void session.on({ kind: "cash", flow }),
      });
    },
  };
}
