import { fileURLToPath } from "node:url";
import { setImmediate as turn } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";

/** Where tasks are done. */
export interface OrderedWork<Task, Answer> {
  /** Answers in the order of their tasks. Whoever asks for no more stops the work. */
  answers(tasks: readonly Task[]): AsyncIterable<Answer>;
  close(): Promise<void>;
}

/** Tasks done one after another by this thread, which has a turn for others between them. */
export const inThisThread = <Task, Answer>(
  answer: (task: Task) => Answer | Promise<Answer>,
): OrderedWork<Task, Answer> => ({
  async *answers(tasks) {
    for (const task of tasks) {
      yield await answer(task);
      await turn();
    }
  },
  close: () => Promise.resolve(),
});

export interface ThreadOptions {
  /** Of the program of the threads, beside `bf`: `draw-worker`. */
  readonly program: string;
  /** The function of it that does a task. */
  readonly name: string;
  /** What each thread is given once. */
  readonly workerData: unknown;
  readonly count: number;
}

/**
 * Tasks done by so many worker threads, with the same answers in the same order as in one.
 *
 * @throws BitFeverError BF5132 for a task whose thread is lost twice
 */
export async function inThreads<Task, Answer>({
  program,
  name,
  workerData,
  count,
}: ThreadOptions): Promise<OrderedWork<Task, Answer>> {
  const { Piscina: Pool } = await import("piscina");
  const pool = new Pool<Task, Answer>({
    ...{ filename: programFile(program), name, workerData, recordTiming: false },
    ...{ minThreads: count, maxThreads: count },
  });
  const attempt = (task: Task): Promise<Answer> => pool.run(task).catch(() => lastAttempt(task));
  const lastAttempt = async (task: Task): Promise<Answer> => {
    try {
      return await pool.run(task);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new BitFeverError("BF5132", `a worker thread was lost twice: ${why}`, {
        cause,
        hint: "give `workers` 0 to do the work in one thread",
      });
    }
  };
  return {
    async *answers(tasks) {
      const begun: Promise<Answer>[] = [];
      for (let next = 0; next < tasks.length || begun.length > 0;) {
        // One task for each thread, and one that waits for it.
        while (next < tasks.length && begun.length < 2 * count) {
          const answer = attempt(tasks[next++]);
          // Whoever stops does not wait for those that are begun.
          answer.catch(() => undefined);
          begun.push(answer);
        }
        const [first] = begun.splice(0, 1);
        yield await first;
      }
    },
    close: () => pool.destroy(),
  };
}

/** Built, the program of the threads lies beside whatever file this one has become part of. */
const programFile = (program: string): string => {
  const here = import.meta.url;
  return fileURLToPath(new URL(`./${program}.${here.endsWith(".ts") ? "source.mjs" : "js"}`, here));
};
