import type { GateAction } from "./gate-rule.js";

export type TradingState = "active" | "reducing" | "halted";

/** What can happen to the state of an account. */
export type TradingHappening = "reduce" | "halt" | "flatten" | "kill" | "session_end" | "resume";

interface TradingStage {
  readonly summary: string;
  /** Which orders may be sent in it. */
  readonly passes: "all" | "reducing" | "flattening";
  /** What may come of what happens; where there are several, the worst that something else still holds. */
  readonly next: Readonly<Record<TradingHappening, readonly TradingState[]>>;
}

const stops = { halt: ["halted"], flatten: ["halted"], kill: ["halted"] } as const;

/** The states of an account, in one table: from it come what is let through, the docs and the tests. */
export const tradingStates: Readonly<Record<TradingState, TradingStage>> = {
  active: {
    summary: "Entries and exits are sent, as far as the gates let them.",
    passes: "all",
    next: { ...stops, reduce: ["reducing"], session_end: ["active"], resume: ["active"] },
  },
  reducing: {
    summary: "Exits, stops and targets work on; entries are refused, and those that rested are taken back.",
    passes: "reducing",
    next: { ...stops, reduce: ["reducing"], session_end: ["reducing", "active"], resume: ["active"] },
  },
  halted: {
    summary: "Nothing is sent but cancels and what flattens the account.",
    passes: "flattening",
    next: { ...stops, reduce: ["halted"], session_end: ["halted", "reducing", "active"], resume: ["active"] },
  },
};

/** What whoever sends the orders is to do now. */
export type Instruction = "pass" | "reduce" | "halt" | "kill" | "flatten";

/** What each instruction asks for, the mildest first. */
export const instructions: Readonly<
  Record<
    Instruction,
    {
      readonly summary: string;
      readonly cancels: "nothing" | "entries" | "everything";
      readonly closes: boolean;
    }
  >
> = {
  pass: { summary: "Nothing.", cancels: "nothing", closes: false },
  reduce: { summary: "Take entries back.", cancels: "entries", closes: false },
  halt: {
    summary: "Take entries back; stops and targets at the venue stay there.",
    cancels: "entries",
    closes: false,
  },
  kill: {
    summary: "Cancel everything, also what protects; positions stay open.",
    cancels: "everything",
    closes: false,
  },
  flatten: {
    summary: "Cancel everything and close all positions at the market.",
    cancels: "everything",
    closes: true,
  },
};

const severity = Object.keys(instructions) as readonly Instruction[];

export const worse = (a: Instruction, b: Instruction): Instruction =>
  severity.indexOf(a) >= severity.indexOf(b) ? a : b;

export const instructionOf = (action: GateAction): Instruction => (action === "refuse" ? "pass" : action);

/** Checks a change against the table; throws where that does not know it. */
export function changeState(from: TradingState, happening: TradingHappening, to: TradingState): TradingState {
  if (!tradingStates[from].next[happening].includes(to))
    throw new Error(`gatekeeper: ${happening} leads from ${from} to ${to}`);
  return to;
}
