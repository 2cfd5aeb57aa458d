import { getHeapStatistics } from "node:v8";
import { specialise } from "@bitfever/lang";
import { barsOf, catalogue, defaultSettings, fieldsOf, type VenueEvent } from "@bitfever/engine";
import { barAt, simulation, timingFor, type ClosedBar } from "@bitfever/runtime";
import { sweep } from "./in-turn.js";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { programOf } from "./ours.js";
import type { Measured } from "./workload.js";

/*
 * W7: one closed bar through the session as paper and live trading hear of it, to its commands: indicators for one bar, conditions,
 * sizes, orders. What the venue answers is told between two bars, and not timed.
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

function measured(name: string): Measured {
  const { program } = programOf(name);
  const fields = fieldsOf(bars, timingFor(specialise(program, catalogue), defaultSettings, bars.intervalMs));
  const session = start(name);
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
    name: `BitFever, ${name}`,
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

keepResult({
  workload: "w7",
  title: "one bar through the live session to its commands",
  inside:
    "a closed bar told to the session, to the commands it answers with; not what the venue answers. Kept are the bytes on the heap after a collection, which are those of trades that are over: one that only watches keeps none",
  parts: [
    { title: "programs", sides: ["moving-average-cross", "reversal-with-stop", "watching"].map(measured) },
  ],
});
