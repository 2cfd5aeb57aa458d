import type { Span } from "@bitfever/engine";
import { bestOf, frontOf, type Choosable } from "./choice.js";
import { runSearch } from "./search-run.js";
import { searchOf, type SearchSetup } from "./search-setup.js";
import { recordedTrial } from "./study-trial.js";
import type { TrialSource } from "./trial-source.js";

export interface BestTrialOptions {
  /** Bars that are searched; all where not given. */
  readonly span?: Span;
  readonly signal?: AbortSignal | undefined;
  /** Told how many trials are done. */
  readonly tell?: (done: number) => void;
}

export interface BestTrial {
  /** Null where no trial keeps all constraints and has a value for every objective. */
  readonly best: Choosable | null;
  readonly trials: number;
}

/** A whole search, of which the best is kept. Null where it was stopped before it was over. */
export async function bestTrial(
  setup: SearchSetup,
  source: TrialSource,
  { span, signal, tell }: BestTrialOptions = {},
): Promise<BestTrial | null> {
  const search = searchOf(setup, setup.options);
  const trials: Choosable[] = [];
  for await (const { proposal, outcome } of runSearch({ search, source, known: new Map(), span, signal })) {
    const { told, found } = recordedTrial(proposal, outcome, setup);
    search.tell([found]);
    trials.push({ told, found });
    tell?.(trials.length);
  }
  if (signal?.aborted === true && search.ask().length > 0) return null;
  return { best: bestOf(frontOf(trials)), trials: trials.length };
}
