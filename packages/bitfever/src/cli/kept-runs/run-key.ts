import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { arch, platform, versions } from "node:process";
import { fileURLToPath } from "node:url";
import type { Source } from "@bitfever/lang";
import { hashOf } from "../../hash.js";
import { sha256 } from "../../sha256.js";
import { version } from "../../version.js";

/** What a run is made of, as far as the command line says. */
export interface RunIngredients {
  readonly command: string;
  /** The program and all that it imports, as texts. */
  readonly sources: readonly Source[];
  /** Options whose values are all there is to them, in the order in which they were given. */
  readonly values: readonly (readonly [name: string, value: unknown])[];
  /** Files and folders that are read, each with what it is for. */
  readonly inputs: readonly (readonly [use: string, path: string])[];
  /** What is made of the run. */
  readonly outputs: readonly string[];
  /** What is said while it is made is kept as it was said. */
  readonly isColored: boolean;
}

/**
 * The name of a run: another one where any of its ingredients, BitFever itself or what computes is another.
 *
 * Of a file its path as it was given counts beside its bytes: messages name it, and it says what its bars are of.
 */
export async function keyOfRun({ inputs, ...ingredients }: RunIngredients): Promise<string> {
  const read = await Promise.all(
    inputs.map(async ([use, path]) => ({ use, path, content: await contentOf(path) })),
  );
  // Functions as exp are not the same to the bit on every machine, and time zones come with Node.
  const machine = { arch, platform, node: versions.node, zones: versions["tz"] ?? null };
  const engine = { version, code: await sha256Of(fileURLToPath(import.meta.url)) };
  const { values, ...others } = ingredients;
  return hashOf({
    ...others,
    ...{ inputs: read, machine, engine },
    values: values.map(([name, value]) => [name, JSON.stringify(value)]),
  }).replace("sha256:", "");
}

/** The hash of a file, or of every file of a folder by its name; null where there is none, which the run will say. */
async function contentOf(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (!found.isDirectory()) return sha256Of(path);
  const names = (await readdir(path)).sort();
  return Promise.all(names.map(async (name) => [name, await contentOf(join(path, name))]));
}

const sha256Of = async (path: string): Promise<string> => sha256(await readFile(path));
