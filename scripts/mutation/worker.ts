import { parentPort, workerData } from "node:worker_threads";
import { tests } from "./harness.js";

/*
 * Behind the tests in the bundle: runs some of them while one mutant is awake. Which mutants each test meets, and how
 * long it takes, is found out once.
 */

/** What the main thread asks. */
export interface Question {
  readonly mutant: number;
  /** Numbers of tests, in the order in which they are to be run; null asks what they meet. */
  readonly tests: readonly { readonly number: number; readonly mostSteps: number }[] | null;
}

/** What a test met while nothing was awake. */
export interface Visit {
  readonly name: string;
  readonly passed: boolean;
  readonly tookMs: number;
  /** How often it came to a place where a mutant may be. */
  readonly steps: number;
  readonly mutants: readonly number[];
}

export interface Answer {
  /** Number of the test that failed; null where none has. */
  readonly killer: number | null;
  readonly visits: readonly Visit[];
  /** Met before any test was run: they need a process of their own. */
  readonly loaded: readonly number[];
}

/** Said after every test, so that nobody takes a long answer for none. */
export type Alive = "alive";

/** What the mutants in the bundle look at. */
interface Mutation {
  awake: number;
  met: Set<number> | null;
  /** Steps until a test is taken to have no end. */
  left: number;
}

const mutation = (globalThis as unknown as { readonly $mutation: Mutation }).$mutation;
const loaded = [...(mutation.met ?? [])];
mutation.met = null;

async function passes(number: number): Promise<boolean> {
  try {
    await tests[number].run();
    return true;
  } catch {
    return false;
  } finally {
    parentPort?.postMessage("alive" satisfies Alive);
  }
}

const counted = Number.MAX_SAFE_INTEGER;

async function visit(): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const [number, { name }] of tests.entries()) {
    mutation.met = new Set();
    mutation.left = counted;
    const began = performance.now();
    const passed = await passes(number);
    const steps = counted - mutation.left;
    visits.push({ name, passed, tookMs: performance.now() - began, steps, mutants: [...mutation.met] });
  }
  mutation.met = null;
  return visits;
}

async function killer(asked: NonNullable<Question["tests"]>): Promise<number | null> {
  for (const { number, mostSteps } of asked) {
    mutation.left = mostSteps;
    if (!(await passes(number))) return number;
  }
  return null;
}

parentPort?.on("message", (question: Question) => {
  void (async () => {
    mutation.awake = question.mutant;
    const answer: Answer =
      question.tests === null
        ? { killer: null, visits: await visit(), loaded }
        : { killer: await killer(question.tests), visits: [], loaded };
    mutation.awake = (workerData as { readonly awake: number }).awake;
    parentPort?.postMessage(answer);
  })();
});
