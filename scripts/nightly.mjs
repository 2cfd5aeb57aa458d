// `npm run nightly`: the laws of a run on many more generated programs than a push can wait for.

import { root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const command = [...tool("vitest/vitest.mjs"), "run", "test/laws.test.ts", "--testTimeout", "3600000"];
const { code } = await run(command, { cwd: root, env: { LAW_RUNS: process.env.LAW_RUNS ?? "5000" } });
process.exitCode = code;
