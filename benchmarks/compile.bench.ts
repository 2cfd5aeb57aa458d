import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compile } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { compare } from "./compare.js";

/*
 * How long it takes to be told that a program is fine: compiled again and again in one process, by its length, and as the
 * whole command, beside a Node that does nothing.
 */

/** A strategy of so many lines that uses most forms of the language, each value made of those before. */
function strategyOf(lines: number): string {
  const value = (i: number): string[] => {
    const before = i === 0 ? "close" : `v${i - 1}`;
    switch (i % 8) {
      case 0:
        return [`let v${i} = ema(${before}, ${5 + (i % 40)}) + (high - low) * ${1 + (i % 3)}`];
      case 1:
        return [`let v${i} = if ${before} > sma(close, ${10 + i}) then ${before} else close[${i % 5}]`];
      case 2:
        return [`let v${i} = highest(${before}, lookback)[1] - 2 * atr(14)`];
      case 3:
        return [`let v${i} = bbands(${before}, 20, up: 2.5).upper`];
      case 4:
        return [
          `state n${i}: int = 0 reset session { set n${i} = n${i} + 1 }`,
          `let v${i} = ${before} + close * n${i} / 100`,
        ];
      case 5:
        return [`let v${i} = mean(for k in 0..4: ${before}[k])`];
      case 6:
        return [`let v${i} = max(${before}, middle(high, low))`];
      default:
        return [`let v${i} = ${before} or else close // what is not there yet is the close`];
    }
  };
  const rules = [
    "enter long when close crosses above last { size risk(1%) capped 50% of equity  stop at close - 2 * atr(14) }",
    "exit long when close < last",
    "limit drawdown 20% { halt }",
    "}",
  ];
  const head = [
    "fn middle(a: price, b: price) = (a + b) / 2",
    'strategy "Long" on 15m {',
    "param lookback: bars = 20 in 5..60 step 5",
  ];
  const body: string[] = [];
  let count = 0;
  while (head.length + body.length + 1 + rules.length < lines) body.push(...value(count++));
  return [...head, ...body, `let last = v${count - 1}`, ...rules].join("\n");
}

function compiled(text: string): number {
  const { program, diagnostics } = compile({ name: "long.bf", text }, catalogue);
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return program.lets.length;
}

const text = strategyOf(200);
compare(
  "compiled in one process, by lines; the limit is 20 ms for 200",
  [200, 400, 800, 1_600].map((lines) => {
    const program = strategyOf(lines);
    return [`${program.split("\n").length} lines`, () => compiled(program)] as const;
  }),
);

const folder = mkdtempSync(join(tmpdir(), "bitfever-bench-"));
const file = join(folder, "long.bf");
writeFileSync(file, text);
const node = (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
};
const command = resolve("packages/bitfever/dist/bf-compile.cjs");
compare("as a whole process; the limit is 250 ms", [
  ["node -e 0", () => node("-e", "0")],
  ["bf-compile, 200 lines", () => node(command, file)],
]);
rmSync(folder, { recursive: true });
