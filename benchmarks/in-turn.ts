import { setTimeout as pause } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

const restMs = 100;

/** Does its work once and says how many nanoseconds it took. */
export type Contestant = () => number | Promise<number>;

/** How long some work takes, in nanoseconds. */
export function clocked(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start);
}

/**
 * The times of each contestant, taken in turn, round after round, so that what else the machine does meets all of them
 * alike. What one leaves behind is swept up before the next begins.
 */
export async function inTurn(contestants: readonly Contestant[], rounds: number): Promise<number[][]> {
  const times = contestants.map((): number[] => []);
  // The first two rounds warm up.
  for (let round = -2; round < rounds; round++) {
    for (const [i, each] of contestants.entries()) {
      sweep();
      // Sweeping goes on beside what comes next for a while, and would be in its way.
      await pause(restMs);
      const time = await each();
      if (round >= 0) times[i].push(time);
    }
  }
  return times;
}

setFlagsFromString("--expose-gc");
// Else what has not run for a few sweeps is forgotten, and every contestant would start cold.
setFlagsFromString("--no-flush-bytecode");
/** Collects all garbage. */
export const sweep = runInNewContext("gc") as () => void;
