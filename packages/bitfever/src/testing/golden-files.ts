import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BitFeverError, type Test } from "@bitfever/lang";
import { writeWhole } from "../files.js";
import type { TestOutcome } from "./outcome.js";

/**
 * The texts of the golden files that tests name, beside the file they stand in. Those that are not there are left out.
 *
 * @throws BitFeverError BF5062 for a name that is no name of a file
 */
export async function readGoldens(file: string, tests: readonly Test[]): Promise<Record<string, string>> {
  const goldens: Record<string, string> = {};
  for (const { kind, name } of tests) {
    if (kind !== "golden") continue;
    const text = await readFile(goldenPath(file, name), "utf8").catch(() => null);
    if (text !== null) goldens[name] = text;
  }
  return goldens;
}

/** Writes the golden files that are not as they should be now. */
export async function writeGoldens(file: string, outcomes: readonly TestOutcome[]): Promise<string[]> {
  const written: string[] = [];
  for (const { name, golden, failures } of outcomes) {
    if (golden === undefined || failures.length === 0) continue;
    const path = goldenPath(file, name);
    await writeWhole(path, golden);
    written.push(path);
  }
  return written;
}

function goldenPath(file: string, name: string): string {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u.test(name))
    throw new BitFeverError("BF5062", `"${name}" cannot be the name of a golden file`, {
      hint: "use letters, digits, spaces, dots, - and _",
    });
  return join(dirname(file), `${name}.golden.json`);
}
