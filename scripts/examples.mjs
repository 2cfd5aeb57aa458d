// The examples, and what each is run on.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root } from "./process.mjs";

/** Sessions of an intraday strategy are those of the exchange. */
const settings = { "opening-range": ["--set", "zone=America/New_York"] };

/** Every example: its strategy file, and the arguments that run it on the bundled sample of its clock. */
export function examples() {
  return readdirSync(`${root}examples`)
    .filter((name) => existsSync(`${root}examples/${name}/strategy.bf`))
    .sort()
    .map((name) => {
      const file = `examples/${name}/strategy.bf`;
      const clock = /^strategy ".*" on (\w+)/m.exec(readFileSync(root + file, "utf8"))?.[1] ?? "1d";
      return {
        name,
        file,
        given: ["--data", `examples/data/SYNTHETIC-${clock}.csv`, ...(settings[name] ?? [])],
      };
    });
}

/** A program of the `bitfever` package as it was built. */
export const program = (name) => [process.execPath, `${root}packages/bitfever/dist/${name}.js`];
