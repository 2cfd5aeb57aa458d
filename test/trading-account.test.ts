import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportedTrade } from "@bitfever/engine";
import { Journal, type JournalStore } from "@bitfever/runtime";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import {
  backtest,
  compile,
  defaultSettings,
  instantsOf,
  readAccount,
  setUp,
  TradingAccount,
  type AccountEvent,
  type AccountSetup,
  type Bars,
  type SetUpOptions,
} from "bitfever";
import { codeOf } from "../packages/bitfever/test/code-of.js";
import { cross, dip, walk } from "../packages/bitfever/test/trading/made-up.js";

/* Accounts in the library: who trades what, that nothing is lost between two lives, and what a journal alone tells. */

const numRuns = Number(process.env["LAW_RUNS"] ?? 10);
const exact = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 };
const [a, b] = [walk("A", 160, 7), walk("B", 150, 11, Date.parse("2024-01-02T01:00:00Z"))];
const both = {
  strategies: [{ source: cross }, { source: dip, share: 0.25 }],
  symbols: [a, b],
  settings: exact,
};

function tellAll(account: TradingAccount, histories: readonly Bars[]): TradingAccount {
  for (const instant of instantsOf(histories, account)) account.tell(instant);
  return account;
}

const tradesOf = (account: TradingAccount): string => JSON.stringify(account.trades);

describe("setUp", () => {
  it("divides the capital, and gives each strategy the symbols of its clock", () => {
    const { seats, programs } = setUp(both);
    expect(programs).toHaveLength(2);
    expect(seats.map(({ strategy, symbol, share }) => [strategy, symbol, share])).toEqual([
      ["Cross", "A", 0.375],
      ["Cross", "B", 0.375],
      ["Dip", "A", 0.125],
      ["Dip", "B", 0.125],
    ]);
    const daily = { symbol: "D", intervalMs: 86_400_000 };
    const chosen = setUp({ ...both, strategies: [{ source: cross }], symbols: [a, daily] });
    expect(chosen.seats.map(({ symbol }) => symbol)).toEqual(["A"]);
    const named = setUp({ ...both, strategies: [{ source: cross, symbols: ["B"], params: { fast: 5 } }] });
    expect(named.seats).toMatchObject([{ symbol: "B", params: { fast: 5 }, share: 1 }]);
  });

  it("is plain data", () => {
    const setup = setUp({ ...both, gates: [{ gate: "exposure", most: "80%" }] });
    expect(JSON.parse(JSON.stringify(setup))).toEqual(setup);
  });

  it.each<[string, Partial<SetUpOptions>, string]>([
    ["no strategy", { strategies: [] }, "BF5180"],
    ["no bars", { symbols: [] }, "BF5180"],
    ["two of one name", { strategies: [{ source: cross }, { source: cross }] }, "BF5180"],
    ["two histories of one symbol", { symbols: [a, a] }, "BF5180"],
    [
      "shares of more than all",
      {
        strategies: [
          { source: cross, share: 0.7 },
          { source: dip, share: 0.7 },
        ],
      },
      "BF5180",
    ],
    ["nothing left", { strategies: [{ source: cross, share: 1 }, { source: dip }] }, "BF5180"],
    ["a share of nothing", { strategies: [{ source: cross, share: 0 }] }, "BF5180"],
    ["a share that is no number", { strategies: [{ source: cross, share: NaN }] }, "BF5180"],
    ["a symbol that nobody has", { strategies: [{ source: cross, symbols: ["C"] }] }, "BF5180"],
    ["no symbol", { strategies: [{ source: cross, symbols: [] }] }, "BF5180"],
    [
      "a universe of which there are no bars",
      {
        strategies: [
          { source: 'strategy "U" { universe "A", "C" enter long when close > 1 { unprotected } }' },
        ],
      },
      "BF5180",
    ],
    ["several currencies", { instruments: { A: { currency: "EUR" }, B: { currency: "USD" } } }, "BF5180"],
    ["bars of another interval", { symbols: [{ symbol: "D", intervalMs: 86_400_000 }] }, "BF5005"],
    ["a program with errors", { strategies: [{ source: "strategy" }] }, "BF1000"],
    ["a parameter there is not", { strategies: [{ source: cross, params: { no: 1 } }] }, "BF5001"],
    ["a value that is none", { strategies: [{ source: cross, params: { fast: "x" } }] }, "BF5002"],
    ["a gate there is not", { gates: [{ gate: "no" }] }, "BF5170"],
  ])("refuses %s", async (_, change, code) => {
    expect(await codeOf(() => setUp({ ...both, ...change }))).toBe(code);
  });
});

describe("a trading account", () => {
  it("trades as the backtest does", async () => {
    const setup = setUp({
      strategies: [{ source: cross, params: { fast: 4 } }],
      symbols: [a],
      settings: exact,
    });
    const account = tellAll(TradingAccount.open({ setup }), [a]);
    const { result } = await backtest(compile(cross), a, { settings: exact, params: { fast: 4 } });
    expect(result.trades.length).toBeGreaterThan(5);
    expect(account.trades.map(({ strategy: _, symbol: _s, ...each }) => reportedTrade(each))).toEqual(
      result.trades,
    );
  });

  it("says what happens, and how it stands", () => {
    const events: AccountEvent[] = [];
    const setup = setUp({ ...both, gates: [{ gate: "max_order_notional", most: 3_000 }] });
    const account = TradingAccount.open({ setup, onEvent: (event) => void events.push(event) });
    expect(account.state).toMatchObject({ time: null, equity: 100_000, capital: 100_000, state: "active" });
    tellAll(account, [a, b]);
    const { state } = account;
    expect(state.time).toBe(Date.parse("2024-01-03T16:00:00Z"));
    expect(state.equity).toBeCloseTo(
      state.seats.reduce((sum, each) => sum + (each.own?.equity ?? NaN), 0),
      9,
    );
    const kinds = new Set(events.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      ...["accepted", "bars", "cancelled", "fill", "notice", "order", "snapshot"],
    ]);
    expect(events[0]).toMatchObject({ kind: "bars", closedAt: Date.parse("2024-01-02T00:15:00Z") });
    // From the order to what became of it by one id.
    const ordered = new Set(events.flatMap((each) => (each.kind === "order" ? [each.clientId] : [])));
    for (const each of events) if (each.kind === "accepted") expect(ordered).toContain(each.clientId);
    expect(state.feeds).toEqual([
      {
        symbol: "A",
        closedAt: Date.parse("2024-01-03T16:00:00Z"),
        nextCloseAt: Date.parse("2024-01-03T16:15:00Z"),
      },
      {
        symbol: "B",
        closedAt: Date.parse("2024-01-03T14:30:00Z"),
        nextCloseAt: Date.parse("2024-01-03T14:45:00Z"),
      },
    ]);
    const bought = (symbol: string): number =>
      events.reduce((sum, each) => {
        if (each.kind !== "fill" || each.symbol !== symbol) return sum;
        return sum + (each.side === "buy" ? each.quantity : -each.quantity);
      }, 0);
    for (const symbol of ["A", "B"])
      expect(bought(symbol)).toBe(
        state.seats.reduce((sum, each) => sum + (each.symbol === symbol ? each.position : 0), 0),
      );
    const refused = events.filter((each) => each.kind === "notice" && each.notice.what === "refused");
    expect(refused.length).toBeGreaterThan(0);
    expect(state.gates).toMatchObject([{ gate: "max_order_notional", fired: refused.length }]);
  });

  it("does what an operator asks, and a flattened account holds nothing", () => {
    const account = TradingAccount.open({ setup: setUp(both) });
    const [instants, cut] = [[...instantsOf([a, b], account)], 60];
    for (const each of instants.slice(0, cut)) account.tell(each);
    account.operate({ kind: "kill", flattens: true });
    for (const each of instants.slice(cut)) account.tell(each);
    expect(account.state).toMatchObject({ state: "halted", orders: [] });
    expect(account.state.seats.map(({ position }) => position)).toEqual([0, 0, 0, 0]);
  });

  it("knows bars that it was told, and such as come too late", () => {
    const store = memoryStore();
    const setup = setUp(both);
    const first = tellAll(TradingAccount.open({ setup, journal: store }), [a]);
    first.close();
    const again = TradingAccount.open({ setup, journal: store });
    const told = [...instantsOf([a, b], again)].map((each) => again.tell(each));
    expect(told.filter((each) => each === "too late").length).toBe(150);
    expect(told.filter((each) => each === "kept already").length).toBe(10);
    expect(told).not.toContain("told");
  });

  it(
    "goes on where it was, however often and wherever it is stopped, and its journal tells all of it",
    { timeout: 60_000 + numRuns * 6_000 },
    () => {
      const setup = setUp({
        ...both,
        gates: [
          { gate: "orders_per_day", most: 25 },
          { gate: "daily_loss", most: "1%", action: "reduce" },
        ],
      });
      const whole = tellAll(TradingAccount.open({ setup }), [a, b]);
      expect(whole.trades.length).toBeGreaterThan(20);
      const stops = fc.array(
        fc.record({ at: fc.nat({ max: 159 }), how: fc.constantFrom("closed", "killed", "abandoned") }),
        { maxLength: 4 },
      );
      fc.assert(
        fc.property(stops, fc.integer({ min: 1, max: 60 }), (given, recordsPerSnapshot) => {
          const store = memoryStore();
          const sorted = [...given].sort((x, y) => x.at - y.at);
          for (const { at, how } of sorted) {
            const account = TradingAccount.open({ setup, journal: store, recordsPerSnapshot });
            for (const each of [...instantsOf([a, b], account)].slice(0, at)) account.tell(each);
            if (how === "closed") account.close();
            else if (how === "abandoned") account.abandon();
            else store.kill();
          }
          const last = tellAll(TradingAccount.open({ setup, journal: store, recordsPerSnapshot }), [a, b]);
          expect(tradesOf(last)).toBe(tradesOf(whole));
          expect(JSON.stringify(last.state)).toBe(JSON.stringify(whole.state));
          // While it is being written, and from any state that was kept.
          for (const from of [0, Infinity]) {
            const read = readAccount(store, from);
            expect(read.difference).toBeNull();
            expect(JSON.stringify(read.state)).toBe(JSON.stringify(whole.state));
            expect(JSON.stringify(read.trades)).toBe(
              JSON.stringify(
                whole.trades.map(({ strategy, symbol, ...each }) => ({
                  ...reportedTrade(each),
                  strategy,
                  symbol,
                })),
              ),
            );
          }
        }),
        { numRuns },
      );
    },
  );

  it("has all its trades, also those that are in memory no more", () => {
    const source = `strategy "Loud" { alert "up" when close > open
      enter long when close > open { size 1 unprotected } exit long when close < open }`;
    const setup = setUp({ ...both, strategies: [{ source }] });
    const opened = (journal?: JournalStore): { account: TradingAccount; alerts: AccountEvent[] } => {
      const alerts: AccountEvent[] = [];
      const account = TradingAccount.open({
        ...{ setup, journal, recordsPerSnapshot: 20, keptTrades: 1 },
        onEvent: (event) => {
          if (event.kind === "alert") alerts.push(event);
        },
      });
      return { account: tellAll(account, [a, b]), alerts };
    };
    const [whole, kept] = [opened(), opened(memoryStore())];
    expect(whole.account.trades.length).toBeGreaterThan(50);
    expect(tradesOf(kept.account)).toBe(tradesOf(whole.account));
    expect(whole.alerts.length).toBeGreaterThan(50);
    expect(kept.alerts).toEqual(whole.alerts);
    kept.account.close();
    expect(tradesOf(kept.account)).toBe(tradesOf(whole.account));
  });

  it("counts what was told again", () => {
    const store = memoryStore();
    const events: AccountEvent[] = [];
    const setup = setUp({ ...both, gates: [{ gate: "max_order_notional", most: 3_000 }] });
    tellAll(TradingAccount.open({ setup, journal: store, onEvent: (each) => void events.push(each) }), [
      a,
      b,
    ]).close();
    const { counts, setup: kept, from } = readAccount(store);
    expect(kept).toEqual(setup);
    expect(from).toBe(0);
    expect(counts).toMatchObject({
      instants: 160,
      orders: events.filter(({ kind }) => kind === "order").length,
      fills: events.filter(({ kind }) => kind === "fill").length,
      refused: {
        order_notional_too_large: events.filter(
          (each) => each.kind === "notice" && each.notice.what === "refused",
        ).length,
      },
    });
    expect(readAccount(store, Infinity)).toMatchObject({ counts: { turns: 0 } });
  });
});

describe("what a strategy needs beside its own bars", () => {
  const reading = `strategy "Reads" {
    market "B" as other
    on other { let calm = sma(close, 5) }
    enter long when close > open and latest(other.close) > latest(calm) { size 10% of equity stop at close - 2 }
    exit long when latest(other.close) < latest(calm)
  }`;

  it("are other markets: what closes together is seen together, as in the backtest", async () => {
    const setup = setUp({ strategies: [{ source: reading }], symbols: [a, b], settings: exact });
    expect(setup.seats).toMatchObject([{ symbol: "A", share: 1, reads: [{ symbol: "B" }] }]);
    const { result } = await backtest(compile(reading), a, { settings: exact, markets: { B: b } });
    expect(result.trades.length).toBeGreaterThan(5);
    const store = memoryStore();
    const first = TradingAccount.open({ setup, journal: store, recordsPerSnapshot: 7 });
    for (const each of [...instantsOf([a, b], first)].slice(0, 71)) first.tell(each);
    store.kill();
    const account = tellAll(TradingAccount.open({ setup, journal: store }), [b, a]);
    expect(account.trades.map(({ strategy: _, symbol: _s, ...each }) => reportedTrade(each))).toEqual(
      result.trades,
    );
    expect(readAccount(store).difference).toBeNull();
  });

  it("are other markets, of which so many may come alone and no more", async () => {
    const setup = setUp({ strategies: [{ source: reading }], symbols: [a, b], settings: exact });
    const account = TradingAccount.open({ setup });
    const [bar] = instantsOf([b], account);
    const tell = (i: number) =>
      account.tell({
        closedAt: bar.closedAt + i * 900_000,
        bars: bar.bars.map((each) => ({ ...each, bar: { ...each.bar, time: each.bar.time + i * 900_000 } })),
      });
    for (let i = 0; i < 20_000; i++) tell(i);
    expect(await codeOf(() => tell(20_000))).toBe("BF5188");
  });

  it("are files that it imports, which are kept with it", async () => {
    const library = {
      name: "lib/levels.bf",
      text: "edition 2026\n\npub fn roof(n: bars) = highest(high, n)[1]\n",
    };
    const source = {
      name: "s.bf",
      text: 'edition 2026\n\nimport "lib/levels.bf" as levels\n\nstrategy "Imports" {\n  enter long when close > levels.roof(5) { size 10% of equity stop at close - 1 }\n}\n',
    };
    const findModule = (path: string) => (path === library.name ? library : undefined);
    const given = { symbols: [a], settings: exact };
    const setup = setUp({ ...given, strategies: [{ source, findModule }] });
    const store = memoryStore();
    const account = tellAll(TradingAccount.open({ setup, journal: store }), [a]);
    account.close();
    expect(account.trades.length).toBeGreaterThan(3);
    const read = readAccount(store);
    expect([read.difference, read.trades.length]).toEqual([null, account.trades.length]);
    const edited = { ...library, text: library.text.replace("[1]", "[2]") };
    const other = setUp({ ...given, strategies: [{ source, findModule: () => edited }] });
    expect(() => TradingAccount.open({ setup: other, journal: store })).toThrow(
      /program of Imports, lib\/levels.bf, line 3: .*\[1\] → .*\[2\]/,
    );
    expect(await codeOf(() => setUp({ ...given, strategies: [{ source }] }))).toBe("BF1000");
  });
});

describe("the journal of another setup", () => {
  const setup = setUp(both);
  const changed = (change: Partial<SetUpOptions>): AccountSetup => setUp({ ...both, ...change });
  const [plain, other] = [{ source: cross }, { source: dip, share: 0.25 }];

  it.each<[string, AccountSetup, RegExp]>([
    ["settings", changed({ settings: { ...exact, commission: 0.002 } }), /setting commission: null → 0.002/],
    [
      "another program",
      changed({ strategies: [{ source: cross.replace("8)", "9)") }, other] }),
      /program of Cross, line 7: let slow = sma\(close, 8\) → let slow = sma\(close, 9\)/,
    ],
    [
      "parameters",
      changed({ strategies: [{ ...plain, params: { fast: 4 } }, other] }),
      /Cross.fast: nothing → 4/,
    ],
    [
      "gates",
      changed({ gates: [{ gate: "exposure", most: 1 }] }),
      /gates: \[\] → \[\{"gate":"exposure","most":1\}\]/,
    ],
    [
      "shares",
      changed({ strategies: [plain, { ...other, share: 0.5 }] }),
      /share of Cross on A: 0.375 → 0.25 \(and 3 more/,
    ],
    ["symbols", changed({ symbols: [a] }), /strategies: Cross on A, Cross on B, .* → Cross on A, Dip on A/],
    ["its name", changed({ account: "other" }), /account: paper → other/],
    ["its kind", changed({ kind: "live" }), /kind: paper → live/],
  ])("is refused: %s", (_, given, words) => {
    const store = memoryStore();
    tellAll(TradingAccount.open({ setup, journal: store }), [a]).close();
    const open = () => TradingAccount.open({ setup: given, journal: store });
    expect(open).toThrow(expect.objectContaining({ code: "BF5181", message: expect.stringMatching(words) }));
    expect(open).toThrow(expect.objectContaining({ hint: expect.stringContaining("folder of its own") }));
    // Nobody is kept out, and nothing was changed.
    TradingAccount.open({ setup, journal: store }).close();
  });

  it("is none where only the place of a file or the version are others", () => {
    const store = memoryStore();
    TradingAccount.open({ setup, journal: store }).close();
    const moved = changed({ strategies: [{ source: { name: "elsewhere/x.bf", text: cross } }, other] });
    TradingAccount.open({ setup: { ...moved, version: "9" }, journal: store }).close();
  });
});

describe("a journal that is not what it was", () => {
  const setup = setUp(both);

  function journalWith(change: (text: string) => string): JournalStore {
    const store = memoryStore();
    tellAll(TradingAccount.open({ setup, journal: store, recordsPerSnapshot: 1e9 }), [a, b]).abandon();
    const name = "00000001.journal";
    const text = Buffer.from(store.read(name, 0, store.size(name))).toString();
    return memoryStore({ [name]: change(text) });
  }

  it("goes on before what is damaged, and says so", () => {
    const store = journalWith((text) => text.slice(0, -20));
    const account = TradingAccount.open({ setup, journal: store });
    expect(account.damage).toEqual([expect.stringMatching(/was not written to its end/)]);
    const whole = tellAll(TradingAccount.open({ setup }), [a, b]);
    expect(tradesOf(tellAll(account, [a, b]))).toBe(tradesOf(whole));
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["no setup", { kind: "bar" }],
    ["one of another schema", { setup: { schema: "bitfever/account-setup@9" } }],
    ["one with nothing in it", { setup: { schema: "bitfever/account-setup@1" } }],
    ["one without programs", { setup: { ...setup, programs: [] } }],
    ["one whose seats are none", { setup: { ...setup, seats: [null] } }],
    ["one without settings", { setup: { ...setup, settings: 7 } }],
  ])("is of no account when its first record is %s", async (_, body) => {
    const store = memoryStore();
    const journal = Journal.open(store, { create: "paper" });
    journal.append(body);
    journal.close();
    expect(await codeOf(() => readAccount(store))).toBe("BF5182");
    expect(await codeOf(() => TradingAccount.open({ setup, journal: store }))).toBe("BF5182");
  });

  it("is of no account when it begins with something else", async () => {
    const header = journalWith((text) => text.slice(0, text.indexOf("\n") + 1));
    expect(await codeOf(() => readAccount(header))).toBe("BF5182");
    // Whoever goes on begins anew: nothing was in it.
    TradingAccount.open({ setup, journal: header }).close();
    expect(readAccount(header).counts.turns).toBe(0);
  });
});

describe("a universe on an account", () => {
  const source = `strategy "Best" on 15m { universe
    rebalance every 4h { hold top 1 by close / close[3] weight equal }
  }`;
  const c = walk("C", 155, 13, Date.parse("2024-01-01T12:00:00Z"));
  const histories = [c, a, b];
  const options = {
    strategies: [
      { source, share: 0.6 },
      { source: cross, symbols: ["A"] },
    ],
    settings: exact,
  };
  const setup = setUp({ ...options, symbols: histories });

  it("is one account of all members, and trades as its backtest does", async () => {
    const account = tellAll(TradingAccount.open({ setup }), histories);
    const { result } = await backtest(compile(source), histories, {
      settings: { ...exact, initial_capital: 60_000 },
    });
    expect(result.trades.length).toBeGreaterThan(2);
    const placed = (each: object): unknown => ({ ...each, entryBar: 0, exitBar: 0, symbol: undefined });
    const own = account.trades.filter(({ strategy }) => strategy === "Best");
    expect(
      own
        .map(({ strategy: _, ...each }) => reportedTrade(each))
        .toSorted((x, y) => x.entryTime.localeCompare(y.entryTime))
        .map(placed),
    ).toEqual(result.trades.map(placed));
    const { universes, seats, equity, capital } = account.state;
    expect(universes).toMatchObject([{ strategy: "Best", members: 3, capital: 60_000 }]);
    expect(universes[0].closedTrades).toBe(own.filter(({ exitTime }) => exitTime !== null).length);
    expect(seats.map(({ own }) => own === null)).toEqual([true, true, true, false]);
    expect(capital).toBe(100_000);
    expect(equity).toBeCloseTo(universes[0].equity + (seats[3].own?.equity ?? NaN), 9);
  });

  it("goes on from its journal, and tells that again", () => {
    const whole = tellAll(TradingAccount.open({ setup }), histories);
    const store = memoryStore();
    for (const most of [40, 90, 1_000]) {
      const account = TradingAccount.open({ setup, journal: store, recordsPerSnapshot: 25 });
      let told = 0;
      for (const instant of instantsOf(histories, account))
        if (told < most && account.tell(instant) === "told") told++;
      if (most === 1_000) {
        expect(tradesOf(account)).toBe(tradesOf(whole));
        expect(account.state).toEqual(whole.state);
      }
      store.close();
    }
    expect(readAccount(store)).toMatchObject({ difference: null, state: whole.state });
  });

  it("decides no moment twice: who comes late is not compared, and rebalances nothing", () => {
    const orders: AccountEvent[] = [];
    const late = TradingAccount.open({ setup, onEvent: (event) => void orders.push(event) });
    for (const { closedAt, bars } of instantsOf(histories, late)) {
      if (bars.length < 3) {
        late.tell({ closedAt, bars });
        continue;
      }
      // One bar of each instant comes by itself, a second later.
      late.tell({ closedAt, bars: bars.slice(0, -1) });
      const before = orders.length;
      late.tell({ closedAt: closedAt + 1_000, bars: bars.slice(-1) });
      expect(
        orders.slice(before).filter((each) => each.kind === "order" && each.strategy === "Best"),
      ).toEqual([]);
    }
    expect(orders.some((each) => each.kind === "order" && each.strategy === "Best")).toBe(true);
  });

  it("refuses members whose days end at different times", async () => {
    const instruments = { A: { calendar: "NYSE" }, B: { calendar: "TSE" } };
    const mixed = setUp({ ...options, symbols: histories, instruments });
    expect(await codeOf(() => TradingAccount.open({ setup: mixed }))).toBe("BF5180");
  });
});
