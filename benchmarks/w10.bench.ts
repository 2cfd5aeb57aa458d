import { specialise } from "@bitfever/lang";
import { catalogue, defaultSettings, randomOf } from "@bitfever/engine";
import { Desk, Gatekeeper, PaperTrading, seatOf, type SymbolBar } from "@bitfever/runtime";
import { compile } from "bitfever";
import { sweep } from "./in-turn.js";
import { keepResult } from "./keep-result.js";

/*
 * W10: a day of one-minute bars for 200 symbols and five strategies on each, on paper: a desk of 1,000 sessions with gates, orders and
 * reconciliation once a minute. Numbers behind the command choose symbols and minutes: `npm run bench -- w10 1 200000`.
 */

const minute = 60_000;
const programs = [
  `strategy "Cross" on 1m { enter long when ema(close, 10) crosses above ema(close, 30) { size 10 stop at close - 2 * atr(14) }
     exit long when ema(close, 10) < ema(close, 30) }`,
  `strategy "Reversion" on 1m { enter long when rsi(close, 14) < 30 { size 5 stop at close - 2 } exit long when rsi(close, 14) > 50 }`,
  `strategy "Bands" on 1m { let bands = bbands(close, 20, 2)
     enter short when close > bands.upper { size 5 stop at close * 1.02 target at bands.middle } exit short when close < bands.middle }`,
  `strategy "Breakout" on 1m { enter long at stop highest(high, 20) when close > sma(close, 50) { size 5 stop at close - 3 trail by 3 good for 5 bars } }`,
  `strategy "Hourly" on 1m { on 1h { let trend = ema(close, 5) }
     enter long when close crosses above latest(trend) { size 3 unprotected } exit long when close < latest(trend) }`,
];

const [symbolCount = 200, minutes = 1_440] = process.argv.slice(2).map(Number);
const symbols = Array.from({ length: symbolCount }, (_, i) => `S${i}`);
const settings = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 };
const plans = programs.map((text, i) => specialise(compile({ name: `${i}.bf`, text }).program, catalogue));
const seats = plans.flatMap((plan) =>
  symbols.map((symbol) => seatOf({ strategy: plan.name, symbol, plan, intervalMs: minute, settings })),
);
const gates = new Gatekeeper([
  { gate: "max_position", most: 100 },
  { gate: "price_collar", most: "10%" },
  { gate: "orders_per_minute", most: 5_000 },
  { gate: "drawdown", most: "50%", action: "halt" },
  { gate: "stale_signal", most: "60s" },
]);
const desk = new Desk({ members: seats.map(({ member }) => member), gates, separates: true });
let orders = 0;
const trading = new PaperTrading({
  desk,
  markets: seats.map(({ market }) => market),
  onCommand: ({ kind }) => {
    if (kind === "submit" || kind === "modify") orders++;
  },
});

const random = randomOf(1);
const last = symbols.map(() => 100);
const start = Date.UTC(2026, 0, 5);
const cents = (price: number): number => Math.round(price * 100) / 100;

function batch(i: number): readonly SymbolBar[] {
  return symbols.map((symbol, k) => {
    const open = last[k];
    const close = cents(open + (random() - 0.5));
    last[k] = close;
    const [high, low] = [Math.max(open, close) + 0.2, Math.min(open, close) - 0.2];
    const bar = { time: start + i * minute, open, high, low, close, volume: 100, session_bar: i };
    return { symbol, intervalMs: minute, bar };
  });
}

const heap = (): number => {
  sweep();
  return process.memoryUsage().heapUsed / 1e6;
};

let [took, halfway] = [0, 0];
const processor = process.cpuUsage();
for (let i = 0; i < minutes; i++) {
  const bars = batch(i);
  const closedAt = start + (i + 1) * minute;
  const from = performance.now();
  trading.bars(bars, closedAt, closedAt);
  took += performance.now() - from;
  if (i === Math.floor(minutes / 2)) halfway = heap();
}
const { user, system } = process.cpuUsage(processor);

keepResult({
  workload: "w10",
  title: "a day of one-minute bars on paper: 200 symbols, five strategies on each",
  inside:
    "1,000 sessions, their desk with five gates, the simulated venue, and a comparison with it once a minute; no journal. The heap is that after a collection, and what it grows by are trades that are over",
  headline: ["µs a strategy and bar", "orders"],
  parts: [
    {
      title: `${symbols.length} symbols, ${minutes} minutes`,
      sides: [
        {
          name: "BitFever",
          ms: took,
          processorMs: (user + system) / 1_000,
          rounds: 1,
          figures: {
            "µs a strategy and bar": (took * 1_000) / (seats.length * minutes),
            orders,
            "heap halfway, MB": halfway,
            "heap at the end, MB": heap(),
          },
        },
      ],
    },
  ],
});
