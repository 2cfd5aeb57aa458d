import { readFileSync, writeFileSync } from "node:fs";
import { messages } from "@bitfever/lang";
import { families } from "../packages/lang/test/diagnostics/cases.js";
import { functions } from "../packages/engine/src/functions/index.generated.js";
import { indicators } from "../packages/engine/src/indicators/index.generated.js";
import type { BarTable, Case, Topic } from "../test/conformance/case.js";
import { readFillTables } from "../test/conformance/fill-table.js";
import { programsOf } from "./conformance-orders.js";
import { operatorCases } from "./conformance-operators.js";

/*
 * The files of conformance/ whose values stand in tables of the repository. Run by hand, `npm run conformance`: what it
 * writes is looked at and committed. Nothing here runs a program.
 */

const folder = new URL("../conformance/", import.meta.url);

/** One case a line, so that a difference of two versions can be read. */
function write(name: string, { topic, about, bars = {}, cases }: Topic): void {
  const rows = (of: readonly string[]): string => of.map((each) => `    ${each}`).join(",\n");
  const tables = Object.entries(bars).map(
    ([key, table]) => `${JSON.stringify(key)}: ${JSON.stringify(table)}`,
  );
  const parts = [
    `  "topic": ${JSON.stringify(topic)}`,
    `  "about": ${JSON.stringify(about)}`,
    ...(tables.length === 0 ? [] : [`  "bars": {\n${rows(tables)}\n  }`]),
    `  "cases": [\n${rows(cases.map((each) => JSON.stringify(each)))}\n  ]`,
  ];
  writeFileSync(new URL(`${name}.json`, folder), `{\n${parts.join(",\n")}\n}\n`);
}

/** What the codes are about. */
const rulesOfCode: Readonly<Record<string, readonly string[]>> = {
  BF1003: ["L-FILE-2"],
  BF1006: ["L-EVAL-8"],
  BF1007: ["L-TYPE-8"],
  BF1008: ["L-FILE-5"],
  BF1010: ["L-OP-2"],
  BF2001: ["L-NAME-1"],
  BF2002: ["L-LET-1"],
  BF2003: ["L-LET-2"],
  BF2004: ["L-CALL-1"],
  BF2005: ["L-CALL-1"],
  BF2006: ["L-TYPE-3"],
  BF2007: ["L-UNIT-2"],
  BF2008: ["L-HISTORY-2"],
  BF2009: ["L-HISTORY-2"],
  BF2010: ["L-HISTORY-3"],
  BF2011: ["L-LET-3"],
  BF2012: ["L-CALL-2"],
  BF2013: ["L-CALL-2"],
  BF2014: ["L-NAME-3"],
  BF2015: ["L-CALL-5"],
  BF2016: ["L-ABSENT-9"],
  BF2017: ["L-FN-6"],
  BF2018: ["L-FN-3"],
  BF2019: ["L-PAST-2"],
  BF2020: ["L-PAST-1"],
  BF2021: ["L-ENUM-1"],
  BF2022: ["L-ENUM-2"],
  BF2023: ["L-STATE-6"],
  BF2024: ["L-FN-7"],
  BF2101: ["L-CLOCK-5"],
  BF2102: ["L-CLOCK-5"],
  BF2103: ["L-CLOCK-4"],
  BF2104: ["L-CLOCK-2"],
  BF2105: ["L-CLOCK-7"],
  BF2106: ["L-FORMING-2"],
  BF2107: ["L-ACROSS-4"],
  BF2108: ["L-MARKET-2"],
  BF2109: ["L-REBALANCE-2"],
  BF2110: ["L-FORMING-3"],
  BF2201: ["L-MODULE-1"],
  BF2202: ["L-MODULE-2"],
  BF3001: ["L-STOP-4"],
  BF3023: ["L-REBALANCE-1"],
  BF3024: ["L-REBALANCE-6"],
  BF3025: ["L-UNIVERSE-4"],
  BF3002: ["L-ENTER-10"],
  BF3003: ["L-STOP-4"],
  BF3004: ["L-EXIT-8"],
  BF3005: ["L-PARAM-5"],
  BF3006: ["L-PARAM-1"],
  BF3007: ["L-PARAM-1"],
  BF3008: ["L-PARAM-4"],
  BF3009: ["L-SIZE-4"],
  BF3010: ["L-TARGET-2"],
  BF3011: ["L-SIZE-5"],
  BF3012: ["L-STOP-4"],
  BF3013: ["L-FILL-1"],
  BF3014: ["L-ENTER-10"],
  BF3015: ["L-LIMIT-5"],
  BF3016: ["L-ENTER-10"],
  BF3017: ["L-EXIT-7"],
  BF3018: ["L-TEST-2"],
  BF3019: ["L-ENTER-3"],
  BF3020: ["L-TRAIL-3"],
  BF3022: ["L-ENTER-5"],
};

const rulesOf = (codes: readonly string[]): string[] => [
  ...new Set(["L-EVAL-9", ...codes.flatMap((each) => rulesOfCode[each] ?? [])]),
];

/** What people were told about a text when its message was last read over: errors, or warnings where there are none. */
function toldOf(family: string): ReadonlyMap<string, readonly string[]> {
  const file = new URL(
    `../packages/lang/test/diagnostics/__snapshots__/${family}.test.ts.snap`,
    import.meta.url,
  );
  const plain = (text: string): string => text.replaceAll(/\\([`\\$])/g, "$1");
  return new Map(
    [...readFileSync(file, "utf8").matchAll(/^exports\[`(.*?) 1`\] = `(.*?)`;$/gms)].map(
      ([, name, shown]) => {
        const of = (severity: string): string[] =>
          [...shown.matchAll(new RegExp(`^"?${severity} (BF\\d+):`, "gm"))].map(([, code]) => code);
        const errors = of("error");
        const codes = errors.length > 0 ? errors : of("warning");
        return [plain(name), [...new Set(codes)].sort()];
      },
    ),
  );
}

write("mistakes", {
  topic: "mistakes",
  about: "Programs with a mistake, and what is said of it.",
  cases: Object.entries(families).flatMap(([family, programs]) => {
    const told = toldOf(family);
    // The compiler's own tests know a few functions of their own.
    const common = programs.filter((each) => !each.includes("correlation("));
    return common.map((program, i): Case => {
      const diagnostics = told.get(program);
      if (diagnostics === undefined) throw new Error(`${family}: nothing is told of\n${program}`);
      return {
        id: `mistakes/${family}-${i + 1}`,
        rules: rulesOf(diagnostics),
        program,
        expect: { diagnostics },
      };
    });
  }),
});

/** Those whose wrong program has another fault as well: what nothing protects, nothing ends. */
const alsoTold: Readonly<Record<string, readonly string[]>> = { BF3001: ["BF3003"] };

write("messages", {
  topic: "messages",
  about: "Each diagnostic: a program that gets it, and the same program put right.",
  cases: Object.entries(messages).flatMap(([code, { wrong, right }]): Case[] => [
    {
      id: `messages/${code}-wrong`,
      rules: rulesOf([code]),
      program: wrong,
      expect: { diagnostics: [code, ...(alsoTold[code] ?? [])] },
    },
    { id: `messages/${code}-right`, rules: rulesOf([code]), program: right, expect: { diagnostics: [] } },
  ]),
});

const operators = operatorCases();
write("operators", {
  topic: "operators",
  about: "What binds tighter, three answers, comparisons: known before the run, and from bars.",
  ...operators,
});

/** What is not there is written as a quotient by nothing. */
const literal = (value: number | null): string => (value === null ? "(1 / 0)" : String(value));

/** How far functions may be off: the last bits are those of a library, and of the order of additions. */
const within = 1e-12;

write("functions", {
  topic: "functions",
  about: "Functions of numbers, each by the table of its definition.",
  cases: functions.flatMap(({ name, examples }) =>
    examples.map(({ inputs, output }, i): Case => {
      const expression = `${name}(${inputs.map(literal).join(", ")})`;
      const rules = ["L-CALL-1", ...(inputs.includes(null) ? ["L-ABSENT-2"] : [])];
      return {
        id: `functions/${name}-${i + 1}`,
        rules,
        expression,
        expect: { value: output, within },
      };
    }),
  ),
});

const priceNames = ["close", "open", "high", "low"] as const;

/** The ports of an indicator over the columns of bars: conditions as a price above zero. */
function indicatorCases(): { bars: Record<string, BarTable>; cases: Case[] } {
  const bars: Record<string, BarTable> = {};
  const cases: Case[] = [];
  for (const { name, inputs, fields, examples } of indicators) {
    // A series of lengths is in none of the columns that bars have.
    if (inputs.some((port) => port.type === "bars")) continue;
    examples.forEach(({ parameters, inputs: given, outputs }, i) => {
      const id = `${name}-${i + 1}`;
      const free = priceNames.filter((each) => !fields.includes(each));
      const columns: Record<string, readonly (number | null)[]> = {};
      const values = inputs.map((port) => {
        const column = (port.type === "bool" ? free.pop() : free.shift()) ?? "volume";
        columns[column] = given[port.name];
        return port.type === "bool" ? `${column} > 0` : column;
      });
      for (const field of fields) columns[field] = given[field];
      const length = Math.max(...Object.values(given).map((each) => each.length));
      const { close = Array.from({ length }, () => 1) } = columns;
      bars[id] = { interval: "1m", start: "2024-01-01T00:00Z", columns: { ...columns, close } };
      cases.push({
        id: `indicators/${id}`,
        rules: ["L-CALL-1", ...(Object.keys(outputs).length > 1 ? ["L-CALL-2"] : [])],
        expression: `${name}(${[...values, ...parameters].join(", ")})`,
        bars: id,
        expect: { columns: outputs, within },
      });
    });
  }
  return { bars, cases };
}

write("indicators", {
  topic: "indicators",
  about: "Functions of several bars, each by the table of its definition.",
  ...indicatorCases(),
});

const orders = readFillTables().tables.flatMap((table) =>
  table.rows.flatMap((row) => programsOf(table, row)),
);
const tables: Record<string, BarTable> = {};
const placed = orders.map(({ table, story }): Case => {
  const known = Object.entries(tables).find(([, each]) => JSON.stringify(each) === JSON.stringify(table));
  const bars = known?.[0] ?? `bars ${Object.keys(tables).length + 1}`;
  tables[bars] = table;
  return { ...story, bars };
});
write("fills", {
  topic: "fills",
  about: "What fills where: orders sent at the close of one of a few bars, and all fills that come of them.",
  bars: tables,
  cases: placed,
});
