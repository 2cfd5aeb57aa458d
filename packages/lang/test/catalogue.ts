import type { Builtin, Catalogue } from "../src/catalogue.js";

/** A few functions of each kind: the language is tested with these, the real ones are the engine's. */
const builtins: readonly Builtin[] = [
  {
    name: "sma",
    summary: "Simple moving average",
    inputs: [{ name: "source", type: "same" }],
    fields: [],
    parameters: [{ name: "length", type: "bars", minimum: 1 }],
    outputs: [{ name: "value", type: "same" }],
    warmup: ([length]) => length - 1,
    lookback: ([length]) => length - 1,
  },
  {
    name: "ema",
    summary: "Exponential moving average",
    inputs: [{ name: "source", type: "same" }],
    fields: [],
    parameters: [{ name: "length", type: "bars", minimum: 1 }],
    outputs: [{ name: "value", type: "same" }],
    warmup: ([length]) => length - 1,
    lookback: () => 0,
  },
  {
    name: "rsi",
    summary: "Relative strength index",
    inputs: [{ name: "source", type: "same" }],
    fields: [],
    parameters: [{ name: "length", type: "bars", minimum: 2, default: 14 }],
    outputs: [{ name: "value", type: "ratio" }],
    warmup: ([length]) => length,
    lookback: () => 1,
  },
  {
    name: "atr",
    summary: "Average true range",
    inputs: [],
    fields: ["high", "low", "close"],
    parameters: [{ name: "length", type: "bars", minimum: 1, default: 14 }],
    outputs: [{ name: "value", type: "price" }],
    warmup: ([length]) => length,
    lookback: () => 1,
  },
  {
    name: "bbands",
    summary: "Bollinger bands",
    inputs: [{ name: "source", type: "same" }],
    fields: [],
    parameters: [
      { name: "length", type: "bars", minimum: 2, default: 20 },
      { name: "up", type: "number", minimum: 0, default: 2 },
      { name: "down", type: "number", minimum: 0, default: 2 },
    ],
    outputs: [
      { name: "upper", type: "same" },
      { name: "middle", type: "same" },
      { name: "lower", type: "same" },
    ],
    warmup: ([length]) => length - 1,
    lookback: ([length]) => length - 1,
  },
  {
    name: "barssince",
    summary: "Bars since a condition was true",
    inputs: [{ name: "condition", type: "bool" }],
    fields: [],
    parameters: [],
    outputs: [{ name: "value", type: "bars" }],
    warmup: () => 0,
    lookback: () => 0,
  },
  {
    name: "correlation",
    summary: "How two series move together",
    inputs: [
      { name: "first", type: "same" },
      { name: "second", type: "same" },
    ],
    fields: [],
    parameters: [{ name: "length", type: "bars", minimum: 2 }],
    outputs: [{ name: "value", type: "ratio" }],
    warmup: ([length]) => length - 1,
    lookback: ([length]) => length - 1,
  },
];

export const catalogue: Catalogue = new Map(builtins.map((each) => [each.name, each]));
