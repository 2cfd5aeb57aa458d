// `npm run nightly`: the laws of a run and the meaning of programs on many more generated programs than a push can
// wait for, the ledger beside one in decimals, a slip at every token of every example, indicators over ten million
// bars, a thousand searches in noise of each kind, and two hundred thousand worlds in which all that can goes wrong
// between a desk and its venue, and five hundred over loopback with the real adapters of all venues; then every test with other cases of its properties than a
// push draws, the notebooks through Jupyter and tslab; then what of matching, ledger and costs may break without a test that notices; and what
// people install on every Node that it is for. `LAW_RUNS` says how many programs, `LAW_SEED` which
// of the grown ones come first, `LAW_BARS` how many bars, `NOISE_RUNS` how many searches, `SCHEDULES` how many worlds, `WORLDS` how many over loopback,
// `PROPERTY_SEED` which cases.

import { root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const files = [
  "test/laws.test.ts",
  "test/live-laws.test.ts",
  "test/universe-live-laws.test.ts",
  "packages/runtime/test/simulation/simulation.test.ts",
  "packages/brokers/test/worlds/worlds.test.ts",
  "test/reference.test.ts",
  "test/slips.test.ts",
  "packages/engine/test/wasm/fused-loop.test.ts",
  "packages/runtime/test/plain-walk.test.ts",
  "packages/engine/test/execution/reference-ledger.test.ts",
  "packages/engine/test/indicators/stability.test.ts",
  "packages/engine/test/overfitting/false-positives.test.ts",
  "packages/bitfever/test/optimize/false-discoveries.test.ts",
];
const command = [...tool("vitest/vitest.mjs"), "run", ...files, "--testTimeout", "3600000"];
const laws = await run(command, {
  cwd: root,
  env: {
    LAW_RUNS: process.env.LAW_RUNS ?? "10000",
    LAW_BARS: process.env.LAW_BARS ?? "10000000",
    SCHEDULES: process.env.SCHEDULES ?? "200000",
    WORLDS: process.env.WORLDS ?? "500",
    NOISE_RUNS: process.env.NOISE_RUNS ?? "1000",
    SLIPS: "all",
  },
});
const properties = await run([...tool("vitest/vitest.mjs"), "run"], {
  cwd: root,
  env: { PROPERTY_SEED: process.env.PROPERTY_SEED ?? "random" },
});
const notebooks = await run([process.execPath, "scripts/check-notebooks.mjs"]);
const mutation = await run([...tool("tsx/dist/cli.mjs"), "scripts/mutation.ts"]);
const packages = await run([process.execPath, "scripts/check-packages.mjs", "20", "22", "24", "26"]);
process.exitCode =
  [properties, laws, notebooks, mutation, packages].find(({ code }) => code !== 0)?.code ?? 0;
