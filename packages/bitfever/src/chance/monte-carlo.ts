import { BitFeverError } from "@bitfever/lang";
import { distributionOf, type Bars, type Distribution } from "@bitfever/engine";
import { runOptionNames } from "../backtest.js";
import { givenOptions, type OptionNames } from "../given.js";
import { checkWhole, type OptimizeOptions } from "../optimize/optimize-options.js";
import { progressOf } from "../optimize/progress.js";
import { basisOf, searchSetup } from "../optimize/search-setup.js";
import { gathered } from "../ordered-work.js";
import { tradeSpan } from "../optimize/span.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { numbersTo } from "./draws.js";
import { atGivenValues } from "./given-values.js";
import { barDraws, tradeDraws, type Drawn } from "./monte-carlo-draws.js";
import type { DrawnFigure, MonteCarloResult } from "./monte-carlo-result.js";
import { drawnWords, supposedWords } from "./monte-carlo-words.js";

/** What is drawn anew, how often, and what counts as ruin. */
export interface MonteCarloOptions<Values = ParameterInput> extends Pick<
  OptimizeOptions<Values>,
  | "params"
  | "settings"
  | "markets"
  | "instruments"
  | "rates"
  | "finer"
  | "flows"
  | "actions"
  | "seed"
  | "workers"
  | "signal"
  | "onProgress"
> {
  /** What is drawn: the trades of the run, where not given, or bars, on which the strategy is run each time. */
  readonly of?: MonteCarloResult["of"] | undefined;
  /** `drawn`, with putting back, where not given; `shuffled` takes each once, in another order. */
  readonly order?: MonteCarloResult["order"] | undefined;
  /** Mean length of what is drawn together: one trade, and the cube root of the number of bars where not given. */
  readonly meanBlock?: number | undefined;
  /** How many draws; 1,000 where not given. */
  readonly runs?: number | undefined;
  /** The share of the capital at or below which an account is ruined; 0.5 where not given. */
  readonly ruin?: number | undefined;
}

const optionNames: OptionNames<MonteCarloOptions> = {
  ...runOptionNames,
  ...{ seed: true, workers: true, signal: true, onProgress: true },
  ...{ of: true, order: true, meanBlock: true, runs: true, ruin: true },
};

/**
 * What else a strategy could have come to: many draws of its trades or of its bars, with the distribution of what the account comes to
 * and how often it is ruined, beside what it was.
 *
 * The same seed makes the same draws, whatever the number of workers.
 *
 * @throws BitFeverError what `backtest` throws, BF5124 for bars that cannot be drawn, BF5125 for the length of blocks, BF5135 for other
 *   numbers, BF5143 for finer bars and corporate actions where bars are drawn, BF5144 for blocks where nothing is drawn in them, BF5145
 *   for too few trades
 * @source Politis & Romano 1994, "The Stationary Bootstrap", Journal of the American Statistical Association 89
 * @example
 * const { figures, ruin } = await monteCarlo(strategy, bars, { of: "trades", runs: 1_000, ruin: 0.5 });
 * console.log(figures.max_drawdown.distribution?.p95, ruin.probability);
 */
export async function monteCarlo<Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: MonteCarloOptions<Values> = {},
): Promise<MonteCarloResult> {
  givenOptions("monteCarlo", options, optionNames);
  const { of = "trades", order = "drawn", runs: wanted = 1_000, ruin = 0.5, signal } = options;
  checkWhole("runs", wanted, 1);
  checkShare(ruin);
  if (order === "shuffled" && options.meanBlock !== undefined)
    throw new BitFeverError("BF5144", "what comes each once is not drawn in blocks", {
      hint: "leave the length of blocks out, or draw with putting back",
    });
  const known = atGivenValues(strategy as Strategy, options as unknown as OptimizeOptions);
  const setup = searchSetup(strategy as Strategy, bars, known);
  const { runner, input } = setup;
  const { context } = tradeSpan(runner.history, runner.planAt(input.pilot), runner.spanOf(runner.whole), {
    ...(input.indicators && { indicators: input.indicators }),
  });
  const how = { order, meanBlock: options.meanBlock, runs: wanted };
  const { observed, work, meanBlock } =
    of === "trades" ? tradeDraws(setup, context, how) : await barDraws(setup, known, context, how);
  const progress = progressOf(known, wanted);
  const draws = await gathered(work, numbersTo(wanted), {
    signal,
    onAnswer: (_, count) => {
      progress(count);
    },
  });
  const { initialCapital } = context;
  const found = draws.filter((each) => each !== null);
  const columns: MonteCarloResult["draws"] = {
    final_equity: found.map(({ final }) => initialCapital * final),
    max_drawdown: found.map(({ max_drawdown }) => max_drawdown),
    sharpe: found.map(({ sharpe }) => sharpe),
  };
  const share = (holds: (draw: Drawn) => boolean): number =>
    found.length === 0 ? 0 : found.filter(holds).length / found.length;
  const { program, data, settingsHash, fixed: params, seed } = basisOf(setup);
  return {
    schema: "bitfever/monte-carlo@1",
    ...{ program, data, settingsHash, params, of, order, meanBlock, seed },
    trades: context.trades.closed,
    ...{ runs: draws.length, failed: draws.length - found.length, initialCapital },
    figures: {
      final_equity: figureOf(initialCapital * observed.final, columns.final_equity),
      max_drawdown: figureOf(observed.max_drawdown, columns.max_drawdown),
      sharpe: figureOf(observed.sharpe, columns.sharpe),
    },
    losing: share(({ final }) => final < 1),
    ruin: {
      at: ruin,
      runs: found.filter(({ lowest }) => lowest <= ruin).length,
      probability: share(({ lowest }) => lowest <= ruin),
    },
    draws: columns,
    ...{ drawn: drawnWords({ of, order }), supposed: supposedWords({ of, order }) },
    stopped: draws.length < wanted,
  };
}

function figureOf(observed: number | null, draws: readonly (number | null)[]): DrawnFigure {
  const known = draws.filter((each) => each !== null);
  const distribution: Distribution | null = known.length === 0 ? null : distributionOf(known);
  const below =
    observed === null || known.length === 0
      ? null
      : known.filter((each) => each < observed).length / known.length;
  return { observed, distribution, below };
}

/** @throws BitFeverError BF5135 */
function checkShare(ruin: number): void {
  if (ruin > 0 && ruin < 1) return;
  throw new BitFeverError("BF5135", `an account is not ruined at ${ruin} of its capital`, {
    hint: "give a share above 0 and below 1, as 0.5",
  });
}
