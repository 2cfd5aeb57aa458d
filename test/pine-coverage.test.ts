import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { catalogue, metrics, parseSettings, type Trade } from "@bitfever/engine";
import { compile, compileExpression, type Diagnostic } from "@bitfever/lang";
import { pineCoverage, type CoveredName } from "../scripts/coverage-page.js";
import { hasShared, shared } from "./support/shared.js";

/*
 * The table of Pine's names: none is missing, none is there twice, and what it says to write instead compiles.
 */

const rows = pineCoverage();
const spellings = ["expression", "declaration", "setting", "metric", "trade"] as const;

/** `max_runup(_percent)` and `oca.none/cancel` are two names each. */
function namesOf(word: string): string[] {
  const optional = /^(.*)\((\w+)\)$/.exec(word);
  if (optional !== null) return [optional[1], optional[1] + optional[2]];
  const [first, ...others] = word.split("/");
  const last = others[0]?.startsWith("_") ? first.lastIndexOf("_") : first.lastIndexOf(".") + 1;
  return [first, ...others.map((each) => first.slice(0, last) + each)];
}

/** The names of the checklist of the research, which is Pine's own reference. */
function listedNames(): Set<string> {
  const text = readFileSync(shared("research/dsl.md"), "utf8");
  const section = text.slice(text.indexOf("#### `ta.*`"), text.indexOf("#### EasyLanguage"));
  const names = [...section.matchAll(/^- `((?:ta|math|strategy)\.[\w.]+)\(/gm)].map(([, name]) => name);
  const lists: readonly [RegExp, (name: string) => string][] = [
    [/^- `ta\.\*` variables: `(.*?)`/m, (name) => `ta.${name}`],
    [/^- `math` constants: `(.*?)`/m, (name) => `math.${name}`],
    [/^- `strategy` variables: `(.*?)`/m, (name) => `strategy.${name}`],
    [/^- `strategy` constants: `(.*?)`/m, (name) => `strategy.${name}`],
    [/^- `strategy\(\)` declaration settings to cover: `(.*?)`/m, (name) => `strategy(${name})`],
  ];
  for (const [pattern, named] of lists) {
    const words = pattern.exec(section)?.[1].split(" ") ?? [];
    expect(words.length, String(pattern)).toBeGreaterThan(3);
    names.push(...words.flatMap(namesOf).map(named));
  }
  return new Set(names);
}

describe("the list", () => {
  it("has each name once", () => {
    const names = rows.map((each) => each.name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it.runIf(hasShared("research/dsl.md", "the list of Pine's names"))("has every name of Pine's", () => {
    const listed = listedNames();
    expect(listed.size).toBeGreaterThan(200);
    const names = new Set(rows.map((each) => each.name));
    expect([...listed].filter((name) => !names.has(name))).toEqual([]);
    expect([...names].filter((name) => !listed.has(name))).toEqual([]);
  });

  it("reads the short forms of the checklist", () => {
    expect(namesOf("netprofit(_percent)")).toEqual(["netprofit", "netprofit_percent"]);
    expect(namesOf("oca.none/cancel")).toEqual(["oca.none", "oca.cancel"]);
    expect(namesOf("held_all/_long/_short")).toEqual(["held_all", "held_long", "held_short"]);
    expect(namesOf("commission.percent/cash_per_order")).toEqual([
      "commission.percent",
      "commission.cash_per_order",
    ]);
  });

  test.each(rows)("$name has one spelling, or a reason for none", (row) => {
    const given = spellings.filter((each) => row[each] !== undefined);
    expect(given).toHaveLength(row.status === "absent on purpose" ? 0 : 1);
    if (row.status !== "same") expect(row.note).toBeTruthy();
    if (row.status === "absent on purpose") expect(row.note).toMatch(/\w+ .*\.$/);
  });
});

/** What a result says of a trade. */
const tradeFields = {
  side: true,
  entryBar: true,
  entryTime: true,
  entryPrice: true,
  entryValue: true,
  entryTag: true,
  exitBar: true,
  exitTime: true,
  exitPrice: true,
  exitValue: true,
  exitReason: true,
  exitTag: true,
  quantity: true,
  profit: true,
  commission: true,
} satisfies Record<
  Exclude<keyof Trade, "symbol" | "ticker" | "split" | "currency" | "entryRate" | "exitRate">,
  true
>;

function diagnosticsOf({ name, expression, declaration = "" }: CoveredName): readonly Diagnostic[] {
  if (expression !== undefined) return compileExpression({ name, text: expression }, catalogue).diagnostics;
  const entry = declaration.includes("enter ") ? "" : "enter long when close > open { stop at low }";
  return compile({ name, text: `strategy "Row" { ${declaration} ${entry} }` }, catalogue).diagnostics;
}

const isCode = (row: CoveredName): boolean => row.expression !== undefined || row.declaration !== undefined;

describe("what to write instead", () => {
  test.each(rows.filter(isCode))("$name", (row) => {
    const errors = diagnosticsOf(row).filter((each) => each.severity === "error");
    expect(errors.map((each) => `${each.code} ${each.message}`)).toEqual([]);
  });

  test.each(rows.filter((each) => each.setting !== undefined))("$name: $setting", ({ setting = "" }) => {
    const [name, value] = setting.split("=");
    expect(() => parseSettings({ [name]: value })).not.toThrow();
  });

  test.each(rows.filter((each) => each.metric !== undefined))("$name: $metric", ({ metric = "" }) => {
    expect([...metrics.keys()]).toContain(metric);
  });

  test.each(rows.filter((each) => each.trade !== undefined))("$name: $trade", ({ trade = "" }) => {
    expect(Object.keys(tradeFields)).toContain(trade);
  });
});
