import type { Span } from "@bitfever/engine";
import { bestOf, frontOf, type Choosable } from "./choice.js";
import { runSearch, type Answer, type KnownTrial } from "./search-run.js";
import { searchOf, type SearchSetup } from "./search-setup.js";
import { recordedTrial } from "./study-trial.js";
import type { TrialSource } from "./trial-source.js";

export interface BestTrialOptions {
  /** Bars that are searched; all where not given. */
  readonly span?: Span;
  readonly signal?: AbortSignal | undefined;
  /** Those that are there already, by their numbers. */
  readonly known?: ReadonlyMap<number, KnownTrial>;
  /** Told of each answer, in the order of their numbers. */
  readonly onAnswer?: (answer: Answer) => void;
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
  { span, signal, known = new Map(), onAnswer }: BestTrialOptions = {},
): Promise<BestTrial | null> {
  const search = searchOf(setup, setup.options);
  const trials: Choosable[] = [];
  for await (const answer of runSearch({ search, source, known, span, signal })) {
    const { told, found } = recordedTrial(answer.proposal, answer.outcome, setup);
    search.tell([found]);
    trials.push({ told, found });
    onAnswer?.(answer);
  }
  if (signal?.aborted === true && search.ask().length > 0) return null;
  return { best: bestOf(frontOf(trials)), trials: trials.length };
}
