import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../shared", import.meta.url));

/** A file of the reference data beside the repository, which are not part of it. */
export const shared = (path: string): string => join(folder, path);

/** Whether reference data are there; says so when they are not, so that a skipped test is a told one. */
export function hasShared(path: string, forWhat: string): boolean {
  const isThere = existsSync(shared(path));
  if (!isThere) console.info(`skipped: ${forWhat} (the reference data are not beside this checkout)`);
  return isThere;
}
