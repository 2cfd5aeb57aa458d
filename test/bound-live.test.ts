import { expect, it, onTestFinished } from "vitest";
import { alpacaVenue, ccxtVenue, startVenueServer, type VenueServer } from "@bitfever/brokers";
import { defaultSettings } from "@bitfever/engine";
import {
  Desk,
  Gatekeeper,
  Journal,
  LiveTrading,
  seatOf,
  type Broker,
  type DeskCommand,
} from "@bitfever/runtime";
import { utcNow } from "../packages/brokers/src/clock.js";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { planOf } from "./support/planned.js";

/*
 * A desk at work at servers of venues that bind what an order would sell: what the venue lacks is done by the desk and the adapter, and
 * the books agree to the last cent.
 */

const minute = 60_000;
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

/** A venue on a clock that a test moves, or on that of the machine. */
interface Bound {
  readonly symbol: string;
  readonly server: VenueServer;
  readonly broker: Broker;
  readonly isIdle: () => boolean;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** What the account has by its own word; left out where only what is held is compared. */
  readonly cash?: () => Promise<number>;
}

async function atAlpaca(): Promise<Bound> {
  let time = Date.UTC(2026, 0, 5, 15);
  const now = (): number => time;
  const server = await startVenueServer({ exchange: "alpaca", balances: { USD: "100000" }, now });
  const { url, apiKey: keyId, secret } = server;
  const { broker, isIdle } = await alpacaVenue({ url, keyId, secret, settleMs: 10, lostAfterMs: 1_000 });
  return {
    ...{ symbol: "AAPL", server, broker, isIdle, now },
    pass: (ms) => {
      time += ms;
    },
    cash: async () => {
      const headers = { "APCA-API-KEY-ID": keyId, "APCA-API-SECRET-KEY": secret };
      const account = await fetch(`${url}/v2/account`, { headers });
      return Number(((await account.json()) as { cash: string }).cash);
    },
  };
}

/** The client library and the server have the clock of the machine, and the desk one that the test moves on. */
async function atBinanceSpot(): Promise<Bound> {
  const free = { quote: "USDT", tick: "0.01", minimumNotional: "5", makerRate: "0", takerRate: "0" } as const;
  const whole = { ...free, kind: "spot", lot: "1", minimumQuantity: "1", price: "200" } as const;
  const server = await startVenueServer({
    ...{ exchange: "binance", feeAsset: "BNB", balances: { USDT: "100000", BTC: "0", BNB: "1" } },
    markets: [
      { ...whole, id: "BTCUSDT", base: "BTC" },
      { ...whole, id: "BNBUSDT", base: "BNB" },
    ],
  });
  const { url, apiKey, secret } = server;
  const times = { pollMs: 60_000, settleMs: 10, timeoutMs: 2_000, requestMs: 1_000 };
  const { broker, isIdle } = await ccxtVenue({ venue: "binance spot", url, apiKey, secret, ...times });
  let passed = 0;
  return {
    ...{ symbol: "BTCUSDT", server, broker, isIdle, now: () => utcNow() + passed },
    pass: (ms) => {
      passed += ms;
    },
  };
}

const short = "long and short by turns";

const trials = [
  ...Object.keys(programs).map((name) => ({ venue: "Alpaca", name, begin: atAlpaca })),
  ...Object.keys(programs)
    .filter((name) => name !== short)
    .map((name) => ({ venue: "Binance spot", name, begin: atBinanceSpot })),
];

it.each(trials)("$name at $venue", async ({ name, begin }) => {
  const { symbol, server, broker, isIdle, now, pass, cash } = await begin();
  const body = programs[name as keyof typeof programs];
  const seat = seatOf({
    ...{ strategy: name, plan: planOf(`strategy "${name}" on 1m {${body}\n}`) },
    ...{ symbol, intervalMs: minute, settings },
  });
  const told: DeskCommand[] = [];
  const desk = new Desk({ ...broker.capabilities, members: [seat.member], gates: new Gatekeeper([]) });
  const live = new LiveTrading({
    ...{ desk, broker, journal: Journal.open(memoryStore(), { create: name }), beatMs: 50 },
    clock: {
      now,
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
  let bars = 0;
  let last = 200;
  for (const close of [201, 202, 204, 205, 203.5, 202, 203, 204.5, 206, 205, 203, 202, 203, 204, 201]) {
    for (const price of [last, close]) {
      market.print(price);
      await settle();
    }
    pass(minute);
    const bar = {
      ...{ time: minute * bars++, open: last, close, volume: 100, session_bar: 0 },
      ...{ high: Math.max(last, close), low: Math.min(last, close) },
    };
    live.bars({ closedAt: now(), bars: [{ symbol, intervalMs: minute, bar }] });
    await settle();
    last = close;
  }

  const { held } = seat.member.session;
  const exitSide = held.long > 0 ? "sell" : "buy";
  expect(held.long - held.short).toBe(Number(market.held()));
  if (cash !== undefined) expect(seat.member.session.cash / 1e8).toBe(await cash());
  // In the end the account is as it is believed to be, and what is held has its stop, whatever had to make room meanwhile.
  const bound = (): number =>
    market
      .orders()
      .filter(({ status, side }) => status === "waiting" && side === exitSide)
      .reduce((sum, each) => sum + Number(each.quantity), 0);
  const size = Math.abs(Number(market.held()));
  for (let i = 0; i < 60 && (!desk.isSettled || bound() !== size); i++) {
    pass(2_000);
    await pause(60);
    await settle();
  }
  expect(desk.isSettled).toBe(true);
  expect(bound()).toBe(size);
  // While an account is compared no entry goes out; of anything else nothing is to be told.
  const notices = told.flatMap((each) => (each.kind === "notice" ? [each.notice] : []));
  expect(notices.filter(({ what }) => what !== "reconciled" && what !== "refused")).toEqual([]);
  expect(market.orders().filter(({ filled }) => Number(filled) > 0).length).toBeGreaterThan(1);
  if (name.endsWith("follows")) expect(server.asked("amend")).toBeGreaterThan(1);
});
