import { addTo, canCompile, growingMemory, type CodeMemory } from "./web-assembly.js";

/** Columns begin on lines of the cache. */
const lineBytes = 64;
/** So much at least is added at a time. */
const stepBytes = 2 ** 20;

/**
 * Memory for columns that many runs read, where code reads them as they lie. It grows, and what was handed out stays where it is;
 * threads may share it.
 */
export class ColumnMemory {
  private readonly columns = new WeakSet<Float64Array>();
  /** Those made here. */
  private readonly made: Float64Array[] = [];
  /** Given back, by their lengths. */
  private readonly free = new Map<number, Float64Array[]>();
  private next = 0;
  private end = 0;

  /** @param memory  which others may be taking from at the same time */
  constructor(readonly memory: CodeMemory) {}

  /** Null where there is none. */
  static create(): ColumnMemory | null {
    if (!canCompile()) return null;
    try {
      return new ColumnMemory(growingMemory());
    } catch {
      return null;
    }
  }

  /** A column, whose values are what they are; where the memory is full, one elsewhere that threads may share. */
  column(length: number): Float64Array {
    const again = this.free.get(length)?.pop();
    if (again !== undefined) return again;
    const bytes = length * Float64Array.BYTES_PER_ELEMENT;
    const at = this.take(bytes);
    if (at === null) return new Float64Array(new SharedArrayBuffer(bytes));
    const column = new Float64Array(this.memory.buffer, at, length);
    this.columns.add(column);
    this.made.push(column);
    return column;
  }

  /** A column that nobody reads any more. */
  release(column: Float64Array): void {
    if (!this.has(column)) return;
    const { length } = column;
    const free = this.free.get(length) ?? [];
    this.free.set(length, free);
    free.push(column);
  }

  /** Nobody reads any of its columns any more. */
  releaseAll(): void {
    this.free.clear();
    for (const each of this.made) this.release(each);
  }

  /** Takes note of a column that another thread has made here. */
  adopt(column: Float64Array): void {
    this.columns.add(column);
  }

  has(column: Float64Array): boolean {
    return this.columns.has(column);
  }

  /** Bytes of new memory: where they begin; null where there are no more. */
  take(bytes: number): number | null {
    const wanted = Math.ceil(bytes / lineBytes) * lineBytes;
    if (this.end - this.next < wanted) {
      try {
        [this.next, this.end] = addTo(this.memory, Math.max(wanted, stepBytes));
      } catch {
        return null;
      }
    }
    const at = this.next;
    this.next += wanted;
    return at;
  }
}
