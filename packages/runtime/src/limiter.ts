import type { PlannedLimit } from "@bitfever/lang";
import type { LimitUse } from "@bitfever/engine";
import type { Limit, LimitedAccount } from "./limit.js";
import { limits as catalogue } from "./limits/index.generated.js";

export interface LimiterSnapshot {
  readonly fired: readonly number[];
  readonly active: readonly boolean[];
  readonly halted: boolean;
  readonly entries: number;
  readonly sessionEquity: number;
  readonly lastEquity: number;
}

/** What a limiter makes of the account: nothing, no more entries, or none and nothing held either. */
export type Verdict = "pass" | "block" | "flatten";

/** The account without what the limiter knows of it itself. */
export type Account = Omit<LimitedAccount, "sessionEquity" | "entries">;

/** The limits of a strategy at work: looked at on every close, and before every entry. */
export class Limiter {
  private readonly definitions: readonly Limit[];
  private fired: number[];
  private active: boolean[];
  private halted = false;
  private entries = 0;
  private sessionEquity: number;
  private lastEquity: number;

  constructor(
    private readonly planned: readonly PlannedLimit[],
    initialCapital: number,
  ) {
    this.definitions = planned.map(definitionOf);
    this.fired = planned.map(() => 0);
    this.active = planned.map(() => false);
    this.sessionEquity = initialCapital;
    this.lastEquity = initialCapital;
  }

  /** Whether no entry may be sent at all, however small. */
  get isBlocked(): boolean {
    return this.halted || this.definitions.some((each, i) => this.active[i] && refusesAll(each));
  }

  get uses(): readonly LimitUse[] {
    return this.planned.map((each, i) => ({ ...each, fired: this.fired[i] }));
  }

  /** Looks at the close of a bar; says what a limit that acts on this bar, and did not before, asks for. */
  look(account: Account, isNewSession: boolean): Verdict {
    if (isNewSession) {
      this.sessionEquity = this.lastEquity;
      this.entries = 0;
      this.active = this.active.map((each, i) => each && this.definitions[i].lasts !== "session");
    }
    this.lastEquity = account.equity;
    const now = { sessionEquity: this.sessionEquity, entries: this.entries, ...account };
    let verdict: Verdict = "pass";
    this.definitions.forEach((each, i) => {
      const acts = this.isReached(i, now) || (this.active[i] && each.lasts === "session");
      if (acts && !this.active[i]) verdict = worse(verdict, this.fire(i));
      this.active[i] = acts;
    });
    return verdict;
  }

  /** Whether one more entry may be sent; the account is as it would be with it. One that replaces another is not new. */
  admit(account: Account, isNew: boolean): Verdict {
    const entries = this.entries + (isNew ? 1 : 0);
    const then = { sessionEquity: this.sessionEquity, entries, ...account };
    let verdict: Verdict = "pass";
    this.definitions.forEach(({ acts, lasts }, i) => {
      if (acts !== "beyond" || !this.isReached(i, then)) return;
      verdict = worse(verdict, this.fire(i));
      this.active[i] ||= lasts === "session";
    });
    if (verdict === "pass") this.entries = entries;
    return verdict;
  }

  /** Hears that money was put into the account or taken out of it, which nobody has gained or lost. */
  rebase(equity: number): void {
    const held = this.lastEquity === 0 ? 1 : this.sessionEquity / this.lastEquity;
    this.sessionEquity = equity * held;
    this.lastEquity = equity;
  }

  /** Hears that money was put in or taken out at a moment; the account was worth so much before it. */
  transfer(worth: number, amount: number): void {
    if (!(worth > 0)) {
      this.rebase(worth + amount);
      return;
    }
    const factor = (worth + amount) / worth;
    this.sessionEquity *= factor;
    this.lastEquity *= factor;
  }

  snapshot(): LimiterSnapshot {
    const { fired, active, halted, entries, sessionEquity, lastEquity } = this;
    return { fired: [...fired], active: [...active], halted, entries, sessionEquity, lastEquity };
  }

  restore(snapshot: LimiterSnapshot): void {
    this.fired = [...snapshot.fired];
    this.active = [...snapshot.active];
    this.halted = snapshot.halted;
    this.entries = snapshot.entries;
    this.sessionEquity = snapshot.sessionEquity;
    this.lastEquity = snapshot.lastEquity;
  }

  private isReached(i: number, account: LimitedAccount): boolean {
    const { measure, acts } = this.definitions[i];
    const { most } = this.planned[i];
    const value = measure(account);
    return acts === "beyond" ? value > most : value > 0 && value >= most;
  }

  private fire(i: number): Verdict {
    const { action } = this.planned[i];
    this.fired[i]++;
    if (action === "halt") this.halted = true;
    return action === "block" ? "block" : "flatten";
  }
}

const worse = (a: Verdict, b: Verdict): Verdict => (a === "flatten" || b === "pass" ? a : b);

/** A limit on what is held leaves room for smaller entries and those on the other side; the others leave none. */
const refusesAll = ({ acts, lasts }: Limit): boolean => acts === "at" || lasts === "session";

function definitionOf({ measure }: PlannedLimit): Limit {
  const found = catalogue.find((each) => each.name === measure);
  if (found === undefined) throw new Error(`limiter: no limit \`${measure}\``);
  return found;
}
