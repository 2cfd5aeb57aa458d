import type { SequentialTestResult, Verdict } from "@bitfever/engine";
import type { PermutationResult } from "./permutation-result.js";

type Asked = Pick<PermutationResult, "tested" | "bars" | "keepsTimeOfDay">;

/** What a permutation test asks, in a sentence. */
export function askedWords({ tested, bars, keepsTimeOfDay }: Asked): string {
  const who =
    tested === "search"
      ? "The whole search, made anew on each draw,"
      : "The strategy, with the values given,";
  return bars === "permuted"
    ? `${who} against bars that made the same moves in another order${keepsTimeOfDay ? ", each at its time of day" : ""}: ` +
        "the trend from the first to the last price is the same, and nothing that comes before says what comes after."
    : `${who} against other histories of the same market, drawn in blocks: within a block all is as it was, the trend is ` +
        "another each time, and what goes on for longer than a block is gone.";
}

/** What it does not ask. */
export function notAskedWords({ tested, bars, keepsTimeOfDay }: Asked): string {
  return [
    ...(tested === "strategy" ? ["that its values were chosen on these bars (`--search` asks)"] : []),
    ...(bars === "permuted"
      ? [
          "whether quiet and wild times alone explain it, which are gone in permuted bars (bootstrapped ones keep them)",
          ...(keepsTimeOfDay ? ["what the time of day alone is worth, which each draw keeps"] : []),
        ]
      : ["what goes on within a block, which each draw keeps: blocks of one bar keep nothing"]),
    "whether costs and fills are right, and whether the market stays as it was",
  ].join("; ");
}

export interface PermutationFigures extends SequentialTestResult, Asked {
  readonly observed: number | null;
  /** Whether values of parameters might have been chosen on these bars before. */
  readonly mayBeChosen: boolean;
  readonly stopped: boolean;
  readonly most: number;
}

const level = 0.05;

/** What the test says in a word: luck where chance does as well more often than the level. */
export function permutationVerdict(figures: PermutationFigures): Verdict {
  const { observed, pValue, runs, asGood, mayBeChosen, tested, bars, stopped, most } = figures;
  if (stopped) return { word: "undecided", why: `It was stopped after ${runs} of ${most} runs.`, level };
  if (observed === null)
    return { word: "undecided", why: "On the bars as they were it has no value to be compared.", level };
  const found = `${bars === "permuted" ? "Permuted" : "Bootstrapped"} bars do as well in ${asGood} of ${runs} runs (p = ${pText(pValue)})`;
  if (pValue > level) return { word: "luck", why: `${found}.`, level };
  if (tested === "strategy" && mayBeChosen)
    return {
      word: "undecided",
      why: `${found}, but its parameters have ranges: if their values were chosen on these bars, the search has to be tested.`,
      level,
    };
  return { word: "edge", why: `${found}.`, level };
}

export const pText = (pValue: number): string => (pValue < 0.001 ? pValue.toPrecision(1) : pValue.toFixed(3));
