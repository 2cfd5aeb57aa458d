import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnknown } from "../../src/metric.js";
import { doEvidenceWork } from "../../src/overfitting/evidence-work.js";
import { SearchEvidence, type EvidenceReport } from "../../src/overfitting/search-evidence.js";
import { sliceStatistics } from "../../src/overfitting/slice-statistic.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf, uniformRows } from "./matrices.js";

const options = { sessions: 60, sessionsPerYear: 252, draws: 99, blocks: 6 };

function reportOf(rows: readonly Float64Array[], chosen = 0): EvidenceReport {
  const evidence = new SearchEvidence({ ...options, sessions: rows[0].length });
  rows.forEach((row, trial) => evidence.add(trial, row));
  return evidence.report(chosen, rows[chosen]);
}

describe("evidence of a search", () => {
  it("is the same in whatever order and parts trials come", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 30 }), fc.nat(), (seed, trials, cut) => {
        const rows = noise.resembling(normalOf(randomOf(seed)), trials, 60);
        const parts = Array.from({ length: 3 }, () => new SearchEvidence(options));
        rows
          .map((_, i) => i)
          .reverse()
          .forEach((i) => parts[(i * 7 + cut) % 3].add(i, rows[i]));
        parts[0].absorb(parts[1].take());
        // What was taken is not taken again.
        parts[0].absorb(parts[1].take());
        parts[0].absorb(structuredClone(parts[2].take()));
        expect(parts[0].report(1, rows[1])).toEqual(reportOf(rows, 1));
      }),
      { numRuns: 30 },
    );
  });

  it("is the same where others do its work, a piece each and in any order", () => {
    for (const trials of [1, 2, 30]) {
      const rows = noise.resembling(normalOf(randomOf(3)), trials, 60);
      for (const ranked of [undefined, new Set([0, 1, 5]), new Set([0])]) {
        const evidence = new SearchEvidence(options);
        rows.forEach((row, trial) => evidence.add(trial, row));
        const work = structuredClone(evidence.work(ranked, 3));
        const done = work.map((each) => structuredClone(doEvidenceWork(each, sliceStatistics.sharpe)));
        expect(evidence.report(0, rows[0], ranked, done.reverse())).toEqual(
          evidence.report(0, rows[0], ranked),
        );
      }
    }
  });

  it("keeps the same few hundred trials for the groups, in whatever order", () => {
    const rows = noise.grouped(normalOf(randomOf(1)), 400, 60);
    const [once, again] = [new SearchEvidence(options), new SearchEvidence(options)];
    rows.forEach((row, i) => once.add(i, row));
    for (let i = 399; i >= 0; i--) again.add(i, rows[i]);
    const { sampled } = once.take();
    expect(sampled).toEqual(again.take().sampled);
    expect(sampled).toHaveLength(300);
  });

  it("says everything where it can", () => {
    const report = reportOf(uniformRows(2, 20, 240, 0.004), 3);
    expect(report).toMatchObject({ trials: 20, sessions: 240, clusters: { count: 20, of: 20 } });
    for (const value of Object.values(report)) expect(isUnknown(value)).toBe(false);
    // By chance the deviation is √(252 ÷ 240) = 1.02; with the one that is better a little more.
    expect(report.sharpeDeviation).toBeGreaterThan(0.8);
    expect(report.minimumTrackRecord).toBeLessThan(Number(report.minimumTrackRecordOfBest));
  });

  it("says why where it cannot", () => {
    const short = reportOf(uniformRows(2, 3, 20, 0));
    expect(short.realityCheck).toEqual({ reason: "needs at least 30 session returns, has 20" });
    expect(short.deflatedSharpe).toEqual({ reason: "needs at least 30 session returns, has 20" });
    const single = reportOf(uniformRows(2, 1, 60, 0));
    expect(single.overfitting).toEqual({ reason: "of one trial nothing is chosen" });
    expect(single.effectiveTrials).toBeLessThan(1.2);
    expect(single.minimumBacktestYears).toBeLessThan(0.02);
    const still = reportOf([new Float64Array(60), new Float64Array(60)]);
    expect(still.deflatedSharpe).toEqual({ reason: "the session returns do not vary" });
    expect(still.realityCheck).toMatchObject({ chosen: 1 });
  });

  it("refuses trials of other sessions, returns that are none, and a choice of none of them", () => {
    const evidence = new SearchEvidence(options);
    for (const wrong of [new Float64Array(59), new Float64Array(60).fill(NaN)])
      expect(() => evidence.add(0, wrong)).toThrow(expect.objectContaining({ code: "BF5120" }) as Error);
    expect(() => evidence.report(0, new Float64Array(60))).toThrow(
      expect.objectContaining({ code: "BF5120" }) as Error,
    );
  });
});
