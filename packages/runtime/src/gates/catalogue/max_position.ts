import { defineEntryGate } from "../define-gate.js";
import { added, isOf, unitsOnSide } from "../exposed.js";

export const max_position = defineEntryGate({
  name: "max_position",
  code: "position_too_large",
  summary:
    "Units of a symbol that would be held on a side, by all strategies together, if all entries there filled.",
  measured: "units held if all entries fill",
  unit: "units",
  per: ["symbol"],
  lasts: "resume",
  example: { most: 100, symbol: "BTCUSDT" },
  measure: ({ proposal, holdings }) => {
    let units = proposal.quantity;
    for (const holding of holdings) {
      units += unitsOnSide(holding, proposal.side);
      if (isOf(proposal, holding)) units += added(proposal, holding) - proposal.quantity;
    }
    return units;
  },
});
