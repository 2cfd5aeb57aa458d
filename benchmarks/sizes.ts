import { barsOf, type Bars } from "@bitfever/engine";
import { madeUpBars } from "./made-up-bars.js";

/** Lengths of histories, each with an interval that makes it about a year or two: enough for every metric. */
const sizes = [
  { length: 10_000, intervalMs: 3_600_000 },
  { length: 100_000, intervalMs: 300_000 },
  { length: 1_000_000, intervalMs: 60_000 },
] as const;

/** The histories of a workload; with numbers behind the command only those of these lengths. */
export function* histories(persistence: number): Generator<Bars> {
  const chosen = process.argv.slice(2).map(Number).filter(Number.isFinite);
  for (const { length, intervalMs } of sizes)
    if (chosen.length === 0 || chosen.includes(length))
      yield barsOf("MADE-UP", madeUpBars(length, { intervalMs, persistence }));
}
