import { setImmediate as turn } from "node:timers/promises";
import type { Proposal, Span } from "@bitfever/engine";
import type { SharedBatches } from "./shared-batches.js";
import type { TrialRunner } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";

/** Where trials are made. */
export interface TrialSource {
  /** What comes of proposals, in their order. */
  outcomes(proposals: readonly Proposal[], span?: Span): AsyncIterable<TrialOutcome>;
  close(): Promise<void>;
}

/** Trials made one after another by this thread, which has a turn for others between them. */
export const ownThread = (runner: TrialRunner, batches: SharedBatches): TrialSource => ({
  async *outcomes(proposals, span) {
    const shared = batches.of(proposals, span);
    for (const { point, fidelity } of proposals) {
      yield runner.run(point, fidelity, span, shared);
      await turn();
    }
  },
  close: () => Promise.resolve(),
});
