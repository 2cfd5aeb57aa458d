import module from "node:module";

/** Keeps what Node has compiled of the modules imported from now on for the next start, where it can: since 22.8. */
export function keepCompiled(): void {
  const { enableCompileCache } = module as { enableCompileCache?: () => void };
  enableCompileCache?.();
}
