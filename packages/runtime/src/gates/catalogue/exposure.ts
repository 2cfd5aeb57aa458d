import { defineEntryGate } from "../define-gate.js";
import { worthWith } from "../exposed.js";

export const exposure = defineEntryGate({
  name: "exposure",
  code: "exposure_too_large",
  summary:
    "Value at the last prices of what would be held if all entries filled, longs and shorts added up, as a share of equity.",
  measured: "exposure if all entries fill",
  unit: "share",
  per: ["account", "strategy", "symbol", "sector"],
  lasts: "resume",
  example: { most: "25%", per: "sector" },
  measure: (question) => {
    const { equity } = question.account;
    return equity <= 0 ? Infinity : worthWith(question) / equity;
  },
});
