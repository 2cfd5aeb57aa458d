import type { BacktestResult } from "@bitfever/engine";
import type { Verdict } from "./verdict.js";

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

export interface JunitCase {
  readonly name: string;
  readonly seconds?: number;
  /** Why it failed, in a line and at length; null when it passed. */
  readonly failure: { readonly message: string; readonly details?: string } | null;
}

/** What was demanded of a run as a JUnit test suite. */
export function junitXml({ program }: BacktestResult, verdicts: readonly Verdict[]): string {
  const cases = verdicts.map(({ text, passed, found }) => ({
    name: text,
    failure: passed ? null : { message: found },
  }));
  return suitesXml([{ name: program.name, cases }]);
}

/** Test suites the way CI systems read them. */
export function suitesXml(suites: readonly JunitSuite[]): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${totals(suites.flatMap((each) => each.cases))}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${escape(name)}" ${totals(cases)}>`,
      ...cases.map((each) => caseXml(name, each)),
      `  </testsuite>`,
    ]),
    `</testsuites>`,
    "",
  ].join("\n");
}

const totals = (cases: readonly JunitCase[]): string =>
  `tests="${cases.length}" failures="${cases.filter((each) => each.failure !== null).length}"`;

function caseXml(suite: string, { name, seconds, failure }: JunitCase): string {
  const time = seconds === undefined ? "" : ` time="${seconds.toFixed(3)}"`;
  const open = `    <testcase classname="${escape(suite)}" name="${escape(name)}"${time}`;
  if (failure === null) return `${open}/>`;
  const head = `${open}><failure message="${escape(failure.message)}"`;
  if (failure.details === undefined) return `${head}/></testcase>`;
  return `${head}>${escape(failure.details)}</failure></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};
// XML 1.0 has no way at all to write control characters.
const escape = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]/gu, "\uFFFD").replace(/[&<>"\n]/g, (each) => entities[each]);
