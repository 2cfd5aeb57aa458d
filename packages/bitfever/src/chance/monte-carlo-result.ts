import type { Distribution } from "@bitfever/engine";
import type { ParameterValue } from "../parameters.js";
import type { StudyResult } from "../optimize/study-result.js";

/** What a Monte Carlo has come to, as plain data. */
export interface MonteCarloResult extends Pick<
  StudyResult,
  "program" | "data" | "settingsHash" | "seed" | "stopped"
> {
  readonly schema: "bitfever/monte-carlo@1";
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** What was drawn. */
  readonly of: "trades" | "bars";
  /** With putting back, or each once in another order. */
  readonly order: "drawn" | "shuffled";
  /** Mean length of a block of trades or bars; null where each came once. */
  readonly meanBlock: number | null;
  /** Closed trades of the run itself. */
  readonly trades: number;
  /** Draws that were made. */
  readonly runs: number;
  /** Of these, runs that failed and are in no figure. */
  readonly failed: number;
  /** Decimal money before the first bar. */
  readonly initialCapital: number;
  readonly figures: MonteCarloFigures<DrawnFigure>;
  /** Share of the draws that end with less than they began with. */
  readonly losing: number;
  readonly ruin: {
    /** The share of the capital at or below which an account is ruined. */
    readonly at: number;
    readonly runs: number;
    readonly probability: number;
  };
  /** Of each draw that did not fail, in order. */
  readonly draws: MonteCarloFigures<readonly (number | null)[]>;
  /** In words: what was drawn, and what it supposes. */
  readonly drawn: string;
  readonly supposed: string;
}

/** Of trades the account is looked at where one ends, of bars at the end of a session, and its drawdown at each bar. */
export interface MonteCarloFigures<Each> {
  /** Decimal money; deposits are taken out. */
  readonly final_equity: Each;
  readonly max_drawdown: Each;
  /** A year's: of trades by what each earned of the account, of bars by sessions. */
  readonly sharpe: Each;
}

export interface DrawnFigure {
  /** Of the run itself; null where it cannot be told. */
  readonly observed: number | null;
  /** Of the draws that have a value; null where none has. */
  readonly distribution: Distribution | null;
  /** Share of the draws whose value is below the observed one; null where there are none. */
  readonly below: number | null;
}
