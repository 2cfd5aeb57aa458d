import type { ColumnMemory } from "./wasm/column-memory.js";
import { FusedMemory } from "./wasm/fused-memory.js";

/** Where the columns of a run come from: at least as long as they are wanted. What they hold at first nobody may rely on. */
export interface Room {
  doubles(length: number): Float64Array;
  integers(length: number): Int32Array;
  directions(length: number): Int8Array;
  /** Memory for columns and for code that computes them. */
  memory(bytes: number): FusedMemory;
}

/** New memory for every run. */
export const freshRoom: Room = {
  doubles: (length) => new Float64Array(length),
  integers: (length) => new Int32Array(length),
  directions: (length) => new Int8Array(length),
  memory: (bytes) => new FusedMemory(bytes),
};

/**
 * The same memory for one run after another, of each of which nothing is read any more when the next begins: new memory costs more
 * than what most runs do with it.
 */
export class ReusedRoom implements Room {
  private readonly shelves = {
    doubles: new Shelf((length) => new Float64Array(length)),
    integers: new Shelf((length) => new Int32Array(length)),
    directions: new Shelf((length) => new Int8Array(length)),
    memories: new Shelf((bytes) => new FusedMemory(bytes, this.beside)),
  };

  /** @param beside  columns that all runs read, which their code is to read where they lie */
  constructor(private readonly beside: ColumnMemory | null = null) {}

  /** The next run begins: what the last one was given is free. */
  clear(): void {
    for (const each of Object.values(this.shelves)) each.clear();
  }

  doubles(length: number): Float64Array {
    return this.shelves.doubles.take(length);
  }

  integers(length: number): Int32Array {
    return this.shelves.integers.take(length);
  }

  directions(length: number): Int8Array {
    return this.shelves.directions.take(length);
  }

  memory(bytes: number): FusedMemory {
    const memory = this.shelves.memories.take(bytes);
    memory.clear();
    return memory;
  }
}

/** Lengths are rounded up to as much, so that runs that differ a little use the same columns. */
export const grain = 1_024;

/** Columns by their lengths, and how many of each are in use. */
class Shelf<Column> {
  private readonly rows = new Map<number, { readonly columns: Column[]; used: number }>();

  constructor(private readonly make: (length: number) => Column) {}

  take(wanted: number): Column {
    const length = Math.ceil(wanted / grain) * grain;
    const row = this.rows.get(length) ?? { columns: [], used: 0 };
    this.rows.set(length, row);
    if (row.used === row.columns.length) row.columns.push(this.make(length));
    return row.columns[row.used++];
  }

  clear(): void {
    for (const row of this.rows.values()) row.used = 0;
  }
}
