import { backfilled, ClosedCandles, type Candle, type FeedEvent } from "@bitfever/runtime";
import { backfillOf } from "../feeds/backfill-of.js";
import type { BarFeedOptions } from "../feeds/bar-feed-options.js";
import { wait } from "../wait.js";
import { barSizeOf } from "./bar-size.js";
import { driven, followCandles, history, type DataSurroundings } from "./market-data.js";

export interface ContractCandlesOptions extends BarFeedOptions {
  /** How long a candle that is over may still change, in milliseconds; eight seconds when left out: the venue tells every five. */
  readonly patienceMs?: number;
  /** Also what trades before and after the regular session. */
  readonly outsideRegularHours?: boolean;
}

/**
 * Closed bars of a contract: from what the venue tells of its candles, and from its history where that has left some out.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue makes no candles
 */
export function candleFeed(
  surroundings: DataSurroundings,
  options: ContractCandlesOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { now } = surroundings;
  const { timing, after, patienceMs = 8_000, intervalMs } = options;
  const size = barSizeOf(intervalMs, options.symbol);
  const isRegular = options.outsideRegularHours !== true;
  const candles = new ClosedCandles({ timing, patienceMs, saysClosed: false, after });
  const told = driven<Candle | "missing">(
    (hear, fail) => followCandles(surroundings, size, isRegular, hear, fail),
    {
      on: (heard) => {
        if (heard !== "missing") return candles.on(heard, now());
        candles.missing();
        return [];
      },
      at: () => candles.at(now()),
    },
  );
  return withHistory(surroundings, told, options);
}

/** Fills the gaps of a feed from the history of the venue, which leaves out bars in which nothing traded. */
export function withHistory(
  surroundings: DataSurroundings,
  told: AsyncIterable<FeedEvent>,
  {
    symbol,
    timing,
    intervalMs,
    outsideRegularHours,
  }: Pick<ContractCandlesOptions, "symbol" | "timing" | "intervalMs" | "outsideRegularHours">,
): AsyncGenerator<FeedEvent, void, void> {
  const size = barSizeOf(intervalMs, symbol);
  const backfill = backfillOf(timing, { timeoutMs: 30_000, firstPauseMs: 1_000 });
  const asked = (from: number, to: number): Promise<readonly Candle[]> =>
    history(surroundings, size, outsideRegularHours !== true, from, to);
  return backfilled(told, backfill, asked, { now: surroundings.now, wait });
}
