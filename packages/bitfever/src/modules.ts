import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FindModule } from "@bitfever/lang";

/** Imports as files, beside the file that asks; what cannot be read is not there. */
export const fileModules: FindModule = (path, from) => {
  const name = join(dirname(from.name), path);
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch {
    return undefined;
  }
};
