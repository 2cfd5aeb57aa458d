import { writeWhole } from "../files.js";
import type { Io } from "./io.js";

/** What is written where, made when it is needed; `-` is stdout, which takes texts. */
export type Output = readonly [path: string | undefined, make: () => string | Promise<string | Uint8Array>];

/**
 * Writes what was asked for, and tells people a summary and which files there are.
 *
 * @returns what tells people more: what is for machines stands alone on stdout
 */
export async function writeOutputs(io: Io, outputs: readonly Output[], summary: string): Promise<Io["out"]> {
  const paths: string[] = [];
  for (const [path, make] of outputs) {
    if (path === undefined) continue;
    const made = await make();
    if (path === "-" && typeof made === "string") io.out(made);
    else await writeWhole(path, made);
    paths.push(path);
  }
  const tell = paths.includes("-") ? io.err : io.out;
  const files = paths.filter((path) => path !== "-");
  tell(`${summary}\n`);
  for (const path of files) tell(`\nwrote ${path}`);
  if (files.length > 0) tell("\n");
  return tell;
}
