import { barsOf, type Bars } from "@bitfever/engine";
import { startStrategiesInC, type StrategiesInC, type Steps } from "./by-hand/c.js";
import { movingAverageCross } from "./by-hand/moving-average-cross.js";
import { optimize } from "bitfever";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { programOf } from "./ours.js";
import type { Part } from "./result.js";
import { side, type Side } from "./side.js";
import { apart, serve, sideAskedFor } from "./side-process.js";
import { measure } from "./workload.js";

/*
 * W3: W1 for a thousand and for ten thousand pairs of lengths, with all metrics for each, on one thread and on two. The net profits
 * of all pairs must add up to the same. Numbers behind the command choose sizes: `npm run bench -- w3 1000 100000`.
 */

interface Sweep {
  readonly pairs: number;
  /** Many where they are short: a second core is not always there. */
  readonly rounds: number;
  readonly fast: Steps;
  readonly slow: Steps;
}

const sweeps: readonly Sweep[] = [
  { pairs: 10_000, rounds: 5, fast: [5, 104, 1], slow: [110, 209, 1] },
  { pairs: 1_000, rounds: 25, fast: [5, 54, 1], slow: [60, 155, 5] },
];

function byHand(bars: Bars, { fast, slow }: Sweep): Side {
  return side("JavaScript by hand", {
    prepare: () => new Float64Array(bars.length),
    run(equity) {
      let sum = 0;
      for (let a = fast[0]; a <= fast[1]; a += fast[2])
        for (let b = slow[0]; b <= slow[1]; b += slow[2])
          sum += movingAverageCross(bars, a, b, 0.001, 100_000, equity).metrics.net_profit;
      return sum;
    },
    outcome: (netProfit) => ({ trades: [], netProfit }),
  });
}

/** `optimize` as users call it, with all metrics of each pair; it tells of the luck of the best besides. */
function ours(bars: Bars, { fast, slow }: Sweep, workers: number): Side {
  const range = ([from, to, step]: Steps): string => `${from}..${to} step ${step}`;
  return side(workers === 0 ? "BitFever" : `BitFever, ${workers} threads`, {
    prepare: () => programOf("moving-average-cross", { fast: range(fast), slow: range(slow) }),
    run: (strategy) => optimize(strategy, bars, { method: "grid", metrics: "all", workers }).result,
    outcome: ({ trials }) => ({
      trades: [],
      netProfit: trials.reduce((sum, { metrics }) => sum + (metrics.net_profit ?? NaN), 0),
    }),
  });
}

/** Two programs that share nothing, each with every other fast length: what a second thread brings on this machine at best. */
function inCTwice(programs: readonly StrategiesInC[], { fast, slow }: Sweep): Side {
  const [from, to, step] = fast;
  const halves = programs.map((each, i) => each.sweep([from + i * step, to, programs.length * step], slow));
  return {
    name: `C, ${programs.length} processes`,
    async time() {
      const times = await Promise.all(halves.map(async (half) => half.time()));
      return {
        clock: Math.max(...times.map(({ clock }) => clock)),
        processor: times.reduce((sum, { processor }) => sum + processor, 0),
      };
    },
    async outcome() {
      const outcomes = await Promise.all(halves.map(async (half) => half.outcome()));
      return { trades: [], netProfit: outcomes.reduce((sum, { netProfit }) => sum + (netProfit ?? NaN), 0) };
    },
  };
}

const inProcess = (bars: Bars, sweep: Sweep): readonly Side[] => [
  ours(bars, sweep, 0),
  byHand(bars, sweep),
  ours(bars, sweep, 2),
];

const asked = sideAskedFor();
const [pairs, length] = process.argv.slice(2, 4).map(Number);
if (asked === null) await compare();
else {
  const sweep = sweeps.find((each) => each.pairs === pairs);
  const found = sweep && inProcess(history(length), sweep).find(({ name }) => name === asked);
  if (found !== undefined) serve(found);
}

function history(bars: number): Bars {
  const intervalMs = bars === 10_000 ? 3_600_000 : 300_000;
  return barsOf("MADE-UP", madeUpBars(bars, { intervalMs, persistence: 0.41 }));
}

async function compare(): Promise<void> {
  const parts: Part[] = [];
  let compiler = "no gcc, so C is left out";
  for (const sweep of sweeps)
    for (const bars of [10_000, 100_000]) {
      // Ten thousand pairs over 100,000 bars take minutes: only when they are asked for.
      const isLong = sweep.pairs * bars > 1e8;
      const isChosen = Number.isFinite(pairs) ? sweep.pairs === pairs && bars === length : !isLong;
      if (!isChosen) continue;
      const c = [0, 1].flatMap(() => startStrategiesInC(history(bars)) ?? []);
      compiler = c.at(0)?.compiler ?? compiler;
      const own = inProcess(history(bars), sweep).map((each) =>
        apart(each, String(sweep.pairs), String(bars)),
      );
      const inC = c.length === 0 ? [] : [c[0].sweep(sweep.fast, sweep.slow), inCTwice(c, sweep)];
      const sides = await measure([...own, ...inC], sweep.rounds);
      for (const each of c) each.close();
      parts.push({ title: `${sweep.pairs} pairs, ${bars} bars`, sides });
    }
  keepResult({
    workload: "w3",
    title: "a sweep over pairs of lengths of W1, on one thread but where it says so",
    inside:
      "for each pair all that is in W1: the averages, trades, equity and all metrics; ours also tells of the luck of the best",
    compiler,
    parts,
  });
}
