// `npm run bench`: builds the packages and the benchmarks, and runs every one of them; with a name behind it, that one,
// with what else stands there. Built, since tsx hands buffers from thread to thread, and once one has been handed over,
// V8 asks at every access to a typed array whether it is still there: that takes up to 1.6 times as long.

import { readFileSync, readdirSync } from "node:fs";
import { fail, root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const [chosen, ...rest] = process.argv.slice(2);
const names = readdirSync(`${root}benchmarks`)
  .filter((name) => (chosen === undefined ? name.endsWith(".bench.ts") : name === `${chosen}.bench.ts`))
  .map((name) => name.slice(0, -".ts".length));
if (names.length === 0) fail(`there is no benchmarks/${chosen}.bench.ts`);
const { devDependencies: peers } = JSON.parse(readFileSync(`${root}benchmarks/package.json`, "utf8"));
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
    // The library starts threads of its own, whose program lies beside it.
    // What talks to venues is loaded when it is needed, as it is by who has installed it.
    ...["bitfever", "ccxt", ...Object.keys(peers)].flatMap((name) => ["--external", name]),
    "--silent",
  ],
  { quiet: true },
);
if (built.code !== 0) fail("the benchmarks do not build", built);
for (const name of names) {
  const { code } = await run([process.execPath, `${root}benchmarks/dist/${name}.js`, ...rest]);
  if (code !== 0) process.exitCode = code;
}
