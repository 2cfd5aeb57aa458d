import { backfilled, ClosedCandles, type Candle, type FeedEvent } from "@bitfever/runtime";
import { answersOrBeats } from "../feeds/answers-or-beats.js";
import { backfillOf } from "../feeds/backfill-of.js";
import type { BarFeedOptions } from "../feeds/bar-feed-options.js";
import { wait } from "../wait.js";
import { candleHistory, candleOf, timeframeOf } from "./candle-history.js";
import { pauseMs, type FeedSurroundings } from "./feed-surroundings.js";

export interface CandleFeedOptions extends BarFeedOptions {
  /** How long a candle that is over may still change, in milliseconds; two seconds when left out. */
  readonly patienceMs?: number;
}

/**
 * Closed bars of a market: from a stream, or asked for again and again where the venue has none, and from the history of the venue
 * where that has left some out.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue makes no candles
 */
export function candleFeed(
  surroundings: FeedSurroundings,
  options: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { client, market, now } = surroundings;
  const { intervalMs, timing } = options;
  const timeframe = timeframeOf(client, market, intervalMs);
  const history = candleHistory(client, market, intervalMs);
  return backfilled(streamed(surroundings, timeframe, options), backfillOf(timing), history, { now, wait });
}

/** Where there is no stream: so often a bar is asked for while it lasts, but not more seldom than this, and those before it with it. */
const [asksPerBar, mostPauseMs, candlesAsked] = [12, 15_000, 3];

/** What the stream tells, with the gaps that it leaves. */
async function* streamed(
  { client, market, now }: FeedSurroundings,
  timeframe: string,
  { timing, after, patienceMs = 2_000 }: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  await client.loadHttpProxyAgent();
  const candles = new ClosedCandles({ timing, patienceMs, saysClosed: false, after });
  const hasStream = Boolean(client.has["watchOHLCV"]);
  const newest = async (): Promise<readonly unknown[][]> => {
    if (hasStream) return client.watchOHLCV(market.symbol, timeframe);
    await wait(Math.min(mostPauseMs, timing.intervalMs / asksPerBar));
    return client.fetchOHLCV(market.symbol, timeframe, now() - candlesAsked * timing.intervalMs);
  };
  const watch = async (): Promise<readonly Candle[]> => {
    try {
      return (await newest()).map(candleOf);
    } catch {
      // It has broken: what is missed meanwhile is a gap.
      await wait(pauseMs);
      return [];
    }
  };
  for await (const heard of answersOrBeats(watch)) {
    for (const candle of heard ?? []) yield* candles.on(candle, now());
    yield* candles.at(now());
  }
}
