import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import type { Result } from "./result.js";
import { resultPage } from "./result-page.js";

const folder = fileURLToPath(new URL("../results/", import.meta.url));

/** Prints what was measured, and keeps it unless only a part of the workload was run. */
export function keepResult(measured: Omit<Result, "node" | "processor" | "cores" | "commit">): void {
  const result: Result = {
    ...measured,
    node: process.version,
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    commit: commit(),
  };
  console.log(resultPage(result));
  if (process.argv.length > 2) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${result.workload}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

function commit(): string {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: folder.replace(/results\/$/, ""), encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
  return `${git("rev-parse", "--short", "HEAD")}${isChanged ? "+" : ""}`;
}
