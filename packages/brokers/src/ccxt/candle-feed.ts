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

interface Heard {
  readonly candles: readonly Candle[];
  /** Up to when all is known: a stream tells what happens, and an answer what had happened when it was asked for. */
  readonly knownTo: number;
}

/** What the stream tells, with the gaps that it leaves. */
async function* streamed(
  { client, market, now }: FeedSurroundings,
  timeframe: string,
  { timing, after, patienceMs = 2_000 }: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  await client.loadHttpProxyAgent();
  const candles = new ClosedCandles({ timing, patienceMs, saysClosed: false, after });
  const hasStream = Boolean(client.has["watchOHLCV"]);
  const { intervalMs } = timing;
  const newest = async (): Promise<Heard> => {
    if (hasStream) {
      const rows = await client.watchOHLCV(market.symbol, timeframe);
      return { candles: rows.map(candleOf), knownTo: now() };
    }
    // Also as soon as the last version of one that is over can be had.
    const untilOver = intervalMs - ((now() - patienceMs) % intervalMs);
    await wait(Math.min(mostPauseMs, intervalMs / asksPerBar, untilOver));
    const knownTo = now();
    const since = knownTo - candlesAsked * intervalMs;
    const rows = await client.fetchOHLCV(market.symbol, timeframe, since);
    return { candles: rows.map(candleOf), knownTo };
  };
  const watch = async (): Promise<Heard | null> => {
    try {
      return await newest();
    } catch {
      await wait(pauseMs);
      return null;
    }
  };
  let knownTo = now();
  for await (const heard of answersOrBeats(watch)) {
    // It has broken: what is missed meanwhile is a gap.
    if (heard === null && hasStream) candles.missing();
    // All that was heard first, so that none is told as it was before.
    for (const candle of heard?.candles ?? []) yield* candles.on(candle, knownTo);
    if (hasStream) knownTo = now();
    else if (heard) ({ knownTo } = heard);
    yield* candles.at(knownTo);
  }
}
