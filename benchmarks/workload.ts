import { agree, type Agreement } from "./agreement.js";
import { setTimeout as pause } from "node:timers/promises";
import { median } from "./median.js";
import type { Side, Timing } from "./side.js";

/** What one side took. */
export interface Measured {
  readonly name: string;
  /** Medians, in milliseconds; null where it is not time that is measured. */
  readonly ms: number | null;
  /** Null where it is another process, whose parts are not told. */
  readonly processorMs: number | null;
  /** The best round, in milliseconds: what the machine gives at best. Absent where it is not time that is measured. */
  readonly bestMs?: number;
  /** The first run, which finds nothing compiled; absent where there is no such run. */
  readonly firstMs?: number;
  readonly rounds: number;
  /** How far it agrees with ours; absent for ours. */
  readonly agreement?: Agreement;
  readonly differs?: string;
  readonly lacks?: string;
  /** What else was measured, by its name with the unit. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** As long as one run of a slow side is waited for more than once. */
const patienceMs = 2_000;
const roundsOfSlow = 3;
const restMs = 50;

/**
 * Checks that all sides do the same, and times them: the fast ones in turn, round after round, so that what else the
 * machine does meets all of them alike; the slow ones after them, one by one. Ours is the first.
 *
 * @throws Error for a side that does otherwise without a reason
 */
export async function measure(sides: readonly Side[], rounds: number): Promise<readonly Measured[]> {
  const [ours] = sides;
  const firstOfOurs = await ours.time();
  const outcome = await ours.outcome();
  const check = async (each: Side): Promise<Checked> => {
    if (each === ours) return { first: firstOfOurs };
    const first = await each.time();
    return { first, agreement: agree(outcome, each, await each.outcome()) };
  };

  const fast = sides.filter(({ isSlow }) => isSlow !== true);
  const checked: Checked[] = [];
  for (const each of fast) checked.push(await check(each));
  const times = await inTurns(fast, rounds);
  const measured = fast.map((each, i) => summary(each, checked[i], times[i]));
  for (const each of fast) each.release?.();

  for (const each of sides.filter((one) => !fast.includes(one))) {
    const one = await check(each);
    const isPatient = one.first.clock < patienceMs * 1e6;
    const [taken] = isPatient ? await inTurns([each], roundsOfSlow) : [[one.first]];
    measured.push(summary(each, one, taken));
    each.release?.();
  }
  return measured;
}

/** What is known of a side after its first run. */
interface Checked {
  readonly first: Timing;
  readonly agreement?: Agreement;
}

/** Until compiled code has settled: V8 needs many short runs, and few long ones. */
const warmUpMs = 2_000;
const mostWarmUps = 30;

async function inTurns(sides: readonly Side[], rounds: number): Promise<readonly (readonly Timing[])[]> {
  for (const each of sides)
    for (let done = 0, spent = 0; done < 2 || (done < mostWarmUps && spent < warmUpMs * 1e6); done++)
      spent += (await each.time()).clock;
  const times = sides.map((): Timing[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, each] of sides.entries()) {
      // What a process still sweeps up after its run would be in the way of the next.
      await pause(restMs);
      times[i].push(await each.time());
    }
  return times;
}

const summary = (
  { name, differs, lacks }: Side,
  { first, agreement }: Checked,
  taken: readonly Timing[],
): Measured => ({
  name,
  ms: median(taken.map(({ clock }) => clock)) / 1e6,
  processorMs: median(taken.map(({ processor }) => processor)) / 1e6,
  bestMs: Math.min(...taken.map(({ clock }) => clock)) / 1e6,
  firstMs: first.clock / 1e6,
  rounds: taken.length,
  ...(agreement && { agreement }),
  ...(differs !== undefined && { differs }),
  ...(lacks !== undefined && { lacks }),
});
