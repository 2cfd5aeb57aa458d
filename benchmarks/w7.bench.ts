import { getHeapStatistics } from "node:v8";
import { specialise } from "@bitfever/lang";
import { barsOf, catalogue, defaultSettings, fieldsOf, type VenueEvent } from "@bitfever/engine";
import {
  barAt,
  Desk,
  Gatekeeper,
  seatOf,
  simulation,
  SimulatedVenue,
  timingFor,
  type ClosedBar,
  type VenueReport,
} from "@bitfever/runtime";
import { sweep } from "./in-turn.js";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { programOf } from "./ours.js";
import type { Measured } from "./workload.js";

/*
 * W7: one closed bar through the session as paper and live trading hear of it, to its commands: indicators for one bar, conditions,
 * sizes, orders; and the same through the desk, with account, gates and book of orders. What the venue answers is told between two bars,
 * and not timed.
 */

const warmUp = 100_000;
const timed = 200_000;
const bars = barsOf("MADE-UP", madeUpBars(warmUp + timed, { persistence: 0.41 }));

/** Told bar by bar; `hear` does not count. */
function start(name: string): { on: (bar: ClosedBar) => readonly unknown[]; hear: (bar: ClosedBar) => void } {
  const { program } = programOf(name);
  const plan = specialise(program, catalogue);
  const { session, venue } = simulation(
    { plan, symbol: bars.symbol, settings: defaultSettings, intervalMs: bars.intervalMs },
    1,
  );
  let commands: ReturnType<typeof session.on> = [];
  const tell = (events: readonly VenueEvent[]): void => {
    for (const event of events) session.on(event);
  };
  return {
    hear(bar) {
      for (const command of commands) tell(venue.command(command));
      commands = [];
      tell(venue.bar(bar));
    },
    on: (bar) => (commands = session.on({ kind: "bar", bar })),
  };
}

/** The same through the desk: the account, six gates and the book of orders besides. */
function startDesk(name: string): ReturnType<typeof start> {
  const { program } = programOf(name);
  const plan = specialise(program, catalogue);
  const { symbol, intervalMs } = bars;
  const { member, market, closeOf } = seatOf({
    ...{ strategy: name, symbol, plan, settings: defaultSettings, intervalMs },
  });
  const gates = new Gatekeeper([
    { gate: "max_position", most: 1e9 },
    { gate: "max_order_notional", most: 1e12 },
    { gate: "orders_per_minute", most: 1_000 },
    { gate: "price_collar", most: "20%" },
    { gate: "stale_signal", most: "60s" },
    { gate: "drawdown", most: "100%", action: "halt" },
  ]);
  const desk = new Desk({ members: [member], gates, separates: true });
  const reports: VenueReport[] = [];
  const venue = new SimulatedVenue([market], (report) => void reports.push(report));
  let now = 0;
  let commands: ReturnType<Desk["on"]> = [];
  const tell = (): void => {
    for (const report of reports.splice(0)) answer(desk.on({ kind: "report", at: now, report }));
  };
  const answer = (asked: typeof commands): void => {
    for (const command of asked) {
      if (command.kind === "submit") venue.submit(command.order);
      if (command.kind === "modify") venue.modify(command.request, command.order);
      if (command.kind === "cancel") venue.cancel(command.request);
      if (command.kind === "snapshot") venue.ask(command.request, now);
    }
    if (reports.length > 0) tell();
  };
  answer(desk.on({ kind: "started", at: now }));
  return {
    hear(bar) {
      answer(commands);
      commands = [];
      now = closeOf(bar.time);
      venue.bars([{ symbol, intervalMs, bar }]);
      tell();
      answer(desk.on({ kind: "clock", at: now }));
    },
    on: (bar) =>
      (commands = desk.on({ kind: "bars", at: now, closedAt: now, bars: [{ symbol, intervalMs, bar }] })),
  };
}

function measured(name: string, begin: typeof start, label = name): Measured {
  const { program } = programOf(name);
  const fields = fieldsOf(bars, timingFor(specialise(program, catalogue), defaultSettings, bars.intervalMs));
  const session = begin(name);
  const took = new Float64Array(timed);
  const kept: number[] = [];
  let before = 0;
  for (let i = 0; i < warmUp + timed; i++) {
    const bar = barAt(fields, i);
    session.hear(bar);
    const from = process.hrtime.bigint();
    session.on(bar);
    if (i >= warmUp) took[i - warmUp] = Number(process.hrtime.bigint() - from);
    if (i >= warmUp && i % 20_000 === 0) {
      sweep();
      const used = getHeapStatistics().used_heap_size;
      if (before > 0) kept.push((used - before) / 20_000);
      before = used;
    }
  }
  took.sort();
  const at = (share: number): number => took[Math.floor(share * timed)] / 1_000;
  return {
    name: `BitFever, ${label}`,
    ms: null,
    processorMs: null,
    rounds: timed,
    figures: {
      "p50, µs": at(0.5),
      "p99, µs": at(0.99),
      "p99.9, µs": at(0.999),
      "largest, µs": took[timed - 1] / 1_000,
      "bytes kept a bar": kept.reduce((sum, each) => sum + each, 0) / kept.length,
    },
  };
}

const programs = ["moving-average-cross", "reversal-with-stop", "watching"];

keepResult({
  workload: "w7",
  title: "one bar through the live session to its commands",
  inside:
    "a closed bar told to the session, to the commands it answers with; not what the venue answers. Kept are the bytes on the heap after a collection, which are those of trades that are over: one that only watches keeps none",
  headline: ["p50, µs", "p99, µs", "bytes kept a bar"],
  parts: [
    { title: "programs", sides: programs.map((name) => measured(name, start)) },
    {
      title: "through desk and gates",
      sides: programs.map((name) => measured(name, startDesk, `${name}, desk`)),
    },
  ],
});
