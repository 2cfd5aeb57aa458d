import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsup";
import { browserBuild } from "../../browser-build.js";

/** What esbuild says of its work. */
export interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly imports: readonly { readonly path: string; readonly kind: string }[];
      }
    >
  >;
}

/** Makes `bitfever/browser` in a folder, as it is published: `browser.js`. */
export async function buildInto(folder: string): Promise<Metafile> {
  await build({ ...browserBuild, config: false, outDir: folder, metafile: true, clean: false });
  const file = join(folder, "metafile-esm.json");
  const metafile = JSON.parse(readFileSync(file, "utf8")) as Metafile;
  rmSync(file);
  return metafile;
}
