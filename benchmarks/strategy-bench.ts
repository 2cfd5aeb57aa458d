import type { Bars } from "@bitfever/engine";
import { startStrategiesInC } from "./by-hand/c.js";
import type { HandRun } from "./by-hand/run.js";
import { histories } from "./sizes.js";
import { librarySide, ours, programOf } from "./ours.js";
import { keepResult } from "./keep-result.js";
import type { Part } from "./result.js";
import { side, type Side } from "./side.js";
import { apart, serve, sideAskedFor } from "./side-process.js";
import { measure } from "./workload.js";

const rounds = 9;

export interface StrategyBench {
  readonly workload: string;
  readonly title: string;
  /** Its file in `programs/`. */
  readonly program: string;
  /** Of the made-up bars. */
  readonly persistence: number;
  /** The request for `c/backtest.c`. */
  readonly inC: string;
  readonly byHand: (bars: Bars) => HandRun;
  readonly peers: (bars: Bars) => readonly Side[];
}

/** One strategy, over histories of three lengths: ours beside loops written by hand and beside what others could pick instead. */
export async function strategyBench(bench: StrategyBench): Promise<void> {
  const program = programOf(bench.program);
  const sidesOf = (bars: Bars): readonly Side[] => [
    ours(program, bars),
    side("JavaScript by hand", {
      prepare: () => bars,
      run: bench.byHand,
      outcome: ({ trades, metrics }) => ({ trades, netProfit: metrics.net_profit, metrics }),
    }),
    librarySide(program, bars),
    ...bench.peers(bars),
  ];
  const asked = sideAskedFor();
  let compiler = "no gcc, so C is left out";
  const parts: Part[] = [];
  for (const bars of histories(bench.persistence)) {
    const sides = sidesOf(bars);
    if (asked !== null) {
      const found = sides.find(({ name }) => name === asked);
      if (found !== undefined) serve(found);
      return;
    }
    const c = startStrategiesInC(bars);
    if (c !== null) compiler = c.compiler;
    const [own, byHand, ...others] = sides.map((each) => apart(each, String(bars.length)));
    const inC = c === null ? [] : [c.side(bench.inC)];
    parts.push({
      title: `${bars.length} bars`,
      sides: await measure([own, byHand, ...inC, ...others], rounds),
    });
    c?.close();
  }
  keepResult({
    workload: bench.workload,
    title: bench.title,
    inside:
      "from columns of bars in memory to trades, equity and position by bar, and all metrics of the catalogue; the indicators are inside, " +
      "compiling the program is not",
    compiler,
    parts,
  });
}
