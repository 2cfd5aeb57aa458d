import { BitFeverError } from "@bitfever/lang";
import type { JournalStore } from "../../src/index.js";

/** What a disk does with files, in memory: it knows which bytes a loss of power could take. */
export interface MemoryStore extends JournalStore {
  /**
   * The power fails: of the bytes of each file that were not synced any number from the first on is left. Who had it locked is gone.
   *
   * @param random  draws from [0, 1)
   */
  crash(random: () => number): void;
  /** The process is killed: what was written stays. */
  kill(): void;
  /** How often something was synced. */
  readonly syncs: number;
}

interface MemoryFile {
  bytes: Buffer;
  length: number;
  synced: number;
}

/** @param files  what is there already, by name */
export function memoryStore(files: Readonly<Record<string, Uint8Array | string>> = {}): MemoryStore {
  const there = new Map<string, MemoryFile>();
  const put = (name: string, content: Uint8Array): void => {
    const bytes = Buffer.from(content);
    there.set(name, { bytes, length: bytes.length, synced: bytes.length });
  };
  for (const [name, content] of Object.entries(files))
    put(name, typeof content === "string" ? Buffer.from(content) : content);
  const fileOf = (name: string): MemoryFile => {
    const file = there.get(name);
    if (file === undefined) throw new BitFeverError("BF5165", `cannot read memory/${name}: ENOENT`);
    return file;
  };
  let isLocked = false;
  let syncs = 0;

  return {
    place: "memory",
    get syncs() {
      return syncs;
    },
    list: () => [...there.keys()],
    size: (name) => fileOf(name).length,
    read(name, from, length) {
      const file = fileOf(name);
      return Uint8Array.from(file.bytes.subarray(from, Math.min(from + length, file.length)));
    },
    append(name, bytes) {
      const file = there.get(name) ?? { bytes: Buffer.alloc(256), length: 0, synced: 0 };
      const length = file.length + bytes.length;
      if (length > file.bytes.length) file.bytes = Buffer.concat([file.bytes, Buffer.alloc(length)]);
      file.bytes.set(bytes, file.length);
      file.length = length;
      there.set(name, file);
    },
    sync(name) {
      syncs++;
      const file = fileOf(name);
      file.synced = file.length;
    },
    writeWhole: put,
    truncate(name, length) {
      const file = fileOf(name);
      file.length = file.synced = length;
    },
    remove(name) {
      there.delete(name);
    },
    lock() {
      if (isLocked) throw new BitFeverError("BF5161", "the journal memory is in use by process 1");
      isLocked = true;
    },
    close() {
      isLocked = false;
    },
    crash(random) {
      for (const file of there.values()) {
        const lost = file.length - file.synced;
        file.length = file.synced = file.synced + Math.floor(random() * (lost + 1));
      }
      isLocked = false;
    },
    kill() {
      isLocked = false;
    },
  };
}
