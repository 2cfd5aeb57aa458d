import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, parseSettings, reportedTrade } from "@bitfever/engine";
import {
  backtestPortfolio,
  compile,
  defaultSettings,
  instantsOf,
  setUp,
  TradingAccount,
  type Bars,
  type FilterInput,
  type PortfolioOptions,
} from "bitfever";
import { cross, dip, walk } from "../packages/bitfever/test/trading/made-up.js";

/* A paper account whose strategies are switched by their equity decides and trades as `bf portfolio` over the same history. */

const numRuns = Number(process.env["LAW_RUNS"] ?? 8);
const exact = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2, initial_capital: 100_001 };

const filters: fc.Arbitrary<FilterInput | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ name: fc.constantFrom("average", "slope"), sessions: fc.integer({ min: 2, max: 5 }) }),
  fc.record({ name: fc.constant("drawdown"), most: fc.constantFrom(0.001, 0.003), recovery: fc.constant(0.5) }),
  fc.record({ name: fc.constant("winning_share"), trades: fc.integer({ min: 1, max: 6 }) }),
);

interface Case {
  readonly seed: number;
  readonly days: number;
  readonly given: readonly (FilterInput | undefined)[];
  readonly whenOff: "close" | "run";
  readonly reallocate: "monthly" | "never";
}

const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 1, max: 10_000 }),
  days: fc.integer({ min: 4, max: 9 }),
  given: fc.tuple(filters, filters, filters),
  whenOff: fc.constantFrom("close", "run"),
  reallocate: fc.constant("never"),
});

const shares = [0.5, 0.3, 0.2];

function historiesOf({ seed, days }: Case): readonly Bars[] {
  // From the last days of a month, so that there is an end of one within.
  const start = Date.parse("2024-01-28T00:00:00Z");
  return [walk("A", 96 * days, seed, start), walk("B", 96 * days - 7, seed + 1, start + 7 * 900_000)];
}

/** What is other for one of them than for all. */
const ofFirst = (i: number) => (i === 0 ? { slippage: parseSettings({ slippage: "2 ticks" }).slippage } : {});

const programs = [cross, dip, cross];
const traded = [0, 1, 1];
const names = ["first", "second", "third"];

async function portfolioOf(each: Case, histories: readonly Bars[]) {
  const systems = programs.map((text, i) => ({
    ...{ name: names[i], strategy: compile(text), bars: histories[traded[i]], share: shares[i] },
    settings: ofFirst(i),
    ...(each.given[i] && { filter: each.given[i] }),
  }));
  const { whenOff, reallocate } = each;
  const options: PortfolioOptions = { settings: { ...exact, at_end: "mark" }, whenOff, reallocate };
  return backtestPortfolio(systems as Parameters<typeof backtestPortfolio>[0], options);
}

const accountOf = (each: Case, histories: readonly Bars[]) =>
  setUp({
    strategies: programs.map((source, i) => ({
      ...{ source, name: names[i], share: shares[i], symbols: [histories[traded[i]].symbol] },
      filter: each.given[i],
      settings: ofFirst(i),
    })),
    symbols: histories,
    settings: exact,
    ...{ whenOff: each.whenOff, reallocate: each.reallocate },
  });

/** For each strategy whether it is on at the end of each day in UTC. */
function onByDay(account: TradingAccount, histories: readonly Bars[]): ReadonlyMap<string, number[]> {
  const on = new Map(names.map((name) => [name, [] as number[]]));
  let day = NaN;
  for (const instant of instantsOf(histories, account)) {
    account.tell(instant);
    const now = Math.ceil(instant.closedAt / dayMs);
    for (const { strategy, isOn = true } of account.state.seats) {
      const list = on.get(strategy) ?? [];
      if (now !== day) list.push(0);
      list[list.length - 1] = isOn ? 1 : 0;
    }
    day = now;
  }
  return on;
}

describe("an account of strategies that are switched by their equity", () => {
  it("decides for each day and trades as the backtest of the portfolio", async () => {
    let switched = 0;
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const histories = historiesOf(each);
        const { result, curves } = await portfolioOf(each, histories);
        const account = TradingAccount.open({ setup: accountOf(each, histories) });
        const on = onByDay(account, histories);
        for (const { name, on: tested } of curves.systems) {
          const days = [...tested];
          switched += days.filter((now, i) => i > 0 && now !== days[i - 1]).length;
          // Of what comes after the last bar a backtest says nothing.
          expect(on.get(name)?.slice(0, -1)).toEqual(days.slice(0, -1));
        }
        const ended = (trades: readonly { exitTime: unknown }[]) =>
          trades.filter(({ exitTime }) => exitTime !== null);
        for (const name of names)
          expect(
            ended(account.trades.filter(({ strategy }) => strategy === name).map(reportedTrade)),
          ).toEqual(
            ended(
              result.trades
                .filter(({ system }) => system === name)
                .map(({ system: _system, ...trade }) => trade),
            ).map((trade) => expect.objectContaining(trade)),
          );
      }),
      { numRuns },
    );
    expect(switched).toBeGreaterThan(numRuns);
  });
});
