import { BitFeverError } from "@bitfever/lang";
import { walkWindows, type WalkOptions } from "../walk-windows.js";
import { checkCount, type ValidationSplit } from "./split.js";

/** How long the windows are: given, or by their number and what part of a window is tested. */
export type WalkLengths =
  | Pick<WalkOptions, "train" | "test">
  | {
      readonly windows: number;
      /** Part of a rolling window that is tested, above 0 and below 1; 0.2 to 0.3 is usual. */
      readonly testShare: number;
    };

export type WalkForwardOptions = WalkLengths &
  Pick<WalkOptions, "kind"> & {
    /** How many before each test are not learnt from, as the longest holding, because their trades end in it. */
    readonly purge?: number;
  };

/**
 * Walk-forward: what was learnt from the past is tested on what comes next, again and again, so that everything after
 * the first window is traded out of sample once. With a number of windows the tests end with the history, and what
 * the lengths leave over is learnt from.
 *
 * @param total  of sessions, or of bars
 * @throws BitFeverError BF5123 for lengths that do not fit
 * @source Pardo 2008, "The Evaluation and Optimization of Trading Strategies", chapter 11
 * @example walkForward(1000, { kind: "rolling", windows: 4, testShare: 0.2 }) learns from 500 and tests 125 four times
 */
export function walkForward(total: number, options: WalkForwardOptions): readonly ValidationSplit[] {
  const { kind, purge = 0 } = options;
  checkCount("purge", purge, 0);
  const { train, test } = "train" in options ? options : lengthsOf(total, options.windows, options.testShare);
  const isLength = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!isLength(train) || !isLength(test) || train >= total)
    throw new BitFeverError(
      "BF5123",
      `windows that learn from ${train} and test ${test} do not fit into ${total}`,
      {
        hint: "learn from at least one and from fewer than there are, and test at least one",
      },
    );
  if (purge >= train)
    throw new BitFeverError(
      "BF5123",
      `of ${train} that are learnt from, ${purge} are left out before the test`,
      {
        hint: "learn from more, or shorten the purge",
      },
    );
  return walkWindows(total, { kind, train, test }).map(({ from, to, until }) => ({
    train: [{ from, to: to - purge }],
    test: [{ from: to, to: until }],
  }));
}

/** Of n windows with a share s tested, total = train + n × test and train ÷ test = (1 − s) ÷ s. */
function lengthsOf(total: number, windows: number, testShare: number): Pick<WalkOptions, "train" | "test"> {
  if (!(Number.isInteger(windows) && windows >= 1 && testShare > 0 && testShare < 1))
    throw new BitFeverError("BF5123", `${windows} windows of which ${testShare} is tested cannot be made`, {
      hint: "give a whole number of windows, and a share above 0 and below 1, as 0.2",
    });
  // What rounding takes off a whole number is put back.
  const test = Math.floor(total / (windows + (1 - testShare) / testShare) + 1e-9);
  return { test, train: total - windows * test };
}
