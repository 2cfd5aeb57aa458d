// Runs the notebooks of `examples/notebooks` as a user would: packs the packages, installs the tarballs beside the notebooks, and has Jupyter
// execute them from top to bottom through tslab. Fails where a cell fails, says something on stderr (tslab tells errors of types there), or
// shows something else than the repository has. Leaves nothing behind.
//
//   node scripts/check-notebooks.mjs [FOLDER]    FOLDER is where tslab is installed; without it, it is installed from npm
//
// `--keep OUT` copies the executed notebooks to a folder, to be looked at.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fail, npm, root, run } from "./process.mjs";
import { setup, workspaces } from "./setup.mjs";

/** The line that was tried; it reads types with TypeScript 5.0. */
const tslabVersion = "1.0.22";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: "string" } } });

await setup();

const folder = mkdtempSync(join(tmpdir(), "bitfever-notebooks-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

const user = join(folder, "user");
mkdirSync(user);
await install(
  user,
  await Promise.all(
    workspaces()
      .filter(isPublished)
      .map((workspace) => pack(workspace)),
  ),
);
for (const name of ["data", "notebooks"])
  cpSync(`${root}examples/${name}`, join(user, name), { recursive: true });
const tslab = positionals[0] ?? (await installTslab());
writeKernel();
const names = readdirSync(join(user, "notebooks")).filter((name) => name.endsWith(".ipynb"));
for (const name of names) await check(name);
console.log(`${names.join(", ")}: executed by Jupyter through tslab, and as they are in the repository`);

function isPublished(workspace) {
  return JSON.parse(readFileSync(`${root}${workspace}/package.json`, "utf8")).private !== true;
}

async function pack(workspace) {
  const target = join(folder, workspace.replaceAll("/", "-"));
  mkdirSync(target);
  const command = [...npm, "pack", "--silent", "--pack-destination", target];
  await must(`npm pack in ${workspace}`, command, { cwd: root + workspace });
  return join(target, readdirSync(target)[0]);
}

/** All at once, so that our packages find one another there and not in a registry. */
async function install(where, packages) {
  writeFileSync(
    join(where, "package.json"),
    JSON.stringify({ name: "user", version: "0.0.0", private: true }),
  );
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
  await must(`npm install ${packages.join(" ")}`, [...npm, "install", ...flags, ...packages], { cwd: where });
}

async function installTslab() {
  const where = join(folder, "tslab");
  mkdirSync(where);
  await install(where, [`tslab@${tslabVersion}`]);
  return where;
}

/** As `tslab install` registers it, but for this run alone. */
function writeKernel() {
  const kernel = join(folder, "jupyter", "kernels", "tslab");
  mkdirSync(kernel, { recursive: true });
  const program = resolve(tslab, "node_modules", "tslab", "bin", "tslab");
  const argv = [process.execPath, program, "kernel", "--config-path", "{connection_file}"];
  const spec = { argv, display_name: "TypeScript", language: "typescript" };
  writeFileSync(join(kernel, "kernel.json"), JSON.stringify(spec));
}

async function check(name) {
  const executed = join(folder, "executed");
  const timeout = "--ExecutePreprocessor.timeout=600";
  const command = ["jupyter", "nbconvert", "--to", "notebook", "--execute", timeout];
  await must(`jupyter nbconvert --execute ${name}`, [...command, "--output-dir", executed, name], {
    cwd: join(user, "notebooks"),
    env: { JUPYTER_PATH: join(folder, "jupyter"), JUPYTER_CONFIG_DIR: join(folder, "config") },
  });
  if (values.keep !== undefined) cpSync(join(executed, name), join(values.keep, name));
  const [found, wanted] = [executed, `${root}examples/notebooks`].map(
    (where) => JSON.parse(readFileSync(join(where, name), "utf8")).cells,
  );
  found.forEach((cell, place) => {
    const said = (cell.outputs ?? []).find((output) => output.name === "stderr");
    if (said !== undefined) fail(`${name}, cell ${place + 1} says:`, { stderr: text(said.text) });
    const [shows, should] = [cell, wanted[place]].map((each) =>
      JSON.stringify((each.outputs ?? []).map(shown)),
    );
    if (shows !== should)
      fail(
        `${name}, cell ${place + 1} does not show what it shows in the repository; \`npm run generate\` writes it`,
      );
  });
}

/** What a reader sees of an output. */
function shown({ output_type, data = {}, text: printed }) {
  const texts = Object.entries(data).map(([type, value]) => [type, text(value)]);
  return [output_type, printed === undefined ? null : text(printed), texts];
}

/** Notebooks keep a text whole or in lines. */
function text(value) {
  return Array.isArray(value) ? value.join("") : value;
}

async function must(what, command, { cwd, env = {} }) {
  const done = await run(command, { cwd, env, quiet: true }).catch((error) => ({
    code: 1,
    output: "",
    stderr: String(error),
  }));
  if (done.code !== 0) fail(`failed: ${what}`, done);
}
