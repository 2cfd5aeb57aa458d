import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string): string =>
  fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@bitfever/lang": source("lang"),
      "@bitfever/engine": source("engine"),
      "@bitfever/runtime": source("runtime"),
      "@bitfever/brokers": source("brokers"),
      bitfever: source("bitfever"),
      // As in the builds.
      "lodash-es": fileURLToPath(new URL("./packages/lang/src/plain-lodash.ts", import.meta.url)),
    },
  },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["./test/property-seed.ts"],
    passWithNoTests: false,
    server: { deps: { inline: [/chevrotain/] } },
    // Nothing here keeps what one file of tests leaves behind, and to load all anew for each took as long as the tests.
    isolate: false,
    // Left to itself it takes one on two cores.
    maxWorkers: 2,
    // Long enough for a machine that is busy with something else: no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.generated.ts", "**/*.test.ts"],
      reporter: ["text-summary", "html", "lcovonly"],
    },
  },
});
