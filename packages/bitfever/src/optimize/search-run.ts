import type { Proposal, Search, Span } from "@bitfever/engine";
import type { MadeTrial, TrialSource } from "./trial-source.js";
import type { TrialOutcome } from "./trial-outcome.js";

/** A proposal, and what came of it. */
export interface Answer {
  readonly proposal: Proposal;
  readonly outcome: TrialOutcome;
  readonly evidence: MadeTrial["evidence"];
  /** Whether it was made before and is only told again. */
  readonly isKnown: boolean;
}

export interface SearchRunOptions {
  readonly search: Search;
  readonly source: TrialSource;
  /** Answers that are there already, by the number of their trial. */
  readonly known: ReadonlyMap<number, TrialOutcome>;
  readonly span?: Span | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a search for trials until it is over or stopped, and makes them. Answers come in the order of their numbers, however many
 * threads make them, so that the search asks for the same. Whoever is handed an answer tells the search of it before the next.
 */
export async function* runSearch(options: SearchRunOptions): AsyncGenerator<Answer, void> {
  const { search, source, known, span, signal } = options;
  const isStopped = (): boolean => signal?.aborted === true;
  while (!isStopped()) {
    const asked = search.ask();
    if (asked.length === 0) return;
    for (const proposal of asked) {
      const outcome = known.get(proposal.number);
      if (outcome === undefined) break;
      yield { proposal, outcome, evidence: null, isKnown: true };
    }
    const open = asked.filter(({ number }) => !known.has(number));
    let next = 0;
    for await (const made of source.outcomes(open, span)) {
      yield { proposal: open[next++], ...made, isKnown: false };
      if (isStopped()) return;
    }
  }
}
