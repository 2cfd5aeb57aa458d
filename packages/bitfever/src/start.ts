import module, { createRequire } from "node:module";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import type * as programs from "./programs.js";
import { researchNames } from "./cli/research-names.js";
import { requireCompiled } from "./compiled-script.js";

const require = createRequire(import.meta.url);

type Programs = typeof programs;

/** Starts a program, with what was compiled of it at an earlier start. */
export function start(name: Exclude<keyof Programs, "runProcess">): void {
  const loaded = load(name);
  void loaded.runProcess(loaded[name]);
}

/** Node keeps compiled code itself since 22.8. */
function load(name: string): Programs {
  const [, , asked = ""] = argv;
  const tradesNothing = name === "bf-compile" || (researchNames as readonly string[]).includes(asked);
  const beside = tradesNothing ? "./research-programs.cjs" : "./programs.cjs";
  const file = fileURLToPath(new URL(beside, import.meta.url));
  const { enableCompileCache } = module as { enableCompileCache?: () => void };
  if (enableCompileCache === undefined) return requireCompiled(file, name) as Programs;
  enableCompileCache();
  return require(file) as Programs;
}
