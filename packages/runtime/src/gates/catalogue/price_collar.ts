import { defineEntryGate } from "../define-gate.js";

export const price_collar = defineEntryGate({
  name: "price_collar",
  code: "price_too_far",
  summary:
    "How far the limit or trigger of an order is from the last price, as a share of it; a market order has no price that could be wrong.",
  measured: "distance from the last price",
  unit: "lost share",
  per: ["account"],
  lasts: "resume",
  example: { most: "5%" },
  measure: ({ proposal: { price, lastPrice } }) =>
    price === null ? 0 : Math.abs(price - lastPrice) / Math.abs(lastPrice),
});
