import { daysOf, timingOf, type FeedEvent } from "@bitfever/runtime";
import { describe, expect, it, onTestFinished } from "vitest";
import { ccxtVenue, startVenueServer, type CcxtVenueName } from "../../src/index.js";

const minuteMs = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const timing = timingOf(daysOf({ zone: "UTC" }), minuteMs);

const candle = (minute: number, close: number) => ({
  ...{ time: start + minute * minuteMs, open: close, high: close + 1, low: close - 1, close, volume: 5 },
});

describe.each<CcxtVenueName>(["binance spot", "binance futures", "bybit spot", "bybit linear"])(
  "candles of %s",
  (venue) => {
    it("come each once when they are over, and what the stream has left out from the history", async () => {
      const server = await startVenueServer({ exchange: venue.startsWith("bybit") ? "bybit" : "binance" });
      const { url, apiKey, secret } = server;
      const { candles, broker } = await ccxtVenue({ venue, url, apiKey, secret });
      const market = server.market(venue.endsWith("spot") ? "spot" : "linear", "BTCUSDT");
      const feed = candles({ symbol: "BTCUSDT", intervalMs: minuteMs, timing, patienceMs: 100 });
      onTestFinished(async () => {
        await broker.close();
        await server.close();
      });
      const told: FeedEvent[] = [];
      const following = (async () => {
        for await (const event of feed) {
          told.push(event);
          if (told.filter(({ kind }) => kind.endsWith("bar")).length === 5) return;
        }
      })();
      const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      await pause(400);
      market.candle(candle(0, 100));
      await pause(50);
      market.candle(candle(1, 101));
      await pause(400);
      // Nobody hears of these.
      server.breakStreams();
      market.candle(candle(2, 102));
      market.candle(candle(3, 103));
      await pause(1_500);
      market.candle(candle(4, 104));
      await following;
      const bars = told.flatMap((each) =>
        each.kind === "bar" || each.kind === "late_bar" ? [each.bar] : [],
      );
      expect(bars.map(({ time, close }) => [(time - start) / minuteMs, close])).toEqual([
        [0, 100],
        [1, 101],
        [2, 102],
        [3, 103],
        [4, 104],
      ]);
      expect(told.some(({ kind }) => kind === "gap_filled")).toBe(true);
      expect(() => candles({ symbol: "BTCUSDT", intervalMs: 7_000, timing })).toThrow(
        /no candles of 7 seconds/,
      );
    });
  },
);
