import { getHeapStatistics } from "node:v8";
import type { Indicator } from "@bitfever/engine";
import { bind, cases, columnsFor, timed, type Bound, type Case } from "./indicators/cases.js";
import { startC, type InC } from "./indicators/c.js";
import { peersOf, type Peer } from "./indicators/peers.js";
import { clocked, inTurn, sweep, type Contestant } from "./in-turn.js";
import { machine } from "./machine.js";
import { madeUpBars } from "./made-up-bars.js";
import { median } from "./median.js";

/*
 * What an indicator costs per bar: beside the same loop written by hand in C, beside other libraries for JavaScript, in
 * long blocks and bar by bar. With `--all`: every indicator, to find those that stick out.
 */

const length = 1_000_000;
const rounds = 7;
const blockLength = 2_048;
/** Averages that never forget were seeded differently by some; by then it no longer shows. */
const settled = 10_000;

interface PeerResult {
  readonly library: string;
  readonly nsPerBar: number;
  /** The largest relative difference to our values; up to 1e-9 they are the same. */
  readonly apart: number;
}

/** Medians, in nanoseconds per bar. */
interface IndicatorResult {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly oneBlock: number;
  readonly blocks: number;
  readonly barByBar: number;
  /** Allocated in blocks of one bar. */
  readonly bytesPerBar: number;
  /** `null` where there was no compiler. */
  readonly c: number | null;
  /** The fastest first. */
  readonly peers: readonly PeerResult[];
}

if (process.argv.includes("--all")) timeAll();
else await timeEight();

async function timeEight(): Promise<void> {
  const bars = madeUpBars(length);
  const peers = peersOf(bars);
  const c = startC(bars);
  const compiler = c?.compiler ?? "no gcc, so the loops in C are left out";
  console.log(`${machine}, ${compiler}, median of ${rounds} interleaved rounds`);
  const only = process.argv.slice(2);
  const results: IndicatorResult[] = [];
  for (const each of cases) {
    if (only.length > 0 && !only.includes(each.name)) continue;
    const indicator = timed.get(each.name);
    if (indicator === undefined) throw new Error(`no indicator ${each.name}`);
    const bound = bind(indicator, each.parameters, columnsFor(indicator, bars));
    const result = await timeOne(each, bound, peers[each.name], c);
    results.push(result);
    print(result);
  }
  c?.close();
  summarise(results);
}

async function timeOne(
  indicator: Case,
  bound: Bound,
  peers: readonly Peer[],
  c: InC | null,
): Promise<IndicatorResult> {
  bound.start();
  bound.run(length, 0, length);
  if (c !== null) {
    await c.time(indicator);
    const apart = largestDifference(bound.outputs, await c.outputs(bound.outputs.length));
    if (!(apart <= 1e-9)) throw new Error(`${indicator.name}: C is ${apart} apart from ours`);
  }
  const checked = peers.map((each) => ({
    ...each,
    apart: largestDifference(bound.outputs, each.read(each.run() as never)),
  }));

  const whole =
    (block: number): Contestant =>
    () => {
      bound.start();
      return clocked(() => {
        bound.run(block, 0, length);
      });
    };
  const contestants: Contestant[] = [
    whole(length),
    whole(blockLength),
    whole(1),
    ...checked.map(
      ({ run }): Contestant =>
        () =>
          clocked(run),
    ),
    ...(c === null ? [] : [(): Promise<number> => c.time(indicator)]),
  ];
  const nsPerBar = (await inTurn(contestants, rounds)).map((times) => median(times) / length);
  const peerResults = checked
    .map(({ library, apart }, i): PeerResult => ({ library, nsPerBar: nsPerBar[3 + i], apart }))
    .sort((a, b) => a.nsPerBar - b.nsPerBar);
  return {
    ...indicator,
    oneBlock: nsPerBar[0],
    blocks: nsPerBar[1],
    barByBar: nsPerBar[2],
    bytesPerBar: bytesPerBar(bound),
    c: c === null ? null : nsPerBar[3 + peers.length],
    peers: peerResults,
  };
}

/** What is left on the heap for each bar, in blocks of one bar, after as many bars as any kernel needs to get going. */
function bytesPerBar(bound: Bound): number {
  const bars = 20_000;
  bound.start();
  bound.run(1, 0, length / 2);
  const found: number[] = [];
  for (let from = length / 2; from + bars <= length; from += bars) {
    sweep();
    const before = getHeapStatistics().used_heap_size;
    bound.run(1, from, from + bars);
    found.push((getHeapStatistics().used_heap_size - before) / bars);
  }
  return Math.max(0, median(found));
}

/** The largest difference once all have settled, relative to the values; infinite where one has a value and one has not. */
function largestDifference(ours: readonly Float64Array[], theirs: readonly ArrayLike<number>[]): number {
  let largest = 0;
  theirs.forEach((column, i) => {
    for (let bar = settled; bar < length; bar++) {
      const mine = ours[i][bar];
      // Some leave out the bars before the first value; all end on the last bar.
      const other = column[bar - length + column.length];
      const apart = Math.abs(mine - other) / Math.max(1, Math.abs(mine));
      if (!(apart <= largest)) largest = Number.isNaN(apart) ? Infinity : apart;
    }
  });
  return largest;
}

function print({
  name,
  parameters,
  oneBlock,
  blocks,
  barByBar,
  bytesPerBar,
  c,
  peers,
}: IndicatorResult): void {
  const ns = (value: number): string => `${value.toFixed(2).padStart(8)} ns`;
  console.log(`\n${name}(${parameters.join(", ")})`);
  if (c !== null) console.log(`  ${"C, gcc -O3".padEnd(28)}${ns(c)}`);
  console.log(
    `  ${"one block".padEnd(28)}${ns(oneBlock)}${c === null ? "" : `   ${(oneBlock / c).toFixed(2)} × C`}`,
  );
  console.log(
    `  ${"blocks of 2,048 bars".padEnd(28)}${ns(blocks)}${c === null ? "" : `   ${(blocks / c).toFixed(2)} × C`}`,
  );
  console.log(`  ${"blocks of one bar".padEnd(28)}${ns(barByBar)}   ${bytesPerBar.toFixed(1)} bytes a bar`);
  for (const { library, nsPerBar, apart } of peers)
    console.log(
      `  ${library.padEnd(28)}${ns(nsPerBar)}   ${(nsPerBar / oneBlock).toFixed(1)} × ours${apart <= 1e-9 ? "" : `, other values (${apart.toPrecision(1)} apart)`}`,
    );
}

function summarise(results: readonly IndicatorResult[]): void {
  const overC = results.flatMap(({ oneBlock, c }) => (c === null ? [] : [oneBlock / c]));
  const faster = results.map(({ oneBlock, peers }) => peers[0].nsPerBar / oneBlock);
  const slowest = Math.max(...results.map(({ barByBar }) => barByBar));
  console.log("");
  if (overC.length > 0)
    console.log(`ours / C: median ${median(overC).toFixed(2)}, largest ${Math.max(...overC).toFixed(2)}`);
  console.log(
    `fastest library / ours: median ${median(faster).toFixed(1)}, smallest ${Math.min(...faster).toFixed(1)}`,
  );
  console.log(`slowest in blocks of one bar: ${slowest.toFixed(1)} ns`);
}

function timeAll(): void {
  const some = 200_000;
  const bars = madeUpBars(some);
  const found = [...timed.values()].map((indicator) => {
    const parameters = defaultsOf(indicator);
    const bound = bind(indicator, parameters, columnsFor(indicator, bars));
    const best = (block: number): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          bound.start();
          return clocked(() => {
            bound.run(block, 0, some);
          });
        }),
      ) / some;
    return {
      name: `${indicator.name}(${parameters.join(", ")})`,
      blocks: best(blockLength),
      barByBar: best(1),
    };
  });
  found.sort((a, b) => b.blocks - a.blocks);
  console.log(`ns per bar, best of 5 over ${some} bars; the slowest 20 of ${found.length}`);
  console.log(`${"".padEnd(36)}  2,048 bars     one bar`);
  for (const { name, blocks, barByBar } of found.slice(0, 20))
    console.log(`${name.padEnd(36)}${blocks.toFixed(1).padStart(12)}${barByBar.toFixed(1).padStart(12)}`);
}

/** The defaults of an indicator; 14 bars, or else the least that is allowed, where a parameter has none. */
const defaultsOf = ({ parameters }: Indicator): number[] =>
  parameters.map(({ default: given, minimum }) => given ?? Math.max(14, minimum));
