import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { keepResult } from "./keep-result.js";
import { median } from "./median.js";
import type { Measured } from "./workload.js";

/*
 * W13: what `import "bitfever"` costs a program beside a Node that does nothing, and what the first strategy it compiles and runs
 * costs, since what an import leaves for later is loaded then.
 */

const rounds = 25;

const cwd = fileURLToPath(new URL("../../packages/bitfever", import.meta.url));
const first = `const bars = await lib.readBars("../../examples/data/SYNTHETIC-1d.csv");
await lib.backtest(lib.compile('strategy "S" { enter long when close crosses above sma(close, 50) { stop at low } }'), bars);`;
const asModule = (code: string): readonly string[] => ["--input-type=module", "-e", code];
const processes: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['BitFever, `import "bitfever"`', asModule('await import("bitfever");')],
  ["node, nothing", asModule("")],
  ['BitFever, `require("bitfever")`', ["-e", 'require("bitfever")']],
  [
    "BitFever, imported, and a first strategy run",
    asModule(`const lib = await import("bitfever");\n${first}`),
  ],
];

const times = processes.map((): number[] => []);
for (let round = -1; round < rounds; round++)
  processes.forEach(([name, args], i) => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
    const took = performance.now() - start;
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    if (round >= 0) times[i].push(took);
  });

const nothing = median(times[1]);
const sides = processes.map(([name], i): Measured => {
  const ms = median(times[i]);
  const figures = i === 1 ? undefined : { "ms beyond node": ms - nothing };
  return { name, ms, processorMs: null, rounds, ...(figures && { figures }) };
});
keepResult({
  workload: "w13",
  title: 'a process that says `import "bitfever"`',
  inside:
    "from the start of the process to its end, files in memory: Node, our modules, and in the last row reading 1,000 bars, compiling and running a strategy",
  parts: [{ title: "processes", sides }],
});
