import { BitFeverError } from "@bitfever/lang";
import { mean } from "simple-statistics";
import { shuffled } from "../shuffled.js";
import { drawInBlocks } from "../stationary-blocks.js";
import { deviation } from "../statistics.js";
import { followedAccount, type FollowedAccount } from "./followed-account.js";

export interface TradeDrawOptions {
  /** `drawn`: blocks of trades with putting back; `shuffled`: each once, in another order. */
  readonly order: "drawn" | "shuffled";
  /** Mean length of a block of trades; 1 draws each by itself. */
  readonly meanBlock: number;
  /** To tell a Sharpe ratio by; null where nobody knows it. */
  readonly tradesPerYear: number | null;
}

export interface TradeFigures extends FollowedAccount {
  /** Mean ÷ deviation of what trades earned of the account × √trades a year; null where it cannot be told. */
  readonly sharpe: number | null;
}

/**
 * What else the same trades could have come to, one after another on one account of 1.
 *
 * @param earned  of each trade, as a fraction of the account that it found: `earnedOfAccount`
 * @throws BitFeverError BF5125 for a length of blocks that is none
 */
export class TradeDraws {
  /** In the order in which they were. */
  readonly observed: TradeFigures;

  constructor(
    private readonly earned: readonly number[],
    private readonly options: TradeDrawOptions,
  ) {
    const { meanBlock } = options;
    if (!(meanBlock >= 1 && meanBlock <= earned.length))
      throw new BitFeverError(
        "BF5125",
        `blocks of ${meanBlock} trades cannot be drawn from ${earned.length}`,
        {
          hint: "take a mean length from 1 up to the number of trades",
        },
      );
    this.observed = this.figuresOf(earned);
  }

  draw(random: () => number): TradeFigures {
    const { earned, options } = this;
    if (options.order === "shuffled") return this.figuresOf(shuffled(earned, random));
    const places = drawInBlocks(earned.length, options.meanBlock, random);
    return this.figuresOf(Array.from(places, (at) => earned[at]));
  }

  private figuresOf(earned: readonly number[]): TradeFigures {
    const { tradesPerYear } = this.options;
    const spread = deviation(earned, 1);
    const isKnown = tradesPerYear !== null && spread > 0;
    const sharpe = isKnown ? (mean(earned) / spread) * Math.sqrt(tradesPerYear) : null;
    return { ...followedAccount(earned), sharpe };
  }
}
