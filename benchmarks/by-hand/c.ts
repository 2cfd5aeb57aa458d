import { readFileSync } from "node:fs";
import type { Bars } from "@bitfever/engine";
import { startCProgram } from "../c-program.js";
import type { Side } from "../side.js";

export type Steps = readonly [from: number, to: number, step: number];

/** Strategies written by hand in C, in a process of their own. */
export interface StrategiesInC {
  readonly compiler: string;
  side(request: string): Side;
  /** All pairs of lengths in two steps of `[from, to, step]`; of their runs only the sum of the net profits is told. */
  sweep(fast: Steps, slow: Steps): Side;
  close(): void;
}

/** Compiles and starts `c/backtest.c` over bars; `null` where there is no `gcc`. */
export function startStrategiesInC(bars: Bars): StrategiesInC | null {
  const { time, open, high, low, close, length, intervalMs } = bars;
  const flags = ["-O3", "-march=native"];
  const program = startCProgram("backtest", flags, [time, open, high, low, close], length, intervalMs);
  if (program === null) return null;
  return {
    compiler: program.compiler,
    side: (request) => ({
      name: "C",
      async time() {
        const [clock, processor] = (await program.ask(request)).split(" ").map(Number);
        return { clock, processor };
      },
      async outcome() {
        const [count] = (await program.ask(`write ${program.results}`)).split(" ").map(Number);
        const { buffer, byteOffset, byteLength } = readFileSync(program.results);
        const values = new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
        const trades = Array.from({ length: count }, (_, i) => {
          const [entryBar, entryPrice, exitBar, exitPrice] = values.subarray(5 * i);
          return { entryBar, entryPrice, exitBar, exitPrice };
        });
        const metrics = Object.fromEntries(metricNames().map((name, i) => [name, values[5 * count + i]]));
        return { trades, netProfit: metrics.net_profit, metrics };
      },
    }),
    sweep(fast, slow) {
      let netProfit = NaN;
      return {
        name: "C",
        async time() {
          const answer = await program.ask(["sweep", ...fast, ...slow].join(" "));
          const [clock, processor, sum] = answer.split(" ").map(Number);
          netProfit = sum;
          return { clock, processor };
        },
        outcome: () => ({ trades: [], netProfit }),
      };
    },
    close: program.close,
  };
}

/** As the header of the loops lists them. */
const metricNames = (): readonly string[] =>
  [
    ...readFileSync(new URL("../c/metrics.h", import.meta.url), "utf8").matchAll(
      /(?<=each\()[a-z0-9_]+(?=\))/g,
    ),
  ].map(([name]) => name);
