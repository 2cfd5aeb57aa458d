import {
  areFinite,
  beyondMarket,
  isUnknown,
  plateauOf,
  SearchEvidence,
  sliceStatistics,
  verdictOn,
  doEvidenceWork,
  type DoneEvidence,
  type EvidencePart,
  type EvidenceReport,
  type EvidenceWork,
  type PlateauInput,
  type Unknown,
  type Verdict,
} from "@bitfever/engine";
import { saidOf } from "./judged.js";

/** What a search says of its own luck. Numbers that cannot be told are null, with the reason in words. */
export interface Honesty {
  readonly verdict: Verdict;
  /** Trials that did not fail, those on a part of the history counted too. */
  readonly trials: number;
  /** How many independent ones they are worth. */
  readonly effectiveTrials: number | null;
  /** Groups of trials that are much the same, among `of` that were compared. */
  readonly clusters: EvidenceReport["clusters"];
  readonly sessions: number;
  /** How likely the true Sharpe ratio is above what the best of the effective trials shows by luck. */
  readonly deflatedSharpe: number | null;
  /** Standard deviation of the Sharpe ratios of the trials, a year's. */
  readonly sharpeDeviation: number | null;
  /** Of choosing in one half of the history, that the choice is below the median in the other. */
  readonly probabilityOfOverfitting: number | null;
  readonly probabilityOfLoss: number | null;
  /** How much of the best value its neighbours keep: 0 a lonely peak, 1 a plateau. */
  readonly plateau: number | null;
  /** Sessions until its Sharpe ratio is above 0 for more than luck, were it the only trial. */
  readonly minimumTrackRecord: number | null;
  /** The same until it is above what the best of the effective trials shows by luck. */
  readonly minimumTrackRecordOfBest: number | null;
  /** Years until a Sharpe ratio of 1 is not to be expected of the best by luck. */
  readonly minimumBacktestYears: number | null;
  /** In how large a part of the draws chance alone does as well as the chosen trial: the reality check. */
  readonly chance: number | null;
  readonly reasons: Readonly<Record<string, string>>;
}

const { sharpe } = sliceStatistics;
const blocks = 16;

/** A piece of the work of a report, done. */
export const workDone = (work: EvidenceWork): DoneEvidence => doEvidenceWork(work, sharpe);

/** What some trials leave of evidence. It may travel between threads. */
export interface StudyEvidencePart {
  readonly all: EvidencePart;
  readonly whole: readonly number[];
}

/**
 * Gathers what is needed to tell the luck of a study, trial by trial, without keeping their returns. Trials may come in any
 * order, and in parts from several threads; the report is the same.
 */
export class StudyEvidence {
  /** Of all trials; those on a part of the history did nothing in the rest. */
  private readonly all: SearchEvidence;
  /** Those on the whole of it, which alone can be ranked in parts of it. */
  private whole: number[] = [];

  constructor(
    private readonly options: {
      readonly sessions: number;
      readonly sessionsPerYear: number;
      /** Returns of the market, where trials are judged by what they earn beyond it. */
      readonly market: Float64Array | null;
    },
  ) {
    const { sessions, sessionsPerYear } = options;
    this.all = new SearchEvidence({ sessions, sessionsPerYear, blocks, statistic: sharpe });
  }

  /** @param earned  returns; null for a trial that failed, which counts for nothing */
  add(trial: number, earned: Float64Array | null): void {
    const { sessions } = this.options;
    if (earned === null || !areFinite(earned)) return;
    const returns = this.judged(earned);
    if (returns.length === sessions) {
      this.all.add(trial, returns);
      this.whole.push(trial);
      return;
    }
    const padded = new Float64Array(sessions);
    padded.set(returns);
    this.all.add(trial, padded);
  }

  /** What the trials since the last time leave; those that follow are gathered anew. */
  take(): StudyEvidencePart {
    const { whole } = this;
    this.whole = [];
    return { all: this.all.take(), whole };
  }

  /** Adds the trials of another one of the same history. */
  absorb({ all, whole }: StudyEvidencePart): void {
    this.all.absorb(all);
    for (const each of whole) this.whole.push(each);
  }

  /** What the report takes longest for, in so many pieces and one, of which none needs another one. */
  work(pieces: number): readonly EvidenceWork[] {
    return this.all.work(new Set(this.whole), pieces);
  }

  /**
   * @param chosen   the number of the trial that was chosen
   * @param returns  its returns on the whole history
   * @param done     all of its work; it is done here where not given
   */
  report(chosen: number, returns: Float64Array, near: PlateauInput, done?: readonly DoneEvidence[]): Honesty {
    const found = this.all.report(chosen, this.judged(returns), new Set(this.whole), done);
    const { overfitting } = found;
    const plateau = plateauOf(near);
    const { realityCheck, deflatedSharpe, effectiveTrials, trials, sessions } = found;
    const numbers: Record<Known, number | Unknown> = {
      ...{ effectiveTrials, deflatedSharpe, sharpeDeviation: found.sharpeDeviation },
      probabilityOfOverfitting: isUnknown(overfitting) ? overfitting : overfitting.probability,
      probabilityOfLoss: isUnknown(overfitting) ? overfitting : overfitting.probabilityOfLoss,
      plateau: isUnknown(plateau) ? plateau : plateau.score,
      minimumTrackRecord: found.minimumTrackRecord,
      minimumTrackRecordOfBest: found.minimumTrackRecordOfBest,
      minimumBacktestYears: found.minimumBacktestYears,
      chance: isUnknown(realityCheck) ? realityCheck : realityCheck.chosen,
    };
    const entries = Object.entries(numbers) as [Known, number | Unknown][];
    return {
      verdict: saidOf(
        verdictOn({ trials, effectiveTrials, sessions, realityCheck, deflatedSharpe, overfitting, plateau }),
        this.options.market !== null,
      ),
      ...{ trials, sessions, clusters: found.clusters },
      ...(Object.fromEntries(
        entries.map(([name, value]) => [name, isUnknown(value) ? null : value]),
      ) as Record<Known, number | null>),
      reasons: Object.fromEntries(
        entries.flatMap(([name, value]) => (isUnknown(value) ? [[name, value.reason]] : [])),
      ),
    };
  }

  private judged(returns: Float64Array): Float64Array {
    const { market } = this.options;
    return market === null ? returns : beyondMarket(returns, market);
  }
}

type Known = {
  [Name in keyof Honesty]: null extends Honesty[Name] ? Name : never;
}[keyof Honesty];
