import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, specialise, type Plan } from "@bitfever/lang";
import {
  barsOf,
  catalogue,
  defaultSettings,
  fieldsOf,
  randomOf,
  type Bars,
  type ExternalFlow,
  type Settings,
} from "@bitfever/engine";
import {
  backtest,
  barAt,
  finish,
  portfolio,
  simulateBar,
  simulation,
  timingFor,
  type BacktestRun,
  type PortfolioRun,
} from "../src/index.js";
import { openingOf } from "../src/opening.js";

/* Deposits and withdrawals: when they are booked, what is paid, and what of the account does not hear of them. */

const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);

const planOf = (rules: string): Plan => {
  const { program, diagnostics } = compile(
    { name: "case.bf", text: `strategy "Case" {\n${rules}\n}` },
    catalogue,
  );
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return specialise(program, catalogue, {}, { withLets: true });
};

/** Bars of a day, each from an open to a close. */
const barsAt = (symbol: string, rows: readonly (readonly [open: number, close: number])[]): Bars => {
  const column = (pick: (row: readonly [number, number]) => number): Float64Array =>
    Float64Array.from(rows, pick);
  return barsOf(symbol, {
    time: Float64Array.from(rows, (_, i) => start + i * dayMs),
    open: column(([open]) => open),
    high: column((row) => Math.max(...row)),
    low: column((row) => Math.min(...row)),
    close: column(([, close]) => close),
    volume: column(() => 1_000),
  });
};

interface Case {
  readonly rules: string;
  readonly rows: readonly (readonly [open: number, close: number])[];
  /** Amount by the day on which it is moved, from 0 on. */
  readonly flows: readonly (readonly [day: number, amount: number])[];
  readonly settings?: Partial<Settings>;
}

const flowsAt = (flows: Case["flows"]): readonly ExternalFlow[] =>
  flows.map(([day, amount]) => ({ time: start + day * dayMs, amount }));

const settingsOf = (given: Partial<Settings> = {}): Settings => ({
  ...defaultSettings,
  ...{ initial_capital: 1_000, lot: 1, tick: 0.01, money_decimals: 2 },
  ...given,
});

function run({ rules, rows, flows, settings: given }: Case): BacktestRun {
  const settings = settingsOf(given);
  const plan = planOf(rules);
  const fields = fieldsOf(barsAt("X", rows), timingFor(plan, settings, dayMs));
  const options = { plan, fields, settings, symbol: "X", intervalMs: dayMs, flows: flowsAt(flows) };
  return finish(backtest(options));
}

/** A `let` of the program, over the bars. */
const letOf = (name: string, { rules }: Case, { outputs }: BacktestRun): number[] => [
  ...outputs[planOf(rules).outputs.findIndex((each) => each.name === name)],
];

const flat = Array.from({ length: 5 }, () => [100, 100] as const);
const idle = "enter long when close < 0 { size 1 unprotected }";
const once = (side: string, size: string): string =>
  `enter ${side} when bar_index == 0 { size ${size} unprotected }`;

describe("a deposit", () => {
  it("is cash from the bar on that opens at its time or later, and an entry of its own", () => {
    const { equity, cashFlows } = run({
      rules: idle,
      rows: flat,
      flows: [
        [1, 250],
        [2.5, 50.125],
      ],
    });
    expect([...equity]).toEqual([1_000, 1_250, 1_250, 1_300.12, 1_300.12]);
    // Half a cent is rounded to the even one.
    expect(cashFlows).toEqual([
      { reason: "deposit", amount: 250, time: start + dayMs, worth: 1_000 },
      { reason: "deposit", amount: 50.12, time: start + 3 * dayMs, worth: 1_250 },
    ]);
  });

  it("is there before the orders of its bar", () => {
    const order = { rules: once("long", "15"), rows: flat };
    expect(run({ ...order, flows: [] }).position.at(-1)).toBe(10);
    expect(run({ ...order, flows: [[1, 500]] }).position.at(-1)).toBe(15);
    expect(run({ ...order, flows: [[2, 500]] }).position.at(-1)).toBe(10);
  });

  it("finds the account at the open of its bar", () => {
    const rows = [
      [100, 100],
      [100, 100],
      [120, 110],
      [110, 110],
    ] as const;
    const { cashFlows } = run({ rules: once("long", "5"), rows, flows: [[2, 100]] });
    // 500 in cash, and 5 that open at 120.
    expect(cashFlows.map(({ worth }) => worth)).toEqual([1_100]);
  });
});

describe("a withdrawal gets what is free", () => {
  it.each([
    ["all of it, where nothing is held", once("long", "0.5"), {}, -900, -900],
    ["the cash beside what is held", once("long", "7"), {}, -900, -300],
    ["nothing where all is held", once("long", "10"), {}, -900, 0],
    // 5 sold short at 100 leave 1,500 in cash, of which 1,000 are reserved: twice what is owed.
    ["what a short position does not reserve", once("short", "5"), {}, -900, -500],
    // 15 at 100 with 20% of one's own: 500 are borrowed.
    ["nothing that is borrowed", once("long", "15"), { margin: 0.2 }, -900, 0],
    ["cash, though more could be borrowed", once("long", "4"), { margin: 0.2 }, -900, -600],
  ])("%s", (_title, rules, settings, asked, paid) => {
    const { equity, cashFlows } = run({ rules, rows: flat, flows: [[2, asked]], settings });
    expect([...equity]).toEqual([1_000, 1_000, 1_000 + paid, 1_000 + paid, 1_000 + paid]);
    expect(cashFlows).toEqual([
      {
        ...{ reason: "withdrawal", amount: paid, time: start + 2 * dayMs, worth: 1_000 },
        ...(paid !== asked && { asked }),
      },
    ]);
  });

  it("one after the other, in order of time", () => {
    const { cashFlows } = run({
      ...{ rules: idle, rows: flat },
      flows: [
        [1.7, 300],
        [1.2, -1_200],
        [1.9, -400],
      ],
    });
    expect(cashFlows.map(({ amount, worth }) => [amount, worth])).toEqual([
      [-1_000, 1_000],
      [300, 0],
      [-300, 300],
    ]);
  });
});

describe("what the program sees", () => {
  const lets = `let cash_now = cash  let equity_now = equity  let start_now = initial_capital
    let fall = drawdown  let deepest = max_drawdown  let open_now = open_profit  let net = net_profit`;

  it("cash and equity have it; profits and drawdowns do not", () => {
    const rows = [
      [100, 100],
      [100, 100],
      [100, 90],
      [90, 90],
      [90, 90],
    ] as const;
    const given = {
      rules: `${lets}\n${once("long", "5")}`,
      rows,
      flows: [
        [3, -475],
        [4, 1_000],
      ] as const,
    };
    const done = run(given);
    const seen = (name: string): number[] => letOf(name, given, done);
    expect(seen("cash_now")).toEqual([1_000, 500, 500, 25, 1_025]);
    expect(seen("equity_now")).toEqual([1_000, 1_000, 950, 475, 1_475]);
    expect(seen("start_now")).toEqual(rows.map(() => 1_000));
    expect(seen("open_now")).toEqual([0, 0, -50, -50, -50]);
    expect(seen("net")).toEqual(rows.map(() => 0));
    for (const name of ["fall", "deepest"])
      seen(name).forEach((value, i) => {
        expect(value, `${name} on bar ${i}`).toBeCloseTo(i < 2 ? 0 : 0.05, 12);
      });
  });

  it("an account that all is taken out of has lost nothing", () => {
    const given = {
      rules: `${lets}\n${idle}`,
      rows: flat,
      flows: [
        [1, -1_000],
        [3, 500],
      ] as const,
    };
    const done = run(given);
    expect(letOf("deepest", given, done)).toEqual([0, 0, 0, 0, 0]);
    expect(letOf("fall", given, done)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("limits", () => {
  const limited = (limit: string, rows: Case["rows"], flows: Case["flows"]): number =>
    run({ rules: `limit ${limit}\n${once("long", "5")}`, rows, flows }).limits[0].fired;
  const falling = [
    [100, 100],
    [100, 100],
    [100, 88],
    [88, 88],
  ] as const;

  it.each(["drawdown 5% { block }", "day_loss 5% { block }"])("`%s`", (limit) => {
    expect(limited(limit, flat, [])).toBe(0);
    expect(limited(limit, flat, [[2, -400]])).toBe(0);
    expect(
      limited(limit, flat, [
        [2, 5_000],
        [3, -4_000],
      ]),
    ).toBe(0);
    // 60 of 1,000 are 6%; of 6,000 they are 1%, and of 1,000 that were 6,000 before they are 6% again.
    expect(limited(limit, falling, [])).toBe(1);
    expect(limited(limit, falling, [[1, 5_000]])).toBe(0);
    expect(
      limited(limit, falling, [
        [1, 5_000],
        [2, -5_000],
      ]),
    ).toBe(1);
  });
});

const universe = `universe
  enter long "a" when close > open { size 30% of equity stop at close * 0.97 }
  enter short "b" when close < lowest(low, 3)[1] { size 20% of equity stop at close * 1.03 }
  exit when close crosses below sma(close, 4)`;

/** A market that wanders. */
function wander(symbol: string, seed: number, length = 60): Bars {
  const random = randomOf(seed);
  let price = 100;
  return barsAt(
    symbol,
    Array.from({ length }, () => {
      const open = price;
      price = Math.max(20, Math.round((price + (random() - 0.49) * 4) * 100) / 100);
      return [open, price] as const;
    }),
  );
}

const flowsOfLife = fc
  .array(fc.tuple(fc.nat(59), fc.integer({ min: -90_000, max: 60_000 }).filter(Boolean)), {
    minLength: 1,
    maxLength: 8,
  })
  .map((flows) => flows.map(([day, cents]) => [day, cents / 100] as const));

const cents = (decimal: number): number => Math.round(decimal * 100);
const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + cents(each), 0);

describe("to the last cent", () => {
  it("an account is its capital, its profits, and all that came and went; a venue's cash is the book's", () => {
    const settings = settingsOf({ commission: 0.001, carry: [{ model: "interest", parameters: [0.05] }] });
    const plan = planOf(universe.replace("universe", ""));
    let paidInPart = 0;
    fc.assert(
      fc.property(fc.nat(1_000), flowsOfLife, (seed, flows) => {
        const bars = wander("X", seed);
        const fields = fieldsOf(bars, timingFor(plan, settings, dayMs));
        const simulated = simulation({ plan, settings, symbol: "X", intervalMs: dayMs }, 1);
        const { session, venue } = simulated;
        const opening = openingOf(simulated, { flows: flowsAt(flows) });
        for (let i = 0; i < bars.length; i++) {
          const bar = barAt(fields, i);
          if (opening !== undefined && bar.time >= opening.next) opening.at(bar);
          simulateBar(session, venue, bar);
          expect(venue.snapshot().cash).toBe(session.snapshot().ledger.cash);
          const profits = session.trades(bar.close).map(({ profit }) => profit);
          const moved = session.cashFlows.map(({ amount }) => amount);
          expect(cents(session.equity(bar.close))).toBe(cents(1_000) + sumOf(profits) + sumOf(moved));
        }
        const asked = session.cashFlows.filter(({ reason }) => reason !== "interest");
        expect(asked).toHaveLength(flows.length);
        for (const { reason, amount, asked: wanted = amount } of asked) {
          expect(amount >= 0).toBe(reason === "deposit" || amount === 0);
          if (wanted !== amount) {
            paidInPart++;
            expect(amount).toBeGreaterThan(wanted);
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(paidInPart).toBeGreaterThan(10);
  });

  const ofUniverse = (seeds: readonly number[], flows: Case["flows"], blockLength?: number): PortfolioRun =>
    finish(
      portfolio({
        plan: planOf(universe),
        settings: settingsOf({ commission: 0.001 }),
        members: seeds.map((seed, i) => wander(`M${i}`, seed, 50 + 5 * i)),
        flows: flowsAt(flows),
        ...(blockLength !== undefined && { blockLength }),
      }),
    );

  it("so is the account of a universe, whose flows are of no member", () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999)), flowsOfLife, (seeds, flows) => {
        const { equity, trades, cashFlows } = ofUniverse(seeds, flows);
        const profits = trades.map(({ profit }) => profit);
        const moved = cashFlows.map(({ amount }) => amount);
        expect(cents(equity[equity.length - 1])).toBe(cents(1_000) + sumOf(profits) + sumOf(moved));
        for (const { symbol } of cashFlows) expect(symbol).toBeUndefined();
        expect(ofUniverse(seeds, flows, 1)).toEqual(ofUniverse(seeds, flows));
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  it("a universe of one is the strategy itself", () => {
    const flows = [
      [5, 300],
      [20, -500],
      [40, 120.5],
    ] as const;
    const rules = universe.replace("universe", "");
    const plan = planOf(rules);
    const settings = settingsOf({ commission: 0.001 });
    const bars = wander("M0", 7, 50);
    const fields = fieldsOf(bars, timingFor(plan, settings, dayMs));
    const alone = finish(
      backtest({ plan, fields, settings, symbol: "M0", intervalMs: dayMs, flows: flowsAt(flows) }),
    );
    const together = ofUniverse([7], flows);
    expect(alone.cashFlows).toHaveLength(3);
    expect(together.cashFlows).toEqual(alone.cashFlows);
    expect(together.equity).toEqual(alone.equity);
  });
});
