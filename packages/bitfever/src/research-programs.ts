/* The same in another file, without the commands that trade: who tests does not read what talks to venues. */

export { research as bf } from "./cli/research.js";
export { bfCompile as "bf-compile" } from "./cli/bf-compile.js";
export { runProcess } from "./cli/process-io.js";
