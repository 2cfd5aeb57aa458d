import { isUnknown, type Unknown, type Verdict } from "@bitfever/engine";

interface WalkFigures {
  /** How likely the true Sharpe ratio out of sample is above 0. */
  readonly certainty: number | Unknown;
  readonly efficiency: number | null;
  readonly windows: number;
  /** How many of them earn. */
  readonly profitable: number;
  readonly sessions: number;
}

const level = 0.05;
/** From here on what was found is said to last (Pardo 2008). */
const enoughEfficiency = 0.5;

/**
 * What a walk-forward says in words. Its sessions were not chosen by, so that no number of trials has to be taken off: it is luck where
 * the Sharpe ratio out of sample may be 0, at the level.
 *
 * @source Pardo 2008, "The Evaluation and Optimization of Trading Strategies", chapter 11, for what efficiency is enough; Bailey & López
 *   de Prado 2012, "The Sharpe Ratio Efficient Frontier", for the certainty
 */
export function walkVerdict({ certainty, efficiency, windows, profitable, sessions }: WalkFigures): Verdict {
  if (isUnknown(certainty))
    return {
      word: "undecided",
      why: `What it is worth out of sample is not known: ${certainty.reason}.`,
      level,
    };
  const share = (value: number): string => `${(100 * value).toFixed(1)}%`;
  const sure = `Out of sample its Sharpe ratio is above 0 with a certainty of ${share(certainty)} after ${sessions} sessions`;
  if (certainty < 1 - level) return { word: "luck", why: `${sure}.`, level };
  const kept =
    efficiency === null
      ? "nothing was earned in sample"
      : `it keeps ${share(efficiency)} of what it earned in sample`;
  const isEnough = efficiency !== null && efficiency >= enoughEfficiency && 2 * profitable > windows;
  return isEnough
    ? { word: "edge", why: `${sure}; ${kept}, and ${profitable} of ${windows} windows earn.`, level }
    : {
        word: "undecided",
        why: `${sure}, but ${kept}, and ${profitable} of ${windows} windows earn.`,
        level,
      };
}
