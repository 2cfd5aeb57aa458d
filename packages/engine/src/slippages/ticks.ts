import { BitFeverError } from "@bitfever/lang";
import { defineSlippage } from "../slippage.js";

export const ticks = defineSlippage({
  name: "ticks",
  summary: "So many ticks: `slippage 1 tick`.",
  source: "What most platforms offer.",
  on(instrument, [count]) {
    if (count > 0 && instrument.tickSize === null)
      throw new BitFeverError("BF5012", "a slippage in ticks needs to know the instrument's tick", {
        hint: "give it with --set tick=0.01, or write the slippage as a percentage",
      });
    return () => instrument.ticks(count);
  },
});
