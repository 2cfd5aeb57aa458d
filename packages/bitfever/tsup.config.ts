import { library, programs } from "../../tsup.base.js";
import { browserBuild } from "./browser-build.js";

export default [
  ...library(["src/register.ts", "src/bf-modules.ts", "src/search-worker.ts", "src/run-worker.ts"]),
  programs(
    ["src/bf.ts", "src/bf-compile.ts", "src/programs.ts"],
    [/^@bitfever\//, "commander", "picocolors"],
  ),
  browserBuild,
  { name: "browser types", entry: { browser: "src/browser/index.ts" }, format: ["esm"], dts: { only: true } },
];
