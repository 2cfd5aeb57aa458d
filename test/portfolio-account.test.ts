import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, parseSettings, reportedTrade } from "@bitfever/engine";
import {
  backtestPortfolio,
  compile,
  defaultSettings,
  instantsOf,
  readAccount,
  setUp,
  TradingAccount,
  type Bars,
  type FilterInput,
  type PortfolioOptions,
} from "bitfever";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { codeOf } from "../packages/bitfever/test/code-of.js";
import { cross, dip, walk } from "../packages/bitfever/test/trading/made-up.js";

/* A paper account whose strategies are switched by their equity decides and trades as `bf portfolio` over the same history. */

const numRuns = Number(process.env["LAW_RUNS"] ?? 8);
const exact = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2, initial_capital: 100_001 };

const filters: fc.Arbitrary<FilterInput | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.record({ name: fc.constantFrom("average", "slope"), sessions: fc.integer({ min: 2, max: 5 }) }),
  fc.record({
    name: fc.constant("drawdown"),
    most: fc.constantFrom(0.001, 0.003),
    recovery: fc.constant(0.5),
  }),
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
  days: fc.integer({ min: 6, max: 9 }),
  given: fc.tuple(filters, filters, filters),
  whenOff: fc.constantFrom("close", "run"),
  reallocate: fc.constantFrom("monthly", "never"),
});

const shares = [0.5, 0.3, 0.2];

function historiesOf({ seed, days }: Pick<Case, "seed" | "days">): readonly Bars[] {
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
  return backtestPortfolio(systems, options);
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

interface DayEnd {
  readonly on: number;
  readonly equity: number;
}

/** How each strategy stands at the end of each day in UTC. */
function dayEnds(account: TradingAccount, histories: readonly Bars[]): ReadonlyMap<string, DayEnd[]> {
  const ends = new Map(names.map((name) => [name, [] as DayEnd[]]));
  let day = NaN;
  for (const instant of instantsOf(histories, account)) {
    account.tell(instant);
    const now = Math.ceil(instant.closedAt / dayMs);
    for (const { strategy, isOn = true, own } of account.state.seats) {
      const list = ends.get(strategy) ?? [];
      if (now === day) list.pop();
      list.push({ on: isOn ? 1 : 0, equity: own?.equity ?? NaN });
    }
    day = now;
  }
  return ends;
}

describe("an account of strategies that are switched by their equity", () => {
  it("decides for each day, trades and moves capital as the backtest of the portfolio", async () => {
    let [switched, moved] = [0, 0];
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const histories = historiesOf(each);
        const { result, curves } = await portfolioOf(each, histories);
        const account = TradingAccount.open({
          setup: accountOf(each, histories),
          onEvent: ({ kind }) => {
            if (kind === "capital") moved++;
          },
        });
        const ends = dayEnds(account, histories);
        for (const { name, on, equity } of curves.systems) {
          const tested = [...on].map((now, i) => ({ on: now, equity: equity[i] }));
          switched += tested.filter((now, i) => i > 0 && now.on !== tested[i - 1].on).length;
          // Of what comes after the last bar a backtest says nothing.
          expect(ends.get(name)?.slice(0, -1)).toEqual(tested.slice(0, -1));
        }
        for (const name of names) {
          const tested = result.trades.filter(({ system }) => system === name);
          const traded = account.trades.filter(({ strategy }) => strategy === name).map(reportedTrade);
          expect(traded.map(({ exitTime, profit }) => [exitTime, profit])).toEqual(
            tested.map(({ exitTime, profit }) => [exitTime, profit]),
          );
        }
      }),
      { numRuns },
    );
    expect(switched).toBeGreaterThan(numRuns);
    expect(moved).toBeGreaterThan(numRuns / 2);
  });

  it("goes on where it was, wherever it is stopped, and its journal tells all of it", () => {
    fc.assert(
      fc.property(
        cases,
        fc.nat({ max: 380 }),
        fc.integer({ min: 60, max: 600 }),
        (each, at, recordsPerSnapshot) => {
          const histories = historiesOf({ ...each, days: 5 });
          const setup = accountOf(each, histories);
          const whole = TradingAccount.open({ setup });
          for (const instant of instantsOf(histories, whole)) whole.tell(instant);
          const store = memoryStore();
          const first = TradingAccount.open({ setup, journal: store, recordsPerSnapshot });
          for (const instant of [...instantsOf(histories, first)].slice(0, at)) first.tell(instant);
          store.kill();
          const last = TradingAccount.open({ setup, journal: store, recordsPerSnapshot });
          for (const instant of instantsOf(histories, last)) last.tell(instant);
          expect(JSON.stringify(last.state)).toBe(JSON.stringify(whole.state));
          expect(JSON.stringify(last.trades)).toBe(JSON.stringify(whole.trades));
          const read = readAccount(store);
          expect(read.difference).toBeNull();
          expect(JSON.stringify(read.state)).toBe(JSON.stringify(whole.state));
        },
      ),
      { numRuns },
    );
  });

  it("decides at the first bar of a later session where the last of one did not come", () => {
    const [a] = historiesOf({ days: 4, seed: 4 });
    // Without the last bar of the second day: the calendar says that it should have come.
    const isMissing = (i: number): boolean => i === 2 * 96 - 1;
    const column = (values: Float64Array): Float64Array => values.filter((_, i) => !isMissing(i));
    const gapped = { ...a, ...mapColumns(a, column), length: a.length - 1 };
    const filter = { name: "profit", sessions: 1, least: 1 };
    const setup = setUp({ strategies: [{ source: cross, filter }], symbols: [gapped], settings: exact });
    const switchedAt: number[] = [];
    const account = TradingAccount.open({
      setup,
      onEvent: (event) => {
        if (event.kind === "notice" && event.notice.what === "switched") switchedAt.push(event.time);
      },
    });
    const wave = { name: "profit", sessions: 2, least: 1 };
    for (const instant of instantsOf([gapped], account)) account.tell(instant);
    expect(switchedAt).toEqual([a.time[96]]);
    const later = setUp({
      strategies: [{ source: cross, filter: wave }],
      symbols: [gapped],
      settings: exact,
    });
    const second = TradingAccount.open({ setup: later });
    const offAt = [...instantsOf([gapped], second)].find((instant) => {
      second.tell(instant);
      return second.state.seats[0].isOn === false;
    });
    expect(offAt?.closedAt).toBe(a.time[2 * 96 + 1]);
  });

  it("has one value for each parameter of a filter, and shares that are all of the capital", async () => {
    const given = { symbols: historiesOf({ days: 4, seed: 1 }), settings: exact };
    const several = { source: cross, filter: { name: "average", sessions: [2, 3] } };
    expect(await codeOf(() => setUp({ ...given, strategies: [several] }))).toBe("BF5197");
    const none = { source: cross, filter: { name: "averag" } };
    expect(await codeOf(() => setUp({ ...given, strategies: [none] }))).toBe("BF5080");
    const part = { source: cross, share: 0.5, filter: { name: "average" } };
    expect(await codeOf(() => setUp({ ...given, strategies: [part] }))).toBe("BF5180");
  });

  it("is in the setup by name and number", () => {
    const symbols = historiesOf({ days: 4, seed: 1 });
    const strategies = [{ source: cross, filter: { name: "drawdown", most: "5%" } }];
    const setup = setUp({ strategies, symbols, settings: exact, whenOff: "run" });
    expect(setup.portfolio).toEqual({ whenOff: "run", reallocate: "never" });
    expect(setup.seats[0].filter).toEqual({ name: "drawdown", values: { most: 0.05, recovery: 0.5 } });
    expect(JSON.parse(JSON.stringify(setup))).toEqual(setup);
    expect(setUp({ strategies: [{ source: cross }], symbols, settings: exact }).portfolio).toBeUndefined();
  });
});

const mapColumns = (bars: Bars, map: (column: Float64Array) => Float64Array) => ({
  ...{ time: map(bars.time), open: map(bars.open), high: map(bars.high), low: map(bars.low) },
  ...{ close: map(bars.close), volume: map(bars.volume) },
});
