import type {
  BarTable,
  Entry as WrittenEntry,
  Expression,
  GoldenDeclaration,
  LawDeclaration,
  Name,
  PropertyDeclaration,
  TestDeclaration,
} from "./ast.js";
import { isAllowed } from "./check-parameter.js";
import { diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import {
  lawNames,
  warmupName,
  type Parameter,
  type Test,
  type TestTable,
  type TypedExpectation,
  type TypedExpression,
} from "./program.js";
import { expect, type Entry, type Scope } from "./scope.js";
import { checkSingle } from "./single.js";
import { staticValue } from "./static.js";
import { bool, number, parameterTypes } from "./type.js";
import { units } from "./unit.js";

type Report = Scope["report"];
type Written = TestDeclaration | PropertyDeclaration | LawDeclaration | GoldenDeclaration;

const tableColumns = ["time", "open", "high", "low", "close", "volume"];

/** A longer history is no longer an example. */
const mostBars = 100_000;

/** What a test may name of the strategy around it. */
export interface TestedStrategy {
  readonly parameters: readonly Parameter[];
  /** The symbols of the markets it reads. */
  readonly markets: readonly string[];
  /** The symbols it trades: none are those that there are bars of; null is a strategy for one. */
  readonly members: readonly string[] | null;
}

/** A test of the program in its own file; null where it cannot be run. */
export function checkTest(of: Written, strategy: TestedStrategy, scope: Scope): Test | null {
  const { parameters, members } = strategy;
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
      const tables = of.tables.map((each) => checkTable(each, strategy, report));
      let isFine = values !== null && tables.every((each) => each !== null);
      of.tables.forEach(({ symbol, span }, i) => {
        if (of.tables.findIndex((each) => each.symbol?.name === symbol?.name) === i) return;
        isFine = false;
        const what = `the table of ${symbol === null ? "bars" : quoted(symbol.name)}`;
        report(diagnostic("BF3010", span, { what }));
      });
      const checkMember = (symbol: Name | null): void => {
        if (!isKnownSymbol(symbol, among(members, []), report)) isFine = false;
      };
      const expectations = of.expectations.flatMap((each): TypedExpectation[] => {
        if (each.kind === "orders") {
          const orders = each.orders.map((order) => ({ ...order, symbol: order.symbol?.name ?? null }));
          for (const { symbol } of each.orders) checkMember(symbol);
          return [{ ...each, orders }];
        }
        checkMember(each.symbol);
        const value = checkClaim("expect", each.value, scope);
        if (value === null) isFine = false;
        return value === null ? [] : [{ ...each, value, symbol: each.symbol?.name ?? null }];
      });
      if (values === null || !isFine) return null;
      return {
        kind: "test",
        name: of.name,
        values,
        tables: tables.filter((each) => each !== null),
        expectations,
        span: of.span,
      };
    }
  }
}

function checkTable(of: BarTable, { markets, members }: TestedStrategy, report: Report): TestTable | null {
  const { symbol, interval, columns, cells, span } = of;
  let isFine = isKnownSymbol(symbol, among(members, markets), report);
  if (symbol === null && members !== null) {
    isFine = false;
    const problem = "the strategy is for many symbols, and these bars are of none";
    const hint = `write \`bars ${quoted(members[0] ?? "AAPL")} {\`, a table for each`;
    report(diagnostic("BF3018", span, { problem }, { hint }));
  }
  const names = columns.map((each) => each.name);
  for (const [i, { name, span: place }] of columns.entries()) {
    if (names.indexOf(name) < i) {
      isFine = false;
      report(diagnostic("BF3010", place, { what: `the column \`${name}\`` }));
    }
    if (tableColumns.includes(name)) continue;
    isFine = false;
    const fix = replacing(place, nearest(name, tableColumns));
    report(diagnostic("BF3013", place, { what: "column of a bar", name }, { fix }));
  }
  const missing = ["open", "high", "low", "close"].filter((each) => !names.includes(each));
  if (isFine && missing.length > 0) {
    isFine = false;
    const problem = `the bars have no ${missing.join(", ")}`;
    report(
      diagnostic("BF3018", span, { problem }, { hint: "name open, high, low and close in the first row" }),
    );
  }
  if (cells.length % columns.length !== 0) {
    isFine = false;
    const problem = `${cells.length} values do not fill rows of ${columns.length}`;
    report(diagnostic("BF3018", span, { problem }));
  }
  if (!isFine) return null;
  return {
    ...{ cells, span, symbol: symbol?.name ?? null, interval: interval?.name ?? null },
    columns: names,
  };
}

/** Whether a symbol, where one is given, is among those that may stand there; null is any. */
function isKnownSymbol(symbol: Name | null, known: readonly string[] | null, report: Report): boolean {
  if (symbol === null || known === null || known.includes(symbol.name)) return true;
  const { name, span } = symbol;
  const similar = nearest(name, known);
  const fix = replacing(span, similar === undefined ? undefined : quoted(similar));
  const hint =
    known.length === 0
      ? "a strategy without `universe` trades one symbol, that need not be named"
      : `the strategy knows ${known.map(quoted).join(", ")}`;
  report(
    diagnostic(
      "BF3013",
      span,
      { what: "symbol", name: quoted(name) },
      fix === undefined ? { hint } : { fix },
    ),
  );
  return false;
}

/** A universe without names takes any. */
const among = (members: TestedStrategy["members"], others: readonly string[]): readonly string[] | null =>
  members?.length === 0 ? null : [...others, ...(members ?? [])];

const quoted = (symbol: string): string => `"${symbol}"`;

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
    const { type } = parameter;
    const placed = { what: `\`${name.name}\``, span: value.span };
    const checked = checkSingle(value, scope);
    const known = { values: {}, lets: new Map<string, number | null>(), catalogue: scope.catalogue };
    const number = checked && staticValue(checked, known);
    if (checked !== null && number === null)
      scope.report(diagnostic("BF2008", value.span, { what: placed.what }));
    const isOfType =
      checked !== null &&
      number !== null &&
      (type === "enum" || expect(checked, parameterTypes[type], value.span, scope));
    if (isOfType && isAllowed(type, number, placed, scope.report)) values[name.name] = number;
    else isFine = false;
  }
  return isFine ? values : null;
}
