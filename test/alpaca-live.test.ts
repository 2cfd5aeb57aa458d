import { expect, it, onTestFinished } from "vitest";
import { alpacaVenue, startVenueServer } from "@bitfever/brokers";
import { defaultSettings } from "@bitfever/engine";
import { Desk, Gatekeeper, Journal, LiveTrading, seatOf, type DeskCommand } from "@bitfever/runtime";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { planOf } from "./support/planned.js";

/* A desk at work at a server that talks as Alpaca: what the venue lacks is done by the desk, and the books agree to the last cent. */

const minute = 60_000;
const symbol = "AAPL";
const settings = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 8, initial_capital: 100_000 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const programs = {
  "a stop that follows": `
    enter long when close > close[1] and position_size == 0 { size 10 unprotected }
    exit long at stop highest(high, 3) - 2 when position_size > 0`,
  "a stop that belongs to its entry": `
    enter long when close > open { size 10 stop at close - 2 }
    exit long when close < sma(close, 3) - 1`,
  "an exit beside a stop": `
    enter long when close > open { size 10 stop at close - 10 }
    exit long when close < close[1]`,
  "a part of what a stop protects": `
    enter long when close > open and position_size == 0 { size 10 stop at close - 10 }
    exit long when close < close[1] { take 50% }`,
  "long and short by turns": `
    enter long "up" when close crosses above sma(close, 3) { size 7 stop at close - 10 }
    enter short "down" when close crosses below sma(close, 3) { size 5 stop at close + 10 }`,
  "an entry that follows": `
    enter long at limit close - 0.5 when position_size == 0 { size 5 stop at close - 4 }
    exit long when position_bars >= 2`,
};

it.each(Object.entries(programs))("%s", async (name, body) => {
  let now = Date.UTC(2026, 0, 5, 15);
  const server = await startVenueServer({
    exchange: "alpaca",
    balances: { USD: "100000" },
    now: () => now,
  });
  const { url, apiKey: keyId, secret } = server;
  const { broker, isIdle } = await alpacaVenue({ url, keyId, secret, settleMs: 10, lostAfterMs: 1_000 });
  const seat = seatOf({
    ...{ strategy: name, plan: planOf(`strategy "${name}" on 1m {${body}\n}`) },
    ...{ symbol, intervalMs: minute, settings },
  });
  const told: DeskCommand[] = [];
  const desk = new Desk({ ...broker.capabilities, members: [seat.member], gates: new Gatekeeper([]) });
  const live = new LiveTrading({
    ...{ desk, broker, journal: Journal.open(memoryStore(), { create: name }), beatMs: 50 },
    clock: {
      now: () => now,
      every: (ms, act) => {
        const timer = setInterval(act, ms);
        return () => {
          clearInterval(timer);
        };
      },
    },
    onCommand: (command) => told.push(command),
  });
  onTestFinished(async () => {
    await live.stop();
    await server.close();
  });
  await live.start();

  const market = server.market("spot", symbol);
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet = isIdle() ? quiet + 1 : 0) await pause(10);
  };
  let last = 200;
  for (const close of [201, 202, 204, 205, 203.5, 202, 203, 204.5, 206, 205, 203, 202, 203, 204, 201]) {
    for (const price of [last, close]) {
      market.print(price);
      await settle();
    }
    now += minute;
    const bar = {
      ...{ time: now - minute, open: last, close, volume: 100, session_bar: 0 },
      ...{ high: Math.max(last, close), low: Math.min(last, close) },
    };
    live.bars({ closedAt: now, bars: [{ symbol, intervalMs: minute, bar }] });
    await settle();
    last = close;
  }

  const { held } = seat.member.session;
  const exitSide = held.long > 0 ? "sell" : "buy";
  expect(held.long - held.short).toBe(Number(market.held()));
  const { cash } = seat.member.session.snapshot().ledger;
  const account = await fetch(`${url}/v2/account`, {
    headers: { "APCA-API-KEY-ID": keyId, "APCA-API-SECRET-KEY": secret },
  });
  const venueCash = Number(((await account.json()) as { cash: string }).cash);
  expect(cash / 1e8).toBe(venueCash);
  expect(desk.isSettled).toBe(true);
  // What is held has its stop, whatever had to make room meanwhile.
  const bound = (): number =>
    market
      .orders()
      .filter(({ status, side }) => status === "waiting" && side === exitSide)
      .reduce((sum, each) => sum + Number(each.quantity), 0);
  const size = Math.abs(Number(market.held()));
  for (let i = 0; i < 60 && bound() !== size; i++) {
    now += 2_000;
    await pause(60);
    await settle();
  }
  expect(bound()).toBe(size);
  const notices = told.flatMap((each) => (each.kind === "notice" ? [each.notice.what] : []));
  expect(notices).toEqual(["reconciled"]);
  expect(market.orders().filter(({ filled }) => Number(filled) > 0).length).toBeGreaterThan(1);
  if (name.endsWith("follows")) expect(server.asked("amend")).toBeGreaterThan(1);
});
