import { ColumnMemory, type CodeMemory } from "@bitfever/engine";
import type { SharedPart } from "./span.js";

/** What trials have in common, as another thread is told of it: columns on memory of code by the bytes before them. */
export interface SentPart {
  readonly number: number;
  readonly firstBar: number;
  readonly length: number;
  readonly memory: { readonly number: number; readonly of: CodeMemory } | null;
  readonly columns: ReadonlyMap<string, readonly (number | Float64Array)[]>;
}

/** How many parts and memories other threads were told of by this one. */
let parts = 0;
let memories = 0;
const numbers = new WeakMap<ColumnMemory, number>();

/** Tells other threads of what trials have in common. */
export function sentPart({ firstBar, columns, memory }: SharedPart): SentPart {
  const [first] = [...columns.values()].flat();
  return {
    number: ++parts,
    ...{ firstBar, length: first?.length ?? 0 },
    memory: memory && { number: numberOf(memory), of: memory.memory },
    columns: new Map(
      Array.from(columns, ([name, each]) => [
        name,
        each.map((column) => (memory?.has(column) === true ? column.byteOffset : column)),
      ]),
    ),
  };
}

function numberOf(memory: ColumnMemory): number {
  const number = numbers.get(memory) ?? ++memories;
  numbers.set(memory, number);
  return number;
}

/** What a thread is told by another: columns are read where they lie, by its code as well. */
export class PartReceiver {
  private newest: { readonly number: number; readonly part: SharedPart } | null = null;
  private memory: { readonly number: number; readonly of: ColumnMemory } | null = null;

  of({ number, firstBar, length, memory: given, columns }: SentPart): SharedPart {
    if (this.newest?.number === number) return this.newest.part;
    const memory = given && this.memoryOf(given);
    const columnAt = (place: number): Float64Array => {
      // Of the memory that came with it: one that has come before may not know yet that it has grown.
      const column = new Float64Array(given?.of.buffer ?? new ArrayBuffer(0), place, length);
      memory?.adopt(column);
      return column;
    };
    const part: SharedPart = {
      columns: new Map(
        Array.from(columns, ([name, each]) => [
          name,
          each.map((column) => (typeof column === "number" ? columnAt(column) : column)),
        ]),
      ),
      ...{ firstBar, memory },
    };
    this.newest = { number, part };
    return part;
  }

  private memoryOf({ number, of }: NonNullable<SentPart["memory"]>): ColumnMemory {
    if (this.memory?.number !== number) this.memory = { number, of: new ColumnMemory(of) };
    return this.memory.of;
  }
}
