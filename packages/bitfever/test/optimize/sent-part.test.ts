import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { ColumnMemory } from "@bitfever/engine";
import { expect, it } from "vitest";
import { PartReceiver, sentPart, type SentPart } from "../../src/optimize/sent-part.js";
import { giveBackMemory, takeMemory } from "../../src/optimize/warm-memory.js";

/** What another thread gets. */
function posted(part: SentPart): SentPart {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(part);
  const found = receiveMessageOnPort(port2) as { readonly message: SentPart };
  port1.close();
  return found.message;
}

const memoryOf = (): ColumnMemory => {
  const memory = ColumnMemory.create();
  if (memory === null) throw new Error("there is no shared memory of code here");
  return memory;
};

it("another thread reads common columns where they lie, also those of memory that has grown since", () => {
  const memory = memoryOf();
  const receiver = new PartReceiver();
  const elsewhere = new Float64Array(new SharedArrayBuffer(8));
  for (const length of [10, 300_000]) {
    const columns = new Map([
      ["a", [memory.column(length), memory.column(length)]],
      ["b", [elsewhere]],
    ]);
    const sent = sentPart({ columns, firstBar: 3, memory });
    const part = receiver.of(posted(sent));
    expect(part.firstBar).toBe(3);
    for (const [name, each] of columns)
      each.forEach((column, k) => {
        const read = part.columns.get(name)?.[k] ?? new Float64Array();
        column[column.length - 1] = length + k;
        expect([read.length, read[read.length - 1]]).toEqual([column.length, length + k]);
        // Code reads it where it lies.
        expect(part.memory?.has(read)).toBe(column !== elsewhere);
      });
    // The same task again is the same part, and code stays on one memory.
    expect(receiver.of(posted(sent))).toBe(part);
    expect(receiver.of(posted(sentPart({ columns, firstBar: 3, memory }))).memory).toBe(part.memory);
  }
});

it("memory that a search gives back is that of the next one over as many bars", () => {
  const memory = memoryOf();
  const column = memory.column(100);
  giveBackMemory(memory, 100);
  expect(takeMemory(50)).not.toBe(memory);
  expect(takeMemory(100)).toBe(memory);
  expect(takeMemory(100)).not.toBe(memory);
  expect(memory.column(100)).toBe(column);
  expect(memory.column(100)).not.toBe(column);
});
