import { fork } from "node:child_process";
import { barsOf, type Bars } from "@bitfever/engine";
import { movingAverageCross } from "./by-hand/moving-average-cross.js";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { median } from "./median.js";
import { optimize } from "bitfever";
import { librarySide, ours, programOf } from "./ours.js";
import { side, type Side } from "./side.js";
import { sideAskedFor } from "./side-process.js";
import type { Measured } from "./workload.js";

/*
 * W9: how much memory W1 takes over a million bars, beyond the bars: by how much a new process grows at most while it runs once. And
 * how much a process takes at most that searches pairs of lengths over 10,000 bars, few and many of them.
 */

const [length, rounds] = [1_000_000, 5];
const searchedBars = 10_000;

const searches: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "BitFever, 100 pairs": { fast: "5..14 step 1", slow: "110..119 step 1" },
  "BitFever, 10,000 pairs": { fast: "5..104 step 1", slow: "110..209 step 1" },
};

const history = (bars: number): Bars => barsOf("MADE-UP", madeUpBars(bars, { persistence: 0.41 }));

const sidesOver = (bars: Bars): readonly Side[] => [
  ours(programOf("moving-average-cross"), bars),
  side("JavaScript by hand", {
    prepare: () => bars,
    run: (given) => movingAverageCross(given, 10, 30),
    outcome: ({ trades }) => ({ trades, netProfit: null }),
  }),
  librarySide(programOf("moving-average-cross"), bars),
];

const asked = sideAskedFor();
if (asked === null) await compare();
else if (asked in searches) await answerSearch(asked);
else await answer(asked);

async function answerSearch(name: string): Promise<void> {
  const strategy = programOf("moving-average-cross", searches[name]);
  await optimize(strategy, history(searchedBars), { method: "grid", metrics: "all", workers: 0 }).result;
  process.send?.(process.resourceUsage().maxRSS / 1_024);
}

/** Runs over few bars first, so that what is loaded and compiled once is there before. */
async function answer(name: string): Promise<void> {
  const [few, many] = [history(20_000), history(length)].map((bars) =>
    sidesOver(bars).find((each) => each.name === name),
  );
  await few?.time();
  const before = process.resourceUsage().maxRSS;
  await many?.time();
  process.send?.(((process.resourceUsage().maxRSS - before) * 1_024) / length);
}

async function compare(): Promise<void> {
  const sides: Measured[] = [];
  for (const { name } of sidesOver(history(100))) sides.push(await measured(name, "bytes a bar"));
  const searched: Measured[] = [];
  for (const name of Object.keys(searches)) searched.push(await measured(name, "MiB at most"));
  keepResult({
    workload: "w9",
    title: "memory of a moving-average cross over 1,000,000 bars",
    inside:
      "by how much the largest resident memory of a new process grows while the strategy runs once, garbage included, with the bars already there; what the run hands over is inside (equity, position, stop, trades, metrics). Of a search, the whole process with Node in it",
    parts: [
      { title: `a search, ${searchedBars} bars`, sides: searched },
      { title: `${length} bars`, sides },
    ],
  });
}

async function measured(name: string, figure: string): Promise<Measured> {
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) found.push(await memoryOf(name));
  return { name, ms: null, processorMs: null, rounds, figures: { [figure]: median(found) } };
}

/** What a side says in a process of its own. */
async function memoryOf(name: string): Promise<number> {
  const child = fork(process.argv[1], ["--side", name]);
  return new Promise((resolve, reject) => {
    child.once("message", (memory) => {
      resolve(Number(memory));
    });
    child.once("error", reject);
  });
}
