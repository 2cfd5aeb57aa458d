import { subscribe } from "node:diagnostics_channel";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getHeapStatistics } from "node:v8";
import { specialise } from "@bitfever/lang";
import { catalogue, defaultSettings } from "@bitfever/engine";
import { ccxtVenue } from "@bitfever/brokers";
import {
  daysOf,
  Desk,
  fileStore,
  Gatekeeper,
  Journal,
  LiveTrading,
  seatOf,
  timingOf,
  type Broker,
} from "@bitfever/runtime";
import { compile } from "bitfever";
import { WebSocket } from "ws";
import { keepResult } from "./keep-result.js";
import { barServer, firstBar, isBarServer } from "./venue/bar-server.js";

/*
 * W12: 1,000 bars a second from a venue server over loopback through feed, session, gates, journal and adapter: how long from the bar's
 * arrival in our process to its decision, and to the order in the hands of the HTTP client. An hour's worth are 3,600,000 bars; a number
 * behind the command is that of the bars, a second one their pace, and then the folder of the journal: `npm run bench -- w12 60000`. An order
 * waits for the disk, whose part is measured beside it; on a disk in memory (`npm run bench -- w12 60000 1000 /dev/shm`) what is left is ours.
 */

const minute = 60_000;
const symbol = "BTCUSDT";
const points = 10;
/** So long an order is remembered, in milliseconds, instead of a day: at this pace a minute has the orders of six weeks. */
const keptMs = 60_000;

async function run(): Promise<void> {
  const [bars = 3_600_000, aSecond = 1_000] = process.argv.slice(2, 4).map(Number);
  const disk = process.argv[4] ?? tmpdir();
  const server = await barServer(fileURLToPath(import.meta.url));
  const folder = mkdtempSync(join(disk, "bars-"));
  const synced = syncTimes(folder);
  const arrived = arrivals();
  const text = `strategy "Wave" on 1m { enter long when close crosses above sma(close, 20) { size 0.01 stop at close - 300 }
    exit long when close crosses below sma(close, 20) }`;
  const plan = specialise(compile({ name: "wave.bf", text }).program, catalogue);
  const { apiKey, secret, url } = server;
  const venue = await ccxtVenue({ venue: "binance futures", apiKey, secret, url });
  const { tick, lot } = venue.rules(symbol).instrument.specification;
  const settings = { ...defaultSettings, tick, lot, money_decimals: 8 };
  const { member } = seatOf({ strategy: "Wave", symbol, plan, intervalMs: minute, settings });
  const gates = new Gatekeeper([
    { gate: "max_position", most: 1 },
    { gate: "max_order_notional", most: 1e6 },
    { gate: "orders_per_minute", most: 100_000 },
    { gate: "price_collar", most: "20%" },
    { gate: "stale_signal", most: "5s" },
    { gate: "drawdown", most: "90%", action: "halt" },
  ]);
  const desk = new Desk({ ...venue.broker.capabilities, members: [member], gates, patience: { keptMs } });
  const journal = Journal.open(fileStore(folder), { create: "bars" });
  const decided = new Float32Array(bars);
  const handed: number[] = [];
  let orders = 0;
  let current = 0;
  const waiting = new Map<string, number>();
  onRequest((body) => {
    for (const [clientId, since] of waiting)
      if (body.includes(clientId)) {
        handed.push(performance.now() - since);
        waiting.delete(clientId);
      }
  });
  const broker: Broker = {
    name: venue.broker.name,
    capabilities: venue.broker.capabilities,
    connect: (hear, instruments) => venue.broker.connect(hear, instruments),
    submit: (order) => {
      orders++;
      if (order.order.purpose === "enter" || order.order.purpose === "exit")
        waiting.set(order.clientId, current);
      venue.broker.submit(order);
    },
    modify: (request, order) => venue.broker.modify(request, order),
    cancel: (request) => venue.broker.cancel(request),
    snapshot: (request) => venue.broker.snapshot(request),
    close: () => venue.broker.close(),
  };
  const clock = {
    now: () => Date.now(),
    every: (ms: number, act: () => void) => {
      const beat = setInterval(act, ms);
      return () => {
        clearInterval(beat);
      };
    },
  };
  const live = new LiveTrading({ desk, broker, journal, clock });
  await live.start();
  while (!desk.isSettled) await new Promise((resolve) => setTimeout(resolve, 50));

  const figures: Record<string, number> = {};
  const timing = timingOf(daysOf({ zone: "UTC" }), minute);
  let heard = 0;
  let least = Infinity;
  const feed = venue.candles({ symbol, intervalMs: minute, timing, patienceMs: 0 });
  const following = (async (): Promise<void> => {
    for await (const event of feed) {
      if (event.kind !== "bar" && event.kind !== "late_bar") continue;
      current = arrived.take(event.bar.time);
      live.bars({ closedAt: Date.now(), bars: [{ symbol, intervalMs: minute, bar: event.bar }] });
      decided[heard++] = performance.now() - current;
      // Nothing is collected for it: what a stretch has at least is what is left of it after a collection.
      if (heard % 50 === 0) least = Math.min(least, getHeapStatistics().used_heap_size / 1e6);
      if (heard % Math.ceil(bars / points) === 0) {
        figures[`MB after ${Math.round(heard / 1_000)}k`] = least;
        least = Infinity;
      }
      if (heard >= bars) return;
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const processor = process.cpuUsage();
  const from = performance.now();
  await server.tell(bars, aSecond);
  await Promise.race([following, new Promise((resolve) => setTimeout(resolve, 30_000))]);
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(processor);
  await live.stop();
  server.end();
  rmSync(folder, { recursive: true });

  const sorted = decided.subarray(0, heard).sort();
  handed.sort((a, b) => a - b);
  const at = (times: ArrayLike<number>, share: number): number => times[Math.floor(share * times.length)];
  keepResult({
    workload: "w12",
    title: "1,000 bars a second over loopback, through feed, desk, journal and adapter",
    inside:
      "from the message of a bar in our process to what the desk has decided on it and, where that is an order, to the order in the hands of the HTTP client, with a journal on disk that is synced before each. The venue server is a process of its own on the same machine, which answers too, at a low priority: a real one takes no processor from who trades there. The heap is the least of each tenth of the run. What has ended is remembered for a minute, which has the bars of six weeks, and not for a day",
    headline: ["bar to decision p99, ms", "bar to HTTP client p50, ms", "bar to HTTP client p99, ms"],
    parts: [
      {
        title: `${bars} bars at ${aSecond} a second`,
        sides: [
          {
            ...{ name: "BitFever", ms, processorMs: (user + system) / 1_000, rounds: 1 },
            figures: {
              ...{ "bars heard": heard, orders, "orders timed": handed.length },
              "sync of the disk p50, ms": at(synced, 0.5),
              "sync of the disk p99, ms": at(synced, 0.99),
              "bar to decision p50, ms": at(sorted, 0.5),
              "bar to decision p99, ms": at(sorted, 0.99),
              "bar to decision p99.9, ms": at(sorted, 0.999),
              "bar to HTTP client p50, ms": at(handed, 0.5),
              "bar to HTTP client p99, ms": at(handed, 0.99),
              ...figures,
            },
          },
        ],
      },
    ],
  });
  process.exit(0);
}

/** How long the disk takes for as much as a record of the journal, in milliseconds, the shortest first. */
function syncTimes(folder: string): readonly number[] {
  const file = openSync(join(folder, "sync"), "w");
  const times = Array.from({ length: 1_000 }, () => {
    const from = performance.now();
    writeSync(file, Buffer.alloc(300, 1));
    fdatasyncSync(file);
    return performance.now() - from;
  });
  closeSync(file);
  rmSync(join(folder, "sync"));
  return times.sort((a, b) => a - b);
}

/** When the message of each bar came into this process. */
function arrivals(): { readonly take: (time: number) => number } {
  const times = new Map<number, number>();
  const emit = WebSocket.prototype.emit as (...given: readonly unknown[]) => boolean;
  WebSocket.prototype.emit = function (this: WebSocket, ...given: readonly unknown[]): boolean {
    const [name, data] = given;
    if (name === "message" && data instanceof Buffer) {
      const opened = /"k":\{"t":(\d+)/.exec(data.toString("latin1", 0, 120))?.[1];
      if (opened !== undefined && Number(opened) >= firstBar) times.set(Number(opened), performance.now());
    }
    return emit.apply(this, [...given]);
  } as WebSocket["emit"];
  return {
    take: (time) => {
      const found = times.get(time) ?? performance.now();
      times.delete(time);
      return found;
    },
  };
}

/** Calls with what is handed to the HTTP client of the client library: path and body. */
function onRequest(tell: (text: string) => void): void {
  subscribe("undici:request:create", (message) => {
    const { path, body } = (message as { request: { path: string; body?: unknown } }).request;
    tell(`${path} ${body instanceof Uint8Array ? Buffer.from(body).toString() : ""}`);
  });
}

if (!isBarServer()) await run();
