import { BitFeverError } from "@bitfever/lang";
import {
  earnedOfAccount,
  followedAccount,
  generatorFor,
  isUnknown,
  TradeDraws,
  type MetricContext,
} from "@bitfever/engine";
import type { OptimizeOptions } from "../optimize/optimize-options.js";
import type { SearchSetup } from "../optimize/search-setup.js";
import { metricOf, returnsOf } from "../optimize/figures.js";
import { inThisThread, type OrderedWork } from "../ordered-work.js";
import { drawingOf, drawMarket } from "./drawing.js";
import { drawsOf } from "./draws.js";
import type { MonteCarloResult } from "./monte-carlo-result.js";

/** What is drawn of an account that began with 1. */
export interface Drawn {
  readonly final: number;
  readonly lowest: number;
  readonly max_drawdown: number | null;
  readonly sharpe: number | null;
}

interface How {
  readonly order: MonteCarloResult["order"];
  readonly meanBlock: number | undefined;
  readonly runs: number;
}

/** What is compared with, what draws, and how long the blocks are. */
interface Draws extends Pick<MonteCarloResult, "meanBlock"> {
  readonly observed: Drawn;
  readonly work: OrderedWork<number, Drawn | null>;
}

/**
 * Draws of the trades of a run.
 *
 * @throws BitFeverError BF5125, BF5145
 */
export function tradeDraws(
  { seed }: Pick<SearchSetup, "seed">,
  context: MetricContext,
  { order, meanBlock = 1 }: How,
): Draws {
  const earned = earnedOfAccount(context);
  if (isUnknown(earned))
    throw new BitFeverError("BF5145", `trades cannot be drawn: ${earned.reason}`, {
      hint: "take a longer history, or draw bars",
    });
  const draws = new TradeDraws(earned, {
    ...{ order, meanBlock },
    tradesPerYear: metricOf("trades_per_year", context),
  });
  const told = ({ maxDrawdown, ...figures }: TradeDraws["observed"]): Drawn => ({
    ...figures,
    max_drawdown: maxDrawdown,
  });
  return {
    observed: told(draws.observed),
    work: inThisThread((number) => told(draws.draw(generatorFor(seed, "trades", number)))),
    meanBlock: order === "drawn" ? meanBlock : null,
  };
}

/**
 * Draws of the bars, with the strategy run on each.
 *
 * @throws BitFeverError BF5124, BF5125, BF5143
 */
export async function barDraws(
  setup: SearchSetup,
  options: OptimizeOptions,
  context: MetricContext,
  { order, meanBlock, runs }: How,
): Promise<Draws> {
  const drawing = drawingOf(setup, { kind: order === "drawn" ? "bootstrapped" : "permuted", meanBlock });
  // What cannot be drawn is refused before anything is run.
  drawMarket(setup.input, drawing, 0);
  const outcomes = await drawsOf("alone", setup, options, { drawing, runs });
  return {
    observed: {
      ...followedAccount(returnsOf(context)),
      max_drawdown: metricOf("max_drawdown", context),
      sharpe: metricOf("sharpe", context),
    },
    work: {
      async *answers(numbers) {
        for await (const outcome of outcomes.answers(numbers)) {
          if (outcome.kind === "failure") yield null;
          else {
            const { max_drawdown, sharpe } = outcome.metrics;
            yield { ...followedAccount(outcome.returns), max_drawdown, sharpe };
          }
        }
      },
      close: () => outcomes.close(),
    },
    meanBlock: drawing.meanBlock ?? null,
  };
}
