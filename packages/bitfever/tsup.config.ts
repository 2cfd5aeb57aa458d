import { library } from "../../tsup.base.js";

export default library([
  "src/bf.ts",
  "src/bf-compile.ts",
  "src/register.ts",
  "src/bf-modules.ts",
  "src/search-worker.ts",
  "src/run-worker.ts",
]);
