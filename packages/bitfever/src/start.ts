import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type * as programs from "./programs.js";
import { requireCompiled } from "./compiled-script.js";

const require = createRequire(import.meta.url);

/** Starts a program, with what was compiled of it at an earlier start. */
export function start(name: Exclude<keyof typeof programs, "runProcess">): void {
  const loaded = load(name);
  void loaded.runProcess(loaded[name]);
}

/** Node keeps compiled code itself since 22.8. */
function load(name: string): typeof programs {
  const file = fileURLToPath(new URL("./programs.cjs", import.meta.url));
  const { enableCompileCache } = module as { enableCompileCache?: () => void };
  if (enableCompileCache === undefined) return requireCompiled(file, name) as typeof programs;
  enableCompileCache();
  return require(file) as typeof programs;
}
