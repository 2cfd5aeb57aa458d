import { BitFeverError } from "@bitfever/lang";
import {
  answersInOrder,
  handsOf,
  lostTwice,
  startThreads,
  threadProgram,
  type ThreadPoolOptions,
} from "./thread-pool.js";
import { turn } from "./turn.js";

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

/** `program` is the name of the program of the threads, beside `bf`: `run-worker`. */
export interface ThreadOptions extends Omit<ThreadPoolOptions, "filename"> {
  readonly program: string;
}

/**
 * Tasks done by so many worker threads, with the same answers in the same order as in one.
 *
 * @throws BitFeverError BF5132 for a task whose thread is lost twice
 */
export async function inThreads<Task, Answer>({
  program,
  ...options
}: ThreadOptions): Promise<OrderedWork<Task, Answer>> {
  const pool = await startThreads<Task, Answer>({ ...options, filename: threadProgram(program) });
  const attempt = (task: Task): Promise<Answer> => pool.run(task).catch(() => lastAttempt(task));
  const lastAttempt = async (task: Task): Promise<Answer> => {
    try {
      return await pool.run(task);
    } catch (cause) {
      throw new BitFeverError("BF5132", `a ${lostTwice(cause)}`, {
        cause,
        hint: "give `workers` 0 to do the work in one thread",
      });
    }
  };
  return {
    answers: (tasks) => answersInOrder(tasks, handsOf(options.count, { answer: attempt })),
    close: () => pool.destroy(),
  };
}

interface Gathering<Answer> {
  readonly signal: AbortSignal | undefined;
  /** Told of each answer, and how many there are now. */
  readonly onAnswer: (answer: Answer, count: number) => void;
  /** Asked after each. */
  readonly isEnough?: () => boolean;
}

/** The answers to tasks: all, or those until somebody stops it or they are enough. The work is closed then. */
export async function gathered<Task, Answer>(
  work: OrderedWork<Task, Answer>,
  tasks: readonly Task[],
  { signal, onAnswer, isEnough }: Gathering<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const steps = work.answers(tasks)[Symbol.asyncIterator]();
  // A task may take long, and whoever stops it is not to wait for it.
  let stop = (): void => undefined;
  const stopped = new Promise<null>((resolve) => {
    stop = () => {
      resolve(null);
    };
  });
  signal?.addEventListener("abort", stop);
  try {
    while (signal?.aborted !== true) {
      const step = await Promise.race([steps.next(), stopped]);
      if (step === null || step.done === true) break;
      answers.push(step.value);
      onAnswer(step.value, answers.length);
      if (isEnough?.() === true) break;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    await work.close();
  }
  return answers;
}
