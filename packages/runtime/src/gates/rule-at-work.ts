import { Allowance, type AllowanceSnapshot } from "./allowance.js";
import type { CheckedRule } from "./checked-rule.js";
import type { AccountView, Breach, Holding, OrderProposal, Question } from "./gate.js";
import { Tally, type TallySnapshot } from "./tally.js";

/** The last time that a rule was met, and why. */
export interface LastFired {
  readonly time: number;
  readonly reason: string;
}

export interface RuleSnapshot {
  readonly key: string;
  readonly fired: number;
  readonly last: LastFired | null;
  readonly tally: TallySnapshot;
  readonly allowance: AllowanceSnapshot | null;
}

/** A rule with what it has to remember. */
export class RuleAtWork implements Question {
  /** The order and the account that it is asked about. */
  proposal!: OrderProposal;
  account!: AccountView;
  private fired = 0;
  private last: LastFired | null = null;
  private readonly tally: Tally | null;
  private readonly allowance = new Allowance();

  constructor(readonly checked: CheckedRule) {
    const { counting } = checked.gate;
    this.tally = counting === undefined ? null : new Tally(counting);
  }

  get use(): { readonly fired: number; readonly last: LastFired | null } {
    return { fired: this.fired, last: this.last };
  }

  get counted(): number {
    return this.tally?.count(this.group(this.proposal), this.proposal.time) ?? 0;
  }

  get holdings(): readonly Holding[] {
    const { account } = this;
    const { per, scope } = this.checked;
    const { strategy, symbol, sector } = this.proposal;
    switch (per) {
      case "account":
        return account.holdingsIn(scope);
      case "strategy":
        return account.holdingsIn({ ...scope, strategy });
      case "symbol":
        return account.holdingsIn({ ...scope, symbol });
      case "sector":
        return account.holdingsIn({ ...scope, sector });
    }
  }

  /** @returns why an entry cannot be sent, null where it can */
  admit(proposal: OrderProposal, account: AccountView): Breach | null {
    if (!this.concerns(proposal)) return null;
    const { check } = this.checked;
    if (check.of === "account") return check.check(this.allowance.of(account));
    this.proposal = proposal;
    this.account = account;
    return check.check(this);
  }

  /** @returns that the account has come to what the rule says, null where it has not, or nobody can tell */
  look(account: AccountView): Breach | null {
    const { check } = this.checked;
    if (check.of !== "account") return null;
    const breach = check.check(this.allowance.of(account));
    return breach === null || Number.isNaN(breach.asked) ? null : breach;
  }

  fire(time: number, { text }: Breach): void {
    this.fired++;
    this.last = { time, reason: text };
  }

  /** Hears of an order that was let through. */
  count(proposal: OrderProposal): void {
    if (this.tally === null || !this.concerns(proposal)) return;
    if (proposal.isReducing && this.checked.gate.countsExits !== true) return;
    this.tally.add(this.group(proposal), proposal);
  }

  startSession(): void {
    this.tally?.startSession();
  }

  /** An operator lets go on what the rule has stopped: it begins anew. */
  forgive(account: AccountView): void {
    this.tally?.clear();
    this.allowance.begin(account);
  }

  snapshot(): RuleSnapshot {
    const { fired, last, checked, allowance } = this;
    const tally = this.tally?.snapshot() ?? [];
    return { key: checked.key, fired, last, tally, allowance: allowance.snapshot() };
  }

  restore({ fired, last, tally, allowance }: RuleSnapshot): void {
    this.fired = fired;
    this.last = last;
    this.tally?.restore(tally);
    this.allowance.restore(allowance);
  }

  private concerns({ strategy, symbol, sector }: OrderProposal): boolean {
    const { scope } = this.checked;
    return (
      (scope.symbol === undefined || scope.symbol === symbol) &&
      (scope.strategy === undefined || scope.strategy === strategy) &&
      (scope.sector === undefined || scope.sector === sector)
    );
  }

  private group(proposal: OrderProposal): string {
    const { per } = this.checked;
    return per === "account" ? "" : (proposal[per] ?? "");
  }
}
