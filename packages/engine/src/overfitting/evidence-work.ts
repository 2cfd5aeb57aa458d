import {
  splitsPiece,
  type OverfittingOptions,
  type Piece,
  type SplitsPiece,
} from "./probability-of-overfitting.js";
import type { SliceStatistic } from "./slice-statistic.js";
import { trialClusters } from "./trial-clusters.js";

/** A piece of what a report takes longest for: plain data, so that another thread can do it. */
export type EvidenceWork =
  | {
      readonly kind: "splits";
      /** Of one trial after another, what `blockSums` makes of its returns. */
      readonly sums: Float64Array;
      readonly options: Omit<OverfittingOptions, "statistic">;
      readonly of: Piece;
    }
  | {
      readonly kind: "clusters";
      /** Of the trials that are compared. */
      readonly returns: readonly Float64Array[];
    };

/** What comes of it. */
export type DoneEvidence =
  | { readonly kind: "splits"; readonly piece: SplitsPiece }
  | { readonly kind: "clusters"; readonly count: number };

/** @param statistic  that of the evidence: a function, which does not travel */
export function doEvidenceWork(work: EvidenceWork, statistic: SliceStatistic): DoneEvidence {
  if (work.kind === "clusters") return { kind: "clusters", count: trialClusters(work.returns).count };
  const { sums, options, of } = work;
  const width = 2 * options.blocks;
  const rows = Array.from({ length: sums.length / width }, (_, row) =>
    sums.subarray(row * width, (row + 1) * width),
  );
  return { kind: "splits", piece: splitsPiece(rows, { ...options, statistic }, of) };
}
