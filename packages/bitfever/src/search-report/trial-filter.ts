import type { TrialColumn } from "./trial-columns.js";

// Used on both sides, in Node and in the page: nothing here may need either.

export type TrialTest = (trial: number) => boolean;

const operators: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/**
 * Comparisons such as `fast < 20, sharpe >= 0.5`, all of which have to hold; a trial without a value keeps none.
 *
 * @returns the test, or in words what is not understood
 */
export function trialFilter(text: string, columns: readonly TrialColumn[]): TrialTest | string {
  const tests: TrialTest[] = [];
  for (const term of text.split(/,|\band\b/).map((each) => each.trim())) {
    if (term === "") continue;
    const [, name = "", operator = "", operand = ""] =
      /^(.*?)\s*(<=|>=|==|!=|=|<|>)\s*([^<>=!]+)$/.exec(term) ?? [];
    if (operator === "") return `“${term}” is no comparison: write one such as ${columns[0].name} > 10`;
    const column = columns.find((each) => each.name === name || each.title === name);
    if (column === undefined)
      return `there is no “${name}”; there are ${columns.map((each) => each.name).join(", ")}`;
    const value = valueOf(operand.trim(), column);
    if (Number.isNaN(value)) return `“${operand.trim()}” is no value of ${name}`;
    const holds = operators[operator];
    tests.push((trial) => !Number.isNaN(column.values[trial]) && holds(column.values[trial], value));
  }
  return (trial) => tests.every((test) => test(trial));
}

function valueOf(text: string, { names, values, text: written }: TrialColumn): number {
  if (names !== null) {
    const place = names.indexOf(text);
    return place < 0 ? NaN : place;
  }
  const number = text.endsWith("%") ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
  // A length of time is one of those that were tried.
  return Number.isNaN(number) ? (values.find((each) => written(each) === text) ?? NaN) : number;
}
