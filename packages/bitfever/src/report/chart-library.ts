import { chartFiles } from "./chart-files.js";

/** The chart library, to be put into a page whole, with what its licence asks a page to say. */
export interface ChartLibrary {
  readonly script: string;
  /** `v5.2.1`, and the line of copyright, as the script's own banner has them. */
  readonly version: string;
  readonly copyright: string;
  readonly licence: string;
}

export function chartLibrary(): ChartLibrary {
  const { script, licence } = chartFiles();
  const banner = script.slice(0, script.indexOf("*/"));
  return {
    ...{ script, licence },
    version: /v\d+\.\d+\.\d+/.exec(banner)?.[0] ?? "",
    copyright: /Copyright .*/.exec(banner)?.[0] ?? "",
  };
}
