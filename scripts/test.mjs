// `npm test`: sets up, runs every test, and ends with a line of counts. Arguments go to vitest: `npm test -- lang`.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const given = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "bitfever-test-"));
const counted = join(folder, "counts.json");
const own = given.some((each) => each.startsWith("--reporter")) ? [] : ["--reporter=default"];
const reporters = [...own, `--reporter=${root}scripts/count-reporter.mjs`];
try {
  const { code } = await run([...tool("vitest/vitest.mjs"), "run", ...reporters, ...given], {
    env: { BITFEVER_COUNTS: counted },
  });
  if (existsSync(counted)) {
    const { passed, failed, skipped } = JSON.parse(readFileSync(counted, "utf8"));
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  } else {
    console.log("No test was counted: vitest ended before its time.");
  }
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
