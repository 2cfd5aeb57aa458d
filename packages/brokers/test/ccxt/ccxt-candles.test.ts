import { daysOf, timingOf, type FeedEvent } from "@bitfever/runtime";
import { expect, it, onTestFinished } from "vitest";
import { ccxtCandles, startVenueServer, type CcxtCandlesOptions } from "../../src/index.js";
import { utcNow } from "../../src/clock.js";
import { candleHistory } from "../../src/ccxt/candle-history.js";
import { candleFeed } from "../../src/ccxt/candle-feed.js";
import type { VenueClient, VenueMarket } from "../../src/ccxt/venue-client.js";

/* Bars of exchanges at which nothing is traded: over ccxt, of a server that one of them could be. */

const minuteMs = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The closes of the first bars that a client of the library brings about. */
async function closesOf(client: VenueClient, intervalMs: number, count: number): Promise<readonly number[]> {
  const market = { id: "BTCUSD", symbol: "BTC/USD" } as VenueMarket;
  const timing = timingOf(daysOf({ zone: "UTC" }), intervalMs);
  const options = { symbol: "BTCUSD", intervalMs, timing, patienceMs: 100 };
  const closes: number[] = [];
  for await (const event of candleFeed({ client, market, now: utcNow }, options)) {
    if (event.kind === "bar" || event.kind === "late_bar") closes.push(event.bar.close);
    if (closes.length === count) break;
  }
  return closes;
}

async function served(options: Partial<CcxtCandlesOptions> = {}) {
  const server = await startVenueServer({ exchange: "binance" });
  onTestFinished(() => server.close());
  const feed = await ccxtCandles({ exchange: "binanceus", url: server.url, ...options });
  onTestFinished(() => feed.close());
  return { server, feed };
}

it("bars come as they close, after those of the past", { timeout: 60_000 }, async () => {
  const { server, feed } = await served();
  const market = server.market("spot", "BTCUSDT");
  const start = Date.UTC(2026, 0, 5, 10);
  const candle = (minute: number) => {
    const close = 100 + minute;
    const prices = { open: close, high: close + 1, low: close - 1, close };
    return { time: start + minute * minuteMs, ...prices, volume: 5 };
  };
  for (const minute of [0, 1, 2]) market.candle(candle(minute));
  const timing = timingOf(daysOf({ zone: "UTC" }), minuteMs);
  const after = { ...candle(0), session_bar: 600 };
  const told: FeedEvent[] = [];
  const following = (async () => {
    const options = { symbol: "BTC/USDT", intervalMs: minuteMs, timing, patienceMs: 100, after };
    for await (const event of feed.candles(options)) {
      told.push(event);
      if (told.filter(({ kind }) => kind.endsWith("bar")).length === 3) return;
    }
  })();
  await pause(500);
  market.candle(candle(3));
  await following;
  const bars = told.flatMap((each) => (each.kind === "bar" || each.kind === "late_bar" ? [each.bar] : []));
  expect(bars.map(({ time, close }) => [(time - start) / minuteMs, close])).toEqual([
    [1, 101],
    [2, 102],
    [3, 103],
  ]);
});

it("a market has the rules that the exchange tells, by either of its names", async () => {
  const { feed } = await served();
  expect(feed.rules("BTC/USDT")).toEqual(feed.rules("BTCUSDT"));
  expect(feed.rules("BTCUSDT").instrument.specification).toMatchObject({
    ...{ symbol: "BTCUSDT", tick: 0.01, multiplier: 1, moneyDecimals: 8 },
  });
});

it("a market that there is not is refused with the one that was meant", async () => {
  const { feed } = await served();
  const code = "BF5304";
  expect(() => feed.rules("BTCUSTD")).toThrow(
    expect.objectContaining({ code, hint: "did you mean BTCUSDT?" }),
  );
  expect(() => feed.rules("moon")).toThrow(
    expect.objectContaining({ code, message: "binanceus has no market moon on spot" }),
  );
});

it.each([
  [{ exchange: "krakne" }, "BF5315", /did you mean kraken/],
  [{ exchange: "no-such-thing" }, "BF5315", /it has .*binanceus/],
  [{ exchange: "bitflyer" }, "BF5316", /another exchange/],
  [{ exchange: "kraken", url: "http://127.0.0.1:1" }, "BF5317", /leave `url` out/],
  [{ exchange: "binanceus", url: "http://127.0.0.1:1" }, "BF5302", /check the connection/],
] as const)("%j is refused with %s", async (options, code, hint) => {
  await expect(ccxtCandles(options)).rejects.toMatchObject({
    code,
    hint: expect.stringMatching(hint) as string,
  });
});

it("an exchange without streams is asked again and again", async () => {
  const lengthMs = 1_000;
  const begun = Math.floor(utcNow() / lengthMs) * lengthMs;
  // It has a candle for each second that has begun, and the price rises all the time.
  const candlesSince = (since: number): readonly number[][] => {
    const rows: number[][] = [];
    for (let time = Math.max(begun, since); time <= utcNow(); time += lengthMs) {
      const last = Math.min(utcNow(), time + lengthMs - 1);
      const price = 100 + (last - begun) / lengthMs;
      rows.push([time, price, price + 1, price - 1, price, last - time]);
    }
    return rows;
  };
  let asked = 0;
  const client = {
    ...{ has: { fetchOHLCV: true }, timeframes: { "1s": "1s" }, parseTimeframe: () => 1 },
    loadHttpProxyAgent: () => Promise.resolve(),
    fetchOHLCV: (_: string, __: string, since: number) => {
      asked++;
      // Now and then it does not answer.
      if (asked % 3 === 0) return Promise.reject(new Error("busy"));
      return Promise.resolve(candlesSince(Math.ceil(since / lengthMs) * lengthMs));
    },
  } as unknown as VenueClient;
  const closes = await closesOf(client, lengthMs, 2);
  // Each as it was at its end.
  expect(closes.map((each) => each % 1)).toEqual([expect.closeTo(0.999, 6), expect.closeTo(0.999, 6)]);
  expect(closes[1]).toBeCloseTo(closes[0] + 1, 6);
});

it("a candle during which the stream has broken is told as the history has it", async () => {
  const lengthMs = 1_000;
  const begun = Math.ceil(utcNow() / lengthMs) * lengthMs;
  const untilSeconds = (seconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, begun + seconds * lengthMs - utcNow()));
  const candle = (index: number, close: number): number[] => [
    begun + index * lengthMs,
    1,
    9,
    1,
    close,
    close,
  ];
  const heard = [
    { at: 0.2, rows: [candle(0, 2)] },
    { at: 0.9, rows: [candle(0, 3)] },
    { at: 1.2, rows: [candle(1, 2)] },
    // What comes between has nobody heard.
    { at: 1.4, rows: null },
    { at: 2.3, rows: [candle(2, 3)] },
    { at: 60, rows: null },
  ][Symbol.iterator]();
  const client = {
    ...{ has: { fetchOHLCV: true, watchOHLCV: true }, timeframes: { "1s": "1s" }, parseTimeframe: () => 1 },
    loadHttpProxyAgent: () => Promise.resolve(),
    watchOHLCV: async () => {
      const { at, rows } = heard.next().value as { at: number; rows: number[][] | null };
      await untilSeconds(at);
      if (rows === null) throw new Error("broken");
      return rows;
    },
    fetchOHLCV: () => Promise.resolve([candle(0, 3), candle(1, 8), candle(2, 3)]),
  } as unknown as VenueClient;
  const closes = await closesOf(client, lengthMs, 3);
  expect(closes).toEqual([3, 8, 3]);
});

it("a history is asked for until it tells nothing more, however little a venue tells at once", async () => {
  const minuteMs = 60_000;
  const client = {
    ...{ timeframes: { "1m": "1m" }, parseTimeframe: () => 60 },
    fetchOHLCV: (_: string, __: string, since: number) =>
      Promise.resolve(
        Array.from({ length: 300 }, (___, i) => [since + i * minuteMs, 1, 1, 1, 1, 1]).filter(
          ([time]) => time < 1_000 * minuteMs,
        ),
      ),
  } as unknown as VenueClient;
  const history = candleHistory(client, { symbol: "BTC/USD" } as VenueMarket, minuteMs);
  expect((await history(0, 700 * minuteMs)).length).toBe(700);
  expect((await history(500 * minuteMs, 2_000 * minuteMs)).length).toBe(500);
});
