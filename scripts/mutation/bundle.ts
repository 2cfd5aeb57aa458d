import { build, type Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Puts the sources with their mutants in the place of the sources, and few cases in the place of many. */
const mutated = (sources: ReadonlyMap<string, string>): Plugin => ({
  name: "mutated",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[.]ts$/ }, ({ path }) => {
      const contents = sources.get(path) ?? readFileSync(path, "utf8");
      // What reads a file beside it is to find it there, wherever the bundle lies.
      const here = JSON.stringify(pathToFileURL(path).href);
      return { contents: contents.replaceAll("import.meta.url", here), loader: "ts" };
    });
    onResolve({ filter: /^fast-check$/ }, ({ importer }) =>
      importer === here("few-runs.ts") ? null : { path: here("few-runs.ts") },
    );
  },
});

/** One program of the tests and all they test, written to a file. */
export async function bundle(
  tests: readonly string[],
  sources: ReadonlyMap<string, string>,
  outfile: string,
): Promise<void> {
  const source = (name: string): string => `${root}packages/${name}/src/index.ts`;
  await build({
    stdin: {
      contents: [...tests.map((each) => `${root}${each}`), here("worker.ts")]
        .map((each) => `import ${JSON.stringify(each)};`)
        .join("\n"),
      resolveDir: root,
    },
    outfile,
    bundle: true,
    // Packages say that their files have no side effects; to declare tests is one.
    ignoreAnnotations: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    // Only loaded by those who trade there, which no test of execution does.
    external: ["ccxt"],
    alias: {
      vitest: here("harness.ts"),
      "@bitfever/lang": source("lang"),
      "@bitfever/engine": source("engine"),
      "@bitfever/runtime": source("runtime"),
      "@bitfever/brokers": source("brokers"),
    },
    plugins: [mutated(sources)],
    banner: {
      js: [
        `import { workerData as $given } from "node:worker_threads";`,
        `import { createRequire as $createRequire } from "node:module";`,
        `const require = $createRequire(import.meta.url);`,
        `const $mutation = (globalThis.$mutation = { awake: $given.awake, met: new Set(), left: Infinity });`,
        `function $mutant(id) {`,
        `  if (--$mutation.left < 0) throw new Error("without end");`,
        `  if ($mutation.met !== null) $mutation.met.add(id);`,
        `  return $mutation.awake === id;`,
        `}`,
      ].join("\n"),
    },
  });
}
