import type { AccountState, AccountView } from "./gate.js";

/** What a rule on the account measures from since an operator has let it go on. */
export interface AllowanceSnapshot {
  readonly session: number;
  readonly equity: number;
  readonly highestEquity: number;
  readonly lossesInARow: number;
}

/**
 * The account as a rule sees it: as it is, or since an operator has resumed after that rule had stopped it. What was lost
 * before is then forgiven, or the rule would stop the account again on the next bar.
 */
export class Allowance {
  private since: AllowanceSnapshot | null = null;

  begin({ session, equity, lossesInARow }: AccountView): void {
    // From an equity that nobody knows nothing can be measured.
    if (Number.isNaN(equity)) return;
    this.since = { session, equity, highestEquity: equity, lossesInARow };
  }

  of(account: AccountView): AccountState {
    if (this.since === null) return account;
    const { equity } = account;
    // Not by Math.max: one equity that nobody knows would stay the highest for ever.
    const highestEquity = equity > this.since.highestEquity ? equity : this.since.highestEquity;
    // A trade that was won ends the row, and with it what was forgiven of it.
    const forgiven = Math.min(this.since.lossesInARow, account.lossesInARow);
    this.since = { ...this.since, highestEquity, lossesInARow: forgiven };
    return {
      equity,
      highestEquity,
      sessionEquity: account.session === this.since.session ? this.since.equity : account.sessionEquity,
      lossesInARow: account.lossesInARow - forgiven,
    };
  }

  snapshot(): AllowanceSnapshot | null {
    return this.since;
  }

  restore(snapshot: AllowanceSnapshot | null): void {
    this.since = snapshot;
  }
}
