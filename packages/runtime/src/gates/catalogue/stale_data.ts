import { defineEntryGate } from "../define-gate.js";

export const stale_data = defineEntryGate({
  name: "stale_data",
  code: "data_too_old",
  summary: "Age of the newest bar of the symbol: a market order is sent at a price that is no older.",
  measured: "age of the last bar",
  unit: "duration",
  per: ["symbol"],
  lasts: "resume",
  example: { most: "90s" },
  measure: ({ proposal, account }) => {
    const { time, strategy, symbol } = proposal;
    return time - (account.holding(strategy, symbol)?.lastDataTime ?? NaN);
  },
});
