import { BitFeverError } from "@bitfever/lang";
import type { MetricContext } from "@bitfever/engine";
import { metricOf, returnsOf } from "./trial.js";
import type { TrialFigures, TrialOutcome } from "./trial-outcome.js";

/** What comes of a trial. Whatever is thrown on the way makes it a failed one. */
export function outcomeOf(metrics: readonly string[], trade: () => MetricContext): TrialOutcome {
  try {
    return figuresOf(metrics, trade());
  } catch (thrown) {
    return { kind: "failure", error: errorOf(thrown) };
  }
}

/** What is kept of a run. */
export const figuresOf = (metrics: readonly string[], context: MetricContext): TrialFigures => ({
  kind: "figures",
  metrics: Object.fromEntries(metrics.map((name) => [name, metricOf(name, context)])),
  returns: returnsOf(context),
  trades: context.trades.length,
  longestHolding: longestHolding(context),
});

function longestHolding({ trades: { length, closed, entryBar, exitBar }, bars }: MetricContext): number {
  let longest = 0;
  for (let i = 0; i < length; i++) {
    const end = i < closed ? exitBar[i] : bars.length - 1;
    longest = Math.max(longest, end - entryBar[i]);
  }
  return longest;
}

const errorOf = (thrown: unknown): { readonly code: string; readonly message: string } => ({
  code: thrown instanceof BitFeverError ? thrown.code : "unknown",
  message: thrown instanceof Error ? thrown.message : String(thrown),
});
