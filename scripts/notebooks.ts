// Runs the notebooks of `examples/notebooks` from top to bottom, and writes below each cell what it shows: they are what a visitor of the
// repository sees. Needs neither Jupyter nor tslab: cells are run here, with the library from source, as tslab would run them.
// `scripts/check-notebooks.mjs` holds the real ones against this.
//
//   tsx scripts/notebooks.ts [NAME…]            writes them
//   tsx scripts/notebooks.ts --check [NAME…]    exit 1 where one is not as its cells make it

import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { transform } from "esbuild";
import * as bitfever from "bitfever";
import { linesOf, type Cell, type Notebook, type Output } from "./notebook.js";

const folder = fileURLToPath(new URL("../examples/notebooks/", import.meta.url));

type Run = (
  library: typeof bitfever,
  begin: (cell: number) => void,
  console: { readonly log: (...values: unknown[]) => void },
) => Promise<void>;

/** What each cell shows, by its place. @throws Error that names the cell which failed */
async function outputsOf({ cells }: Notebook): Promise<ReadonlyMap<number, readonly Output[]>> {
  const shown = new Map<number, Output[]>();
  let at = -1;
  const tell = (output: Output): void => void shown.set(at, [...(shown.get(at) ?? []), output]);
  const html = (text: string): void =>
    tell({ output_type: "display_data", data: { "text/html": linesOf(text) }, metadata: {} });
  // What a cell finds where it runs in the kernel: see `display`.
  Object.assign(globalThis, {
    __tslab__: { require: () => ({ display: { html } }) },
  });
  const run = await programOf(cells);
  await run(bitfever, (cell) => void (at = cell), {
    log: (...values) =>
      tell({ output_type: "stream", name: "stdout", text: linesOf(`${format(...values)}\n`) }),
  });
  return shown;
}

/** All cells in one function: what one declares, the next ones see. */
async function programOf(cells: readonly Cell[]): Promise<Run> {
  const parts = cells.flatMap(({ cell_type, source }, place) => {
    if (cell_type !== "code") return [];
    const text = source
      .join("")
      .replace(/^import \{([\w\s,]*)\} from "bitfever";$/gm, "const {$1} = library;");
    const stranger = /^import .*$/m.exec(text)?.[0];
    if (stranger !== undefined)
      throw new Error(`cell ${place + 1}: only names of "bitfever" can be imported: ${stranger}`);
    return [`begin(${place});`, text];
  });
  const program = ["export default async (library, begin, console) => {", ...parts, "};"].join("\n");
  const { code } = await transform(program, { loader: "ts", format: "esm", target: "es2022" });
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: Run };
  return loaded.default;
}

/** The notebook with what its cells show now. */
async function executed(notebook: Notebook): Promise<Notebook> {
  const outputs = await outputsOf(notebook);
  let count = 0;
  const cells = notebook.cells.map((cell, place): Cell => {
    if (cell.cell_type !== "code") return cell;
    count += 1;
    return { ...cell, execution_count: count, outputs: [...(outputs.get(place) ?? [])] };
  });
  return { ...notebook, cells };
}

const [flags, names] = [true, false].map((isFlag) =>
  process.argv.slice(2).filter((each) => each.startsWith("--") === isFlag),
);
const isCheck = flags.includes("--check");
process.chdir(folder);
const old: string[] = [];
for (const file of names.length > 0 ? names : readdirSync(".").filter((each) => each.endsWith(".ipynb"))) {
  const before = readFileSync(file, "utf8");
  const after = `${JSON.stringify(await executed(JSON.parse(before) as Notebook), null, 1)}\n`;
  if (after === before) continue;
  old.push(file);
  if (isCheck) continue;
  writeFileSync(`.${file}.unfinished`, after);
  renameSync(`.${file}.unfinished`, file);
}
if (isCheck && old.length > 0) {
  console.error(`Not as their cells make them: ${old.join(", ")}. \`npm run generate\` writes them.`);
  process.exitCode = 1;
}
