import { commissionModels, slippageModels, type CostModel } from "@bitfever/lang";
import { describe, expect, test } from "vitest";
import {
  mirrored,
  pathsOf,
  readFillTables,
  type FillMode,
  type FillRow,
  type Sent,
} from "../../../../test/conformance/fill-table.js";
import { orderTypes } from "../../src/orders/index.generated.js";
import { pathNames } from "../../src/path.js";
import { costsOf, rulesOf, storyOf } from "./fill-story.js";

const { tables } = readFillTables();
const rows = tables.flatMap((table) => table.rows);

function check(row: FillRow): void {
  const modes: readonly FillMode[] = row.only === undefined ? ["given", "exact"] : [row.only];
  for (const [paths, told] of Object.entries(row.expected))
    for (const path of pathsOf(paths))
      for (const mode of modes) expect(storyOf(row, path, mode), `path ${path}, ${mode}`).toEqual(told);
}

for (const { title: table, rows: its } of tables) {
  describe(table, () => {
    for (const row of its) {
      test(row.title, () => check(row));
      const turned = mirrored(row);
      if (turned !== null) test(`${row.title} (upside down)`, () => check(turned));
    }
  });
}

describe("the tables", () => {
  test("have four hundred rows and more, none of them twice", () => {
    expect(rows.length).toBeGreaterThanOrEqual(400);
    for (const { title, rows: its } of tables)
      expect(new Set(its.map((row) => row.title)).size, title).toBe(its.length);
    const stories = rows.map(({ title: _title, note: _note, ...story }) => JSON.stringify(story));
    expect(stories.filter((each, i) => stories.indexOf(each) < i)).toEqual([]);
  });

  test("say of every path what happens, once", () => {
    for (const { title, expected } of rows)
      expect(Object.keys(expected).flatMap(pathsOf).sort(), title).toEqual([...pathNames].sort());
  });

  test("have a row, for every two paths, on which they differ", () => {
    for (const one of pathNames)
      for (const other of pathNames.filter((each) => each > one)) {
        const parts = ({ expected }: FillRow): boolean =>
          Object.keys(expected)
            .map(pathsOf)
            .every((named) => !(named.includes(one) && named.includes(other)));
        expect(rows.some(parts), `${one} and ${other}`).toBe(true);
      }
  });

  test("use every rule by which orders fill", () => {
    const usual = Object.entries(rulesOf({ ...rows[0], fills: {} }));
    const unused = usual.filter(([name, value]) =>
      rows.every((row) => {
        const its = Object.entries(rulesOf(row)).find(([each]) => each === name)?.[1];
        return JSON.stringify(its) === JSON.stringify(value);
      }),
    );
    expect(unused).toEqual([]);
  });

  test("use every model of costs", () => {
    const used = rows.map(costsOf);
    const namesIn = (models: readonly CostModel[]): string[] => models.map(({ model }) => model);
    expect(new Set(used.flatMap(({ commissions }) => namesIn(commissions)))).toEqual(
      new Set(Object.keys(commissionModels)),
    );
    expect(new Set(used.flatMap(({ slippages }) => namesIn(slippages)))).toEqual(
      new Set(Object.keys(slippageModels)),
    );
  });

  test("use every type of order", () => {
    const used = new Set(rows.flatMap(({ sent }) => sent.flatMap(typesIn)));
    expect([...used].sort()).toEqual(orderTypes.map(({ name }) => name).sort());
  });
});

/** The types of an order and of what protects it. */
function typesIn({ cancel, type = "market", stop, target, targets, trail }: Sent): string[] {
  if (cancel !== undefined) return [];
  const isLimited = typeof stop === "object";
  return [
    type,
    ...(isLimited ? ["stop_limit"] : []),
    ...(stop !== undefined && !isLimited && trail === undefined ? ["stop"] : []),
    ...(trail === undefined ? [] : ["trailing_stop"]),
    ...(target === undefined && targets === undefined ? [] : ["limit"]),
  ];
}
