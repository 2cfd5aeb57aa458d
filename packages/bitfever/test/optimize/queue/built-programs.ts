import { rmSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { ownPackagesAlone } from "../../own-packages.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const common: BuildOptions = {
  ...{ bundle: true, platform: "node", target: "node20" },
  plugins: [ownPackagesAlone],
};

/** As programs are published: CommonJS, which has another way to say where it lies, and to import what it needs later. */
export const programs: BuildOptions = {
  ...common,
  ...{ format: "cjs", outExtension: { ".js": ".cjs" }, supported: { "dynamic-import": false } },
  define: { "import.meta.url": "$programUrl" },
  banner: { js: 'const $programUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** The programs that run as processes: from source they would take ten times as long to start. */
export class BuiltPrograms {
  private constructor(private readonly folder: string) {}

  static async build(): Promise<BuiltPrograms> {
    // Beside the manifest, as the published ones are.
    const outdir = at("../../../.bitfever");
    const entryOf = (source: string): { in: string; out: string } => ({
      in: at(source),
      out: basename(source, ".ts"),
    });
    await Promise.all([
      build({ ...programs, outdir, entryPoints: ["bf-process.ts", "odd-worker.ts"].map(entryOf) }),
      build({ ...common, outdir, entryPoints: [entryOf("../../../src/search-worker.ts")], format: "esm" }),
    ]);
    return new BuiltPrograms(outdir);
  }

  file(name: "bf-process.cjs" | "odd-worker.cjs" | "search-worker.js"): string {
    return `${this.folder}/${name}`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
