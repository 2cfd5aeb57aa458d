import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FindModule, Source } from "@bitfever/lang";

/** Imports as files, beside the file that asks; what cannot be read is not there. */
export const fileModules: FindModule = (path, from) => {
  const name = join(dirname(from.name), path);
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch {
    return undefined;
  }
};

/** The same, with a list of the files that were found. */
export function listedModules(): { readonly findModule: FindModule; readonly imported: readonly Source[] } {
  const imported: Source[] = [];
  const findModule: FindModule = (path, from) => {
    const found = fileModules(path, from);
    if (found !== undefined) imported.push(found);
    return found;
  };
  return { findModule, imported };
}
