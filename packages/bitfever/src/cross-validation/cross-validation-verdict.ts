import { isUnknown, type Unknown, type Verdict } from "@bitfever/engine";

export interface CrossValidationFigures {
  /** On the search over the whole history; null where nothing was chosen there. */
  readonly whole: Verdict | null;
  /** How likely the true Sharpe ratio of the path in the middle is above 0. */
  readonly certainty: number | Unknown;
  readonly efficiency: number | null;
  readonly splits: number;
  readonly profitable: number;
  readonly stopped: boolean;
}

const level = 0.05;
/** As much of what was earned in sample is kept by what lasts (Pardo 2008). */
const enoughEfficiency = 0.5;

/**
 * What a cross-validation says in words: the verdict on the search over the whole history, to which what was earned out of sample can only
 * object. By itself it is no test: splits learn from one another's tests, so that of noise more than the level earns on all of them.
 */
export function crossValidationVerdict(figures: CrossValidationFigures): Verdict {
  const { whole, stopped, splits, profitable } = figures;
  if (stopped) return { word: "undecided", why: "It was stopped before all splits were made.", level };
  if (whole === null)
    return { word: "undecided", why: "No trial on the whole history keeps all constraints.", level };
  const doubts = doubtsOf(figures);
  if (whole.word === "luck" || doubts.length === 0)
    return whole.word === "edge"
      ? { ...whole, why: `${stem(whole)}; ${profitable} of ${splits} splits earn out of sample.` }
      : whole;
  return {
    word: "undecided",
    why: `${stem(whole)}${whole.word === "edge" ? ", but" : ", and"} ${doubts.join(", and ")}.`,
    level,
  };
}

const stem = ({ why }: Verdict): string => why.replace(/\.$/, "");

function doubtsOf({ certainty, efficiency, splits, profitable }: CrossValidationFigures): readonly string[] {
  const share = (value: number): string => `${(100 * value).toFixed(1)}%`;
  return [
    ...(isUnknown(certainty)
      ? [`what it is worth out of sample is not known: ${certainty.reason}`]
      : certainty < 1 - level
        ? [`out of sample the Sharpe ratio is above 0 with a certainty of ${share(certainty)}`]
        : []),
    ...(efficiency === null
      ? ["nothing was earned where it was chosen"]
      : efficiency < enoughEfficiency
        ? [`out of sample it keeps ${share(efficiency)} of what it earned where it was chosen`]
        : []),
    ...(2 * profitable > splits ? [] : [`${profitable} of ${splits} splits earn out of sample`]),
  ];
}
