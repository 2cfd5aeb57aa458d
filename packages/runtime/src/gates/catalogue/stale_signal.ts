import { defineEntryGate } from "../define-gate.js";

export const stale_signal = defineEntryGate({
  name: "stale_signal",
  code: "signal_too_old",
  summary:
    "Time since the close of the bar on which the order was decided: what was missed is not made up for.",
  measured: "age of the signal",
  unit: "duration",
  per: ["account"],
  lasts: "resume",
  example: { most: "30s" },
  measure: ({ proposal: { time, signalTime } }) => time - signalTime,
});
