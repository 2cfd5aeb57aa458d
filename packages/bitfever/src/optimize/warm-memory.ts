import { ColumnMemory } from "@bitfever/engine";
import { keptWarmMs } from "./kept-warm.js";

/*
 * Memory for columns outlives a search as its threads do, for the next one over as many bars. Only a full collection in each of
 * them would free it else, which threads with little garbage rarely have.
 */

interface Waiting {
  readonly memory: ColumnMemory;
  readonly length: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

let waiting: Waiting | null = null;

/**
 * Memory that nobody else uses; null where there is none.
 *
 * @param length  of its columns
 */
export function takeMemory(length: number): ColumnMemory | null {
  if (waiting?.length !== length) return ColumnMemory.create();
  const { memory, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  return memory;
}

export function giveBackMemory(memory: ColumnMemory, length: number): void {
  memory.releaseAll();
  if (waiting !== null) clearTimeout(waiting.timer);
  const forget = (): void => {
    waiting = null;
  };
  waiting = { memory, length, timer: setTimeout(forget, keptWarmMs).unref() };
}
