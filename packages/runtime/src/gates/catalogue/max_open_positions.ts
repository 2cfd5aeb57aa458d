import { defineEntryGate } from "../define-gate.js";
import type { Holding } from "../gate.js";
import { isOf } from "../exposed.js";

export const max_open_positions = defineEntryGate({
  name: "max_open_positions",
  code: "too_many_positions",
  summary:
    "Positions that would be open if all entries filled, one for each strategy in each symbol; adding to one opens none.",
  measured: "open positions if all entries fill",
  unit: "count",
  per: ["account", "strategy", "symbol", "sector"],
  lasts: "resume",
  example: { most: 10 },
  measure: ({ proposal, holdings }) => {
    let open = 1;
    for (const holding of holdings) {
      if (!isOpen(holding)) continue;
      if (isOf(proposal, holding)) return 0;
      open++;
    }
    return open;
  },
});

const isOpen = ({ long, short, entering }: Holding): boolean =>
  long > 0 || short > 0 || entering.buy > 0 || entering.sell > 0;
