import { defineEntryGate } from "../define-gate.js";

export const clock_skew = defineEntryGate({
  name: "clock_skew",
  code: "clock_off",
  summary: "How far the clock of this machine and that of the venue are apart.",
  measured: "difference of the clocks",
  unit: "duration",
  per: ["symbol"],
  lasts: "resume",
  example: { most: "1s" },
  measure: ({ proposal, account }) =>
    Math.abs(account.holding(proposal.strategy, proposal.symbol)?.clockSkewMs ?? NaN),
});
