import { BitFeverError, type Program, type Test } from "@bitfever/lang";
import type { Strategy } from "../strategy.js";
import { runExample } from "./example.js";
import { runGolden } from "./golden.js";
import { runLaw } from "./law.js";
import { setupOf, type TestOptions, type TestSetup } from "./options.js";
import type { TestOutcome } from "./outcome.js";
import { runProperty } from "./property.js";

/** What came of the tests of a program, in the order in which they are written. */
export interface TestReport {
  readonly program: string;
  readonly passed: number;
  readonly failed: number;
  readonly outcomes: readonly TestOutcome[];
}

/**
 * Runs the tests that stand in a program: every `test`, `property`, `law` and `golden`. The report depends on nothing
 * but program and options.
 *
 * @param tested  a strategy from `compile`, or a program from `compileForTests`, which also takes modules
 * @example
 * const { passed, failed } = await runTests(strategy);
 * console.log(passed, failed);
 */
export async function runTests(tested: Strategy | Program, options: TestOptions = {}): Promise<TestReport> {
  const { program, ...own } = "program" in tested ? tested : { program: tested };
  const outcomes: TestOutcome[] = [];
  for (const each of testsOf(program, options.filter))
    outcomes.push(await runTest(program, each, { ...own, ...options }));
  const failed = outcomes.filter((each) => each.failures.length > 0).length;
  return { program: program.name, passed: outcomes.length - failed, failed, outcomes };
}

/** The tests of a program whose kind and name (`law scale`) contain a text, in any case. */
export function testsOf({ tests }: Program, filter = ""): readonly Test[] {
  return tests.filter(({ kind, name }) => `${kind} ${name}`.toLowerCase().includes(filter.toLowerCase()));
}

/** Runs one test. What the program or the settings do not allow fails it. */
export async function runTest(program: Program, test: Test, options: TestOptions = {}): Promise<TestOutcome> {
  const { kind, name, span } = test;
  try {
    return { kind, name, span, ...(await judge(program, test, setupOf(options))) };
  } catch (error) {
    if (!(error instanceof BitFeverError)) throw error;
    const { code, message, hint } = error;
    return { kind, name, span, failures: [{ message: `${code}: ${message}`, span, details: "", hint }] };
  }
}

async function judge(
  program: Program,
  test: Test,
  setup: TestSetup,
): Promise<Pick<TestOutcome, "failures" | "note" | "golden">> {
  switch (test.kind) {
    case "test":
      return { failures: runExample(program, test, setup) };
    case "property":
      return { failures: await runProperty(program, test, setup) };
    case "law":
      return runLaw(program, test, setup);
    case "golden":
      return runGolden(program, test, setup);
  }
}
