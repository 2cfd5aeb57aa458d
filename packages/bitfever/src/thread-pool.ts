import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cwd } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Piscina } from "piscina";
import { BitFeverError, textOfError } from "@bitfever/lang";

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

/**
 * A program of threads by its name, as `search-worker`. Built, it lies beside whatever file this one has become part of; where an
 * application was bundled, it is that of the installed package.
 *
 * @throws BitFeverError BF5349 where there is none
 */
export function threadProgram(name: string): string {
  // Said in full: where the build is CommonJS, something else stands for it. A bundler may leave nothing.
  const here = import.meta.url as string | undefined;
  const places = here === undefined ? [] : [here];
  for (const place of places) {
    const beside = fileURLToPath(new URL(`./${name}.${place.endsWith(".ts") ? "source.mjs" : "js"}`, place));
    if (existsSync(beside)) return beside;
  }
  for (const place of [...places, pathToFileURL(`${cwd()}/`)]) {
    const installed = installedProgram(name, place);
    if (installed !== null) return installed;
  }
  throw new BitFeverError(
    "BF5349",
    `the program of worker threads, ${name}.js, is not beside the application`,
    {
      hint: "leave `bitfever` out of the bundle and install it beside (`--external:bitfever` in esbuild), or make all in this thread with `workers: 0`",
    },
  );
}

function installedProgram(name: string, place: string | URL): string | null {
  try {
    const manifest = createRequire(place).resolve("bitfever/package.json");
    const program = join(dirname(manifest), "dist", `${name}.js`);
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
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
export const lostTwice = (cause: unknown): string => `worker thread was lost twice: ${textOfError(cause)}`;
