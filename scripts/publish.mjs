// Builds the packages and publishes those whose version no registry has, with a statement of where they were built. npm takes such a
// statement only for a package that names the repository it comes from, which is the one whose workflow runs this.

import { fail, npm, run, tool } from "./process.mjs";
import { setup } from "./setup.mjs";

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
if (server === undefined || repository === undefined)
  fail("Packages are published by .github/workflows/release.yml alone, which can say where they were built.");

await setup();
const origin = ["repository.type=git", `repository.url=git+${server}/${repository}.git`];
const named = await run([...npm, "pkg", "set", "--workspaces", ...origin]);
if (named.code !== 0) fail("The packages do not name their repository.", named);

// Shown as it goes: the workflow reads the new tags from it.
const { code } = await run([...tool("@changesets/cli/bin.js"), "publish"], {
  env: { NPM_CONFIG_PROVENANCE: "true" },
});
process.exitCode = code;
