import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { answersInOrder, startThreads, type Hand } from "../src/thread-pool.js";

/* Who does what, and in which order it is told. */

const tasks = Array.from({ length: 30 }, (_, i) => i);

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes so long for each task; what it was given is in `given`. */
function hand(ms: number, ready?: Promise<unknown>): Hand<number, number> & { readonly given: number[] } {
  const given: number[] = [];
  const answer = async (task: number): Promise<number> => {
    given.push(task);
    await after(ms);
    return task * 10;
  };
  return { answer, given, ready };
}

async function told(hands: readonly Hand<number, number>[]): Promise<number[]> {
  const answers: number[] = [];
  for await (const each of answersInOrder(tasks, hands)) answers.push(each);
  return answers;
}

it("answers in order whichever hand is faster, and lets none wait for another", async () => {
  const [slow, fast] = [hand(40), hand(1)];
  expect(await told([slow, fast])).toEqual(tasks.map((each) => each * 10));
  expect([...slow.given, ...fast.given].sort((a, b) => a - b)).toEqual(tasks);
  expect(fast.given.length).toBeGreaterThan(slow.given.length);
});

it("gives nothing to a hand that is not ready, and does not wait for it", async () => {
  const never = hand(1, new Promise(() => undefined));
  const later = hand(1, after(15));
  const own = hand(2);
  expect(await told([never, later, own])).toEqual(tasks.map((each) => each * 10));
  expect(never.given).toEqual([]);
  expect(later.given.length).toBeGreaterThan(0);
  expect(own.given[0]).toBe(0);
});

it("begins no more once nobody asks, and throws what a task throws in its turn", async () => {
  const one = hand(1);
  for await (const each of answersInOrder(tasks, [one])) if (each === 20) break;
  await after(10);
  expect(one.given.length).toBeLessThan(8);
  const failing: Hand<number, number> = {
    answer: (task) => (task === 2 ? Promise.reject(new Error("two")) : Promise.resolve(task)),
  };
  const answers: number[] = [];
  const all = async (): Promise<void> => {
    for await (const each of answersInOrder(tasks, [failing, failing])) answers.push(each);
  };
  await expect(all()).rejects.toThrow("two");
  expect(answers).toEqual([0, 1]);
});

it("hears the answer of a thread that it ends in that moment without a word", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bitfever-threads-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const filename = join(folder, "marking.mjs");
  writeFileSync(filename, "export const mark = (flag) => Atomics.store(flag, 0, 1);");
  const pool = await startThreads<Int32Array, number>({ filename, name: "mark", workerData: null, count: 1 });
  const flag = new Int32Array(new SharedArrayBuffer(4));
  await pool.run(flag);
  flag[0] = 0;
  const ended = expect(pool.run(flag)).rejects.toThrow("Terminating worker thread");
  // The answer is on its way while this thread cannot hear it.
  for (let spins = 0; Atomics.load(flag, 0) === 0 || spins < 1e7; spins++);
  await pool.destroy();
  await ended;
  await after(10);
});
