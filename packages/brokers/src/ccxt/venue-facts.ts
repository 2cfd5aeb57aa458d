import type { BrokerCapabilities } from "@bitfever/runtime";
import type { CcxtVenueName } from "./ccxt-venue.js";
import { capabilitiesOf } from "./ccxt-broker.js";
import { ccxtVenues } from "./venues/index.js";

/** What is known of a venue before it is asked. */
export interface VenueFacts<Name extends string = string> {
  readonly name: Name;
  readonly summary: string;
  readonly capabilities: BrokerCapabilities;
}

/** The venues that are traded over ccxt. */
export const ccxtVenueFacts: readonly VenueFacts<CcxtVenueName>[] = ccxtVenues.map((each) => ({
  name: each.name as CcxtVenueName,
  summary: each.summary,
  capabilities: capabilitiesOf(each),
}));
