// Puts the page into a folder that any host of static files serves: the page, the library, the charts, programs and data.
//
//   node examples/browser/build.mjs FOLDER

import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { examples } from "../../scripts/examples.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const pageFiles = ["index.html", "style.css", "page.js", "editor.js", "results.js", "worker.js"];

/** The examples that trade one symbol: a page asks for one file of bars. */
function chosen() {
  return examples()
    .map(({ name, file, given }) => {
      const at = given.indexOf("--set");
      const [data] = given.slice(given.indexOf("--data") + 1);
      return { name, file, data, settings: at < 0 ? "" : given[at + 1] };
    })
    .filter(({ data }) => data.endsWith(".csv"));
}

/**
 * @param folder  where it goes; what is there under the same names is replaced
 * @param library  the build of `bitfever/browser`
 */
export function buildSite(folder, library = join(root, "packages/bitfever/dist/browser.js")) {
  mkdirSync(join(folder, "examples"), { recursive: true });
  for (const file of pageFiles) cpSync(join(here, file), join(folder, file));
  copyFileSync(library, join(folder, "bitfever.js"));
  // The charts are a dependency of the package, wherever that is installed.
  const { resolve } = createRequire(join(root, "packages/bitfever/package.json"));
  const charts = dirname(resolve("lightweight-charts/package.json"));
  copyFileSync(join(charts, "dist/lightweight-charts.standalone.production.mjs"), join(folder, "charts.js"));
  copyFileSync(join(charts, "LICENSE"), join(folder, "charts-LICENCE.txt"));
  const list = chosen().map(({ name, file, data, settings }) => {
    copyFileSync(join(root, file), join(folder, `examples/${name}.bf`));
    copyFileSync(join(root, data), join(folder, `examples/${basename(data)}`));
    return { name, program: `examples/${name}.bf`, data: `examples/${basename(data)}`, settings };
  });
  writeFileSync(join(folder, "examples/list.json"), `${JSON.stringify(list, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const [, , folder] = argv;
  if (folder === undefined) {
    console.error("usage: node examples/browser/build.mjs FOLDER");
    process.exit(2);
  }
  buildSite(folder);
  console.log(
    `wrote ${folder}: serve it with any server of static files, such as \`python3 -m http.server --directory ${folder}\``,
  );
}
