import type { DoneEvidence, EvidenceWork, Proposal } from "@bitfever/engine";
import { answersInOrder, handsOf, lostTwice, threadProgram, type Hand } from "../thread-pool.js";
import { workDone } from "./honesty.js";
import type { SharedBatches } from "./shared-batches.js";
import { sentPart } from "./sent-part.js";
import type { SharedPart } from "./span.js";
import type { TrialInput, TrialRunner } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";
import { enoughForEvidence, type TrialAnswer, type TrialTask } from "./trial-task.js";
import type { MadeTrial, TrialSource } from "./trial-source.js";
import { WarmThreads } from "./warm-threads.js";
import { turn } from "../turn.js";

type Run = (task: TrialTask) => Promise<TrialAnswer>;

/** Small enough that a lost thread loses little, large enough that asking costs nothing. */
const mostTrialsPerTask = 16;

interface WorkerOptions {
  /** The program of the threads. */
  readonly filename?: string;
  /** Makes trials in this thread too: those that come while the others start, and then its share. */
  readonly own?: TrialRunner;
}

/** Of the studies of this process, for threads that have made trials of others. */
let studies = 0;

/**
 * Trials made by so many worker threads. Each gets the program once; the columns of the bars, and those that trials have in common,
 * are shared.
 *
 * @param input  with bars on shared memory, and without indicators of one's own
 */
export async function workerThreads(
  input: TrialInput,
  count: number,
  batches: SharedBatches,
  { filename = threadProgram("search-worker"), own }: WorkerOptions = {},
): Promise<TrialSource> {
  const threads = await WarmThreads.take(filename, count);
  const study = studies++;
  const run: Run = async (task) => {
    // Which thread takes a task is not known, and so not which of them knows the study.
    const answer =
      (await threads.run({ study, input: null, task })) ?? (await threads.run({ study, input, task }));
    if (answer === null) throw new Error("a worker thread that knows its study has no answer");
    return answer;
  };
  const ready =
    own === undefined ? undefined : threads.run({ study, input, task: null }).catch(() => undefined);
  const hands = handsOf(count, { answer: (task: TrialTask) => attempt(run, task), ready });
  const makers = own === undefined ? count : count + 1;
  const helpers = handsOf(count, {
    answer: (work: EvidenceWork) => threads.evidence(work).catch(() => workDone(work)),
    ready,
  });
  return {
    async *outcomes(proposals, span) {
      const shared = batches.of(proposals, span);
      const sent = shared && sentPart(shared);
      const tasks = tasksOf(proposals, makers).map((trials): TrialTask => ({
        trials,
        span,
        shared: sent,
        gathers: true,
      }));
      const left = new AbortController();
      const all = own === undefined ? hands : [ownHand(own, shared, left.signal), ...hands];
      try {
        for await (const each of answersInOrder(tasks, all)) yield* madeTrials(each);
      } finally {
        left.abort();
      }
    },
    async evidence(of) {
      const work = of.work(2 * makers - 1);
      // This thread is the last to take some: it hands out none while it is at work.
      const all = own === undefined ? helpers : [...helpers, ownHelper];
      const done: DoneEvidence[] = [];
      for await (const each of answersInOrder(work, all)) done.push(each);
      return done;
    },
    async close() {
      await threads.giveBack();
      batches.close();
    },
  };
}

/** This thread, which has a turn for others between trials. */
const ownHand = (
  runner: TrialRunner,
  shared: SharedPart | undefined,
  left: AbortSignal,
): Hand<TrialTask, TrialAnswer> => ({
  async answer({ trials, span }) {
    const outcomes: TrialOutcome[] = [];
    for (const { point, fidelity } of trials) {
      if (left.aborted) break;
      outcomes.push(runner.run(point, fidelity, span, shared));
      await turn();
    }
    return { outcomes, evidence: null };
  },
});

const ownHelper: Hand<EvidenceWork, DoneEvidence> = { answer: (work) => Promise.resolve(workDone(work)) };

/** The evidence of a task comes with its last trial. */
const madeTrials = ({ outcomes, evidence }: TrialAnswer): readonly MadeTrial[] =>
  outcomes.map((outcome, i) => ({
    outcome,
    evidence: i === outcomes.length - 1 || evidence === null ? evidence : "later",
  }));

/** Smaller towards the end, so that no thread has a large one left when the others are done. */
function tasksOf(proposals: readonly Proposal[], threads: number): readonly TrialTask["trials"][] {
  const tasks: TrialTask["trials"][] = [];
  const shareOf = (trials: number): number => Math.ceil(trials / (4 * threads));
  const least = Math.min(enoughForEvidence, shareOf(proposals.length));
  for (let from = 0; from < proposals.length;) {
    const to = from + Math.min(mostTrialsPerTask, Math.max(least, shareOf(proposals.length - from)));
    tasks.push(proposals.slice(from, to).map(({ number, point, fidelity }) => ({ number, point, fidelity })));
    from = to;
  }
  return tasks;
}

/** Trials whose thread was lost are made one by one, so that none is blamed for another, and once more where that is lost too. */
async function attempt(run: Run, task: TrialTask): Promise<TrialAnswer> {
  try {
    return await run(task);
  } catch {
    const outcomes: TrialOutcome[] = [];
    for (const each of task.trials) {
      const alone = { ...task, trials: [each] };
      // A trial that was alone has had its first try.
      const again = task.trials.length === 1 ? null : await run(alone).catch(() => null);
      outcomes.push(again?.outcomes[0] ?? (await lastAttempt(run, alone)));
    }
    return { outcomes, evidence: null };
  }
}

async function lastAttempt(run: Run, task: TrialTask): Promise<TrialOutcome> {
  try {
    const { outcomes } = await run(task);
    return outcomes[0];
  } catch (cause) {
    return { kind: "failure", error: { code: "BF5132", message: `its ${lostTwice(cause)}` } };
  }
}
