import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { run } from "../cli-run.js";
import { programs } from "../optimize/queue/built-programs.js";
import { barsCsv, cross, dip, walk } from "./made-up.js";

/* `bf paper --journal` as a process that is killed in the middle of its work, as often as one likes. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-killed-"));
// Beside the manifest, as the published one is, and beside the packages that it needs.
const built = fileURLToPath(new URL("../../.bitfever-killed", import.meta.url));
afterAll(() => {
  for (const each of [folder, built]) rmSync(each, { recursive: true });
});

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Runs the program, and sends a signal once it has said so many lines; its exit code, null where it was killed. */
async function killedAfter(
  program: string,
  args: readonly string[],
  lines: number,
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => {
    err += part.toString();
    // Once: who asks twice does not want to wait for the end.
    if (!child.killed && err.split("\n").length > lines) child.kill(signal);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

describe("bf paper as a process", () => {
  it(
    "loses nothing by being killed and stopped, and ends with the trades of one that never was",
    { timeout: 180_000 },
    async () => {
      const program = join(built, "bf.cjs");
      await build({
        ...programs,
        entryPoints: [here("../optimize/queue/bf-process.ts")],
        outfile: program,
        outExtension: {},
      });
      const put = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      const given = [
        ...["paper", put("cross.bf", cross), put("dip.bf", dip)],
        ...["--data", put("A.csv", barsCsv(walk("A", 400, 7))), put("B.csv", barsCsv(walk("B", 380, 11)))],
        ...["--set", "tick=0.01", "--set", "lot=1", "--set", "money_decimals=2"],
        ...["--gates", put("gates.yaml", "- { gate: max_order_notional, most: 8000 }")],
      ];
      const journal = join(folder, "journal");
      const lives = [...given, "--journal", journal, "--watch"];
      let killed = 0;
      for (const lines of [1, 40, 25, 60]) {
        const { code, err } = await killedAfter(program, lives, lines, "SIGKILL");
        expect(err).toMatch(/^2024-01-0/);
        if (code === null) killed++;
        expect((await run(bf, "replay", journal)).code).toBe(0);
      }
      expect(killed).toBeGreaterThanOrEqual(3);
      const stopped = await killedAfter(program, lives, 30, "SIGINT");
      expect(stopped.code).toBe(0);
      expect(stopped.out).toContain("stopped; kept in");

      const [on, whole] = [join(folder, "on.csv"), join(folder, "whole.csv")];
      const last = await run(bf, ...lives, "--trades", on);
      expect(last.code).toBe(0);
      expect(Number(/(\d+) kept already/.exec(last.out)?.[1])).toBeGreaterThan(20);
      await run(bf, ...given, "--trades", whole);
      expect(readFileSync(on, "utf8")).toBe(readFileSync(whole, "utf8"));
      expect(readFileSync(on, "utf8").split("\n").length).toBeGreaterThan(50);
      expect((await run(bf, "replay", journal)).out).toContain("every decision is the one that was kept");
    },
  );
});
