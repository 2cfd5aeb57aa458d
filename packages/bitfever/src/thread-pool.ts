import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";

export interface ThreadPoolOptions {
  /** The program of the threads. */
  readonly filename: string;
  /** The function of it that does a task. */
  readonly name: string;
  /** What each thread is given once. */
  readonly workerData: unknown;
  readonly count: number;
}

/** So many threads that wait for tasks. */
export async function startThreads<Task, Answer>({
  count,
  ...options
}: ThreadPoolOptions): Promise<Piscina<Task, Answer>> {
  const { Piscina: Pool } = await import("piscina");
  const pool = new Pool<Task, Answer>({
    ...options,
    ...{ minThreads: count, maxThreads: count, recordTiming: false },
  });
  // What is told here nobody waits for: an answer of a thread that was ended in that moment, or the loss of one that had nothing to do.
  pool.on("error", () => undefined);
  return pool;
}

/** A program of threads by its name, as `search-worker`. Built, it lies beside whatever file this one has become part of. */
export function threadProgram(name: string): string {
  // Said in full: where the build is CommonJS, something else stands for it.
  const here = import.meta.url;
  return fileURLToPath(new URL(`./${name}.${here.endsWith(".ts") ? "source.mjs" : "js"}`, here));
}

/** Does one task at a time. */
export interface Hand<Task, Answer> {
  readonly answer: (task: Task) => Promise<Answer>;
  /** Nothing is given to it before; at once where not given. */
  readonly ready?: Promise<unknown> | undefined;
}

/** Hands of a pool: a thread has a task, and one that waits for it. */
export const handsOf = <Task, Answer>(
  threads: number,
  hand: Hand<Task, Answer>,
): readonly Hand<Task, Answer>[] => Array.from({ length: 2 * threads }, () => hand);

/** So many tasks may be begun for each hand, so that none waits for one that is slow. */
const begunForEach = 4;

/** Answers in the order of their tasks, whichever hand is free for them. Whoever asks for no more begins no more. */
export async function* answersInOrder<Task, Answer>(
  tasks: readonly Task[],
  hands: readonly Hand<Task, Answer>[],
): AsyncGenerator<Answer, void> {
  const begun: Promise<Answer>[] = [];
  const free: Hand<Task, Answer>[] = [];
  let tellFree = (): void => undefined;
  const isFree = (hand: Hand<Task, Answer>): void => {
    free.push(hand);
    tellFree();
  };
  for (const hand of hands)
    if (hand.ready === undefined) free.push(hand);
    else
      void hand.ready.then(() => {
        isFree(hand);
      });
  for (let next = 0; next < tasks.length || begun.length > 0;) {
    while (next < tasks.length && begun.length < begunForEach * hands.length) {
      const hand = free.shift();
      if (hand === undefined) break;
      const one = hand.answer(tasks[next++]);
      // Whoever stops does not wait for those that are begun.
      void one
        .catch(() => undefined)
        .then(() => {
          isFree(hand);
        });
      begun.push(one);
    }
    const someoneIsFree = new Promise<false>((resolve) => {
      tellFree = () => {
        resolve(false);
      };
    });
    const answered = begun.slice(0, 1).map((first) => first.then(() => true));
    if (!(await Promise.race([...answered, someoneIsFree]))) continue;
    const [first] = begun.splice(0, 1);
    yield await first;
  }
}

/** Why a task came to nothing whose thread was lost, and lost again. */
export const lostTwice = (cause: unknown): string =>
  `worker thread was lost twice: ${cause instanceof Error ? cause.message : String(cause)}`;
