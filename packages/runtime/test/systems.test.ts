import { describe, expect, it } from "vitest";
import { compile, specialise } from "@bitfever/lang";
import { barsOf, catalogue, defaultSettings, fieldsOf, randomOf, type Settings } from "@bitfever/engine";
import {
  backtest,
  finish,
  holdSystems,
  systemDays,
  timingFor,
  type System,
  type SystemsOptions,
  type SystemsRun,
} from "../src/index.js";

/* Strategies on one account that are switched on and off: what is held, what it costs, and where the money goes. */

const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);

interface Given {
  readonly rules: string;
  readonly settings?: Partial<Settings>;
  readonly seed?: number;
  readonly bars?: number;
  readonly step?: number;
}

function system({ rules, settings = {}, seed = 1, bars: length = 120, step = dayMs }: Given): System {
  const { program, diagnostics } = compile(
    { name: "case.bf", text: `strategy "Case" {\n${rules}\n}` },
    catalogue,
  );
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  const plan = specialise(program, catalogue);
  const random = randomOf(seed);
  const column = (): Float64Array => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column() };
  let price = 100;
  for (let i = 0; i < length; i++) {
    const move = (): number => Math.round((random() - 0.49) * 400) / 100;
    bars.time[i] = start + i * step;
    bars.open[i] = price;
    price = Math.max(20, Math.round((price + move()) * 100) / 100);
    bars.close[i] = price;
    bars.high[i] = Math.max(price, bars.open[i]) + 0.5;
    bars.low[i] = Math.min(price, bars.open[i]) - 0.5;
  }
  const all = { ...defaultSettings, ...settings };
  const timing = timingFor(plan, all, step);
  const fields = fieldsOf(barsOf("X", { ...bars, volume: column().fill(1000) }), timing);
  return { plan, symbol: "X", settings: all, intervalMs: step, fields, markets: [] };
}

function held(
  systems: readonly System[],
  on: readonly Uint8Array[],
  options: Partial<SystemsOptions> = {},
): SystemsRun {
  const days = systemDays(
    systems.map(({ plan, settings, fields, intervalMs }) => ({
      time: fields.time,
      timing: timingFor(plan, settings, intervalMs),
    })),
  );
  return finish(holdSystems({ systems, days, on, whenOff: "close", reallocate: "never", ...options }));
}

const all = ({ fields }: System, value = 1): Uint8Array => new Uint8Array(fields.time.length).fill(value);

/** On and off in random spells. */
function spells({ fields }: System, seed: number): Uint8Array {
  const random = randomOf(seed);
  let on = 1;
  return Uint8Array.from(fields.time, () => (random() < 0.15 ? (on = 1 - on) : on));
}

const busy = `
  enter long "a" when close > open { size 50% of equity stop at close * 0.97 target at close * 1.04 }
  enter short "b" when close < lowest(low, 5)[1] { size 10 stop at close * 1.03 }
  exit when close crosses below sma(close, 4)
  limit day_loss 2% { block }
`;
const plain = `enter long when close > open { size 10 unprotected }\nexit long when close < open`;

describe("a system that is never off", () => {
  it.each([dayMs, 3_600_000])("is the strategy's own backtest, to the bit, on bars of %d ms", (step) => {
    const each = system({ rules: busy, step, settings: { commission: 0.001, money_decimals: 2 } });
    const own = finish(backtest(each));
    const [run] = held([each], [all(each)]).systems;
    expect(run.equity).toEqual(own.equity);
    expect(run.position).toEqual(own.position);
    expect(run.trades).toEqual(own.trades);
    expect(own.trades.length).toBeGreaterThan(5);
  });

  it("does not depend on how the bars are cut", () => {
    const each = system({ rules: busy });
    const on = [spells(each, 3)];
    expect(held([each], on, { blockLength: 1 })).toEqual(held([each], on));
  });
});

describe("a system that is switched off", () => {
  it("holds nothing from the next open on, and enters nothing", () => {
    let ended = 0;
    for (let seed = 0; seed < 20; seed++) {
      const each = system({ rules: busy, seed });
      const on = spells(each, seed + 100);
      const [{ position, trades }] = held([each], [on]).systems;
      position.forEach((quantity, bar) => {
        if (bar > 0 && on[bar - 1] === 0) expect(quantity).toBe(0);
      });
      for (const { exitTag, exitBar, exitPrice } of trades) {
        if (exitTag !== "switch" || exitBar === null) continue;
        expect([on[exitBar - 2] ?? 1, on[exitBar - 1]]).toEqual([1, 0]);
        expect(exitPrice).toBe(each.fields.open[exitBar]);
        ended++;
      }
    }
    expect(ended).toBeGreaterThan(20);
  });

  it("runs to its own exits where it is left to, and enters nothing", () => {
    let outlived = 0;
    for (let seed = 0; seed < 20; seed++) {
      const each = system({ rules: busy, seed });
      const on = spells(each, seed + 100);
      const [{ trades }] = held([each], [on], { whenOff: "run" }).systems;
      for (const { entryBar, exitBar, exitTag } of trades) {
        expect(on[entryBar - 1]).toBe(1);
        expect(exitTag).not.toBe("switch");
        if (on.subarray(entryBar, exitBar ?? undefined).includes(0)) outlived++;
      }
    }
    expect(outlived).toBeGreaterThan(20);
  });

  it("does not know what will be switched later", () => {
    const each = system({ rules: busy });
    const on = spells(each, 5);
    const later = on.map((value, i) => (i < 60 ? value : 1 - value));
    const [a, b] = [on, later].map((column) => held([each], [column]).systems[0].equity);
    expect(a.subarray(0, 61)).toEqual(b.subarray(0, 61));
    expect(a).not.toEqual(b);
  });

  it("earns nothing and costs nothing while it is off", () => {
    const each = system({ rules: busy, settings: { commission: 0.01 } });
    const { equity, systems } = held([each], [all(each, 0)]);
    expect(equity.every((value) => value === defaultSettings.initial_capital)).toBe(true);
    expect(systems[0].trades).toEqual([]);
  });
});

describe("the costs of switching", () => {
  it("are all that costs take away, to the cent", () => {
    const exact = { tick: 0.01, lot: 1, money_decimals: 2 } as const;
    const costly = { ...exact, commission: 0.001, slippage: { unit: "ticks", value: 3 } } as const;
    const free = system({ rules: plain, settings: exact });
    const on = spells(free, 9);
    const [without] = held([free], [on]).systems;
    const [withCosts] = held([system({ rules: plain, settings: costly })], [on]).systems;
    expect(withCosts.trades.some(({ exitTag }) => exitTag === "switch")).toBe(true);
    const closed = withCosts.trades.filter(({ exitBar }) => exitBar !== null).length;
    const fills = withCosts.trades.length + closed;
    const commission = withCosts.trades.reduce((sum, each) => sum + Math.round(each.commission * 100), 0);
    const slippage = fills * 10 * 3;
    const cents = (run: { readonly equity: Float64Array }): number =>
      Math.round((run.equity.at(-1) ?? NaN) * 100);
    expect(cents(withCosts)).toBe(cents(without) - commission - slippage);
    // More switching is more of both: the same system, never switched, trades less often.
    const [kept] = held([system({ rules: plain, settings: costly })], [all(free)]).systems;
    expect(kept.trades.every(({ exitTag }) => exitTag !== "switch")).toBe(true);
  });
});

describe("several systems on one account", () => {
  const still = (capital: number): System =>
    system({
      rules: `enter long when close > 1e9 { size 1 unprotected }`,
      settings: { initial_capital: capital },
    });

  it("are worth together what they are worth each", () => {
    const two = [system({ rules: busy, seed: 1 }), system({ rules: plain, seed: 2, step: 6 * 3_600_000 })];
    const run = held(
      two,
      two.map((each) => all(each)),
    );
    const own = two.map((each) => finish(backtest(each)).equity.at(-1) ?? NaN);
    expect(run.equity.at(-1)).toBeCloseTo(own[0] + own[1], 6);
    expect(run.systems.map(({ equity }) => equity.at(-1))).toEqual(own);
  });

  it("move the money of a month to those that are on, in proportion to their shares", () => {
    const systems = [still(50_000), still(30_000), still(20_000)];
    // The second is off at the end of January, on again at the end of February.
    const on = systems.map((each) => all(each));
    on[1].fill(0, 10, 40);
    const { equity, systems: runs } = held(systems, on, { reallocate: "monthly" });
    const at = (bar: number): number[] => runs.map((each) => each.equity[bar]);
    expect(at(30)).toEqual([50_000, 30_000, 20_000]);
    // 100,000 as 50 to 20; money without decimals is divided as doubles are.
    const [first, second, third] = at(31);
    expect([first, second, third].map((each) => Math.round(each * 100) / 100)).toEqual([
      71_428.57, 0, 28_571.43,
    ]);
    expect(at(60).map(Math.round)).toEqual([50_000, 30_000, 20_000]);
    expect(equity.every((each) => Math.abs(each - 100_000) < 1e-6)).toBe(true);
  });

  it("do not take money that is moved for money that is lost", () => {
    const rules = `
      enter long when open_profit > 1 { size 1 unprotected }
      limit day_loss 2% { block }
      limit drawdown 10% { halt }`;
    const systems = [1, 2].map(() => system({ rules }));
    const on = systems.map((each) => all(each));
    on[1].fill(0, 10, 40);
    const { systems: runs } = held(systems, on, { reallocate: "monthly" });
    // The first gets all of it at the end of January, and gives half back a month later.
    expect(runs[0].equity[40]).toBe(2 * defaultSettings.initial_capital);
    expect(runs[0].equity[70]).toBe(defaultSettings.initial_capital);
    for (const { limits, trades } of runs) {
      expect(limits.map(({ fired }) => fired)).toEqual([0, 0]);
      // Nor for an open profit.
      expect(trades).toEqual([]);
    }
  });

  it("can spend what was moved to them", () => {
    const buyer = system({
      rules: `enter long "rich" when equity > initial_capital and position_size == 0 { size 90% of equity unprotected }`,
    });
    const systems = [buyer, still(100_000)];
    const on = systems.map((each) => all(each));
    on[1].fill(0, 10);
    const [{ trades, counts, equity }] = held(systems, on, { reallocate: "monthly" }).systems;
    expect(counts.reducedOrders).toBe(0);
    expect(trades.map(({ entryTag }) => entryTag)).toEqual(["rich"]);
    // Decided at the close of the first of February, when all of the account is its own.
    expect(equity[31]).toBe(200_000);
    expect(trades[0].quantity * buyer.fields.close[31]).toBeCloseTo(180_000, 6);
  });

  it("never lose a cent in moving", () => {
    const capital = { initial_capital: 33_333.33, money_decimals: 2, commission: 0.001 } as const;
    const systems = [1, 2, 3].map((seed) => system({ rules: busy, seed, bars: 300, settings: capital }));
    const on = systems.map((each, i) => spells(each, i));
    const run = held(systems, on, { reallocate: "monthly" });
    const moved = run.systems.map((each) => Math.round(each.moved * 100));
    expect(moved.some((each) => each !== 0)).toBe(true);
    expect(moved.reduce((sum, each) => sum + each, 0)).toBe(0);
    // What each has is what it began with, what was moved to it and what its trades came to.
    run.systems.forEach(({ equity, trades, moved: given }) => {
      const earned = trades.reduce((sum, each) => sum + each.profit, 0);
      expect(equity.at(-1)).toBeCloseTo(33_333.33 + given + earned, 6);
    });
  });

  it("leave what is bound in a position until it is closed", () => {
    const bound = system({
      rules: `enter long when close > 0 { size 90% of equity unprotected }`,
      settings: { initial_capital: 50_000 },
    });
    const other = still(50_000);
    const on = [all(bound), all(other)];
    on[0].fill(0, 25);
    const left = held([bound, other], on, { reallocate: "monthly", whenOff: "run" });
    // It gives what it has free, about a tenth, and keeps its position.
    expect(left.systems[0].position[60]).toBeGreaterThan(0);
    expect(left.systems[1].moved).toBeGreaterThan(0);
    expect(left.systems[1].moved).toBeLessThan(7_000);
    const closed = held([bound, other], on, { reallocate: "monthly", whenOff: "close" });
    expect(closed.systems[0].equity[40]).toBe(0);
    // Switched off on the last day of a month, it has money free only once it is closed, and gives it then.
    const late = [all(bound), all(other)];
    late[0].fill(0, 30);
    const soon = held([bound, other], late, { reallocate: "monthly", whenOff: "close" });
    expect(soon.systems[0].equity[31]).toBeGreaterThan(0);
    expect(soon.systems[0].equity[32]).toBe(0);
  });
});
