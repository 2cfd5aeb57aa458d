// Runs the notebooks of `examples/notebooks` as a user would: packs the packages, installs the tarballs beside the notebooks, and has Jupyter
// execute them from top to bottom through tslab. Fails where a cell fails, says something on stderr (tslab tells errors of types there), or
// shows something else than the repository has. Leaves nothing behind.
//
//   node scripts/check-notebooks.mjs [FOLDER]    FOLDER is where tslab is installed; without it, it is installed from npm
//
// `--keep OUT` copies the executed notebooks to a folder, to be looked at.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installInto, must, packPublished, scratchFolder } from "./packed.mjs";
import { fail, root } from "./process.mjs";
import { setup } from "./setup.mjs";

/** The line that was tried; it reads types with TypeScript 5.0. */
const tslabVersion = "1.0.22";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: "string" } } });

await setup();

const folder = scratchFolder("notebooks");
const user = join(folder, "user");
const packages = await packPublished(folder);
await installInto(
  user,
  "the tarballs",
  packages.map(({ tarball }) => tarball),
);
for (const name of ["data", "notebooks"])
  cpSync(`${root}examples/${name}`, join(user, name), { recursive: true });
const tslab = positionals[0] ?? (await installTslab());
writeKernel();
const names = readdirSync(join(user, "notebooks")).filter((name) => name.endsWith(".ipynb"));
for (const name of names) await check(name);
console.log(`${names.join(", ")}: executed by Jupyter through tslab, and as they are in the repository`);

async function installTslab() {
  const where = join(folder, "tslab");
  await installInto(where, "tslab", [`tslab@${tslabVersion}`]);
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
  await must(
    `jupyter nbconvert --execute ${name}`,
    [...command, "--output-dir", executed, name],
    join(user, "notebooks"),
    { JUPYTER_PATH: join(folder, "jupyter"), JUPYTER_CONFIG_DIR: join(folder, "config") },
  );
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
