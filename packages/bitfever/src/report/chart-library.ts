import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The chart library, to be put into a page whole, with what its licence asks a page to say. */
export interface ChartLibrary {
  readonly script: string;
  /** `v5.2.1`, and the line of copyright, as the script's own banner has them. */
  readonly version: string;
  readonly copyright: string;
  readonly licence: string;
}

/** Reads the library from the installed package: this one ships no copy of it. */
export function chartLibrary(): ChartLibrary {
  const folder = dirname(createRequire(import.meta.url).resolve("lightweight-charts/package.json"));
  const script = readFileSync(join(folder, "dist", "lightweight-charts.standalone.production.js"), "utf8");
  const banner = script.slice(0, script.indexOf("*/"));
  return {
    script,
    version: /v\d+\.\d+\.\d+/.exec(banner)?.[0] ?? "",
    copyright: /Copyright .*/.exec(banner)?.[0] ?? "",
    licence: readFileSync(join(folder, "LICENSE"), "utf8"),
  };
}
