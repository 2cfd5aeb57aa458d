import { rmSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The programs that run as processes, built as they are published: from source they would take ten times as long to start. */
export class BuiltPrograms {
  private static readonly sources = ["bf-process.ts", "odd-worker.ts", "../../../src/search-worker.ts"];

  private constructor(private readonly folder: string) {}

  static async build(): Promise<BuiltPrograms> {
    // Beside the manifest, as the published ones are.
    const folder = at("../../../.bitfever");
    await build({
      entryPoints: BuiltPrograms.sources.map((source) => ({ in: at(source), out: basename(source, ".ts") })),
      ...{ outdir: folder, bundle: true, splitting: true, platform: "node", format: "esm", target: "node20" },
      plugins: [
        {
          name: "own packages alone",
          setup({ onResolve }) {
            onResolve({ filter: /^@bitfever\// }, ({ path }) => ({
              path: at(`../../../../${path.replace("@bitfever/", "")}/src/index.ts`),
            }));
            onResolve({ filter: /^[^./]/ }, ({ kind }) =>
              kind === "entry-point" ? null : { external: true },
            );
          },
        },
      ],
    });
    return new BuiltPrograms(folder);
  }

  file(name: "bf-process" | "search-worker" | "odd-worker"): string {
    return `${this.folder}/${name}.js`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
