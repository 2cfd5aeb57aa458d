// `npm test`: sets up, runs every test, and ends with a line of counts. Arguments go to vitest: `npm test -- lang`.
// `npm test -- --keep` writes the counts of a whole run to test/last-run.json, for the page on tests.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, root, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

const keeps = process.argv.includes("--keep");
const given = process.argv.slice(2).filter((each) => each !== "--keep");
if (keeps && given.length > 0) fail("--keep keeps the counts of all tests: give nothing beside it.");

await setup();

const folder = mkdtempSync(join(tmpdir(), "bitfever-test-"));
const counted = join(folder, "counts.json");
const own = given.some((each) => each.startsWith("--reporter")) ? [] : ["--reporter=default"];
const reporters = [...own, `--reporter=${root}scripts/count-reporter.mjs`];
try {
  const { code } = await run([...tool("vitest/vitest.mjs"), "run", ...reporters, ...given], {
    env: { BITFEVER_COUNTS: counted },
  });
  if (existsSync(counted)) {
    const { passed, failed, skipped, files } = JSON.parse(readFileSync(counted, "utf8"));
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    if (keeps && code === 0) {
      const { output } = await run(["git", "rev-parse", "--short", "HEAD"], { quiet: true });
      const kept = { passed, skipped, files, node: process.versions.node, commit: output.trim() };
      writeFileSync(`${root}test/last-run.json`, `${JSON.stringify(kept, null, 2)}\n`);
    }
  } else {
    console.log("No test was counted: vitest ended before its time.");
  }
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
