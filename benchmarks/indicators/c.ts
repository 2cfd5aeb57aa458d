import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { BarColumns } from "@bitfever/engine";
import type { Case } from "./cases.js";

/** The hand-written loops in C, in a process of their own that runs one whenever it is asked to. */
export interface InC {
  readonly compiler: string;
  /** Runs a loop once; the nanoseconds it took. */
  time(indicator: Case): Promise<number>;
  /** What the last loop put out. */
  outputs(count: number): Promise<Float64Array[]>;
  close(): void;
}

const source = new URL("../c/indicators.c", import.meta.url).pathname;

/** Compiles and starts the loops; `null` where there is no `gcc`. */
export function startC(bars: BarColumns): InC | null {
  let compiler: string;
  try {
    compiler = execFileSync("gcc", ["--version"], { encoding: "utf8" }).split("\n")[0];
  } catch {
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "indicators-"));
  const [program, data, results] = ["indicators", "bars", "outputs"].map((name) => join(folder, name));
  execFileSync("gcc", ["-O3", "-o", program, source, "-lm"]);
  const { length } = bars.close;
  writeFileSync(
    data,
    Buffer.concat([bars.high, bars.low, bars.close].map((each) => new Uint8Array(each.buffer))),
  );
  const child = spawn(program, [data, String(length)], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request: string): Promise<number> => {
    child.stdin.write(`${request}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error(`the loops in C do not know \`${request}\``);
    return Number(value);
  };
  return {
    compiler: `${compiler}, -O3`,
    time: ({ name, parameters }) => ask([name, ...parameters].join(" ")),
    async outputs(count) {
      await ask(`write ${results}`);
      const { buffer, byteOffset } = readFileSync(results);
      return Array.from(
        { length: count },
        (_, i) => new Float64Array(buffer.slice(byteOffset), 8 * i * length, length),
      );
    },
    close() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}
