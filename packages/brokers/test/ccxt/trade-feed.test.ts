import { daysOf, timingOf, type FeedEvent } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { utcNow } from "../../src/clock.js";
import { tradeFeed } from "../../src/ccxt/trade-feed.js";
import { pairOf, type Kind } from "../venue-server/ccxt-client.js";

const minuteMs = 60_000;
const timing = timingOf(daysOf({ zone: "UTC" }), minuteMs);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each<Kind>(["binance spot", "binance futures", "bybit spot", "bybit linear"])(
  "bars of the trades of %s",
  (kind) => {
    it("are those of the venue, also where the stream has broken", async () => {
      // A minute takes a second, once all is asked that goes by the clock.
      let begun = Infinity;
      const now = (): number =>
        begun === Infinity ? utcNow() : Date.UTC(2026, 0, 5, 10) + (utcNow() - begun) * 60;
      const { server, client, market, symbol } = await pairOf(kind, { now });
      await client.loadMarkets();
      begun = utcNow();
      const place = {
        ...{
          id: "BTCUSDT",
          symbol,
          base: "BTC",
          quote: "USDT",
          tick: "0.1",
          lot: "0.001",
          contractSize: "1",
        },
        ...{ minimumQuantity: null, minimumNotional: null },
      };
      const given = { symbol: "BTCUSDT", intervalMs: minuteMs, timing, graceMs: 6_000 };
      const feed = tradeFeed({ client, market: place, now }, given);
      const told: FeedEvent[] = [];
      const bars = () =>
        told.flatMap((each) => (each.kind === "bar" || each.kind === "late_bar" ? [each.bar] : []));
      const following = (async () => {
        for await (const event of feed) {
          told.push(event);
          if (bars().length === 8) return;
        }
      })();
      const traded = new Map<number, number[]>();
      let isOver = false;
      void following.then(() => (isOver = true));
      for (let i = 0; !isOver && i < 600; i++) {
        const price = 50_000 + ((i * 37) % 100);
        const time = Math.floor(now() / minuteMs) * minuteMs;
        market.print(price, 0.5);
        // One at the very turn of a minute may be either's.
        const isClear = Math.floor(now() / minuteMs) * minuteMs === time;
        if (isClear) traded.set(time, [...(traded.get(time) ?? []), price]);
        if (i === 40) server.breakStreams();
        await pause(60);
      }
      await following;
      expect(told.some((each) => each.kind === "gap_filled" && each.bars > 0)).toBe(true);
      for (const { time, open, high, low, close, volume } of bars()) {
        const prices = traded.get(time) ?? [];
        if (Math.abs(volume - prices.length * 0.5) > 1e-9) continue;
        expect([open, high, low, close]).toEqual([
          ...[prices[0], Math.max(...prices), Math.min(...prices), prices[prices.length - 1]],
        ]);
      }
      const times = bars().map(({ time }) => (time - bars()[0].time) / minuteMs);
      expect(times).toEqual(times.map((_, i) => i));
      const whole = bars().filter(({ time, volume }) => volume === (traded.get(time)?.length ?? 0) * 0.5);
      expect(whole.length).toBeGreaterThanOrEqual(6);
    });
  },
);
