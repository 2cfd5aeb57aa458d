/* The programs in one file, for who starts them. */

export { bf } from "./cli/bf.js";
export { bfCompile as "bf-compile" } from "./cli/bf-compile.js";
export { runProcess } from "./cli/process-io.js";
