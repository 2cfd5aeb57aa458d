import { defineEquityFilter, type EquityFilterParameter } from "../equity-filter.js";

const share = (
  name: string,
  summary: string,
  given: Pick<EquityFilterParameter, "default" | "least" | "most">,
): EquityFilterParameter => ({ name, summary, unit: "ratio", ...given });

export const drawdown = defineEquityFilter({
  name: "drawdown",
  summary: "Off once so much of the highest equity is lost, on again once enough of the loss is won back",
  source: "the drawdown limit of a desk, applied to a system; definition",
  parameters: [
    share("most", "share of the highest equity that may be lost", { default: 0.1, least: 0.001, most: 1 }),
    share("recovery", "share of the loss that must be won back since its deepest point; 100% is a new high", {
      default: 0.5,
      least: 0.001,
      most: 1,
    }),
  ],
  needs: () => ({}),
  isOn({ equity }, [most, recovery], wasOn) {
    let high = -Infinity;
    let low = Infinity;
    for (const value of equity) {
      if (value >= high) high = low = value;
      else if (value < low) low = value;
    }
    const newest = equity[equity.length - 1];
    return wasOn ? newest > high * (1 - most) : newest >= low + recovery * (high - low);
  },
});
