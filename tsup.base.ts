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

/** Writes what esbuild leaves as it is, such as the texts of templates, in ASCII: V8 keeps it in half of the memory. */
export const ascii: NonNullable<Options["plugins"]>[number] = {
  name: "ascii",
  renderChunk: (code) => ({
    code: code.replace(/[^\0-\x7f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`),
  }),
};

/** Of each build of a package, all that any of them carries. */
const notices = new Set<string>();

/** Writes the licences of bundled packages beside the output, as they ask. */
export const licences: EsbuildPlugin = {
  name: "licences",
  setup(build) {
    build.onEnd(({ metafile }) => {
      for (const input of Object.keys(metafile?.inputs ?? {})) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        // `inject`ed helpers of the build itself.
        if (folder !== undefined && !folder.endsWith("/tsup")) notices.add(licenceOf(folder));
      }
      if (notices.size === 0) return;
      mkdirSync("dist", { recursive: true });
      writeFileSync(join("dist", noticeFile), [...notices].sort().join("\n"));
    });
  },
};

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
