import type { Proposal, Search, Span } from "@bitfever/engine";
import type { WrittenTrial } from "./study-file.js";
import type { MadeTrial, TrialSource } from "./trial-source.js";
import type { TrialOutcome } from "./trial-outcome.js";

/** A trial that was made before. */
export type KnownTrial = Pick<WrittenTrial, "point" | "fidelity" | "outcome">;

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
  /** Those that are there already, by their numbers. */
  readonly known: ReadonlyMap<number, KnownTrial>;
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
      const made = known.get(proposal.number);
      if (made === undefined) break;
      // As it was made: where that is not what is asked for, the search says so when it is told.
      const { point, fidelity, outcome } = made;
      yield { proposal: { ...proposal, point, fidelity }, outcome, evidence: null, isKnown: true };
    }
    const open = asked.filter(({ number }) => !known.has(number));
    let next = 0;
    for await (const made of source.outcomes(open, span)) {
      yield { proposal: open[next++], ...made, isKnown: false };
      if (isStopped()) return;
    }
  }
}
