import { BitFeverError, type Candle } from "@bitfever/runtime";
import type { VenueClient, VenueMarket } from "./venue-client.js";

const candlesPerRequest = 500;

/** What the client library tells of a candle. */
export const candleOf = ([time, open, high, low, close, volume]: readonly unknown[]): Candle => ({
  ...{ time: Number(time), open: Number(open), high: Number(high) },
  ...{ low: Number(low), close: Number(close), volume: Number(volume) },
});

/**
 * Asks the history of a venue for the candles with stamps in `[from, to)`.
 *
 * @throws BitFeverError BF5305 for an interval of which the venue makes no candles
 */
export function candleHistory(
  client: VenueClient,
  market: VenueMarket,
  intervalMs: number,
): (from: number, to: number) => Promise<readonly Candle[]> {
  const timeframe = timeframeOf(client, market, intervalMs);
  return async (from, to) => {
    const found: Candle[] = [];
    for (let since = from; since < to;) {
      const rows = await client.fetchOHLCV(market.symbol, timeframe, since, candlesPerRequest);
      const candles = rows.map(candleOf).filter(({ time }) => time >= since && time < to);
      found.push(...candles);
      const last = candles.at(-1);
      // How many a venue tells at most is its own affair: only one that tells nothing more has told all.
      if (last === undefined) break;
      since = last.time + intervalMs;
    }
    return found;
  };
}

/**
 * The name that a venue has for candles of a length.
 *
 * @throws BitFeverError BF5305 for a length of which it makes none
 */
export function timeframeOf(client: VenueClient, { id }: VenueMarket, intervalMs: number): string {
  const names = Object.keys(client.timeframes ?? {});
  const found = names.find((each) => client.parseTimeframe(each) * 1_000 === intervalMs);
  if (found !== undefined) return found;
  throw new BitFeverError("BF5305", `the venue makes no candles of ${intervalMs / 1_000} seconds for ${id}`, {
    hint: `it makes ${names.join(", ")}`,
  });
}
