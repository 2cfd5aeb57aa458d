import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { platform } from "node:process";
import { BitFeverError } from "@bitfever/lang";
import { takeLock } from "./file-lock.js";
import type { JournalStore } from "./store.js";

/** A journal's files in a folder on disk. The folder is made where it is first written. */
export function fileStore(folder: string): JournalStore {
  const place = resolve(folder);
  const pathOf = (name: string): string => join(place, name);
  const readers = new Map<string, number>();
  const writers = new Map<string, number>();
  let release: (() => void) | undefined;

  const opened = (files: Map<string, number>, name: string, flags: string): number => {
    let file = files.get(name);
    if (file === undefined) files.set(name, (file = openSync(pathOf(name), flags)));
    return file;
  };
  /** What has the name from now on is another file. */
  const forget = (name: string): void => {
    for (const files of [readers, writers]) {
      const file = files.get(name);
      files.delete(name);
      if (file !== undefined) closeSync(file);
    }
  };
  const attempt = <Result>(what: string, name: string, act: () => Result): Result => {
    try {
      return act();
    } catch (cause) {
      throw refusal(what, name === "" ? place : pathOf(name), cause);
    }
  };

  return {
    place,
    list: () =>
      attempt("read", "", () => {
        try {
          return readdirSync(place);
        } catch (cause) {
          if (codeOf(cause) === "ENOENT") return [];
          throw cause;
        }
      }),
    size: (name) => attempt("read", name, () => statSync(pathOf(name)).size),
    read: (name, from, length) =>
      attempt("read", name, () => readAll(opened(readers, name, "r"), from, length)),
    append: (name, bytes) =>
      attempt("write", name, () => {
        writeAll(opened(writers, name, "a"), bytes);
      }),
    sync: (name) =>
      attempt("write", name, () => {
        fdatasyncSync(opened(writers, name, "a"));
      }),
    writeWhole: (name, bytes) =>
      attempt("write", name, () => {
        const part = pathOf(`${name}.part`);
        const file = openSync(part, "w");
        try {
          writeAll(file, bytes);
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
        forget(name);
        renameSync(part, pathOf(name));
        syncFolder(place);
      }),
    truncate: (name, length) =>
      attempt("write", name, () => {
        const file = opened(writers, name, "a");
        ftruncateSync(file, length);
        fsyncSync(file);
      }),
    remove: (name) =>
      attempt("write", name, () => {
        forget(name);
        rmSync(pathOf(name));
        syncFolder(place);
      }),
    lock: () =>
      attempt("write", "", () => {
        const made = mkdirSync(place, { recursive: true });
        if (made !== undefined) syncFolder(dirname(made));
        release = takeLock(place);
      }),
    close: () => {
      for (const name of [...readers.keys(), ...writers.keys()]) forget(name);
      release?.();
      release = undefined;
    },
  };
}

function readAll(file: number, from: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, from + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** So that a new name outlives the machine; Windows opens no folders, and keeps names by itself. */
function syncFolder(folder: string): void {
  if (platform === "win32") return;
  const file = openSync(folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

const hints: Partial<Record<string, string>> = {
  ENOSPC: "the disk is full: make room, then start again",
  ENOTDIR: "give the folder of a journal, not a file",
  EROFS: "the disk can only be read: give a folder on another one",
};

function refusal(what: string, path: string, cause: unknown): unknown {
  if (cause instanceof BitFeverError) return cause;
  const code = codeOf(cause);
  return new BitFeverError("BF5165", `cannot ${what} ${path}: ${code}`, {
    cause,
    hint: hints[code] ?? "check the path and its rights",
  });
}
