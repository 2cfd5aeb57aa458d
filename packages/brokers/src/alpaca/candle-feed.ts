import { backfilled, BitFeverError, ClosedCandles, type Candle, type FeedEvent } from "@bitfever/runtime";
import { backfillOf } from "../feeds/backfill-of.js";
import { wait } from "../wait.js";
import type { CandleFeedOptions } from "../ccxt/candle-feed.js";
import type { AlpacaRest } from "./alpaca-rest.js";
import { candlesOf, CandlesOfMinutes, minuteMs } from "./candles-of-minutes.js";
import { listening } from "./listening.js";
import type { MarketStream } from "./market-stream.js";
import { timeOf, type AlpacaBar } from "./payloads.js";

export interface FeedSurroundings {
  readonly rest: AlpacaRest;
  readonly stream: MarketStream;
  /** Milliseconds UTC, as the clock of the venue goes. */
  readonly now: () => number;
}

const dayMs = 86_400_000;

/**
 * Closed bars of a share within the hours of the calendar: made of the minutes that the stream tells, and of those of the history where it
 * has left some out.
 *
 * @throws BitFeverError BF5305 for an interval that is no whole number of minutes
 */
export function candleFeed(
  surroundings: FeedSurroundings,
  options: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { rest, now } = surroundings;
  const { symbol, intervalMs, timing } = options;
  if (!(intervalMs >= minuteMs && intervalMs % minuteMs === 0))
    throw new BitFeverError(
      "BF5305",
      `the venue makes no candles of ${intervalMs / 1_000} seconds for ${symbol}`,
      { hint: "it makes minutes, and bars are made of whole ones" },
    );
  const history = async (from: number, to: number): Promise<readonly Candle[]> => {
    // A day is stamped with its midnight, and its minutes come after that.
    const minutes = await rest.minutes(symbol, from, timing.isDated ? to + dayMs : to);
    const candles = candlesOf(minutes.map(candleOf), timing);
    return candles.filter(({ time }) => time >= from && time < to);
  };
  return backfilled(streamed(surroundings, options), backfillOf(timing), history, { now, wait });
}

/** What the stream tells, with the gaps that it leaves. */
async function* streamed(
  { stream, now }: FeedSurroundings,
  { symbol, timing, after, patienceMs = 2_000 }: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const minutes = new CandlesOfMinutes(timing, patienceMs);
  const candles = new ClosedCandles({ timing, patienceMs, saysClosed: true, after });
  for await (const { news, hasBegun } of listening(stream, { symbol, channels: ["bars", "updatedBars"] })) {
    if (hasBegun) minutes.listensFrom(now());
    for (const each of news)
      if (each.T !== "t") for (const candle of minutes.on(candleOf(each))) yield* candles.on(candle, now());
    for (const candle of minutes.at(now())) yield* candles.on(candle, now());
    yield* candles.at(now());
  }
}

const candleOf = ({ t, o, h, l, c, v }: AlpacaBar): Candle => ({
  ...{ time: timeOf(t), open: o, high: h, low: l, close: c, volume: v },
});
