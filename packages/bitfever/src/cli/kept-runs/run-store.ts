import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { BitFeverError } from "@bitfever/lang";
import { utcClock } from "../../clock.js";
import { writeWhole } from "../../files.js";
import { sha256 } from "../../sha256.js";

/** A folder of runs that were made before, each in a file that is named after its key. */
export interface RunStore<Run> {
  /** Null where there is none. */
  readonly find: (key: string) => Promise<Run | "damaged" | null>;
  readonly keep: (key: string, run: Run) => Promise<void>;
}

const ending = ".run";
const schema = "bitfever/kept-run@1";
/** Of a folder: what was not asked for longest goes first. */
const mostBytes = 256 * 2 ** 20;

/** @param limit  of all files, in bytes */
export function runStore<Run>(folder: string, limit = mostBytes): RunStore<Run> {
  const pathOf = (key: string): string => join(folder, `${key}${ending}`);
  return {
    async find(key) {
      const path = pathOf(key);
      const file = await readFile(path).catch(() => null);
      if (file === null) return null;
      const end = file.indexOf("\n");
      const body = file.subarray(end + 1);
      if (end < 0 || file.toString("utf8", 0, end) !== headOf(key, body)) return "damaged";
      // What was asked for last is kept longest. A folder that is only read serves as well.
      const now = new Date(utcClock());
      await utimes(path, now, now).catch(() => undefined);
      return deserialize(body) as Run;
    },
    async keep(key, run) {
      const body = serialize(run);
      await mkdir(folder, { recursive: true }).catch(refuse(folder));
      await writeWhole(pathOf(key), Buffer.concat([Buffer.from(`${headOf(key, body)}\n`), body]));
      await makeRoom(folder, limit);
    },
  };
}

const headOf = (key: string, body: Uint8Array): string => `${schema} ${key} ${sha256(body)}`;

/** The runs that are kept in a folder, what was asked for last first. */
export async function keptRuns(
  folder: string,
): Promise<readonly { readonly path: string; readonly bytes: number; readonly usedAt: number }[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    return refuse(folder)(error);
  });
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .map(async (name) => {
        const path = join(folder, name);
        const { size: bytes, mtimeMs: usedAt } = await stat(path);
        return { path, bytes, usedAt };
      }),
  );
  return found.sort((a, b) => b.usedAt - a.usedAt);
}

async function makeRoom(folder: string, limit: number): Promise<void> {
  let bytes = 0;
  for (const each of await keptRuns(folder)) {
    bytes += each.bytes;
    if (bytes > limit) await rm(each.path, { force: true });
  }
}

const refuse =
  (folder: string) =>
  (cause: unknown): never => {
    throw new BitFeverError("BF5355", `cannot keep results in ${folder}: ${codeOf(cause)}`, {
      cause,
      hint: "name a folder that can be written by --cache or BITFEVER_CACHE, or run with --no-cache",
    });
  };

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : String(cause);
