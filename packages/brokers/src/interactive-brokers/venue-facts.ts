import type { VenueFacts } from "../ccxt/venue-facts.js";
import { interactiveBrokersCapabilities } from "./interactive-brokers-broker.js";

/** What is known of Interactive Brokers before it is asked. */
export const interactiveBrokersFacts: VenueFacts<"interactive brokers"> = {
  name: "interactive brokers",
  summary: "Shares and futures at Interactive Brokers, through TWS or IB Gateway on this machine or another.",
  capabilities: interactiveBrokersCapabilities,
};
