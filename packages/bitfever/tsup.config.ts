import { carried, library, programs } from "../../tsup.base.js";
import { danfo } from "./tsup.danfo.js";

export default [
  ...library(["src/register.ts", "src/bf-modules.ts", "src/search-worker.ts", "src/run-worker.ts"], carried, [
    /^danfojs-node(\/|$)/,
  ]),
  programs(
    ["src/bf.ts", "src/bf-compile.ts", "src/programs.ts"],
    [/^@bitfever\//, "commander", "picocolors"],
  ),
  danfo,
];
