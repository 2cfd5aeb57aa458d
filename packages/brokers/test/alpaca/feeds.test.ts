import { daysOf, timingOf, type FeedEvent, type FeedTrade } from "@bitfever/runtime";
import { expect, it, onTestFinished } from "vitest";
import { utcNow } from "../../src/clock.js";
import { alpacaVenue, startVenueServer, type AlpacaVenueOptions } from "../../src/index.js";

const minuteMs = 60_000;
const start = Date.UTC(2026, 0, 5, 15);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !isSo(); i++) await pause(10);
  expect(isSo()).toBe(true);
}

const candle = (minute: number, close: number, volume = 5) => ({
  ...{ time: start + minute * minuteMs, open: close, high: close + 1, low: close - 1, close, volume },
});

async function started(
  options: Partial<AlpacaVenueOptions> = {},
  served: Partial<Parameters<typeof startVenueServer>[0]> = {},
) {
  // By the clock of the venue the first of these minutes begins some minutes from now.
  const begun = utcNow();
  const now = (): number => start - 300_000 + utcNow() - begun;
  const server = await startVenueServer({ exchange: "alpaca", now, ...served });
  const { url, apiKey: keyId, secret } = server;
  const venue = await alpacaVenue({ url, keyId, secret, ...options });
  onTestFinished(() => server.close());
  return { server, market: server.market("spot", "AAPL"), venue };
}

/** Follows a feed until a test ends; what it has told so far. */
function followed<T>(feed: AsyncGenerator<T, void, void>): {
  readonly told: T[];
  readonly error: () => unknown;
} {
  const told: T[] = [];
  let failure: unknown;
  void (async () => {
    try {
      for await (const each of feed) told.push(each);
    } catch (error) {
      failure = error;
    }
  })();
  onTestFinished(() => {
    void feed.return();
  });
  return { told, error: () => failure };
}

const barsOf = (told: readonly FeedEvent[]) =>
  told.flatMap((each) => (each.kind === "bar" || each.kind === "late_bar" ? [each.bar] : []));

const timing = (length: number) => timingOf(daysOf({ zone: "UTC" }), length * minuteMs);

it("candles of a minute come each once when they are over, and what the stream has left out from the history", async () => {
  const { server, market, venue } = await started();
  const feed = venue.candles({ symbol: "AAPL", intervalMs: minuteMs, timing: timing(1), patienceMs: 100 });
  const { told } = followed(feed);
  // Until somebody listens.
  await until(() => {
    market.candle(candle(0, 100));
    return barsOf(told).length === 1;
  });
  market.candle(candle(1, 101));
  await until(() => barsOf(told).length === 2);
  // Nobody hears of these.
  server.breakStreams();
  market.candle(candle(2, 102));
  market.candle(candle(3, 103));
  await until(() => {
    market.candle(candle(4, 104));
    return barsOf(told).length === 5;
  });
  expect(barsOf(told).map(({ time, close }) => [(time - start) / minuteMs, close])).toEqual([
    [0, 100],
    [1, 101],
    [2, 102],
    [3, 103],
    [4, 104],
  ]);
  expect(told.some(({ kind }) => kind === "gap_filled")).toBe(true);
});

it("candles of any length are made of minutes within the hours, and one that changes afterwards is a revision", async () => {
  const { market, venue } = await started();
  const symbol = "AAPL";
  const five = followed(
    venue.candles({ symbol, intervalMs: 5 * minuteMs, timing: timing(5), patienceMs: 50 }),
  );
  // Both are told over one connection: the venue takes no second one.
  const one = followed(venue.candles({ symbol, intervalMs: minuteMs, timing: timing(1), patienceMs: 50 }));
  await until(() => {
    market.candle(candle(0, 100));
    return barsOf(one.told).length === 1;
  });
  for (let i = 1; i < 10; i++) market.candle(candle(i, 100 + i));
  await until(() => barsOf(five.told).length === 2 && barsOf(one.told).length === 10);
  expect(
    barsOf(five.told).map(({ time, open, high, low, close, volume }) => [
      ...[(time - start) / minuteMs, open, high, low, close, volume],
    ]),
  ).toEqual([
    [0, 100, 105, 99, 104, 25],
    [5, 105, 110, 104, 109, 25],
  ]);
  market.candle(candle(9, 109, 8));
  await until(() => five.told.some(({ kind }) => kind === "revision"));
  expect(five.told.at(-1)).toMatchObject({ told: { volume: 25 }, revised: { volume: 28 } });
});

it("candles that the venue does not make, or does not tell, are errors that say so", async () => {
  const { venue } = await started({ feed: "sip" });
  const terms = { symbol: "AAPL", timing: timing(1) };
  expect(() => venue.candles({ ...terms, intervalMs: 90_000 })).toThrow(
    expect.objectContaining({ code: "BF5305" }) as Error,
  );
  const { error } = followed(venue.candles({ ...terms, intervalMs: minuteMs }));
  await until(() => error() !== undefined);
  expect(error()).toMatchObject({
    code: "BF5307",
    message: expect.stringContaining("subscription") as string,
  });
});

it("of more shares than the account may hear the last is an error, and the others go on", async () => {
  const names = Array.from({ length: 31 }, (_, i) => (i === 0 ? "AAPL" : `S${i}`));
  const terms = {
    ...{ kind: "spot", quote: "USD", tick: "0.01", lot: "1", price: "200" },
    makerRate: "0",
  } as const;
  const rules = { ...terms, takerRate: "0", minimumQuantity: "1", minimumNotional: "0" };
  const markets = names.map((id) => ({ ...rules, kind: "spot" as const, id, base: id }));
  const { market, venue } = await started({}, { markets });
  const feeds = names.slice(0, -1).map((symbol) => followed<FeedTrade>(venue.trades({ symbol })));
  const [first] = feeds;
  await until(() => {
    market.print(200, 1);
    return first.told.length > 0;
  });
  const last = followed<FeedTrade>(venue.trades({ symbol: "S30" }));
  await until(() => last.error() !== undefined);
  expect(last.error()).toMatchObject({ code: "BF5307" });
  market.print(300, 1);
  await until(() => first.told.at(-1)?.price === 300);
  expect(feeds.map(({ error }) => error())).toEqual(feeds.map(() => undefined));
});

it("trades come each once, also those of a time in which nobody listened", async () => {
  const { server, market, venue } = await started();
  const { told } = followed<FeedTrade>(venue.trades({ symbol: "AAPL" }));
  const after = (all: readonly FeedTrade[]) => all.filter(({ price }) => price > 200);
  await until(() => {
    market.print(200, 1);
    return told.length > 0;
  });
  market.print(201, 1);
  await until(() => after(told).length === 1);
  server.breakStreams();
  server.script({ on: "market_data", mishap: { kind: "refused", status: 429 } });
  market.print(202, 2);
  market.print(203, 3);
  await until(() => after(told).length === 3);
  market.print(204, 4);
  server.script({ on: "message", mishap: { kind: "doubled" } });
  market.print(205, 5);
  market.print(206, 6);
  await until(() => after(told).length === 6);
  await pause(200);
  expect(after(told).map(({ price, quantity }) => [price, quantity])).toEqual(
    [1, 2, 3, 4, 5, 6].map((each) => [200 + each, each]),
  );
  const { told: earlier } = followed<FeedTrade>(
    venue.trades({ symbol: "AAPL", from: start - 10 * minuteMs }),
  );
  await until(() => after(earlier).length === 6);
  expect(after(earlier)).toEqual(after(told));
});
