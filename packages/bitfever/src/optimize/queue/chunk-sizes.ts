import { isGroup, isNumber, isWhole } from "./checks.js";

/** What a worker answers of a chunk, beside the results that it has stored. */
export interface ChunkReport {
  /** Those that it has made, and not found. */
  readonly trials: number;
  readonly elapsedMs: number;
}

/** Long enough that handing it over costs nothing, short enough that a lost worker loses little. */
const wantedMs = 500;
const mostTrials = 256;
/** Where nobody knows yet how long a trial takes. */
const firstTrials = 8;
const remembered = 9;

const isReport = isGroup({ trials: isWhole, elapsedMs: isNumber });

/** How many trials a chunk has, by how long those before took. */
export class ChunkSizes {
  /** How long a trial took in each of the last chunks. */
  private trialMs: readonly number[] = [];

  /** @param report  what comes out of the queue, a report or not */
  learn(report: unknown): void {
    try {
      isReport(report, "the report");
    } catch {
      return;
    }
    const { trials, elapsedMs } = report as ChunkReport;
    if (trials === 0) return;
    this.trialMs = [...this.trialMs, elapsedMs / trials].slice(-remembered);
  }

  /** Towards the end chunks get smaller, so that all threads end together. */
  next(left: number, threads: number): number {
    const { length } = this.trialMs;
    // The one in the middle: the first chunk of a machine takes as long as it takes to fetch the study.
    const trialMs = [...this.trialMs].sort((a, b) => a - b)[Math.floor(length / 2)];
    const usual = length === 0 ? firstTrials : Math.min(mostTrials, wantedMs / trialMs);
    return Math.max(1, Math.floor(Math.min(usual, left / (2 * Math.max(threads, 1)))));
  }
}
