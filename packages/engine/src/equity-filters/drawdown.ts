import { defineEquityFilter, type EquityFilterParameter } from "../equity-filter.js";

const share = (
  name: string,
  summary: string,
  given: Pick<EquityFilterParameter, "default" | "least" | "most">,
): EquityFilterParameter => ({ name, summary, unit: "ratio", ...given });

export const drawdown = defineEquityFilter({
  name: "drawdown",
  summary:
    "Off once so much of the highest equity since it was last switched on is lost, on again once enough is won back",
  source: "the drawdown limit of a desk, applied to a system; definition",
  parameters: [
    share("most", "share of that highest equity that may be lost", { default: 0.1, least: 0.001, most: 1 }),
    share(
      "recovery",
      "share of the loss, down to its deepest point, that must be won back; 100% is a new high",
      {
        default: 0.5,
        least: 0.001,
        most: 1,
      },
    ),
  ],
  needs: () => ({}),
  isOn({ equity }, [most, recovery]) {
    let isOn = true;
    let high = -Infinity;
    let low = Infinity;
    for (const value of equity) {
      if (isOn) {
        high = Math.max(high, value);
        low = value;
        isOn = value > high * (1 - most);
      } else {
        low = Math.min(low, value);
        isOn = value >= low + recovery * (high - low);
        // What was lost before is behind it: only a new fall counts.
        if (isOn) high = value;
      }
    }
    return isOn;
  },
});
