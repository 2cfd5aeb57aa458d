import { specialise } from "@bitfever/lang";
import { catalogue, defaultSettings, randomOf } from "@bitfever/engine";
import { Desk, Gatekeeper, Journal, PaperTrading, seatOf, type JournalStore } from "@bitfever/runtime";
import { compile } from "bitfever";
import { sweep } from "./in-turn.js";
import { keepResult } from "./keep-result.js";

/*
 * W11: what a desk keeps in memory that trades for long, beside a journal: five strategies over 200,000 bars of a minute each, a
 * million in all. A number behind the command is that of the bars: `npm run bench -- w11 20000`.
 */

const minute = 60_000;
const day = 1_440 * minute;
const programs = [
  `strategy "Cross" on 1m { enter long when ema(close, 10) crosses above ema(close, 30) { size 10 stop at close - 2 * atr(14) }
     exit long when ema(close, 10) < ema(close, 30) }`,
  `strategy "Reversion" on 1m { enter long when rsi(close, 14) < 30 { size 5 stop at close - 2 } exit long when rsi(close, 14) > 50 }`,
  `strategy "Bands" on 1m { let bands = bbands(close, 20, 2)
     enter short when close > bands.upper { size 5 stop at close * 1.02 target at bands.middle } exit short when close < bands.middle }`,
  `strategy "Breakout" on 1m { alert "out at {close}" when close > highest(high, 20)[1]
     enter long at stop highest(high, 20) when close > sma(close, 50) { size 5 stop at close - 3 trail by 3 good for 5 bars } }`,
  `strategy "Hourly" on 1m { costs { carry overnight(1%, 1%) } on 1h { let trend = ema(close, 5) }
     enter long when close crosses above latest(trend) { size 3 unprotected } exit long when close < latest(trend) }`,
];

const [minutes = 200_000] = process.argv.slice(2).map(Number);
const points = 10;
const heapAfter = (minutes: number): string => `MB after ${Math.round((minutes * programs.length) / 1_000)}k`;

/** A disk that takes everything and has the newest snapshots alone: what a journal writes is not what a desk keeps. */
function leakyStore(): JournalStore & { readonly snapshotBytes: () => number } {
  const files = new Map<string, Uint8Array>();
  const sizeOf = (name: string): number => files.get(name)?.length ?? 0;
  return {
    place: "nowhere",
    list: () => [...files.keys()],
    size: sizeOf,
    read: (name, from, length) => files.get(name)?.subarray(from, from + length) ?? new Uint8Array(0),
    append: () => undefined,
    sync: () => undefined,
    writeWhole: (name, bytes) => void files.set(name, bytes),
    truncate: () => undefined,
    remove: (name) => void files.delete(name),
    lock: () => undefined,
    close: () => undefined,
    snapshotBytes: () =>
      Math.max(0, ...[...files.keys()].filter((each) => each.endsWith("snapshot")).map(sizeOf)),
  };
}

function measured(keptTrades: number | undefined, name: string) {
  const settings = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 };
  const seats = programs.map((text, i) => {
    const plan = specialise(compile({ name: `${i}.bf`, text }).program, catalogue);
    return seatOf({ strategy: plan.name, symbol: "S", plan, intervalMs: minute, settings });
  });
  const gates = new Gatekeeper([
    { gate: "max_position", most: 100 },
    { gate: "orders_per_minute", most: 5_000 },
    { gate: "orders_per_day", most: 50_000 },
    { gate: "drawdown", most: "100%", action: "halt" },
  ]);
  const store = leakyStore();
  let orders = 0;
  const trading = new PaperTrading({
    desk: new Desk({ members: seats.map(({ member }) => member), gates, separates: true }),
    markets: seats.map(({ market }) => market),
    journal: Journal.open(store, { create: "memory" }),
    keptTrades,
    onCommand: ({ kind }) => {
      if (kind === "submit" || kind === "modify") orders++;
    },
  });
  const random = randomOf(1);
  const start = Date.UTC(2026, 0, 5);
  let last = 100;
  const figures: Record<string, number> = {};
  const processor = process.cpuUsage();
  const from = performance.now();
  for (let i = 1; i <= minutes; i++) {
    const open = last;
    // A walk that is pulled back, so that prices stay where they were.
    last = Math.round((open + (random() - 0.5) + (100 - open) / 500) * 100) / 100;
    const [high, low] = [Math.max(open, last) + 0.2, Math.min(open, last) - 0.2];
    const time = start + (i - 1) * minute;
    const bar = { time, open, high, low, close: last, volume: 100, session_bar: (time % day) / minute };
    trading.bars([{ symbol: "S", intervalMs: minute, bar }], time + minute, time + minute);
    if (i % Math.ceil(minutes / points) !== 0) continue;
    sweep();
    figures[heapAfter(i)] = process.memoryUsage().heapUsed / 1e6;
  }
  const { user, system } = process.cpuUsage(processor);
  const ms = performance.now() - from;
  const trades = seats.reduce((sum, { member }) => sum + member.session.record.closed, 0);
  figures["snapshot, MB"] = store.snapshotBytes() / 1e6;
  return {
    ...{ name, ms, processorMs: (user + system) / 1_000, rounds: 1 },
    figures: { ...figures, orders, trades },
  };
}

keepResult({
  workload: "w11",
  title: "what a desk keeps in memory over a million bars",
  inside:
    "the heap after a collection, of five strategies on one symbol with desk, gates, simulated venue and a journal whose disk keeps nothing but snapshots; beside it a desk that lets go of no trade",
  headline: [heapAfter(Math.ceil(minutes / points)), heapAfter(minutes)],
  parts: [
    {
      title: `5 strategies, ${minutes} minutes`,
      sides: [measured(undefined, "BitFever"), measured(Infinity, "BitFever, all trades kept")],
    },
  ],
});
