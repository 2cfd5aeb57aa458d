import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "tsup";

const noticeFile = "THIRD-PARTY-LICENCES.txt";

export type EsbuildPlugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * Dependencies that a build carries inside. Chevrotain ships ES modules only: a static `import` of it cannot become a
 * `require` that works everywhere CommonJS is still run (Jest, bundlers, older loaders); it is a hundred files too, and
 * finding them took longer than compiling a strategy. Of the others a few functions are asked for, and all who import
 * would read the whole. What is loaded with `import()` need not be here: CommonJS can do that itself.
 */
const carried = ["chevrotain", "decimal.js", "simple-statistics"];
const plainLodash = fileURLToPath(new URL("./packages/lang/src/plain-lodash.ts", import.meta.url));

const minified: NonNullable<Options["esbuildOptions"]> = (options) => {
  options.minifyWhitespace = true;
  options.minifySyntax = true;
  options.alias = { "lodash-es": plainLodash };
};

export const common: Options = {
  target: "node20",
  platform: "node",
  sourcemap: true,
  removeNodeProtocol: false,
  silent: true,
  // Names stay as they are, for those who read a stack; a third less to read is a faster start.
  esbuildOptions: minified,
};

/**
 * The build of a published package: ESM, CommonJS, and types for both, from `src/index.ts`.
 *
 * @param programs  entry points that are run, not imported: ESM only, no types
 * @param inside  dependencies that it carries
 */
export function library(programs: readonly string[] = [], inside = carried): Options[] {
  // The configurations below run at the same time: tsup's own `clean` in one would delete what another has written.
  rmSync("dist", { recursive: true, force: true });
  const entry = ["src/index.ts"];
  return [
    {
      ...common,
      name: "esm",
      format: "esm",
      entry: [...entry, ...programs],
      splitting: true,
      noExternal: inside,
      esbuildPlugins: [licences],
    },
    {
      ...common,
      name: "cjs",
      format: "cjs",
      entry,
      // With splitting, tsup rewrites the output with another tool, which turns `import()` into `require`.
      splitting: false,
      shims: true,
      noExternal: inside,
      esbuildPlugins: [licences],
    },
    { ...common, name: "types", format: ["esm", "cjs"], entry, dts: { only: true } },
  ];
}

/**
 * The build of programs that are started from a shell: what every start needs is inside, since to find a module takes as long as
 * to compile it. Other dependencies are loaded by the commands that need them.
 *
 * @param inside  dependencies of the package that every start needs
 */
export const programs = (entry: string[], plugins: readonly EsbuildPlugin[]): Options => ({
  ...common,
  name: "programs",
  format: "cjs",
  entry,
  splitting: false,
  shims: true,
  sourcemap: false,
  esbuildOptions(options, context) {
    minified(options, context);
    // Node 20 forgets how to `import()` in a script that was compiled earlier; its `require` takes ES modules, too.
    options.supported = { "dynamic-import": false };
  },
  esbuildPlugins: [licences, ...plugins],
  plugins: [ascii],
});

/** Libraries of file formats that a page seldom reads: it asks for them when it does, from wherever it says they are. */
const onDemandInPages = ["apache-arrow", "hyparquet", "hyparquet-compressors"];
const root = fileURLToPath(new URL("./", import.meta.url));

/**
 * The build for pages and web workers: one ES module that carries all it needs, made of the sources of our packages, since what
 * was built for Node asks for Node at its top. Nothing stands in for Node but what has a file for it.
 *
 * @param entry  the one entry point, by the name of its output
 * @param standIns  files for browsers, by the end of the import of what they stand in for
 */
export const browser = (
  entry: Readonly<Record<string, string>>,
  standIns: Readonly<Record<string, string>>,
): Options => ({
  name: "browser",
  format: "esm",
  platform: "browser",
  target: "es2022",
  entry: { ...entry },
  // Its paths lead to the sources.
  tsconfig: join(root, "tsconfig.json"),
  noExternal: [new RegExp(`^(?!(node:|${onDemandInPages.join("|")}))`)],
  external: [/^node:/, ...onDemandInPages],
  removeNodeProtocol: false,
  splitting: false,
  minify: true,
  silent: true,
  esbuildOptions(options) {
    options.alias = { "lodash-es": plainLodash };
  },
  esbuildPlugins: [licences, replaced(standIns)],
});

/** Puts files in the place of others. */
const replaced = (standIns: Readonly<Record<string, string>>): EsbuildPlugin => ({
  name: "stand-ins",
  setup(build) {
    for (const [path, file] of Object.entries(standIns)) {
      build.onResolve({ filter: new RegExp(`(^|/)${path}$`) }, ({ importer }) =>
        importer === file ? undefined : { path: file },
      );
    }
  },
});

/** Writes what esbuild leaves as it is, such as the texts of templates, in ASCII: V8 keeps it in half of the memory. */
export const ascii: NonNullable<Options["plugins"]>[number] = {
  name: "ascii",
  renderChunk: (code) => ({
    code: code.replace(/[^\0-\x7f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`),
  }),
};

/** What each folder of output has inside: several builds write into one, and none knows what the others carry. */
const noticesOf = new Map<string, Set<string>>();

/** Writes the licences of bundled packages beside the output, as they ask. */
export const licences: EsbuildPlugin = {
  name: "licences",
  setup(build) {
    build.onEnd(({ metafile }) => {
      const out = build.initialOptions.outdir ?? "dist";
      const notices = noticesOf.get(out) ?? new Set();
      noticesOf.set(out, notices);
      for (const input of Object.keys(metafile?.inputs ?? {})) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        // `inject`ed helpers of the build itself.
        if (folder !== undefined && !folder.endsWith("/tsup")) notices.add(licenceOf(folder));
      }
      if (notices.size === 0) return;
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, noticeFile), [...notices].sort().join("\n"));
    });
  },
};

/** Packages that come without the text of their licence: whose they are, as their files say. */
const owners: Readonly<Record<string, string>> = {
  "@tensorflow/tfjs-backend-cpu": "Copyright Google LLC. All Rights Reserved.",
  "@tensorflow/tfjs-core": "Copyright Google LLC. All Rights Reserved.",
  "command-buffer": "Author: Pilwon Huh",
  "danfojs-node": "Copyright 2022 JsData. All rights reserved.",
  "function-rate-limit": "Author: Dan VerWeire",
  "javascript-natural-sort": "Author: Jim Palmer (based on chunking idea from Dave Koelle)",
  seedrandom: "Copyright 2019 David Bau.",
};

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The texts of licences that need one, from files that are here in any case. */
const standardTexts: Readonly<Record<string, () => string>> = {
  "Apache-2.0": () => readFileSync(here("./node_modules/typescript/LICENSE.txt"), "utf8").trim(),
  MIT: () =>
    readFileSync(here("./LICENSE"), "utf8")
      .replace(/^Copyright.*\n+/m, "")
      .trim(),
};

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = readdirSync(folder).filter((each) => /^(licen[cs]e|notice)/i.test(each));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (!files.some((file) => /^licen[cs]e/i.test(file))) {
    const standard = standardTexts[license ?? ""];
    if (!(name in owners) || standard === undefined)
      throw new Error(
        `${name} has no text of a licence to be carried with it: find whose it is, and add it to \`owners\``,
      );
    texts.unshift(owners[name], standard());
  }
  return `${name} ${version} (${license ?? "see below"})\n\n${texts.join("\n\n")}\n`;
}
