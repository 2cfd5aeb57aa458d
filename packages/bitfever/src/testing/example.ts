import type { Program, Test, TypedExpectation } from "@bitfever/lang";
import { historiesOf } from "./bar-table.js";
import { claimOf, columnsOf, shortfall, shown, valuesOf, type Claim } from "./claim.js";
import type { TestSetup } from "./options.js";
import type { TestFailure } from "./outcome.js";
import { planTest } from "./plan-test.js";
import { runOn, type TestFill, type TestOutputs } from "./run-histories.js";
import { sideBySide } from "./side-by-side.js";

type Example = Extract<Test, { kind: "test" }>;
type Orders = Extract<TypedExpectation, { kind: "orders" }>;
type Value = Extract<TypedExpectation, { kind: "value" }>;
type ExpectedOrder = Orders["orders"][number];

/** Runs a `test`: the strategy over the bars of its tables, with settings as they are given. */
export function runExample(program: Program, test: Example, setup: TestSetup): readonly TestFailure[] {
  const histories = historiesOf(test.tables, program);
  const values = test.expectations.filter((each) => each.kind === "value");
  const claims = values.map((each) => claimOf(program, each.value, each.span));
  const run = runOn(planTest(program, test.values, valuesOf(claims), setup), histories, setup);
  const outputs = run.outputs.map(({ symbol, columns }) => ({ symbol, columns: columnsOf(claims, columns) }));
  return test.expectations.flatMap((each) => {
    if (each.kind === "orders") return judgeOrders(each, run.fills);
    const at = values.indexOf(each);
    const asked = outputs.filter(({ symbol }) => each.symbol === null || each.symbol === symbol);
    return judgeValue(
      each,
      claims[at],
      asked.map(({ symbol, columns }) => ({ symbol, columns: columns[at] })),
      test.tables.length === 0,
    );
  });
}

/** @param outputs  of each member that is asked, what the claim and its sides came to */
function judgeValue(
  { bar, symbol: only, span }: Value,
  claim: Claim,
  outputs: readonly TestOutputs[],
  isWithoutBars: boolean,
): readonly TestFailure[] {
  const failed = (message: string, hint?: string): TestFailure[] => [{ message, span, details: "", hint }];
  const [any] = outputs;
  if (any === undefined)
    return failed(`there are no bars of ${only}`, `give it a table: \`bars "${only}" {\``);
  const length = isWithoutBars ? 0 : any.columns[0].length;
  if (bar !== null && !(Number.isInteger(bar) && bar >= 1 && bar <= length))
    return failed(`there is no bar ${bar}: the table has ${length}`, "bars are numbered from 1");
  for (const { symbol, columns } of outputs) {
    const at = bar === null ? columns[0].indexOf(0) : bar - 1;
    if (at < 0 || columns[0][at] === 1) continue;
    const place = [...(bar === null ? [`bar ${at + 1}`] : []), ...(symbol === null ? [] : [symbol])].join(
      " of ",
    );
    const text = `\`${claim.text}\` ${shortfall(claim, columns, at)}`;
    return failed(place === "" ? text : `${text} (${place})`);
  }
  if (bar !== null || outputs.some(({ columns: [holds] }) => !holds.every(Number.isNaN))) return [];
  const hint = isWithoutBars ? "give the test a table: `bars { … }`" : "give it more bars";
  return failed(`\`${claim.text}\` has a value on no bar`, hint);
}

function judgeOrders({ orders, span }: Orders, fills: readonly TestFill[]): readonly TestFailure[] {
  const isAsExpected = (i: number): boolean =>
    i < orders.length && i < fills.length && matches(orders[i], fills[i]);
  const length = Math.max(orders.length, fills.length);
  const first = Array.from({ length }, (_, i) => i).find((i) => !isAsExpected(i));
  if (first === undefined) return [];
  const details = sideBySide(
    ["expected", "got"],
    orders.map((each) => orderText(each, placeText(each.at))),
    fills.map((each, i) => orderText(each, isAsExpected(i) ? placeText(orders[i].at) : placeOf(each))),
    (i) => !isAsExpected(i),
  );
  const message = `the orders that filled are not those expected, from number ${first + 1} on`;
  return [{ message, span: orders[first]?.span ?? span, details }];
}

const matches = (expected: ExpectedOrder, fill: TestFill): boolean =>
  expected.bar === fill.bar &&
  (expected.symbol === null || expected.symbol === fill.symbol) &&
  expected.side === fill.side &&
  (expected.quantity === null || isSame(expected.quantity, fill.quantity)) &&
  isSame(typeof expected.at === "number" ? expected.at : fill[expected.at], fill.price) &&
  (expected.tag === null || expected.tag === fill.tag);

/** People write decimals; what was computed may be next to them. */
const isSame = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

const placeText = (at: ExpectedOrder["at"]): string => (typeof at === "number" ? shown(at) : at);

function placeOf({ price, open, close }: TestFill): string {
  if (isSame(price, open)) return "open";
  return isSame(price, close) ? "close" : shown(price);
}

function orderText(
  { bar, side, quantity, symbol, tag }: Pick<ExpectedOrder, "bar" | "side" | "quantity" | "symbol" | "tag">,
  place: string,
): string {
  const what = [
    side,
    ...(quantity === null ? [] : [shown(quantity)]),
    ...(symbol === null ? [] : [`"${symbol}"`]),
  ];
  return `bar ${bar}: ${what.join(" ")} at ${place}${tag === null ? "" : ` tag "${tag}"`}`;
}
