import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import type { Options } from "tsup";
import { ascii, common, licences, programs, type EsbuildPlugin } from "../../tsup.base.js";
import { browserBuild } from "./browser-build.js";
import { danfo } from "./tsup.danfo.js";
import { writeFace } from "./tsup.face.js";

/*
 * What people install carries all that it needs, and in pieces: the packages of this repository, and every library but the two
 * that cannot be carried. ADR 0083 says why.
 */

/** What is read from files in a checkout is text in the build: a bundler moves it where no such files lie. */
const written: EsbuildPlugin = {
  name: "written",
  setup(build) {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    const charts = dirname(createRequire(import.meta.url).resolve("lightweight-charts/package.json"));
    const text = (...path: string[]): string => JSON.stringify(readFileSync(join(charts, ...path), "utf8"));
    const files: Readonly<Record<string, string>> = {
      "version.ts": `export const version = ${JSON.stringify(version)};`,
      "chart-files.ts": `export const chartFiles = () => ({
        script: ${text("dist", "lightweight-charts.standalone.production.js")},
        licence: ${text("LICENSE")},
      });`,
    };
    build.onLoad({ filter: /\/src\/(version|report\/chart-files)\.ts$/ }, ({ path }) => ({
      contents: files[path.slice(path.lastIndexOf("/") + 1)],
    }));
  },
};

/** What few starts of a program need: in files of their own, so that the others do not read them. */
const onDemand = ["cli-progress", "fast-check", "hyparquet", "hyparquet-compressors", "yaml", "zod"];
/** So the texts of pages. */
const pageTexts = ["page.generated", "chart-files"];

const beside: EsbuildPlugin = {
  name: "beside",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${onDemand.join("|")})$`) }, ({ path }) => ({
      path: `./carried/${path}.cjs`,
      external: true,
    }));
    build.onResolve({ filter: new RegExp(`/(${pageTexts.join("|")})\\.js$`) }, ({ path }) => ({
      path: `./carried/${basename(path, ".js")}.cjs`,
      external: true,
    }));
    build.onEnd(async () => {
      await build.esbuild.build({
        entryPoints: {
          ...Object.fromEntries(onDemand.map((name) => [name, name])),
          ...Object.fromEntries(pageTexts.map((name) => [name, `src/report/${name}.ts`])),
        },
        ...{ outdir: "dist/carried", outExtension: { ".js": ".cjs" }, format: "cjs", charset: "ascii" },
        ...{ bundle: true, platform: "node", target: "node20", metafile: true },
        ...{ minifyWhitespace: true, minifySyntax: true, plugins: [licences, written] },
      });
    });
  },
};

/** What libraries ask of Node at their top and few starts use: it is loaded with the first look at what it has. */
const lateOfNode: EsbuildPlugin = {
  name: "late of Node",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ path, kind, namespace }) =>
      // What an `import` takes is copied at once.
      namespace !== "late" && kind === "require-call" ? { path, namespace: "late" } : undefined,
    );
    build.onLoad({ filter: /./, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] });`,
    }));
  },
};

/** From their sources, so that what few ask for of a package is in a piece of its own. */
const packages: EsbuildPlugin = {
  name: "packages",
  setup(build) {
    build.onResolve({ filter: /^@bitfever\// }, ({ path }) => ({
      path: resolve("..", path.slice("@bitfever/".length), "src/index.ts"),
      sideEffects: false,
    }));
  },
};

const face: Options = { ...common, sourcemap: false, plugins: [ascii] };

// Both are built at the same time: tsup's own `clean` in one would delete what another has written.
rmSync("dist", { recursive: true, force: true });

const builds: readonly Options[] = [
  {
    ...face,
    name: "esm",
    format: "esm",
    entry: [
      "src/index.ts",
      "src/register.ts",
      "src/bf-modules.ts",
      "src/search-worker.ts",
      "src/run-worker.ts",
    ],
    splitting: true,
    esbuildPlugins: [licences, written, packages],
  },
  {
    ...programs(["src/index.ts"], [written, packages, beside]),
    name: "cjs",
    onSuccess: () => {
      writeFace();
      return Promise.resolve();
    },
  },
  {
    ...common,
    name: "types",
    format: "esm",
    entry: ["src/index.ts"],
    // Types that are carried lie in several files, which name one another.
    dts: { only: true, resolve: [/^@bitfever\//, /^danfojs-node(\/|$)/, /^\.\.?(\/|$)/] },
    // Those of CommonJS are the same, and copied: to make them twice takes as long as all else.
  },
  programs(
    ["src/bf.ts", "src/bf-compile.ts", "src/programs.ts", "src/research-programs.ts"],
    [written, packages, beside, lateOfNode],
  ),
  danfo,
  browserBuild,
  {
    ...common,
    name: "browser types",
    entry: { browser: "src/browser/index.ts" },
    format: "esm",
    dts: { only: true, resolve: [/^@bitfever\//] },
  },
];

export default builds;
