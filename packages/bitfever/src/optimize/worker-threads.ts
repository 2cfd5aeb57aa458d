import { setImmediate as turn } from "node:timers/promises";
import type { Piscina } from "piscina";
import type { Proposal, Span } from "@bitfever/engine";
import {
  answersInOrder,
  handsOf,
  lostTwice,
  startThreads,
  threadProgram,
  type Hand,
} from "../thread-pool.js";
import type { StudyEvidencePart } from "./honesty.js";
import type { SharedBatches } from "./shared-batches.js";
import type { SharedPart } from "./span.js";
import type { TrialInput, TrialRunner } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";
import type { MadeTrial, TrialSource } from "./trial-source.js";

/** What a worker thread is asked. */
export interface TrialTask {
  readonly trials: readonly Pick<Proposal, "number" | "point" | "fidelity">[];
  readonly span: Span | undefined;
  /** What they and others have in common, on shared memory. */
  readonly shared: SharedPart | undefined;
  /** Bytes for what they have in common, which the thread computes itself: for a queue, whose trials are apart. */
  readonly ownBytes?: number;
  /** Whether the evidence of all is wanted. */
  readonly gathers: boolean;
}

/** What a worker thread answers. */
export interface TrialAnswer {
  readonly outcomes: readonly TrialOutcome[];
  /** Of all trials of the task; null where it is not wanted, they are too few for it, or on a part of the history. */
  readonly evidence: StudyEvidencePart | null;
}

type Pool = Piscina<TrialTask, TrialAnswer>;

/** Small enough that the threads end together and a lost one loses little, large enough that asking costs nothing. */
const mostTrialsPerTask = 16;

interface WorkerOptions {
  /** The program of the threads. */
  readonly filename?: string;
  /** Makes trials in this thread too: those that come while the others start, and then its share. */
  readonly own?: TrialRunner;
}

/**
 * Trials made by so many worker threads. Each gets the program once; the columns of the bars are shared.
 *
 * @param input  with bars on shared memory, and without indicators of one's own
 */
export async function workerThreads(
  input: TrialInput,
  count: number,
  batches: SharedBatches,
  { filename = threadProgram("search-worker"), own }: WorkerOptions = {},
): Promise<TrialSource> {
  const pool: Pool = await startThreads({ filename, name: "makeTrials", workerData: input, count });
  // A task of nothing is answered by a thread that is there.
  const nothing = { trials: [], span: undefined, shared: undefined, gathers: false };
  const ready = own === undefined ? undefined : pool.run(nothing).catch(() => undefined);
  const hands = handsOf(count, { answer: (task: TrialTask) => attempt(pool, task), ready });
  return {
    async *outcomes(proposals, span) {
      const shared = batches.of(proposals, span);
      const threads = own === undefined ? count : count + 1;
      const tasks = tasksOf(proposals, threads).map((trials): TrialTask => ({
        trials,
        span,
        shared,
        gathers: true,
      }));
      const left = new AbortController();
      const all = own === undefined ? hands : [ownHand(own, left.signal), ...hands];
      try {
        for await (const each of answersInOrder(tasks, all)) yield* madeTrials(each);
      } finally {
        left.abort();
      }
    },
    close: () => pool.destroy(),
  };
}

/** This thread, which has a turn for others between trials. */
const ownHand = (runner: TrialRunner, left: AbortSignal): Hand<TrialTask, TrialAnswer> => ({
  async answer({ trials, span, shared }) {
    const outcomes: TrialOutcome[] = [];
    for (const { point, fidelity } of trials) {
      if (left.aborted) break;
      outcomes.push(runner.run(point, fidelity, span, shared));
      await turn();
    }
    return { outcomes, evidence: null };
  },
});

/** The evidence of a task comes with its last trial. */
const madeTrials = ({ outcomes, evidence }: TrialAnswer): readonly MadeTrial[] =>
  outcomes.map((outcome, i) => ({
    outcome,
    evidence: i === outcomes.length - 1 || evidence === null ? evidence : "later",
  }));

function tasksOf(proposals: readonly Proposal[], threads: number): readonly TrialTask["trials"][] {
  const size = Math.min(mostTrialsPerTask, Math.ceil(proposals.length / (4 * threads)));
  const tasks: TrialTask["trials"][] = [];
  for (let from = 0; from < proposals.length; from += size) {
    tasks.push(
      proposals.slice(from, from + size).map(({ number, point, fidelity }) => ({ number, point, fidelity })),
    );
  }
  return tasks;
}

/** Trials whose thread was lost are made one by one, so that none is blamed for another, and once more where that is lost too. */
async function attempt(pool: Pool, task: TrialTask): Promise<TrialAnswer> {
  try {
    return await pool.run(task);
  } catch {
    const outcomes: TrialOutcome[] = [];
    for (const each of task.trials) {
      const alone = { ...task, trials: [each] };
      // A trial that was alone has had its first try.
      const again = task.trials.length === 1 ? null : await pool.run(alone).catch(() => null);
      outcomes.push(again?.outcomes[0] ?? (await lastAttempt(pool, alone)));
    }
    return { outcomes, evidence: null };
  }
}

async function lastAttempt(pool: Pool, task: TrialTask): Promise<TrialOutcome> {
  try {
    const { outcomes } = await pool.run(task);
    return outcomes[0];
  } catch (cause) {
    return { kind: "failure", error: { code: "BF5132", message: `its ${lostTwice(cause)}` } };
  }
}
