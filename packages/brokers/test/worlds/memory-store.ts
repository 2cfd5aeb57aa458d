import type { JournalStore } from "@bitfever/runtime";

/** A disk in memory, of which a crash may take what was not synced. */
export interface MemoryStore extends JournalStore {
  /** @param random  draws from [0, 1) */
  readonly crash: (random: () => number) => void;
}

interface MemoryFile {
  readonly bytes: Buffer;
  readonly synced: number;
}

export function memoryStore(): MemoryStore {
  const files = new Map<string, MemoryFile>();
  const bytesOf = (name: string): Buffer => files.get(name)?.bytes ?? Buffer.alloc(0);
  const put = (name: string, bytes: Buffer): void => void files.set(name, { bytes, synced: bytes.length });
  return {
    place: "memory",
    list: () => [...files.keys()],
    size: (name) => bytesOf(name).length,
    read: (name, from, length) => Uint8Array.from(bytesOf(name).subarray(from, from + length)),
    append: (name, bytes) => {
      const synced = files.get(name)?.synced ?? 0;
      files.set(name, { bytes: Buffer.concat([bytesOf(name), bytes]), synced });
    },
    sync: (name) => {
      put(name, bytesOf(name));
    },
    writeWhole: (name, bytes) => {
      put(name, Buffer.from(bytes));
    },
    truncate: (name, length) => {
      put(name, bytesOf(name).subarray(0, length));
    },
    remove: (name) => {
      files.delete(name);
    },
    lock: () => undefined,
    close: () => undefined,
    crash: (random) => {
      for (const [name, { bytes, synced }] of files)
        put(name, bytes.subarray(0, synced + Math.floor(random() * (bytes.length - synced + 1))));
    },
  };
}
