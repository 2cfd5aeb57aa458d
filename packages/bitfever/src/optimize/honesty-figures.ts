import type { Honesty } from "./honesty.js";

/** A number that says how much of a search is luck, with what it says in words. */
export interface HonestyFigure {
  readonly name: keyof Honesty;
  readonly title: string;
  /** What it tells, in a line. */
  readonly meaning: string;
  readonly unit: "count" | "clusters" | "share" | "score" | "sessions" | "years";
  /** Whether a value speaks for luck. */
  readonly isDoubt?: (value: number, honesty: Honesty) => boolean;
}

/** Below this share of the best value its neighbours speak against it, as in the verdict. */
const lonely = 0.5;

/** In the order of reading. */
export const honestyFigures: readonly HonestyFigure[] = [
  {
    name: "trials",
    title: "Trials",
    meaning: "how many were tried and did not fail: the more, the better the best looks by luck",
    unit: "count",
  },
  {
    name: "effectiveTrials",
    title: "Effective trials",
    meaning: "how many independent ones they are worth, since neighbours are much the same",
    unit: "count",
  },
  {
    name: "clusters",
    title: "Clusters of trials",
    meaning: "groups of trials that are much the same, among those that were compared",
    unit: "clusters",
  },
  {
    name: "chance",
    title: "Chance does as well",
    meaning:
      "in how many draws, in which no trial is better than nothing, some trial looks as good as the chosen one",
    unit: "share",
    isDoubt: (value, { verdict }) => value > verdict.level,
  },
  {
    name: "deflatedSharpe",
    title: "Deflated Sharpe ratio",
    meaning: "how likely the true Sharpe ratio is above what the best of the effective trials shows by luck",
    unit: "share",
    isDoubt: (value, { verdict }) => value < 1 - verdict.level,
  },
  {
    name: "probabilityOfOverfitting",
    title: "Probability of overfitting",
    meaning: "how often the best in one half of the history is no better than the median in the other",
    unit: "share",
    isDoubt: (value) => value >= 0.5,
  },
  {
    name: "probabilityOfLoss",
    title: "Probability of loss",
    meaning: "how often the best in one half of the history loses in the other",
    unit: "share",
    isDoubt: (value) => value >= 0.5,
  },
  {
    name: "plateau",
    title: "Plateau score",
    meaning: "how much of the best value its neighbours keep: 0 is a lonely peak, 1 a plateau",
    unit: "score",
    isDoubt: (value) => value < lonely,
  },
  {
    name: "minimumTrackRecord",
    title: "Minimum track record",
    meaning: "until its Sharpe ratio would be above 0 for more than luck, were it the only trial",
    unit: "sessions",
    isDoubt: (value, { sessions }) => value > sessions,
  },
  {
    name: "minimumTrackRecordOfBest",
    title: "… above the luck of the best",
    meaning: "the same, until it would be above what the best of the effective trials shows by luck",
    unit: "sessions",
    isDoubt: (value, { sessions }) => value > sessions,
  },
  {
    name: "minimumBacktestYears",
    title: "Minimum backtest length",
    meaning:
      "of history that so many effective trials need, lest a Sharpe ratio of 1 be expected of the best by luck",
    unit: "years",
  },
];

/** Null where it cannot be told. */
export function valueOfFigure({ name }: HonestyFigure, honesty: Honesty): number | null {
  const value = name === "clusters" ? honesty.clusters.count : honesty[name];
  return typeof value === "number" ? value : null;
}
