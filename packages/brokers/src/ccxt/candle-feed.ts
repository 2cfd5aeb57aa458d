import {
  Backfill,
  backfilled,
  BitFeverError,
  ClosedCandles,
  type Candle,
  type ClosedBar,
  type ClosedCandlesOptions,
  type FeedEvent,
} from "@bitfever/runtime";
import type { VenueClient, VenueMarket } from "./venue-client.js";

export interface CandleFeedOptions {
  /** By the name that the venue has for it. */
  readonly symbol: string;
  readonly intervalMs: number;
  /** Calendar and length of a bar. */
  readonly timing: ClosedCandlesOptions["timing"];
  /** The bar before the first, as a history ended with it: what is missing behind it is asked for. */
  readonly after?: ClosedBar;
  /** How long a candle that is over may still change, in milliseconds; two seconds when left out. */
  readonly patienceMs?: number;
}

interface FeedSurroundings {
  readonly client: VenueClient;
  readonly market: VenueMarket;
  readonly now: () => number;
}

/** How often the clock is told while nothing comes, and how long after a stream has broken it is asked for again. */
const [beatMs, pauseMs] = [250, 500];
const candlesPerRequest = 500;

/**
 * Closed bars of a market: from a stream, and from the history of the venue where that has left some out.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue makes no candles
 */
export function candleFeed(
  surroundings: FeedSurroundings,
  options: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  const { client, market, now } = surroundings;
  const timeframe = timeframeOf(client, options);
  const backfill = new Backfill({
    ...{ timing: options.timing, leavesOutEmpty: true, mostAttempts: 5, timeoutMs: 10_000 },
    delayMs: (attempt) => 500 * 2 ** attempt,
  });
  const history = async (from: number, to: number): Promise<readonly Candle[]> => {
    const found: Candle[] = [];
    for (let since = from; since < to;) {
      const rows = await client.fetchOHLCV(market.symbol, timeframe, since, candlesPerRequest);
      const candles = rows.map(candleOf).filter(({ time }) => time >= since && time < to);
      found.push(...candles);
      const last = candles.at(-1);
      if (last === undefined || rows.length < candlesPerRequest) break;
      since = last.time + options.intervalMs;
    }
    return found;
  };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return backfilled(streamed(surroundings, timeframe, options), backfill, history, { now, wait });
}

/** What the stream tells, with the gaps that it leaves. */
async function* streamed(
  { client, market, now }: FeedSurroundings,
  timeframe: string,
  { timing, after, patienceMs = 2_000 }: CandleFeedOptions,
): AsyncGenerator<FeedEvent, void, void> {
  await client.loadHttpProxyAgent();
  const candles = new ClosedCandles({ timing, patienceMs, saysClosed: false, after });
  const beat = (): Promise<null> =>
    new Promise((resolve) => {
      setTimeout(() => {
        resolve(null);
      }, beatMs);
    });
  const watch = async (): Promise<readonly Candle[]> => {
    try {
      return (await client.watchOHLCV(market.symbol, timeframe)).map(candleOf);
    } catch {
      // It has broken: what is missed meanwhile is a gap.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return [];
    }
  };
  let watched = watch();
  for (;;) {
    const heard = await Promise.race([watched, beat()]);
    if (heard !== null) watched = watch();
    for (const candle of heard ?? []) yield* candles.on(candle, now());
    yield* candles.at(now());
  }
}

const candleOf = ([time, open, high, low, close, volume]: readonly unknown[]): Candle => ({
  ...{ time: Number(time), open: Number(open), high: Number(high) },
  ...{ low: Number(low), close: Number(close), volume: Number(volume) },
});

function timeframeOf(client: VenueClient, { intervalMs, symbol }: CandleFeedOptions): string {
  const names = Object.keys(client.timeframes ?? {});
  const found = names.find((each) => client.parseTimeframe(each) * 1_000 === intervalMs);
  if (found !== undefined) return found;
  throw new BitFeverError(
    "BF5305",
    `the venue makes no candles of ${intervalMs / 1_000} seconds for ${symbol}`,
    {
      hint: `it makes ${names.join(", ")}`,
    },
  );
}
