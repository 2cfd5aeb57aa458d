/**
 * Where a journal lies: named files of bytes in one folder, so that the journal itself knows no disk. All of it is
 * synchronous; what cannot be done is thrown (BF5165).
 *
 * What `append` wrote outlives the process, and the machine once `sync` has returned; `writeWhole`, `truncate` and `remove` are
 * on the disk when they return.
 */
export interface JournalStore {
  /** As people know it, for messages: a path. */
  readonly place: string;
  /** Names of all files; none where there is no folder. */
  list(): readonly string[];
  /** In bytes. */
  size(name: string): number;
  /** The bytes `[from, from + length)`, fewer where the file ends before. */
  read(name: string, from: number, length: number): Uint8Array;
  /** Puts bytes behind those of a file, which is made where there is none; unbuffered. */
  append(name: string, bytes: Uint8Array): void;
  sync(name: string): void;
  /** The file is either there with all these bytes or as it was before. */
  writeWhole(name: string, bytes: Uint8Array): void;
  truncate(name: string, length: number): void;
  remove(name: string): void;
  /**
   * Keeps everybody else out until `close`; makes the folder where there is none.
   *
   * @throws BitFeverError BF5161 where somebody has it
   */
  lock(): void;
  close(): void;
}
