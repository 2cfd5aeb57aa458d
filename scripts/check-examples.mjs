// Runs every example as a reader would: the compiler has nothing to say about it, and the backtest ends well.
// Whether the results are the reviewed ones is for the tests, which pin them.

import { examples, program } from "./examples.mjs";
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

async function must(what, command) {
  const done = await run(command, { quiet: true });
  if (done.code !== 0) fail(`failed: ${what}`, done);
}
