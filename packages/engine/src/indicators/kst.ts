import { defineIndicator } from "../indicator.js";
import type { KernelState } from "../kernel.js";
import { startThrough, through, type Through } from "../through.js";
import { roc } from "./roc.js";
import { sma } from "./sma.js";

const stages = [0, 1, 2, 3];
const bars = (name: string, initial: number) =>
  ({ name, type: "bars", minimum: 1, default: initial }) as const;

interface Stage extends KernelState {
  roc: Through;
  mean: Through;
}

export const kst = defineIndicator({
  name: "kst",
  summary: "Know Sure Thing",
  description:
    "Four smoothed rates of change, in percent, of which the longer count more, and the simple average of their sum.",
  source: "Pring, Technical Analysis of Stocks & Commodities 10 (1992), with the lengths of the daily form",
  formula: "value = Σ k × sma(roc(x, rocₖ), smoothₖ) for k from 1 to 4; signal = sma(value, signal)",
  memory: "window",
  gaps: "spread",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    bars("roc1", 10),
    bars("roc2", 15),
    bars("roc3", 20),
    bars("roc4", 30),
    bars("smooth1", 10),
    bars("smooth2", 10),
    bars("smooth3", 10),
    bars("smooth4", 15),
    bars("signal", 9),
  ],
  outputs: [
    { name: "value", type: "ratio" },
    { name: "signal", type: "ratio" },
  ],
  warmup: (given) => Math.max(...stages.map((k) => given[k] + given[4 + k] - 1)) + given[8] - 1,
  lookback: () => 0,
  start: (given) => {
    const stage = (k: number): Stage => ({
      roc: startThrough(roc, [given[k]]),
      mean: startThrough(sma, [given[4 + k]]),
    });
    return { 0: stage(0), 1: stage(1), 2: stage(2), 3: stage(3), signal: startThrough(sma, [given[8]]) };
  },
  advance(state, given, [source], [value, signal], from, to) {
    const [first, second, third, fourth] = ([0, 1, 2, 3] as const).map((k) => {
      const change = through(state[k].roc, roc, [given[k]]);
      const mean = through(state[k].mean, sma, [given[4 + k]]);
      return (x: number): number => mean(change(x));
    });
    const average = through(state.signal, sma, [given[8]]);
    for (let i = from; i < to; i++) {
      const x = source[i];
      const total = first(x) + 2 * second(x) + 3 * third(x) + 4 * fourth(x);
      signal[i] = average(total);
      value[i] = signal[i] === signal[i] ? total : NaN;
    }
  },
  examples: [
    {
      parameters: [1, 1, 1, 1, 1, 1, 1, 1, 2],
      inputs: { source: [1, 2, 4, 6] },
      outputs: { value: [null, null, 1000, 500], signal: [null, null, 1000, 750] },
    },
  ],
});
