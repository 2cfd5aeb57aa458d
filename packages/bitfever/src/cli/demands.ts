import { BitFeverError } from "@bitfever/lang";
import type { BacktestResult } from "@bitfever/engine";
import { parseComparison } from "../measure/comparison.js";
import { judge } from "./assertions.js";
import type { Beside } from "./beside.js";
import type { SimulationFlags } from "./simulation-flags.js";
import type { Verdict } from "./verdict.js";

/** What became of all that was demanded of a run. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  /** Beside an earlier run; null where nobody gave one. */
  readonly beside: Beside | null;
}

/**
 * Reads what is demanded of a run, before it is made: nobody waits for a run to hear of a misspelt metric.
 *
 * @returns what judges a result by it
 * @throws BitFeverError BF5030, BF5031, BF5130 for an assertion, BF5138 or BF5354 for an allowance, BF5020 or BF5070 for the baseline
 */
export async function demandsOf({
  assert = [],
  baseline,
  allowWorse,
}: Pick<SimulationFlags, "assert" | "baseline" | "allowWorse">): Promise<(result: BacktestResult) => Judged> {
  const assertions = assert.map(parseComparison);
  const asserted = (result: BacktestResult): readonly Verdict[] =>
    assertions.map((each) => judge(each, result));
  if (baseline === undefined) {
    if (allowWorse !== undefined)
      throw new BitFeverError("BF5138", "--allow-worse goes with --baseline", {
        hint: "name the result of an earlier run: --baseline FILE, which --json FILE has written",
      });
    return (result) => ({ verdicts: asserted(result), beside: null });
  }
  const { besideBaseline, besideVerdicts } = await import("./beside.js");
  const hold = await besideBaseline(baseline, allowWorse);
  return (result) => {
    const beside = hold(result);
    return { verdicts: [...asserted(result), ...besideVerdicts(beside)], beside };
  };
}
