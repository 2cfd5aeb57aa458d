import { none, type Comparison, type Comparisons } from "./comparison.js";

/** Arithmetic, and functions of one number; those defined near 0 alone are compared on the body's share of the close. */

const arithmetic = (ours: string): Comparison => ({
  ours,
  parameters: none,
  tolerance: 0,
  inputs: ["high", "low"],
});

/** One mathematical library differs from the next in the last bit. */
const ofClose = (ours: string): Comparison => ({
  ours,
  parameters: none,
  tolerance: 1e-15,
  inputs: ["close"],
});
const ofShare = (ours: string): Comparison => ({
  ours,
  parameters: none,
  tolerance: 1e-15,
  inputs: ["share"],
});

export const transforms: Comparisons = {
  ADD: arithmetic("add"),
  SUB: arithmetic("sub"),
  MULT: arithmetic("mult"),
  DIV: arithmetic("div"),
  ACOS: ofShare("acos"),
  ASIN: ofShare("asin"),
  ATAN: ofClose("atan"),
  CEIL: ofClose("ceil"),
  COS: ofClose("cos"),
  COSH: ofShare("cosh"),
  EXP: ofShare("exp"),
  FLOOR: ofClose("floor"),
  LN: ofClose("ln"),
  LOG10: ofClose("log10"),
  SIN: ofClose("sin"),
  SINH: ofShare("sinh"),
  SQRT: ofClose("sqrt"),
  TAN: ofShare("tan"),
  TANH: ofShare("tanh"),
};
