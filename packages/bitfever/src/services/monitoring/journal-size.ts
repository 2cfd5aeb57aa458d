import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a journal takes on the disk. */
export interface JournalSize {
  readonly bytes: number;
  /** Milliseconds UTC. */
  readonly writtenAt: number;
}

/** Null where there is no such folder. */
export function journalSize(folder: string): JournalSize | null {
  let [bytes, writtenAt] = [0, 0];
  for (const name of namesIn(folder) ?? []) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (found?.isFile() !== true) continue;
    bytes += found.size;
    writtenAt = Math.max(writtenAt, found.mtimeMs);
  }
  return writtenAt === 0 ? null : { bytes, writtenAt };
}

function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}
