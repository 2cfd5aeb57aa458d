import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { ownPackagesAlone } from "./own-packages.js";

/* What is loaded before anybody has asked for it: each module costs a start, and every start. */

const packages = fileURLToPath(new URL("../..", import.meta.url));
const entries = ["index.ts", "programs.ts", "cli/commands/backtest.ts"].map(
  (name) => `${packages}bitfever/src/${name}`,
);

let inputs: Metafile["inputs"] = {};
beforeAll(async () => {
  const { metafile } = await build({
    ...{ entryPoints: entries, bundle: true, write: false, metafile: true, outdir: "unwritten" },
    ...{ platform: "node", format: "esm", absWorkingDir: packages, logLevel: "error" },
    plugins: [ownPackagesAlone],
  });
  inputs = metafile.inputs;
});

/** The files of this repository and the others that a file loads as soon as it is loaded itself. */
function loadedBy(entry: string): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const own = new Set<string>();
  const others = new Set<string>();
  const load = (path: string): void => {
    if (own.has(path)) return;
    own.add(path);
    for (const { path: imported, kind, external } of inputs[path].imports)
      if (kind !== "import-statement") continue;
      else if (external === true) others.add(imported);
      else load(imported);
  };
  load(relative(packages, `${packages}bitfever/src/${entry}`));
  return { own: [...own], others: [...others].sort() };
}

const ofNode = (name: string): boolean => name.startsWith("node:");

describe("before it is asked for", () => {
  it("the library loads three packages, which the builds have inside", () => {
    const { others } = loadedBy("index.ts");
    expect(others.filter((each) => !ofNode(each))).toEqual(["chevrotain", "decimal.js", "simple-statistics"]);
  });

  it("bf loads no command, and nothing that only commands need", () => {
    const { own, others } = loadedBy("cli/bf.ts");
    expect(own).toEqual(
      ["cli/bf.ts", "cli/research.ts", "cli/root-command.ts", "version.ts", "cli/version-flags.ts"].map(
        (each) => `bitfever/src/${each}`,
      ),
    );
    expect(others).toEqual(["commander", "node:fs"]);
  });

  it("bf backtest loads no reports, searches, portfolios or tests", () => {
    const { own, others } = loadedBy("cli/commands/backtest.ts");
    const folders = new Set(own.flatMap((each) => /^bitfever\/src\/([^/]+)\//.exec(each)?.[1] ?? []));
    expect([...folders].sort()).toEqual(["cli", "measure"]);
    expect(others.filter((each) => !ofNode(each))).toEqual([
      "chevrotain",
      "commander",
      "decimal.js",
      "picocolors",
      "simple-statistics",
    ]);
  });
});
