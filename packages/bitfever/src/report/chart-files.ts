import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The files of the chart library, from where it is installed; the build has their text in place of this file. */
export function chartFiles(): { readonly script: string; readonly licence: string } {
  const folder = dirname(createRequire(import.meta.url).resolve("lightweight-charts/package.json"));
  const text = (...path: string[]): string => readFileSync(join(folder, ...path), "utf8");
  return { script: text("dist", "lightweight-charts.standalone.production.js"), licence: text("LICENSE") };
}
