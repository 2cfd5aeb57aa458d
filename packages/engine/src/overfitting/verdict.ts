import { BitFeverError } from "@bitfever/lang";
import { isUnknown, type Unknown } from "../metric.js";
import type { Plateau } from "./plateau.js";
import type { ProbabilityOfOverfitting } from "./probability-of-overfitting.js";
import type { RealityCheckResult } from "./reality-check.js";

/** What the numbers of a search are, each where it is known. */
export interface VerdictInput {
  /** How many trials there were, and how many of them count as independent. */
  readonly trials: number;
  readonly effectiveTrials: number | Unknown;
  /** Sessions that each trial was tested on. */
  readonly sessions: number;
  readonly realityCheck: Pick<RealityCheckResult, "chosen"> | Unknown;
  readonly deflatedSharpe: number | Unknown;
  readonly overfitting?: Pick<ProbabilityOfOverfitting, "probability" | "probabilityOfLoss"> | Unknown;
  readonly plateau?: Pick<Plateau, "score"> | Unknown;
  /** How likely chance does as well on markets without order: `SequentialTest`. */
  readonly permutation?: number | undefined;
  /** Probabilistic Sharpe ratio of what was earned out of sample, as by a walk forward. */
  readonly outOfSample?: number | Unknown | undefined;
  /** How often noise may be taken for more, above 0 and below 1; 0.05 where not given. */
  readonly level?: number;
}

/**
 * `luck`: the best is no better than the best of so many tries is by chance. `undecided`: it is better than that, but
 * not by all that can be asked of it. `edge`: nothing speaks for chance.
 */
export type VerdictWord = "luck" | "undecided" | "edge";

export interface Verdict {
  readonly word: VerdictWord;
  /** One sentence that says why, with the numbers. */
  readonly why: string;
  readonly level: number;
}

/**
 * Says in words what the numbers of a search come to. On noise the word is `luck` but for the stated level: whether
 * it is luck is asked of the reality check alone, which holds the level for any number of trials however much they
 * resemble one another. The other numbers can only turn an edge into an open question, so they make no noise an edge.
 *
 * The probability of overfitting speaks against an edge only where what was chosen also loses out of sample: of
 * trials that are all equally good none can be chosen better than blindly.
 *
 * @throws BitFeverError BF5125 for a level that is none
 */
export function verdictOn(input: VerdictInput): Verdict {
  const { realityCheck, level = 0.05 } = input;
  if (!(level > 0 && level < 1))
    throw new BitFeverError("BF5125", `a verdict cannot be wrong in ${level} of all cases`, {
      hint: "give a level above 0 and below 1, as 0.05",
    });
  if (isUnknown(realityCheck))
    return { word: "undecided", why: `What chance alone shows is not known: ${realityCheck.reason}.`, level };
  const chance = `Chance alone makes the best of ${triedWords(input)} as good in ${percent(realityCheck.chosen)} of draws`;
  if (realityCheck.chosen > level) return { word: "luck", why: `${chance}.`, level };
  const doubts = doubtsOf(input, level);
  return doubts.length === 0
    ? { word: "edge", why: `${chance}${supportOf(input)}.`, level }
    : { word: "undecided", why: `${chance}, but ${inWords(doubts)}.`, level };
}

function triedWords({ trials, effectiveTrials }: VerdictInput): string {
  if (trials === 1) return "1 trial";
  const independent = isUnknown(effectiveTrials) ? trials : Math.round(effectiveTrials);
  return independent < trials ? `${trials} trials (as ${independent} independent ones)` : `${trials} trials`;
}

/** What speaks against an edge, in words. */
function doubtsOf(input: VerdictInput, level: number): readonly string[] {
  const { deflatedSharpe, overfitting, plateau, permutation, outOfSample, sessions } = input;
  const doubts: string[] = [];
  if (isUnknown(deflatedSharpe))
    doubts.push(`the deflated Sharpe ratio is not known (${deflatedSharpe.reason})`);
  else if (deflatedSharpe < 1 - level)
    doubts.push(`the deflated Sharpe ratio is ${percent(deflatedSharpe)} after ${sessions} sessions`);
  if (overfitting !== undefined && !isUnknown(overfitting)) {
    const { probability, probabilityOfLoss } = overfitting;
    if (probability >= 0.5 && probabilityOfLoss > level)
      doubts.push(
        `what was best in one half of the sessions lost in the other in ${percent(probabilityOfLoss)} of splits`,
      );
  }
  if (plateau !== undefined && !isUnknown(plateau) && plateau.score < 0.5)
    doubts.push(`its neighbours keep ${percent(plateau.score)} of its value`);
  if (permutation !== undefined && permutation > level)
    doubts.push(`permuted bars do as well in ${percent(permutation)} of runs`);
  if (outOfSample !== undefined && !isUnknown(outOfSample) && outOfSample < 1 - level)
    doubts.push(`out of sample its Sharpe ratio is above 0 with a certainty of ${percent(outOfSample)}`);
  return doubts;
}

/** What speaks for it, to follow what the reality check says. */
function supportOf({ deflatedSharpe, overfitting }: VerdictInput): string {
  const parts = [
    ...(isUnknown(deflatedSharpe) ? [] : [`the deflated Sharpe ratio is ${percent(deflatedSharpe)}`]),
    ...(overfitting === undefined || isUnknown(overfitting)
      ? []
      : [`the probability of overfitting is ${percent(overfitting.probability)}`]),
  ];
  return parts.length === 0 ? "" : `, ${inWords(parts)}`;
}

const inWords = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;

/** Never rounded to all or nothing where it is neither. */
function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  if (text === "0.0" && share > 0) return "less than 0.1%";
  if (text === "100.0" && share < 1) return "more than 99.9%";
  return `${text.replace(/\.0$/, "")}%`;
}
