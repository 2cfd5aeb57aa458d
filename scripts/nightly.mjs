// `npm run nightly`: the laws of a run and the meaning of programs on many more generated programs than a push can
// wait for, and a slip at every token of every example. `LAW_RUNS` says how many, `LAW_SEED` which of the grown ones come first.

import { root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const files = ["test/laws.test.ts", "test/reference.test.ts", "test/slips.test.ts"];
const command = [...tool("vitest/vitest.mjs"), "run", ...files, "--testTimeout", "3600000"];
const { code } = await run(command, {
  cwd: root,
  env: { LAW_RUNS: process.env.LAW_RUNS ?? "10000", SLIPS: "all" },
});
process.exitCode = code;
