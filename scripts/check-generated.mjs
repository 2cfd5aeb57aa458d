// Runs the generators and fails when a file is not as they write it: what is generated cannot drift from its source.
// The new text stays in place: look at it, and commit it with what caused it.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fail, npm, root, run } from "./process.mjs";
import { setup } from "./setup.mjs";

await setup();

const before = fingerprints();
const done = await run([...npm, "run", "--silent", "generate"], { quiet: true });
if (done.code !== 0) fail("`npm run generate` failed.", done);
const after = fingerprints();

const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
if (changed.length > 0) {
  fail(`These files were not as the generators write them, and are now:\n  ${changed.sort().join("\n  ")}`);
}
// In a fresh clone a generated file that was never committed shows here.
console.log(`Nothing changed in ${after.size} files.`);

/** What every file of the repository holds, ignored ones left out. */
function fingerprints() {
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", listed, { cwd: root, encoding: "utf8" }).split("\0");
  return new Map(
    [...new Set(files)]
      .filter((file) => file !== "" && existsSync(root + file))
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(root + file))
          .digest("hex"),
      ]),
  );
}
