// Runs every example as a reader would: the compiler has nothing to say about it, and the backtest ends well.
// Whether the results are the reviewed ones is for the tests, which pin them.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examples, paperExample, program } from "./examples.mjs";
import { fail, run } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const all = examples();
if (all.length === 0) fail("There is no example: looked for examples/*/strategy.bf.");
for (const { file, given } of all) {
  await must(`bf-compile ${file}`, [...program("bf-compile"), file]);
  await must(`bf backtest ${file}`, [...program("bf"), "backtest", file, ...given]);
  console.log(file);
}

// As its README has it, but as fast as it goes: told twice, since the second goes on where the first ended.
const journal = mkdtempSync(join(tmpdir(), "bitfever-example-"));
try {
  const bf = program("bf");
  for (const times of ["once", "again"])
    await must(`bf paper ${times}`, [...bf, ...paperExample(), "--journal", journal]);
  for (const command of ["replay", "reconcile"]) await must(`bf ${command}`, [...bf, command, journal]);
  console.log("examples/paper");
} finally {
  rmSync(journal, { recursive: true });
}

async function must(what, command) {
  const done = await run(command, { quiet: true });
  if (done.code !== 0) fail(`failed: ${what}`, done);
}
