import type { Bars } from "@bitfever/engine";
import { givenOptions } from "../given.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { optimizeOptionNames, type OptimizeOptions } from "./optimize-options.js";
import { searchSetup } from "./search-setup.js";
import { Study } from "./study.js";

/**
 * Searches the parameters of a strategy that have ranges, within its `require`s.
 *
 * The study that comes back is an async iterator over its trials, and has their `result`, which says of itself how much of it is luck.
 * The same seed makes the same trials, whatever the number of workers.
 *
 * @param bars     as `backtest` takes them
 * @throws BitFeverError BF5001 or BF5002 for `params`, BF5030, BF5031, BF5130 or BF5131 for objectives and constraints, BF5110 to
 *   BF5113 for the method, BF5135 for numbers out of their range, and what `backtest` throws for bars and settings; when it
 *   runs, BF5133 or BF5134 for a study of something else or none, and BF5136 for workers with indicators of one's own
 * @example
 * const study = optimize(strategy, bars, { objective: "sharpe * sqrt(trades)", constraints: ["trades >= 30"] });
 * for await (const trial of study) console.log(trial.params, trial.objectives);
 * const { best, honesty } = await study.result;
 * console.log(best?.params, honesty?.verdict.why);
 */
export const optimize = <Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: OptimizeOptions<Values> = {},
): Study => {
  const known = options as OptimizeOptions;
  givenOptions("optimize", known, optimizeOptionNames);
  return new Study(searchSetup(strategy as Strategy, bars, known), known);
};
