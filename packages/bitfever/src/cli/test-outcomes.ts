import { positionAt, type Position, type Program } from "@bitfever/lang";
import { jsonText } from "../json-text.js";
import { escapeMarkdown, fenced, markdownTable } from "../report/markdown-text.js";
import { failureText } from "../testing/failure-text.js";
import type { TestFailure, TestOutcome } from "../testing/outcome.js";
import type { Annotation } from "./github.js";
import { countOf } from "./io.js";
import { suitesXml } from "./junit.js";

/** A test as it came out, and how long it took. */
export interface Ran {
  readonly outcome: TestOutcome;
  readonly ms: number;
}

/** The tests of a file as they came out. */
export interface FileRan {
  readonly program: Program;
  readonly ran: readonly Ran[];
}

/** A test as its program has it. */
export const testName = ({ kind, name }: TestOutcome): string =>
  kind === "law" ? `law ${name}` : `${kind} "${name}"`;

/** What `bf test --json` writes. */
export interface WrittenTests {
  readonly schema: "bitfever/test@1";
  readonly passed: number;
  readonly failed: number;
  readonly files: readonly {
    readonly file: string;
    readonly program: string;
    readonly tests: readonly WrittenTest[];
  }[];
}

/** A test and where it stands: lines and columns from 1. */
export interface WrittenTest extends Pick<TestOutcome, "kind" | "name">, Position {
  readonly passed: boolean;
  readonly ms: number;
  readonly note: string | null;
  readonly failures: readonly (Omit<TestFailure, "span"> & Position)[];
}

export function testJson(all: readonly FileRan[]): string {
  const files = all.map(({ program, ran }) => ({
    file: program.source.name,
    program: program.name,
    tests: ran.map(({ outcome: { kind, name, span, failures, note }, ms }) => ({
      ...{ kind, name, passed: failures.length === 0, ms: Math.round(ms) },
      ...positionAt(program.source, span.start),
      note: note ?? null,
      failures: failures.map(({ span: place, ...rest }) => ({
        ...rest,
        ...positionAt(program.source, place.start),
      })),
    })),
  }));
  const tests = files.flatMap((each) => each.tests);
  const passed = tests.filter((each) => each.passed).length;
  const report: WrittenTests = { schema: "bitfever/test@1", passed, failed: tests.length - passed, files };
  return jsonText(report);
}

/** The same as JUnit XML, a suite a file. */
export const testJunit = (all: readonly FileRan[]): string =>
  suitesXml(
    all.map(({ program, ran }) => ({
      name: program.source.name,
      cases: ran.map(({ outcome, ms }) => ({
        name: testName(outcome),
        seconds: ms / 1_000,
        failure:
          outcome.failures.length === 0
            ? null
            : {
                message: outcome.failures[0].message,
                details: outcome.failures.map((each) => failureText(program.source, each)).join("\n\n"),
              },
      })),
    })),
  );

const hasFailed = ({ outcome }: Ran): boolean => outcome.failures.length > 0;

/** Each claim that does not hold, where it stands. */
export const testAnnotations = ({ program: { source }, ran }: FileRan): readonly Annotation[] =>
  ran.flatMap(({ outcome }) =>
    outcome.failures.map(({ message, details, span }) => ({
      ...{ level: "error" as const, file: source.name, ...positionAt(source, span.start) },
      ...{ title: testName(outcome), message: details === "" ? message : `${message}\n${details}` },
    })),
  );

/** The tests of all files as Markdown for the page of a job: a table of files, and what failed. */
export function testMarkdown(all: readonly FileRan[]): string {
  const failed = all.flatMap(({ ran }) => ran.filter(hasFailed)).length;
  const tests = all.reduce((sum, { ran }) => sum + ran.length, 0);
  const rows = all.map(({ program, ran }) => {
    const fails = ran.filter(hasFailed).length;
    return [
      `${fails === 0 ? "✅" : "❌"} ${escapeMarkdown(program.source.name)}`,
      ...[ran.length - fails, fails].map(String),
    ];
  });
  const told = all.flatMap(({ program, ran }) =>
    ran
      .filter(hasFailed)
      .flatMap(({ outcome }) => [
        `**${escapeMarkdown(`${testName(outcome)} in ${program.source.name}`)}**`,
        ...outcome.failures.map((each) => fenced("text", failureText(program.source, each))),
      ]),
  );
  return [
    `## ${failed === 0 ? "✅" : "❌"} ${countOf(tests, "test")}: ${failed === 0 ? "all passed" : `${failed} failed`}`,
    markdownTable(["File", "passed", "failed"], rows),
    ...told,
  ].join("\n\n");
}
