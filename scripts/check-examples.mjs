// Runs every example as a reader would: the compiler has nothing to say about it, and the backtest ends well.
// Whether the results are the reviewed ones is for the tests, which pin them.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examples, paperExample, program } from "./examples.mjs";
import { fail, root, run } from "./process.mjs";
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

// The file of an account, at an exchange on this machine, until the process is told to end.
const rehearsal = mkdtempSync(join(tmpdir(), "bitfever-example-"));
try {
  const bf = program("bf");
  const account = "examples/live/account.yaml";
  await must("bf config check", [...bf, "config", "check", account]);
  const journal = join(rehearsal, "journal");
  await until(/ bought /, "bf live", [
    ...bf,
    "live",
    account,
    "--rehearse",
    "--yes",
    "--watch",
    "--journal",
    journal,
  ]);
  await must("bf replay", [...bf, "replay", journal]);
  console.log("examples/live");
} finally {
  rmSync(rehearsal, { recursive: true });
}

/** Ends what runs once it has said something, as the end of a machine would, and waits for it. */
async function until(said, what, [node, ...args]) {
  const child = spawn(node, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let [text, isAsked] = ["", false];
  const hear = (part) => {
    text += part;
    if (isAsked || !said.test(text)) return;
    isAsked = true;
    child.kill("SIGTERM");
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const patience = setTimeout(() => child.kill("SIGKILL"), 180_000);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  clearTimeout(patience);
  if (code !== 0) fail(`failed: ${what}`, { code, output: text });
}

async function must(what, command) {
  const done = await run(command, { quiet: true });
  if (done.code !== 0) fail(`failed: ${what}`, done);
}
