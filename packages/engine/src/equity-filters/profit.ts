import { defineEquityFilter, sessions } from "../equity-filter.js";

export const profit = defineEquityFilter({
  name: "profit",
  summary: "On while the last sessions earned enough",
  source: "momentum of the equity curve; definition",
  parameters: [
    { ...sessions({ default: 50, summary: "sessions looked back" }), least: 1 },
    {
      name: "least",
      summary: "what they must have earned, as a share of the equity before them",
      unit: "ratio",
      default: 0,
      least: -1,
      most: 100,
    },
  ],
  needs: ([length]) => ({ sessions: length }),
  isOn({ equity }, [length, least]) {
    const newest = equity[equity.length - 1];
    const before = equity[equity.length - 1 - length];
    return newest - before >= least * before;
  },
});
