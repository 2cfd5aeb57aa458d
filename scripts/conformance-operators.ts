import type { BarTable, Case } from "../test/conformance/case.js";

/* Truth tables and precedence, from the tables of docs/language.md alone. */

type Answer = 0 | 1 | null;

const answers: readonly Answer[] = [1, 0, null];
const nameOf = (answer: Answer): string => (answer === null ? "absent" : answer === 1 ? "true" : "false");

/** The bars below: open 1, high 3, low 1, close 2. */
const known: Readonly<Record<string, string>> = { true: "(1 < 2)", false: "(1 > 2)", absent: "(1 / 0 < 1)" };
const fromBars: Readonly<Record<string, string>> = {
  true: "(open < close)",
  false: "(open > close)",
  absent: "(close / (close - close) > 1)",
};
const sources = { known, bars: fromBars };

const bars: Readonly<Record<string, BarTable>> = {
  one: {
    interval: "1m",
    start: "2024-01-01T00:00Z",
    columns: { open: [1, 1], high: [3, 3], low: [1, 1], close: [2, 2], volume: [5, 5] },
  },
};

const and = (a: Answer, b: Answer): Answer => (a === 0 || b === 0 ? 0 : a === null || b === null ? null : 1);
const or = (a: Answer, b: Answer): Answer => (a === 1 || b === 1 ? 1 : a === null || b === null ? null : 0);
const not = (a: Answer): Answer => (a === null ? null : a === 1 ? 0 : 1);

function truthTables(): Case[] {
  const cases: Case[] = [];
  const add = (id: string, rules: string[], expression: string, value: number | null): void => {
    cases.push({ id: `operators/${id}`, rules, expression, bars: "one", expect: { value } });
  };
  for (const [where, table] of Object.entries(sources)) {
    for (const a of answers) {
      const first = nameOf(a);
      add(`not-${first}-${where}`, ["L-ABSENT-3"], `not ${table[first]}`, not(a));
      add(`ready-${first}-${where}`, ["L-ABSENT-8"], `ready(${table[first]})`, a === null ? 0 : 1);
      add(
        `if-${first}-${where}`,
        ["L-ABSENT-4", "L-OP-3"],
        `if ${table[first]} then 7 else 9`,
        a === null ? null : a === 1 ? 7 : 9,
      );
      for (const b of answers) {
        const second = nameOf(b);
        const id = `${first}-${second}-${where}`;
        add(`and-${id}`, ["L-ABSENT-3"], `${table[first]} and ${table[second]}`, and(a, b));
        add(`or-${id}`, ["L-ABSENT-3"], `${table[first]} or ${table[second]}`, or(a, b));
        add(`or-else-${id}`, ["L-ABSENT-7"], `${table[first]} or else ${table[second]}`, a ?? b);
        const isEqual = a === null || b === null ? null : Number(a === b);
        add(`equal-${id}`, ["L-OP-5", "L-ABSENT-2"], `${table[first]} == ${table[second]}`, isEqual);
      }
    }
  }
  return cases;
}

const holds: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** Numbers, and prices of the bar that are those numbers. */
const operands: readonly (readonly [written: string, price: string, value: number | null])[] = [
  ["1", "open", 1],
  ["2", "close", 2],
  ["(1 / 0)", "(close / (close - close) * close)", null],
];

function comparisons(): Case[] {
  return Object.entries(holds).flatMap(([operator, hold]) =>
    operands.flatMap(([a, priceA, one]) =>
      operands.map(([b, priceB, other], i): Case => {
        const value = one === null || other === null ? null : Number(hold(one, other));
        const expression = i % 2 === 0 ? `${a} ${operator} ${b}` : `${priceA} ${operator} ${priceB}`;
        const rules = value === null ? ["L-ABSENT-2"] : ["L-OP-5"];
        return {
          id: `operators/${one ?? "absent"}${operator}${other ?? "absent"}`,
          rules,
          expression,
          bars: "one",
          expect: { value },
        };
      }),
    ),
  );
}

const tightness: Readonly<Record<string, number>> = { "*": 2, "/": 2, "+": 1, "-": 1 };
const compute: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

/** A row of numbers and operators: the tightest operator furthest to the left is done first. */
function rowValue(numbers: readonly number[], operators: readonly string[]): number {
  if (operators.length === 0) return numbers[0];
  const tightest = Math.max(...operators.map((each) => tightness[each]));
  const at = operators.findIndex((each) => tightness[each] === tightest);
  const joined = compute[operators[at]](numbers[at], numbers[at + 1]);
  return rowValue(
    [...numbers.slice(0, at), joined, ...numbers.slice(at + 2)],
    [...operators.slice(0, at), ...operators.slice(at + 1)],
  );
}

function rows(): Case[] {
  const signs = Object.keys(tightness);
  const numbers = [7, 4, 2, 10];
  return signs.flatMap((a) =>
    signs.flatMap((b) =>
      signs.map((c): Case => {
        const [first, second, third, fourth] = numbers;
        return {
          id: `operators/${first}${a}${second}${b}${third}${c}${fourth}`,
          rules: ["L-OP-1", "L-OP-7"],
          expression: `${first} ${a} ${second} ${b} ${third} ${c} ${fourth}`,
          expect: { value: rowValue(numbers, [a, b, c]) },
        };
      }),
    ),
  );
}

export const operatorCases = (): { bars: Readonly<Record<string, BarTable>>; cases: readonly Case[] } => ({
  bars,
  cases: [...truthTables(), ...comparisons(), ...rows()],
});
