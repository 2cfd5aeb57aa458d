import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { compile, specialise, type Plan } from "@bitfever/lang";
import {
  barsOf,
  catalogue,
  daysOf,
  defaultSettings,
  quotesOf,
  timingOf,
  type Bars,
  type HeldAction,
} from "@bitfever/engine";
import { finish, portfolio, type PortfolioOptions, type PortfolioRun } from "../src/index.js";
import { Session } from "../src/session.js";

/*
 * Members of a universe that hear of no bar that changes nothing, against the same told every bar: blocks of one moment leave
 * nothing to let pass.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 100);
const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const days = 80;

const programs = {
  rotation: "let score = close / close[5] rebalance every 1w { hold top 2 by score weight equal }",
  "two rebalances":
    'rebalance "a" every 1mo { hold top 1 by close weight equal exposure 40% } rebalance "b" every 1w { short bottom 1 by close weight equal exposure 30% }',
  "rebalanced each day": "rebalance { hold top 1 by close / close[3] weight equal }",
  "market orders":
    "enter long when close > highest(high, 8)[1] { size 20% of equity stop at close - 2 } exit long when close < sma(close, 5)",
  "orders that rest":
    "enter long at limit close - 1 when close < lowest(low, 5)[1] { good for 3 bars size 10 target at close + 2 trail by 3 } enter short at stop close - 2 when close > highest(high, 9)[1] { size 10 stop at close + 3 } cancel when close > highest(high, 12)[1]",
  "at the close":
    "fills { on close } enter long when close > highest(high, 8)[1] { size 5 stop at close - 2 }",
  "sees the account": "enter long when closed_trades < 4 and close > close[6] { size 10 stop at close - 2 }",
  "limits and alerts":
    'limit drawdown 2% { flatten } alert "up" when close > close[4] enter long when close > highest(high, 8)[1] { size 20% of equity stop at close - 2 }',
  "absent sizes":
    "enter long when close > highest(high, 8)[1] { size (if close > 30 then none else 10) stop at close - 2 }",
} as const;

const costs = ["", "costs { carry borrow(5%) }", "costs { carry interest(5%) }"];

const moves = fc.array(fc.integer({ min: -300, max: 320 }), { minLength: days, maxLength: days });
const holes = fc.array(fc.boolean(), { minLength: days, maxLength: days });
interface Path {
  readonly first: number;
  readonly moves: readonly number[];
  readonly holes: readonly boolean[];
}

const member: fc.Arbitrary<Path> = fc.record({ first: fc.integer({ min: 0, max: 30 }), moves, holes });

/** Daily bars that begin late, miss some days, and wander. */
function barsFrom(symbol: string, { first, moves: steps, holes: missing }: Path): Bars {
  let last = 50;
  const rows = steps.flatMap((move, i) => {
    const open = last;
    last = Math.max(1, Math.round(last * 100 + move) / 100);
    const isThere = i >= first && !(missing[i] && i % 4 === 2);
    return isThere
      ? [[start + i * dayMs, open, Math.max(open, last) + 0.5, Math.min(open, last) - 0.5, last]]
      : [];
  });
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]);
  const [time, open, high, low, close] = [0, 1, 2, 3, 4].map(column);
  return barsOf(symbol, { time, open, high, low, close, volume: time.map(() => 1_000) });
}

function planOf(rules: string): Plan {
  const text = `strategy "Case" on 1d {\n universe\n ${rules}\n}`;
  const { program, diagnostics } = compile({ name: "case.bf", text }, catalogue);
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return specialise(program, catalogue, {}, { withLets: true });
}

const rates = barsFrom("EURUSD", {
  first: 0,
  moves: Array.from({ length: days }, (_, i) => (i % 9) - 4),
  holes: [],
});
const quotes = [quotesOf(rates, timingOf(daysOf({ zone: "UTC" }), dayMs))];

const actionsOf = (members: readonly Bars[]): ReadonlyMap<string, readonly HeldAction[]> =>
  new Map(
    members.map(({ symbol, time }, i) => [
      symbol,
      [10, 35, 36].flatMap((at): HeldAction[] => {
        const when = time[at + i] ?? NaN;
        if (Number.isNaN(when)) return [];
        return at === 35
          ? [{ time: when, kind: "dividend", amount: { numerator: 1, denominator: 2 } }]
          : [{ time: when, kind: "split", ratio: { numerator: 2, denominator: 1 } }];
      }),
    ]),
  );

const flows = [
  { time: start + 12 * dayMs, amount: 5_000 },
  { time: start + 33.5 * dayMs, amount: -2_000 },
];

interface Case {
  readonly rules: string;
  readonly members: readonly Bars[];
  readonly options: Omit<PortfolioOptions, "plan" | "members">;
}

const cases = fc
  .record({
    rules: fc.constantFrom(...Object.values(programs)),
    members: fc
      .array(member, { minLength: 1, maxLength: 5 })
      .map((all) => all.map((each, i) => barsFrom(`S${i}`, each))),
    cost: fc.constantFrom(...costs),
    at_end: fc.constantFrom("mark" as const, "close" as const),
    isForeign: fc.constantFrom(false, false, true),
    hasActions: fc.boolean(),
    hasFlows: fc.boolean(),
    isTold: fc.boolean(),
  })
  .map(({ rules, members, cost, at_end, isForeign, hasActions, hasFlows, isTold }): Case => ({
    ...{ rules: `${cost} ${rules}`, members },
    options: {
      settings: {
        ...defaultSettings,
        ...{ tick: 0.01, lot: 1, money_decimals: 2, currency: "USD", at_end },
        margin: 0.5,
      },
      ...(isForeign && { quotes, instruments: { S1: { currency: "EUR" } } }),
      ...(hasActions && { actions: actionsOf(members) }),
      ...(hasFlows && { flows }),
      ...(isTold && { explains: true, logsOrders: true }),
    },
  }));

const run = ({ rules, members, options }: Case, blockLength: number): PortfolioRun =>
  finish(portfolio({ plan: planOf(rules), members, ...options, blockLength }));

describe("a member that waits for nothing", () => {
  it("misses nothing by hearing of no bar", () => {
    const told = vi.spyOn(Session.prototype, "on");
    const barsTold = (): number => told.mock.calls.filter(([event]) => event.kind === "bar").length;
    let [trades, passed] = [0, 0];
    fc.assert(
      fc.property(cases, (given) => {
        told.mockClear();
        const whole = run(given, 1);
        const all = barsTold();
        told.mockClear();
        expect(run(given, 1_000)).toEqual(whole);
        trades += whole.trades.length;
        passed += all - barsTold();
        told.mockClear();
      }),
      { numRuns },
    );
    told.mockRestore();
    expect(trades).toBeGreaterThan(2 * numRuns);
    expect(passed).toBeGreaterThan(10 * numRuns);
  });
});
