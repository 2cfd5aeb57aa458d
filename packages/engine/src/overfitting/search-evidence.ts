import { BitFeverError } from "@bitfever/lang";
import { sampleStandardDeviation } from "simple-statistics";
import { firstNotBefore } from "../bisection.js";
import { expectedBest } from "../expected-best.js";
import { isUnknown, unknown, type Unknown } from "../metric.js";
import { enoughForMoments } from "../metrics/facts/session-returns.js";
import { drawFor } from "../random.js";
import { areFinite } from "../statistics.js";
import { sharpeEstimateOf } from "../sharpe-estimate.js";
import { blockSums } from "./block-sums.js";
import { deflatedSharpeOf } from "./deflated-sharpe.js";
import { effectiveTrials } from "./effective-trials.js";
import { minimumBacktestLength } from "./minimum-backtest-length.js";
import { minimumTrackRecord } from "./minimum-track-record.js";
import { doEvidenceWork, type DoneEvidence, type EvidenceWork } from "./evidence-work.js";
import { joinedSplits, type ProbabilityOfOverfitting } from "./probability-of-overfitting.js";
import { RealityCheck, type RealityCheckPart, type RealityCheckResult } from "./reality-check.js";
import { sliceStatistics, type SliceStatistic } from "./slice-statistic.js";

export interface EvidenceOptions {
  /** How many sessions each trial is tested on. */
  readonly sessions: number;
  readonly sessionsPerYear: number;
  /** Draws of the reality check; 1,000 where not given. */
  readonly draws?: number;
  /** The same seed draws the same; 1 where not given. */
  readonly seed?: number;
  /** Mean length of the blocks that are drawn, in sessions; the square root of their number where not given. */
  readonly meanBlock?: number;
  /** Into how many blocks the sessions are cut for the probability of overfitting; 16 where not given. */
  readonly blocks?: number;
  /** What is ranked in its halves; the Sharpe ratio where not given. */
  readonly statistic?: SliceStatistic;
  /** How many splits of the blocks at most; 12,870 where not given, which are all of 16. */
  readonly mostSplits?: number;
}

/** What is kept of one trial. */
interface TrialTrace {
  readonly trial: number;
  /** √n × mean ÷ deviation of its returns. */
  readonly ratio: number;
  /** A list, which takes a third of the memory of as short a column. */
  readonly sums: readonly number[];
}

interface SampledTrial {
  readonly trial: number;
  readonly priority: number;
  readonly returns: Float64Array;
}

/** What some of the trials leave. It may travel between threads. */
export interface EvidencePart {
  readonly traces: readonly TrialTrace[];
  readonly sampled: readonly SampledTrial[];
  readonly check: RealityCheckPart | null;
}

/** What a search says of the trial that was chosen. */
export interface EvidenceReport {
  readonly trials: number;
  readonly sessions: number;
  /** How many independent trials have the same best to be expected: see `effectiveTrials`. */
  readonly effectiveTrials: number | Unknown;
  /** Groups of trials that are much the same, among `of` trials: all, or as many as were drawn. */
  readonly clusters: { readonly count: number; readonly of: number };
  /** Standard deviation of the trials' Sharpe ratios, a year's. */
  readonly sharpeDeviation: number | Unknown;
  /** Of the effective trials, with the deviation that chance has. */
  readonly deflatedSharpe: number | Unknown;
  /** Of all trials, with the deviation that their Sharpe ratios have. */
  readonly deflatedSharpeOfAll: number | Unknown;
  /** Sessions until the chosen Sharpe ratio is above 0 for more than luck, at 5%, were it the only trial. */
  readonly minimumTrackRecord: number | Unknown;
  /** The same until it is above what the best of the effective trials shows by luck in as many sessions as there are. */
  readonly minimumTrackRecordOfBest: number | Unknown;
  /** Years until a yearly Sharpe ratio of 1 is not to be expected of the best of the effective trials by luck. */
  readonly minimumBacktestYears: number | Unknown;
  readonly overfitting: ProbabilityOfOverfitting | Unknown;
  readonly realityCheck: RealityCheckResult | Unknown;
}

/** So many trials are compared two by two at most. */
const mostCompared = 300;
const level = 0.05;

/**
 * Gathers what is needed to tell a search's luck, trial by trial, without keeping their returns: a few hundred bytes
 * a trial. Trials may come in any order, and in parts from several threads; the report is the same.
 *
 * @throws BitFeverError BF5120 for a trial with other sessions, or returns that are no numbers; BF5121 for blocks
 * that cannot be split, BF5125 for options out of their range
 * @example
 * const evidence = new SearchEvidence({ sessions: 750, sessionsPerYear: 252 });
 * rows.forEach((returns, trial) => evidence.add(trial, returns));
 * const report = evidence.report(best, rows[best]);
 */
export class SearchEvidence {
  private readonly statistic: SliceStatistic;
  private readonly blocks: number;
  private readonly seed: number;
  private readonly check: RealityCheck | null;
  private traces: TrialTrace[] = [];
  private sampled: SampledTrial[] = [];

  constructor(private readonly options: EvidenceOptions) {
    const { sessions, draws = 1000, seed = 1, meanBlock = Math.sqrt(sessions) } = options;
    this.statistic = options.statistic ?? sliceStatistics.sharpe;
    this.blocks = options.blocks ?? 16;
    this.seed = seed;
    this.check = sessions < enoughForMoments ? null : new RealityCheck({ sessions, draws, seed, meanBlock });
  }

  /**
   * @param trial    its number, which no other trial has
   * @param returns  simple returns, one a session
   */
  add(trial: number, returns: Float64Array): void {
    const { sessions } = this.options;
    if (returns.length !== sessions || !areFinite(returns))
      throw new BitFeverError(
        "BF5120",
        `trial ${trial} has ${returns.filter(Number.isFinite).length} session returns, and ${sessions} are expected`,
        { hint: "give all trials the same sessions, with a return of 0 where one holds nothing" },
      );
    const ratio = this.check?.add(returns) ?? 0;
    this.traces.push({ trial, ratio, sums: Array.from(blockSums(returns, this.blocks, this.statistic)) });
    this.sample({ trial, priority: drawFor(this.seed, "cluster", trial), returns });
  }

  /** What the trials since the last time leave; those that follow are gathered anew. */
  take(): EvidencePart {
    const { traces, sampled } = this;
    this.traces = [];
    this.sampled = [];
    return { traces, sampled, check: this.check?.take() ?? null };
  }

  /** Adds the trials of another one with the same options. */
  absorb({ traces, sampled, check }: EvidencePart): void {
    for (const each of traces) this.traces.push(each);
    for (const each of sampled) this.sample(each);
    if (check !== null) this.check?.absorb(check);
  }

  /**
   * What a report takes longest for, in pieces of which none needs another one.
   *
   * @param ranked  those that can be ranked in parts of the history; all where not given
   * @param pieces  into how many the ways to split the history are cut
   */
  work(ranked?: ReadonlySet<number>, pieces = 1): readonly EvidenceWork[] {
    const { sessions, mostSplits } = this.options;
    const { blocks, seed } = this;
    const traces = this.rankedTraces(ranked);
    const clusters: EvidenceWork = { kind: "clusters", returns: this.sampledRows() };
    if (isUnknown(traces)) return [clusters];
    const sums = new Float64Array(2 * blocks * traces.length);
    traces.forEach((each, row) => {
      sums.set(each.sums, 2 * blocks * row);
    });
    const options = { sessions, blocks, seed, ...(mostSplits !== undefined && { mostSplits }) };
    const splits = Array.from({ length: pieces }, (_, piece): EvidenceWork => ({
      ...{ kind: "splits", sums, options },
      of: { piece, pieces },
    }));
    return [...splits, clusters];
  }

  /**
   * @param chosen   the number of the trial that was chosen
   * @param returns  its simple returns, one a session
   * @param ranked   those that can be ranked in parts of the history; all where not given
   * @param done     all of its work, in any order; it is done here where not given
   */
  report(
    chosen: number,
    returns: Float64Array,
    ranked?: ReadonlySet<number>,
    done: readonly DoneEvidence[] = this.work(ranked).map((each) => doEvidenceWork(each, this.statistic)),
  ): EvidenceReport {
    const { sessions, sessionsPerYear } = this.options;
    const traces = this.inOrder();
    const trials = traces.length;
    const tooFew = unknown(`needs at least ${enoughForMoments} session returns, has ${sessions}`);
    const trace = traces.find((each) => each.trial === chosen);
    if (trace === undefined)
      throw new BitFeverError(
        "BF5120",
        `trial ${chosen} was chosen, and is none of the ${trials} that were added`,
        {
          hint: "choose among the trials that were added",
        },
      );
    const [clusters] = done.filter((each) => each.kind === "clusters");
    const realityCheck = this.check?.result(trace.ratio) ?? tooFew;
    const effective = isUnknown(realityCheck) ? realityCheck : effectiveTrials(realityCheck);
    const estimate = this.check === null ? tooFew : sharpeEstimateOf(returns);
    const deviation = this.deviation();
    const byChance = (trials: number): number => expectedBest(trials) / Math.sqrt(sessions - 1);
    return {
      ...{ trials, sessions },
      effectiveTrials: effective,
      clusters: { count: clusters.count, of: this.sampled.length },
      sharpeDeviation: isUnknown(deviation) ? deviation : deviation * Math.sqrt(sessionsPerYear),
      deflatedSharpe: bothKnown(estimate, effective, deflatedSharpeOf),
      deflatedSharpeOfAll: bothKnown(estimate, deviation, (of, each) => deflatedSharpeOf(of, trials, each)),
      minimumTrackRecord: isUnknown(estimate) ? estimate : minimumTrackRecord(estimate, 0, level),
      minimumTrackRecordOfBest: bothKnown(estimate, effective, (of, count) =>
        minimumTrackRecord(of, byChance(count), level),
      ),
      minimumBacktestYears: isUnknown(effective) ? effective : minimumBacktestLength(effective),
      overfitting: this.overfitting(ranked, done),
      realityCheck,
    };
  }

  private overfitting(
    ranked: ReadonlySet<number> | undefined,
    done: readonly DoneEvidence[],
  ): ProbabilityOfOverfitting | Unknown {
    const traces = this.rankedTraces(ranked);
    if (isUnknown(traces)) return traces;
    const pieces = done.filter((each) => each.kind === "splits").map(({ piece }) => piece);
    return joinedSplits(pieces, traces.length, this.blocks);
  }

  private inOrder(): readonly TrialTrace[] {
    return this.traces.sort((a, b) => a.trial - b.trial);
  }

  /** Those that a choice in a half of the history is made of, or why there is none. */
  private rankedTraces(ranked: ReadonlySet<number> | undefined): readonly TrialTrace[] | Unknown {
    const { blocks } = this;
    const { sessions } = this.options;
    const all = this.inOrder();
    const traces = ranked === undefined ? all : all.filter(({ trial }) => ranked.has(trial));
    if (traces.length < 2)
      return unknown(
        traces.length === all.length
          ? "of one trial nothing is chosen"
          : "fewer than 2 trials were made on the whole history",
      );
    if (sessions < 2 * blocks)
      return unknown(`needs at least 2 sessions in each of ${blocks} blocks, has ${sessions}`);
    return traces;
  }

  /** Standard deviation of the Sharpe ratios of one session. */
  private deviation(): number | Unknown {
    if (this.check === null || this.traces.length < 2) return unknown("needs at least 2 trials with returns");
    return sampleStandardDeviation(this.traces.map(({ ratio }) => ratio / Math.sqrt(this.options.sessions)));
  }

  /** Keeps the trials of least priority, which are the same in whatever order they come. */
  private sample(given: SampledTrial): void {
    const { sampled } = this;
    const isBefore = (a: SampledTrial, b: SampledTrial): boolean =>
      a.priority < b.priority || (a.priority === b.priority && a.trial < b.trial);
    if (sampled.length === mostCompared && !isBefore(given, sampled[mostCompared - 1])) return;
    const at = firstNotBefore(0, sampled.length, (place) => !isBefore(given, sampled[place]));
    sampled.splice(at, 0, { ...given, returns: given.returns.slice() });
    if (sampled.length > mostCompared) sampled.pop();
  }

  private sampledRows(): readonly Float64Array[] {
    return [...this.sampled].sort((a, b) => a.trial - b.trial).map(({ returns }) => returns);
  }
}

/** What two numbers come to where both are known, else why one is not. */
function bothKnown<A, B, C>(a: A | Unknown, b: B | Unknown, of: (a: A, b: B) => C): C | Unknown {
  if (isUnknown(a)) return a;
  return isUnknown(b) ? b : of(a, b);
}
