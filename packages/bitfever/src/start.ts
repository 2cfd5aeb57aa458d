import module, { createRequire } from "node:module";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import type * as programs from "./programs.js";
import { researchNames } from "./cli/research-names.js";
import { versionFlags } from "./cli/version-flags.js";
import { requireCompiled } from "./compiled-script.js";
import { keptPrograms } from "./kept-programs.js";

const require = createRequire(import.meta.url);

type Programs = typeof programs;

/** Starts a program, with what was compiled of it at an earlier start. */
export function start(name: Exclude<keyof Programs, "runProcess">): void {
  const file = programFileOf(name);
  const loaded = load(file, name);
  void loaded.runProcess(loaded[name], keptPrograms(file));
}

function programFileOf(name: string): string {
  const [, , asked = ""] = argv;
  const tradesNothing = name === "bf-compile" || [...researchNames, ...versionFlags].includes(asked);
  const beside = tradesNothing ? "./research-programs.cjs" : "./programs.cjs";
  return fileURLToPath(new URL(beside, import.meta.url));
}

/** Node keeps compiled code itself since 22.8. */
function load(file: string, name: string): Programs {
  const { enableCompileCache } = module as { enableCompileCache?: () => void };
  if (enableCompileCache === undefined) return requireCompiled(file, name) as Programs;
  enableCompileCache();
  return require(file) as Programs;
}
