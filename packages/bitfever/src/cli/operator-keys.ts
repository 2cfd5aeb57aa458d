import type { OperatorOrder } from "@bitfever/runtime";
import type { AccountState } from "../trading/account-state.js";

interface OperatorKeysOptions {
  readonly operate: (order: OperatorOrder) => void;
  readonly state: () => Pick<AccountState, "time" | "state" | "paused">;
  readonly quit: () => void;
}

/** What is asked for a second time before it is done. */
const confirmed: Readonly<Record<string, { readonly question: string; readonly order: OperatorOrder }>> = {
  k: {
    question: "kill: cancel everything, leave positions as they are? y does it",
    order: { kind: "kill", flattens: false },
  },
  f: {
    question: "flatten: close all positions at the market? y does it",
    order: { kind: "flatten" },
  },
};

const interrupt = "\u0003";

/** The keys by which who watches an account has a hand in it. Each is an order of the operator, and kept like all that is heard. */
export class OperatorKeys {
  private asked: keyof typeof confirmed | null = null;

  constructor(private readonly options: OperatorKeysOptions) {}

  /** What can be pressed now. */
  get line(): string {
    if (this.asked !== null) return confirmed[this.asked].question;
    const { paused, state } = this.options.state();
    const first = paused.length > 0 || state !== "active" ? "p resumes" : "p pauses";
    return `${first} · r reduces · h halts · k kills · f flattens · q quits`;
  }

  press(key: string): void {
    const { operate, state, quit } = this.options;
    const { asked } = this;
    this.asked = null;
    if (key === "q" || key === interrupt) {
      quit();
      return;
    }
    const { time, paused, state: trading } = state();
    // Before the first bar nothing is held, and no time has been heard of.
    if (time === null) return;
    if (asked !== null) {
      if (key === "y") operate(confirmed[asked].order);
      return;
    }
    if (key in confirmed) this.asked = key;
    else if (key === "p") operate({ kind: paused.length > 0 || trading !== "active" ? "resume" : "pause" });
    else if (key === "r") operate({ kind: "reduce" });
    else if (key === "h") operate({ kind: "halt" });
  }
}
