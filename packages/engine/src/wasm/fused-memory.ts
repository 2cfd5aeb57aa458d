import type { ColumnMemory } from "./column-memory.js";
import { memoryOf, programOn, type CodeMemory, type Program } from "./web-assembly.js";

/** Memory that code runs on: columns one after the other, and programs that were made for it. */
export class FusedMemory {
  private readonly memory: CodeMemory;
  private readonly programs = new Map<string, Program>();
  private readonly start: number;
  private used: number;
  /** Where there are columns that many runs read: whether code here reads one where it lies. */
  private readonly beside: ColumnMemory | null;

  /** @param beside  it is a part of this memory where that has room; left out, it has one of its own */
  constructor(
    private readonly bytes: number,
    beside: ColumnMemory | null = null,
  ) {
    const start = beside?.take(bytes) ?? null;
    this.beside = start === null ? null : beside;
    this.memory = this.beside?.memory ?? memoryOf(bytes);
    this.start = this.used = start ?? 0;
  }

  /** What was taken is free. */
  clear(): void {
    this.used = this.start;
  }

  doubles(length: number): Float64Array {
    return new Float64Array(this.memory.buffer, this.take(length * Float64Array.BYTES_PER_ELEMENT), length);
  }

  words(length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.take(length * Uint32Array.BYTES_PER_ELEMENT), length);
  }

  /** Whether code that runs here can read a column where it lies. */
  reaches(column: Float64Array): boolean {
    return this.beside?.has(column) ?? false;
  }

  /** Whether threads may share it: code has to say so. */
  get isShared(): boolean {
    return this.beside !== null;
  }

  /**
   * The program of a shape.
   *
   * @param shape  says all that its code depends on
   * @param write  makes a module that exports it as `run`, where there is none of the shape
   */
  program(shape: string, write: () => Uint8Array): Program {
    const made = this.programs.get(shape) ?? programOn(this.memory, shape, write);
    this.programs.set(shape, made);
    return made;
  }

  private take(bytes: number): number {
    const at = this.used;
    this.used += Math.ceil(bytes / 8) * 8;
    if (this.used > this.start + this.bytes)
      throw new Error(`wasm: ${this.used - this.start} bytes are wanted of ${this.bytes}`);
    return at;
  }
}
