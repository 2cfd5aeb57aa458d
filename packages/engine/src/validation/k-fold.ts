import { BitFeverError } from "@bitfever/lang";
import { checkCount, cut, trainingBeside, type Distances, type ValidationSplit } from "./split.js";

export interface KFoldOptions extends Distances {
  /** From 2 on. */
  readonly folds: number;
}

/**
 * Purged and embargoed k-fold: a history is cut into folds, and each of them is tested once with what was learnt from
 * the others.
 *
 * @param total  of sessions, or of bars
 * @throws BitFeverError BF5122 for more folds than there is history, and where nothing is left to learn from
 * @source López de Prado 2018, "Advances in Financial Machine Learning", chapter 7
 * @example kFold(10, { folds: 5, purge: 1 })[1] tests 2 and 3, leaves 1 and 4 out and learns from 0 and from 5 to 9
 */
export function kFold(total: number, { folds, ...distances }: KFoldOptions): readonly ValidationSplit[] {
  checkCount("folds", folds, 2);
  checkParts(total, folds);
  return cut(total, folds).map((test) => ({
    train: trainingBeside(total, [test], distances),
    test: [test],
  }));
}

/** @throws BitFeverError BF5122 */
export function checkParts(total: number, parts: number): void {
  if (total >= parts) return;
  throw new BitFeverError("BF5122", `${total} sessions or bars cannot be cut into ${parts} parts`, {
    hint: "take fewer parts",
  });
}
