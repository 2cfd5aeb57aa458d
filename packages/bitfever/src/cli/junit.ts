import type { BacktestResult } from "@bitfever/engine";
import type { Verdict } from "./assertions.js";

/** Assertions as a JUnit test suite, the way CI systems read it. */
export function junitXml({ program }: BacktestResult, verdicts: readonly Verdict[]): string {
  const failures = verdicts.filter((each) => !each.passed).length;
  const cases = verdicts.map(({ assertion, passed, found }) => {
    const open = `    <testcase classname="${escape(program.name)}" name="${escape(assertion.text)}"`;
    const message = `${assertion.metric} is ${found}`;
    return passed ? `${open}/>` : `${open}><failure message="${escape(message)}"/></testcase>`;
  });
  const totals = `tests="${verdicts.length}" failures="${failures}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${totals}>`,
    `  <testsuite name="${escape(program.name)}" ${totals}>`,
    ...cases,
    `  </testsuite>`,
    `</testsuites>`,
    "",
  ].join("\n");
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
