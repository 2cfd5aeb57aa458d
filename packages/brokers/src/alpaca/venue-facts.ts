import type { VenueFacts } from "../ccxt/venue-facts.js";
import { alpacaCapabilities } from "./alpaca-broker.js";

/** What is known of Alpaca before it is asked. */
export const alpacaVenueFacts: VenueFacts<"alpaca"> = {
  name: "alpaca",
  summary: "Shares at Alpaca, on its paper account unless `paper: false` is said.",
  capabilities: alpacaCapabilities,
};
