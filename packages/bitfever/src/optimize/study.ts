import { BitFeverError } from "@bitfever/lang";
import { placeOf, type DoneEvidence, type PlateauInput } from "@bitfever/engine";
import { backtest, type Backtest } from "../backtest.js";
import { bestOf, frontOf } from "./choice.js";
import type { Honesty, StudyEvidence } from "./honesty.js";
import type { OptimizeOptions } from "./optimize-options.js";
import { progressOf } from "./progress.js";
import { runSearch, type Answer, type KnownTrial } from "./search-run.js";
import { basisOf, headerOf, searchOf, sourceOf, type SearchSetup } from "./search-setup.js";
import { openStudyFile, type StudyFile, type StudyHeader } from "./study-file.js";
import type { StudyResult } from "./study-result.js";
import { recordedTrial, type RecordedTrial, type StudyTrial } from "./study-trial.js";
import { ToldWork } from "./told-work.js";

/** What is kept of a trial once its returns are counted. */
type KeptTrial = Omit<RecordedTrial, "returns">;

/**
 * A search that goes on. It begins when somebody asks for its trials or its result; leaving a loop over its trials stops it.
 */
export class Study implements AsyncIterable<StudyTrial> {
  private readonly trials: KeptTrial[] = [];
  private readonly work: ToldWork<StudyTrial, StudyResult>;

  /** @param start  where trials are made */
  constructor(
    private readonly setup: SearchSetup,
    private readonly options: OptimizeOptions,
    private readonly start = sourceOf,
  ) {
    this.work = new ToldWork((tell, signal) => this.run(tell, signal), options.signal);
  }

  /** What it has come to, once it is over or stopped. */
  get result(): Promise<StudyResult> {
    return this.work.result;
  }

  /** Its trials as they come, in the order of their numbers; those of a study that goes on are told first. */
  [Symbol.asyncIterator](): AsyncGenerator<StudyTrial, void> {
    return this.work[Symbol.asyncIterator]();
  }

  /**
   * The whole result of a trial, made anew on the whole history.
   *
   * @throws BitFeverError BF5139 for a number of which there is no trial
   */
  backtest(number: number, options: Pick<OptimizeOptions, "signal"> = {}): Promise<Backtest> {
    const trial = this.trials.at(number);
    if (!Number.isInteger(number) || number < 0 || trial === undefined)
      throw new BitFeverError("BF5139", `there is no trial ${number}`, {
        hint: `the numbers go from 0 to ${this.trials.length - 1}`,
      });
    const { bars, settings } = this.setup.input;
    const { signal } = options;
    return backtest(this.setup.strategy, bars, {
      ...settings,
      params: trial.told.params,
      trials: { count: Math.max(this.trials.length, 1), sharpeDeviation: null },
      ...(signal && { signal }),
    });
  }

  private async run(tell: (trial: StudyTrial) => void, signal: AbortSignal): Promise<StudyResult> {
    const { setup, options, trials } = this;
    const { runner } = setup;
    const wanted = headerOf(setup);
    const file =
      options.study === undefined ? null : openStudyFile(options.study, wanted, Object.keys(setup.options));
    try {
      const header = file?.header ?? wanted;
      const evidence = runner.evidence();
      // Trials whose evidence is still to come.
      let awaited: RecordedTrial[] = [];
      const add = ({ told, returns }: RecordedTrial): void => {
        evidence.add(told.number, returns);
      };
      const search = searchOf(setup, header.method.options);
      const source = await this.start(setup, { ...options, signal });
      const progress = progressOf(options, setup.total, file?.trials.length ?? 0);
      const take = (answer: Answer): void => {
        const { proposal, outcome } = answer;
        const recorded = recordedTrial(proposal, outcome, setup);
        search.tell([recorded.found]);
        if (!answer.isKnown) file?.append({ ...proposal, outcome });
        if (answer.evidence === null) add(recorded);
        else if (answer.evidence === "later") awaited.push(recorded);
        else {
          evidence.absorb(answer.evidence);
          awaited = [];
        }
        const { told, found } = recorded;
        trials.push({ told, found });
        progress(trials.length);
        tell(told);
      };
      try {
        const known = knownOf(file);
        for await (const answer of runSearch({ search, source, known, signal })) take(answer);
        // Of a task that was left before its end.
        awaited.forEach(add);
        const isStopped = signal.aborted && search.ask().length > 0;
        // Threads that were left have trials to end.
        const done = isStopped ? undefined : await source.evidence?.(evidence);
        return this.resultOf(header, evidence, isStopped, done);
      } finally {
        await source.close();
      }
    } finally {
      file?.close();
    }
  }

  private resultOf(
    header: StudyHeader,
    evidence: StudyEvidence,
    stopped: boolean,
    done: readonly DoneEvidence[] | undefined,
  ): StudyResult {
    const { trials, setup } = this;
    const front = frontOf(trials);
    const best = bestOf(front);
    return {
      schema: "bitfever/optimize@1",
      ...basisOf(setup, header),
      stopped,
      counts: {
        trials: trials.length,
        failed: trials.filter(({ told }) => told.error !== null).length,
        disallowed: trials.filter(({ told }) => told.error === null && !told.allowed).length,
      },
      best: best?.told ?? null,
      front: front.map(({ told }) => told.number),
      honesty: best === null ? null : this.honestyOf(best, evidence, done),
      trials: trials.map(({ told }) => told),
    };
  }

  /** Returns are not kept, so that those of the chosen one are made anew. */
  private honestyOf(
    best: KeptTrial,
    evidence: StudyEvidence,
    done: readonly DoneEvidence[] | undefined,
  ): Honesty | null {
    const outcome = this.setup.runner.run(best.found.point, 1);
    if (outcome.kind === "failure") return null;
    return evidence.report(best.found.number, outcome.returns, nearOf(best, this.trials, this.setup), done);
  }
}

const knownOf = (file: StudyFile | null): ReadonlyMap<number, KnownTrial> =>
  new Map(file?.trials.map((each) => [each.number, each]));

/** Trials around the chosen one, as the plateau looks at them: those on as much of the history as it. */
function nearOf(
  best: KeptTrial,
  trials: readonly KeptTrial[],
  { space, measures }: SearchSetup,
): PlateauInput {
  const alike = trials.filter(({ told }) => told.error === null && told.fidelity === best.told.fidelity);
  return {
    points: alike.map(({ found }) =>
      space.dimensions.map((dimension, i) => {
        const value = found.point[i];
        if (dimension.kind !== "interval") return placeOf(dimension, value);
        return dimension.logarithmic ? Math.log(value) : value;
      }),
    ),
    kinds: space.dimensions.map((each) =>
      each.kind === "choices" && !each.isOrdered ? "choice" : "ordered",
    ),
    values: alike.map(({ told }) => told.objectives[0] ?? NaN),
    better: measures.objectives[0].better,
    chosen: alike.indexOf(best),
  };
}
