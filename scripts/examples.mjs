// The examples, and what each is run on.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root } from "./process.mjs";

/** Sessions of an intraday strategy are those of the exchange. */
const settings = { "opening-range": ["--set", "zone=America/New_York"] };
const index = ["--market", "INDEX=examples/data/SYNTHETIC-index-1d.csv"];

/** Every example: its strategy file, and the arguments that run it on the bundled sample of its clock. */
export function examples() {
  return readdirSync(`${root}examples`)
    .filter((name) => existsSync(`${root}examples/${name}/strategy.bf`))
    .sort()
    .map((name) => {
      const file = `examples/${name}/strategy.bf`;
      const text = readFileSync(root + file, "utf8");
      const clock = /^strategy ".*" on (\w+)/m.exec(text)?.[1] ?? "1d";
      const isMany = /^ *universe/m.test(text);
      const data = `examples/data/SYNTHETIC-${isMany ? "universe" : `${clock}.csv`}`;
      return { name, file, given: ["--data", data, ...(settings[name] ?? []), ...(isMany ? index : [])] };
    });
}

/** The arguments of the account on paper, as its README has them, without where it is kept and how fast it is told. */
export function paperExample() {
  const [, block] = /^```sh\nnpx bf (paper.*?)\n```/ms.exec(
    readFileSync(`${root}examples/paper/README.md`, "utf8"),
  );
  const words = block.split(/[\s\\]+/);
  const isLeftOut = (word) => word === "--journal" || word === "--speed";
  return words.filter((word, i) => !isLeftOut(word) && !isLeftOut(words[i - 1]));
}

/** A program of the `bitfever` package as it was built. */
export const program = (name) => [process.execPath, `${root}packages/bitfever/dist/${name}.cjs`];
