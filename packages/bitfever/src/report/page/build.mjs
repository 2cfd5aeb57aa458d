// Puts the page's script and style into `../page.generated.ts`, as text that any bundler and test runner can load.
//
//   node packages/bitfever/src/report/page/build.mjs           writes it
//   node packages/bitfever/src/report/page/build.mjs --check   exit 1 when it is not up to date

import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const target = here("../page.generated.ts");

/** The script of a page, which begins with a file. */
async function bundle(entry) {
  const outDir = mkdtempSync(join(tmpdir(), "bitfever-page-"));
  try {
    await build({
      config: false,
      entry: { page: here(entry) },
      tsconfig: here("tsconfig.json"),
      outDir,
      format: ["iife"],
      platform: "browser",
      target: "es2022",
      silent: true,
      clean: false,
      outExtension: () => ({ js: ".js" }),
    });
    return readFileSync(join(outDir, "page.js"), "utf8");
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

// One string a line, so that a change of the page is a readable change here.
const asText = (text) =>
  `[\n${text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${JSON.stringify(line)},\n`)
    .join("")}].join("\\n")`;

// Comments are for readers of the files, and the names of files depend on the folder a bundle was started in.
const scriptOf = async (entry) =>
  (await bundle(entry)).replace(/^ *\/\/ .*\n/gm, "").replace(/^ *\/\*\*[^]*?\*\/\n/gm, "");
const style = readFileSync(here("page.css"), "utf8");
const generated = `// Written by page/build.mjs from the files beside it. Do not edit.

export const pageStyle = ${asText(style)};

export const pageScript = ${asText(await scriptOf("main.js"))};

export const portfolioScript = ${asText(await scriptOf("portfolio.js"))};

export const searchStyle = ${asText(readFileSync(here("search.css"), "utf8"))};

export const studyScript = ${asText(await scriptOf("study.js"))};

export const walkScript = ${asText(await scriptOf("walk.js"))};
`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== generated) {
    console.error(
      "page.generated.ts is not what page/ builds: run node packages/bitfever/src/report/page/build.mjs",
    );
    process.exit(1);
  }
} else {
  writeFileSync(`${target}.new`, generated);
  renameSync(`${target}.new`, target);
}
