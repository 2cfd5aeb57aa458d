import type { BacktestResult } from "@bitfever/engine";
import { parseAllowance, usualAllowances } from "../comparison/allowance.js";
import { holdAgainst, type HeldRun } from "../comparison/baseline.js";
import { readResult } from "../files.js";
import type { Verdict } from "./verdict.js";

/** A run beside its baseline. */
export interface Beside {
  /** Of the baseline. */
  readonly path: string;
  readonly baseline: BacktestResult;
  readonly held: HeldRun;
}

/**
 * Reads the baseline, and how much worse than it a run may be.
 *
 * @returns what holds a result against it
 * @throws BitFeverError BF5031 or BF5354 for an allowance, BF5020 or BF5070 for the baseline
 */
export async function besideBaseline(
  path: string,
  allowed: Readonly<Record<string, string>> = usualAllowances,
): Promise<(result: BacktestResult) => Beside> {
  const allowances = Object.entries(allowed).map(([name, text]) => parseAllowance(name, text));
  const baseline = await readResult(path);
  return (result) => ({ path, baseline, held: holdAgainst(baseline, result, allowances) });
}

export const besideVerdicts = ({ held }: Beside): readonly Verdict[] =>
  held.held.map(({ allowance, passed, found }) => ({
    text: `${allowance.metric.name} at most ${allowance.text} worse than the baseline`,
    ...{ passed, found },
  }));
