import type {
  Entry as WrittenEntry,
  Expression,
  GoldenDeclaration,
  LawDeclaration,
  PropertyDeclaration,
  TestDeclaration,
} from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import {
  lawNames,
  warmupName,
  type Parameter,
  type Test,
  type TypedExpectation,
  type TypedExpression,
} from "./program.js";
import { expect, type Entry, type Scope } from "./scope.js";
import { checkSingle } from "./single.js";
import { staticValue } from "./static.js";
import { bool, number } from "./type.js";
import { units } from "./unit.js";

type Written = TestDeclaration | PropertyDeclaration | LawDeclaration | GoldenDeclaration;

const tableColumns = ["time", "open", "high", "low", "close", "volume"];

/** A longer history is no longer an example. */
const mostBars = 100_000;

/** A test of the program in its own file; null where it cannot be run. */
export function checkTest(of: Written, parameters: readonly Parameter[], scope: Scope): Test | null {
  const { report } = scope;
  switch (of.kind) {
    case "law": {
      const { name: given, span } = of.law;
      const name = lawNames.find((each) => each === given);
      if (name !== undefined) return { kind: "law", name, span: of.span };
      const fix = replacing(span, nearest(given, lawNames));
      const hint = fix === undefined ? `the laws are ${lawNames.join(", ")}` : undefined;
      report(diagnostic("BF3013", span, { what: "law", name: given }, { hint, fix }));
      return null;
    }
    case "golden":
      return { kind: "golden", name: of.name, span: of.span };
    case "property": {
      const values = valuesOf(of.with, parameters, scope);
      const assertions = of.assertions.flatMap((each) => {
        const value = checkClaim("assert", each, scope);
        return value === null ? [] : { value, span: each.span };
      });
      const bars = of.bars ?? { from: 1, to: 200 };
      const areBars = Number.isSafeInteger(bars.from) && Number.isSafeInteger(bars.to);
      const isRange = areBars && bars.from >= 1 && bars.from <= bars.to && bars.to <= mostBars;
      if (!isRange) {
        const rule = `a range of whole numbers from 1 to ${mostBars}`;
        const value = `${bars.from}..${bars.to}`;
        report(diagnostic("BF2009", of.span, { what: "the number of bars", value, rule }));
      }
      if (values === null || !isRange || assertions.length < of.assertions.length) return null;
      return { kind: "property", name: of.name, values, bars, assertions, span: of.span };
    }
    case "test": {
      const values = valuesOf(of.with, parameters, scope);
      const [table = null, second] = of.tables;
      if (second !== undefined) report(diagnostic("BF3010", second.span, { what: "the table of bars" }));
      let isFine = second === undefined && values !== null;
      for (const { name, span } of table?.columns ?? []) {
        if (tableColumns.includes(name)) continue;
        isFine = false;
        const fix = replacing(span, nearest(name, tableColumns));
        report(diagnostic("BF3013", span, { what: "column of a bar", name }, { fix }));
      }
      if (table !== null && table.cells.length % table.columns.length !== 0) {
        isFine = false;
        const problem = `${table.cells.length} values do not fill rows of ${table.columns.length}`;
        report(diagnostic("BF3018", table.span, { problem }));
      }
      const expectations = of.expectations.flatMap((each): TypedExpectation[] => {
        if (each.kind === "orders") return [each];
        const value = checkClaim("expect", each.value, scope);
        if (value === null) isFine = false;
        return value === null ? [] : [{ kind: "value", value, bar: each.bar, span: each.span }];
      });
      if (values === null || !isFine) return null;
      return {
        kind: "test",
        name: of.name,
        values,
        table: table && {
          interval: table.interval?.name ?? null,
          columns: table.columns.map((each) => each.name),
          cells: table.cells,
          span: table.span,
        },
        expectations,
        span: of.span,
      };
    }
  }
}

/** A condition that must hold; in it `warmup` is the warm-up, unless the program means something else by it. */
function checkClaim(label: string, of: Expression, scope: Scope): TypedExpression | null {
  const type = number(units.bars);
  const warmup: Entry = { value: { kind: "parameter", name: warmupName, type }, clock: null };
  const find = (name: string): Entry | undefined =>
    scope.find(name) ?? (name === "warmup" ? warmup : undefined);
  const value = checkSingle(of, { ...scope, find });
  if (value === null || !expect(value, bool, of.span, scope)) return null;
  return scope.elaboration.bind(label, value, null);
}

/** `with { slow: 3 }`: values for parameters, which need not lie in the range that a search tries. */
function valuesOf(
  given: readonly WrittenEntry[],
  parameters: readonly Parameter[],
  scope: Scope,
): Record<string, number> | null {
  const values: Record<string, number> = {};
  let isFine = true;
  for (const { name, value } of given) {
    const parameter = parameters.find((each) => each.name === name.name);
    if (parameter === undefined && scope.isBroken(name.name)) return null;
    if (parameter === undefined) {
      const names = parameters.map((each) => each.name);
      const fix = replacing(name.span, nearest(name.name, names));
      scope.report(diagnostic("BF3013", name.span, { what: "parameter", name: name.name }, { fix }));
      isFine = false;
      continue;
    }
    const checked = checkSingle(value, scope);
    const known = { values: {}, lets: new Map<string, number | null>(), catalogue: scope.catalogue };
    const number = checked && staticValue(checked, known);
    if (checked !== null && number === null)
      scope.report(diagnostic("BF2008", value.span, { what: `\`${name.name}\`` }));
    if (number === null) isFine = false;
    else values[name.name] = number;
  }
  return isFine ? values : null;
}
