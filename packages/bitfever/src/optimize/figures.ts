import { BitFeverError, textOfError } from "@bitfever/lang";
import { metrics as catalogue, type MetricContext } from "@bitfever/engine";
import type { TrialFigures, TrialOutcome } from "./trial-outcome.js";

/** A run that was made, and how many kernels it took. */
interface MadeRun {
  readonly context: MetricContext;
  readonly kernels: number;
}

/** What comes of a trial. Whatever is thrown on the way makes it a failed one. */
export function outcomeOf(metrics: readonly string[], trade: () => MadeRun): TrialOutcome {
  try {
    return figuresOf(metrics, trade());
  } catch (thrown) {
    return { kind: "failure", error: errorOf(thrown) };
  }
}

const figuresOf = (metrics: readonly string[], { context, kernels }: MadeRun): TrialFigures => ({
  kind: "figures",
  metrics: metricsOf(metrics, context),
  returns: returnsOf(context),
  trades: context.trades.length,
  longestHolding: longestHolding(context),
  kernels,
});

/** Metrics by name; null where one cannot be told. */
export function metricsOf(
  names: readonly string[],
  context: MetricContext,
): Readonly<Record<string, number | null>> {
  const values = { ...blankOf(names) };
  for (const name of names) values[name] = metricOf(name, context);
  return values;
}

/** A record of nulls: copies of it have one shape and are filled fast, where one made name by name becomes a table. */
function blankOf(names: readonly string[]): Record<string, number | null> {
  const found =
    blanks.get(names) ??
    (JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))) as Record<
      string,
      null
    >);
  blanks.set(names, found);
  return found;
}

const blanks = new WeakMap<readonly string[], Record<string, number | null>>();

/** Null where it cannot be told. */
export function metricOf(name: string, context: MetricContext): number | null {
  const value = catalogue.get(name)?.compute(context);
  return typeof value === "number" ? value : null;
}

/** An account that is worth nothing or less has no returns any more. */
export function returnsOf({ sessionEquity }: MetricContext): Float64Array {
  const returns = new Float64Array(sessionEquity.length - 1);
  for (let i = 0; i < returns.length && sessionEquity[i] > 0; i++)
    returns[i] = sessionEquity[i + 1] / sessionEquity[i] - 1;
  return returns;
}

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
  message: textOfError(thrown),
});
