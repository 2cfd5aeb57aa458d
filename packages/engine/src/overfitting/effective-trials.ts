import { trialsExpecting } from "../expected-best.js";
import type { RealityCheckResult } from "./reality-check.js";

/**
 * How many independent trials would have the same best to be expected of them as these, which resemble one another.
 * It is read from the draws of the reality check, so that it needs no matrix of correlations, works for any number of
 * trials, and means what the deflated Sharpe ratio asks: how far chance alone lifts the best. Why this one: ADR 0044.
 *
 * @returns from 1 to the number of trials; not a whole number as a rule. With a thousand draws its error is about one
 * part in twenty
 */
export const effectiveTrials = ({
  expectedBest,
  trials,
}: Pick<RealityCheckResult, "expectedBest" | "trials">): number => trialsExpecting(expectedBest, trials);
