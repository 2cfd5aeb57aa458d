// `npm run bench`: builds the packages and the benchmarks, and runs every one of them.

import { readdirSync } from "node:fs";
import { fail, root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const names = readdirSync(`${root}benchmarks`)
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.slice(0, -".ts".length));
const entries = names.map((name) => `benchmarks/${name}.ts`);
const built = await run(
  [
    ...tool("tsup/dist/cli-default.js"),
    ...entries,
    "--no-config",
    "--format",
    "esm",
    "--out-dir",
    "benchmarks/dist",
    "--silent",
  ],
  { quiet: true },
);
if (built.code !== 0) fail("the benchmarks do not build", built);
for (const name of names) {
  const { code } = await run([process.execPath, `${root}benchmarks/dist/${name}.js`]);
  if (code !== 0) process.exitCode = code;
}
