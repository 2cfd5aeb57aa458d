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
  return new Pool<Task, Answer>({ ...options, minThreads: count, maxThreads: count, recordTiming: false });
}

/** A program of threads by its name, as `search-worker`. Built, it lies beside whatever file this one has become part of. */
export function threadProgram(name: string): string {
  // Said in full: where the build is CommonJS, something else stands for it.
  const here = import.meta.url;
  return fileURLToPath(new URL(`./${name}.${here.endsWith(".ts") ? "source.mjs" : "js"}`, here));
}

/**
 * Answers in the order of their tasks, however many threads give them. Whoever asks for no more begins no more.
 *
 * @param threads  has one task for each, and one that waits for it
 */
export async function* answersInOrder<Task, Answer>(
  tasks: readonly Task[],
  threads: number,
  answer: (task: Task) => Promise<Answer>,
): AsyncGenerator<Answer, void> {
  const begun: Promise<Answer>[] = [];
  for (let next = 0; next < tasks.length || begun.length > 0;) {
    while (next < tasks.length && begun.length < 2 * threads) {
      const one = answer(tasks[next++]);
      // Whoever stops does not wait for those that are begun.
      one.catch(() => undefined);
      begun.push(one);
    }
    const [first] = begun.splice(0, 1);
    yield await first;
  }
}

/** Why a task came to nothing whose thread was lost, and lost again. */
export const lostTwice = (cause: unknown): string =>
  `worker thread was lost twice: ${cause instanceof Error ? cause.message : String(cause)}`;
