import { readFileSync } from "node:fs";
import type { BarColumns } from "@bitfever/engine";
import { startCProgram } from "../c-program.js";
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

/** Compiles and starts the loops; `null` where there is no `gcc`. */
export function startC({ high, low, close }: BarColumns): InC | null {
  const { length } = close;
  const program = startCProgram("indicators", ["-O3"], [high, low, close], length);
  if (program === null) return null;
  return {
    compiler: program.compiler,
    time: async ({ name, parameters }) => Number(await program.ask([name, ...parameters].join(" "))),
    async outputs(count) {
      await program.ask(`write ${program.results}`);
      const { buffer, byteOffset } = readFileSync(program.results);
      return Array.from(
        { length: count },
        (_, i) => new Float64Array(buffer.slice(byteOffset), 8 * i * length, length),
      );
    },
    close: program.close,
  };
}
