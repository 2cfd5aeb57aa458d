import { daysOf, timingOf, type FeedEvent } from "@bitfever/runtime";
import { expect, it, onTestFinished, vi } from "vitest";
import { startTwsServer, type InteractiveBrokersVenue, type ServedTws } from "../../src/index.js";
import { tradeFeed } from "../../src/interactive-brokers/trade-feed.js";
import { tradedContract } from "../../src/interactive-brokers/traded-contract.js";
import { TwsLink } from "../../src/interactive-brokers/tws-link.js";
import { eventually, venueOf } from "./interactive-brokers-trial.js";
import { pause } from "../watched.js";

vi.setConfig({ testTimeout: 60_000 });

const minuteMs = 60_000;
const start = Date.UTC(2026, 0, 5, 15);
const timing = timingOf(daysOf({ zone: "UTC" }), minuteMs);
const of = { symbol: "AAPL", intervalMs: minuteMs, timing };

const candle = (minute: number, close: number) => ({
  ...{ time: start + minute * minuteMs, open: close, high: close + 1, low: close - 1, close, volume: 5 },
});

const barsOf = (told: readonly FeedEvent[]) =>
  told.flatMap((each) => (each.kind === "bar" || each.kind === "late_bar" ? [each.bar] : []));

async function pair(): Promise<{ readonly server: ServedTws; readonly venue: InteractiveBrokersVenue }> {
  const server = await startTwsServer();
  onTestFinished(() => server.close());
  return { server, venue: await venueOf(server) };
}

/** Takes what a feed tells, until it has told so many bars. */
function follow(feed: AsyncGenerator<FeedEvent, void, void>, bars: number) {
  const told: FeedEvent[] = [];
  const done = (async () => {
    for await (const event of feed) {
      told.push(event);
      if (barsOf(told).length === bars) return;
    }
  })();
  return { told, done };
}

it("candles come each once when they are over, and from the history where nobody heard of them", async () => {
  const { server, venue } = await pair();
  const market = server.market("AAPL");
  const { told, done } = follow(venue.candles({ ...of, patienceMs: 100 }), 5);
  await eventually(() => server.asked("market_data") === 1, "somebody who listens");
  market.candle(candle(0, 100));
  market.candle(candle(1, 101));
  await eventually(() => barsOf(told).length === 2, "two bars");
  // The connection breaks, and is there again too late for these.
  server.cut();
  market.candle(candle(2, 102));
  market.candle(candle(3, 103));
  server.mend();
  await eventually(() => server.asked("market_data") === 2, "who listens again");
  market.candle(candle(4, 104));
  await done;
  expect(barsOf(told).map(({ time, close }) => [(time - start) / minuteMs, close])).toEqual(
    [0, 1, 2, 3, 4].map((minute) => [minute, 100 + minute]),
  );
  expect(told.some(({ kind }) => kind === "gap_filled")).toBe(true);
});

it("a feed goes on behind a gateway that has lost its data, and asks for no more than half an hour", async () => {
  const { server, venue } = await pair();
  const market = server.market("AAPL");
  const { told, done } = follow(venue.candles({ ...of, patienceMs: 100 }), 2);
  await eventually(() => server.asked("market_data") === 1, "somebody who listens");
  market.candle(candle(0, 100));
  await eventually(() => barsOf(told).length === 1, "a bar");
  server.link(false);
  server.link(true, true);
  await eventually(() => server.asked("market_data") === 2, "who listens again");
  market.candle(candle(1, 101));
  await done;
  expect(barsOf(told).map(({ close }) => close)).toEqual([100, 101]);
  expect(() => venue.candles({ ...of, intervalMs: 60 * minuteMs })).toThrow(/no candles of 3600 seconds/);
});

it("bars are made of trades, and those of which some were missed come from the history", async () => {
  let time = start;
  const now = (): number => time;
  const server = await startTwsServer({ now });
  const { host, port } = server;
  const library = await import("@stoqey/ib");
  const link = new TwsLink({
    ...{ library, host, port, clientId: 1, requestsPerSecond: 1_000_000 },
    ...{ timeoutMs: 5_000, heartbeatMs: 60_000 },
  });
  onTestFinished(async () => {
    link.close();
    await server.close();
  });
  const traded = await tradedContract(await link.start(), "AAPL", {});
  const market = server.market("AAPL");
  const listens = async (count: number): Promise<void> => {
    await eventually(() => server.asked("market_data") === count, "who listens");
  };
  const { told, done } = follow(tradeFeed({ link, traded, now }, { ...of, graceMs: 0 }), 2);
  await listens(1);
  time = start + 10_000;
  for (const [price, quantity] of [
    [201, 3],
    [203, 1],
    [202, 2],
  ] as const)
    market.print(price, quantity);
  // A trade tells that time as well as the clock does.
  await pause(200);
  time = start + 61_000;
  await eventually(() => barsOf(told).length === 1, "a bar of trades");
  market.print(210, 1);
  await pause(200);
  server.cut();
  market.print(220, 1);
  server.mend();
  await listens(2);
  market.print(215, 1);
  await pause(200);
  time = start + 121_000;
  await done;
  expect(barsOf(told)).toMatchObject([
    { time: start, open: 201, high: 203, low: 201, close: 202, volume: 6 },
    { time: start + minuteMs, open: 210, high: 220, low: 210, close: 215, volume: 3 },
  ]);
  expect(told.map(({ kind }) => kind)).toEqual(
    ["bar", "gap", "late_bar", "gap_filled"].slice(0, told.length),
  );
});
