import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { csvText } from "./csv-text.js";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { median } from "./median.js";
import type { Measured } from "./workload.js";

/*
 * W5: the whole process of `bf backtest` on 1,000 bars, beside a Node that does nothing: of a program that was run before, and of
 * one that is new each time. What others take to be loaded, without having done anything yet, is beside it.
 */

const rounds = 15;

const folder = mkdtempSync(join(tmpdir(), "bitfever-bench-"));
const data = join(folder, "bars.csv");
writeFileSync(data, csvText(madeUpBars(1_000, { intervalMs: 86_400_000, persistence: 0.41 })));
const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const loading = (name: string): readonly string[] => ["-e", `require(${JSON.stringify(resolved(name))})`];
const resolved = (name: string): string => createRequire(import.meta.url).resolve(name);

const command = inRepository("packages/bitfever/dist/bf.cjs");
const program = inRepository("benchmarks/programs/moving-average-cross.bf");
const rewritten = join(folder, "rewritten.bf");
const processes: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["BitFever, `bf backtest`", [command, "backtest", program, "--data", data]],
  ["node -e 0", ["-e", "0"]],
  ["BitFever, a program that is new", [command, "backtest", rewritten, "--data", data]],
  ["BitFever, `bf --version`", [command, "--version"]],
  ["pinets, only loaded", loading("pinets")],
  ["grademark, only loaded", loading("grademark")],
];

const times = processes.map((): number[] => []);
for (let round = -1; round < rounds; round++) {
  writeFileSync(rewritten, `// ${round}\n${readFileSync(program, "utf8")}`);
  processes.forEach(([name, args], i) => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    const took = performance.now() - start;
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    if (round >= 0) times[i].push(took);
  });
}
rmSync(folder, { recursive: true });

const sides = processes.map(([name], i): Measured => {
  const ms = median(times[i]);
  return { name, ms, processorMs: null, rounds };
});
keepResult({
  workload: "w5",
  title: "the whole process of `bf backtest` on 1,000 bars",
  inside:
    "from the start of the process to its end: Node, our modules, reading a CSV file, the run, all metrics and the printed summary. An earlier start has compiled the same program, whose text is compared; one that is new is compiled inside",
  parts: [{ title: "processes", sides }],
});
