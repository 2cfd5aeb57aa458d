import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../../files.js";
import { sharedColumn, type ColumnCache } from "./package-store.js";
import { bytesOf, hashOfBytes } from "./study-package.js";

const note =
  "Bars that `bf worker --cache` has fetched, by their hash. All of it may be deleted at any time.\n";

/**
 * Columns that a study of this machine still uses, and those that were written into a folder.
 *
 * @param folder  undefined keeps none on disk
 * @throws BitFeverError BF5021 for a folder that cannot be written
 */
export async function columnCache(folder: string | undefined): Promise<ColumnCache> {
  if (folder !== undefined) await writeWhole(join(folder, "README"), note);
  // Held by the studies that use them, and no longer.
  const used = new Map<string, WeakRef<Float64Array>>();
  const remember = (hash: string, column: Float64Array): Float64Array => {
    for (const [name, each] of used) if (each.deref() === undefined) used.delete(name);
    used.set(hash, new WeakRef(column));
    return column;
  };
  return {
    async find(hash) {
      const known = used.get(hash)?.deref();
      if (known !== undefined || folder === undefined) return known;
      const bytes = await readFile(join(folder, hash)).catch(() => null);
      // A file that was damaged is fetched anew.
      return bytes === null || hashOfBytes(bytes) !== hash ? undefined : remember(hash, sharedColumn(bytes));
    },
    async keep(hash, column) {
      remember(hash, column);
      // A disk that is full is no reason to fail a study.
      if (folder !== undefined) await writeWhole(join(folder, hash), bytesOf(column)).catch(() => undefined);
    },
  };
}
