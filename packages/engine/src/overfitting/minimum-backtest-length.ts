import { expectedBest } from "../expected-best.js";

/**
 * How many years a backtest must cover so that the best of so many independent trials without skill is not to be
 * expected to show the given Sharpe ratio by luck.
 *
 * @param trials  from 1 on
 * @param sharpe  a year's, above 0; 1 is the usual question
 * @returns years; 0 for one trial, of which nothing is chosen
 * @source Bailey, Borwein, López de Prado & Zhu 2014, "Pseudo-Mathematics and Financial Charlatanism", Notices of the
 * American Mathematical Society 61(5), theorem 2
 * @example minimumBacktestLength(45) is about 5: with five years of data try no more than 45 variants
 */
export const minimumBacktestLength = (trials: number, sharpe = 1): number =>
  (expectedBest(trials) / sharpe) ** 2;
