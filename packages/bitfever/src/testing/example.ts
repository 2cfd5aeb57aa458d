import type { Program, Test, TypedExpectation } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { barsOfTable, noBars } from "./bar-table.js";
import { claimOf, columnsOf, shortfall, shown, valuesOf, type Claim } from "./claim.js";
import type { TestSetup } from "./options.js";
import type { TestFailure } from "./outcome.js";
import { planTest } from "./plan-test.js";
import { runOn, type TestFill } from "./run-bars.js";
import { sideBySide } from "./side-by-side.js";

type Example = Extract<Test, { kind: "test" }>;
type Orders = Extract<TypedExpectation, { kind: "orders" }>;
type Value = Extract<TypedExpectation, { kind: "value" }>;
type ExpectedOrder = Orders["orders"][number];

/** Runs a `test`: the strategy over the bars of its table, with settings as they are given. */
export function runExample(program: Program, test: Example, { settings }: TestSetup): readonly TestFailure[] {
  const bars = test.table === null ? noBars() : barsOfTable(test.table, program);
  const values = test.expectations.filter((each) => each.kind === "value");
  const claims = values.map((each) => claimOf(program, each.value, each.span));
  const run = runOn(planTest(program, test.values, valuesOf(claims)), bars, settings);
  const columns = columnsOf(claims, run.outputs);
  return test.expectations.flatMap((each) => {
    if (each.kind === "orders") return judgeOrders(each, run.fills, bars);
    const at = values.indexOf(each);
    return judgeValue(each, claims[at], columns[at], test.table === null ? 0 : bars.length);
  });
}

function judgeValue(
  { bar, span }: Value,
  claim: Claim,
  columns: readonly Float64Array[],
  length: number,
): readonly TestFailure[] {
  const [holds] = columns;
  const failed = (message: string, hint?: string): TestFailure[] => [{ message, span, details: "", hint }];
  if (bar !== null) {
    if (!Number.isInteger(bar) || bar < 1 || bar > length)
      return failed(`there is no bar ${bar}: the table has ${length}`, "bars are numbered from 1");
    return holds[bar - 1] === 1 ? [] : failed(`\`${claim.text}\` ${shortfall(claim, columns, bar - 1)}`);
  }
  const broken = holds.indexOf(0);
  if (broken >= 0)
    return failed(`\`${claim.text}\` ${shortfall(claim, columns, broken)} (bar ${broken + 1})`);
  if (!holds.every(Number.isNaN)) return [];
  const hint = length === 0 ? "give the test a table: `bars { … }`" : "give it more bars";
  return failed(`\`${claim.text}\` has a value on no bar`, hint);
}

function judgeOrders(
  { orders, span }: Orders,
  fills: readonly TestFill[],
  bars: Bars,
): readonly TestFailure[] {
  const isAsExpected = (i: number): boolean =>
    i < orders.length && i < fills.length && matches(orders[i], fills[i], bars);
  const length = Math.max(orders.length, fills.length);
  const first = Array.from({ length }, (_, i) => i).find((i) => !isAsExpected(i));
  if (first === undefined) return [];
  const details = sideBySide(
    ["expected", "got"],
    orders.map((each) => orderText(each.bar, each.side, each.quantity, placeText(each.at), each.tag)),
    fills.map((each, i) => {
      const place = isAsExpected(i) ? placeText(orders[i].at) : placeOf(each, bars);
      return orderText(each.bar, each.side, each.quantity, place, each.tag);
    }),
    (i) => !isAsExpected(i),
  );
  const message = `the orders that filled are not those expected, from number ${first + 1} on`;
  return [{ message, span: orders[first]?.span ?? span, details }];
}

const matches = (expected: ExpectedOrder, fill: TestFill, bars: Bars): boolean =>
  expected.bar === fill.bar &&
  expected.side === fill.side &&
  (expected.quantity === null || isSame(expected.quantity, fill.quantity)) &&
  isSame(typeof expected.at === "number" ? expected.at : bars[expected.at][fill.bar - 1], fill.price) &&
  (expected.tag === null || expected.tag === fill.tag);

/** People write decimals; what was computed may be next to them. */
const isSame = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

const placeText = (at: ExpectedOrder["at"]): string => (typeof at === "number" ? shown(at) : at);

function placeOf({ bar, price }: TestFill, bars: Bars): string {
  if (isSame(price, bars.open[bar - 1])) return "open";
  return isSame(price, bars.close[bar - 1]) ? "close" : shown(price);
}

const orderText = (
  bar: number,
  side: string,
  quantity: number | null,
  at: string,
  tag: string | null,
): string =>
  `bar ${bar}: ${side}${quantity === null ? "" : ` ${shown(quantity)}`} at ${at}${tag === null ? "" : ` tag "${tag}"`}`;
