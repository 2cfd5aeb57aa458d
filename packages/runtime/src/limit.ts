import type { PlannedLimit } from "@bitfever/lang";

/** The account as a limit looks at it: now, or as it would be with one more entry. */
export interface LimitedAccount {
  /** Decimal money. */
  readonly equity: number;
  /** Equity at the last close before the session. */
  readonly sessionEquity: number;
  /** Share of the highest equity that is lost. */
  readonly drawdown: number;
  /** Units held, without a sign. */
  readonly held: number;
  /** Decimal money that a unit is worth. */
  readonly worth: number;
  /** Entries sent in this session. */
  readonly entries: number;
  readonly lossesInARow: number;
}

/** A measure of risk that a strategy may set a limit to. */
export interface Limit {
  readonly name: PlannedLimit["measure"];
  readonly summary: string;
  readonly unit: "ratio" | "quantity" | "count";
  readonly measure: (account: LimitedAccount) => number;
  /** `at`: who has come to it has used it up. `beyond`: all of it may be used, and no order may ask for more. */
  readonly acts: "at" | "beyond";
  /** Having acted it holds to the end of the session; left out, as long as the measure says. */
  readonly lasts?: "session";
}

export const defineLimit = (limit: Limit): Limit => limit;
