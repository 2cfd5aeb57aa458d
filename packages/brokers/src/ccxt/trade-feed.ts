import { backfilled, BarBuilder, type FeedEvent, type FeedTrade } from "@bitfever/runtime";
import { answersOrBeats } from "../feeds/answers-or-beats.js";
import { backfillOf } from "../feeds/backfill-of.js";
import type { BarFeedOptions } from "../feeds/bar-feed-options.js";
import { newcomers } from "../feeds/newcomers.js";
import { wait } from "../wait.js";
import { candleHistory } from "./candle-history.js";
import { pauseMs, type FeedSurroundings } from "./feed-surroundings.js";
import type { CcxtTrade } from "./venue-client.js";

export interface TradeFeedOptions extends BarFeedOptions {
  /** How long a bar waits for trades that come late, in milliseconds; half a second when left out. */
  readonly graceMs?: number;
}

/** Enough for what a venue tells twice. */
const rememberedIds = 4_096;

/**
 * Closed bars of a market, made of its trades; those of which not all trades were seen come from the history of the venue.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue makes no candles
 */
export function tradeFeed(
  surroundings: FeedSurroundings,
  options: TradeFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { client, market, now } = surroundings;
  const history = candleHistory(client, market, options.intervalMs);
  return backfilled(streamed(surroundings, options), backfillOf(options.timing), history, { now, wait });
}

async function* streamed(
  { client, market, now }: FeedSurroundings,
  { timing, after, graceMs = 500 }: TradeFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  await client.loadHttpProxyAgent();
  const builder = new BarBuilder({ timing, graceMs, after, from: now() });
  const isNew = newcomers(rememberedIds);
  const watch = async (): Promise<readonly CcxtTrade[] | null> => {
    try {
      return await client.watchTrades(market.symbol);
    } catch {
      await wait(pauseMs);
      return null;
    }
  };
  // Until the first trade is heard nobody knows whether the stream has begun.
  let isBlind = true;
  for await (const heard of answersOrBeats(watch)) {
    if (heard === null) isBlind = true;
    if (isBlind) builder.missing(now());
    if (heard) isBlind = false;
    for (const trade of heard ?? []) if (isNew(String(trade.id))) yield* builder.on(feedTradeOf(trade));
    yield* builder.at(now());
  }
}

function feedTradeOf({ id, timestamp, price, amount }: CcxtTrade): FeedTrade {
  const number = Number(id);
  return {
    ...{ time: timestamp ?? NaN, price: Number(price), quantity: Number(amount) },
    // Where they are numbers they grow: trades of one instant are put in their order by them.
    ...(Number.isSafeInteger(number) && { id: number }),
  };
}
