import { execFile, execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { existsSync, realpathSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

test("what the notebooks show is what their cells make", async () => {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { stderr } = await run(process.execPath, [tsx, "scripts/notebooks.ts", "--check"], { cwd: root });
  expect(stderr).toBe("");
}, 600_000);

/** The folder where tslab is installed: `BITFEVER_TSLAB`, else where the program on the path lies. */
function tslabFolder(): string | null {
  const given = process.env["BITFEVER_TSLAB"];
  if (given !== undefined) return given;
  const program = onPath("tslab");
  if (program === null) return null;
  // …/lib/node_modules/tslab/bin/tslab
  const folder = dirname(dirname(dirname(dirname(realpathSync(program)))));
  return existsSync(join(folder, "node_modules", "tslab")) ? folder : null;
}

function onPath(program: string): string | null {
  try {
    return execFileSync("which", [program], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

const folder = tslabFolder();
const missing = [
  ...(onPath("jupyter") === null ? ["Jupyter"] : []),
  ...(folder === null ? ["tslab (BITFEVER_TSLAB=FOLDER says where it is)"] : []),
];

test.skipIf(missing.length > 0)(
  `Jupyter runs the packed packages through tslab to the same${missing.length === 0 ? "" : `: skipped, ${missing.join(" and ")} not found`}`,
  async () => {
    const { stdout } = await run(process.execPath, ["scripts/check-notebooks.mjs", folder ?? ""], {
      cwd: root,
    });
    expect(stdout).toContain("executed by Jupyter through tslab, and as they are in the repository");
  },
  1_800_000,
);
