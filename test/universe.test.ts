import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtest, barsOf, compile, paperOverHistory, readBars, type Bars } from "bitfever";
import { compareMembers, defaultSettings } from "@bitfever/engine";
import { finish, portfolio } from "@bitfever/runtime";
import { planOf } from "./support/planned.js";
import {
  barsOfPath,
  byRisk,
  day,
  exact,
  path,
  rotation,
  start,
  texts,
  universe,
} from "./support/universe-cases.js";
import { hasShared, shared } from "./support/shared.js";

/* Many symbols on one account, against what the definitions say, written out by hand. */

const run = (text: string, members: readonly Bars[], blockLength: number, settings = exact) =>
  finish(portfolio({ plan: planOf(text), settings, members, blockLength }));

describe("comparing members", () => {
  it.each([
    ["rank", [3, NaN, 5, 3], [2, NaN, 1, 3]],
    ["sum", [3, NaN, 5, 3], [11, 11, 11, 11]],
    ["count", [3, NaN, 5, 3], [3, 3, 3, 3]],
    ["max", [3, NaN, 5, 3], [5, 5, 5, 5]],
    ["min", [3, NaN, 5, 3], [3, 3, 3, 3]],
    ["sum", [NaN], [0]],
    ["max", [NaN], [NaN]],
  ] as const)("%s of %j is %j", (reducer, values, answers) => {
    expect(compareMembers(reducer, values)).toEqual(answers);
  });
});

describe("a universe", () => {
  it("does not depend on how the moments are cut, nor on the order of the members", () => {
    for (const text of texts)
      fc.assert(
        fc.property(universe, fc.integer({ min: 1, max: 40 }), (members, blockLength) => {
          const whole = run(text, members, 1_000);
          expect(run(text, members, blockLength)).toEqual(whole);
          expect(run(text, [...members].reverse(), 1_000)).toEqual(whole);
        }),
        { numRuns: 40 },
      );
  });

  it("is the same told bar by bar, however it is weighed", async () => {
    for (const text of byRisk) {
      const law = fc.asyncProperty(universe, async (members) => {
        const strategy = compile(text);
        const { result } = await backtest(strategy, members, { settings: exact });
        expect((await paperOverHistory(strategy, members, { settings: exact })).result).toEqual(result);
      });
      await fc.assert(law, { numRuns: 10 });
    }
  });

  it("of one is a strategy on one symbol", async () => {
    const rules =
      "enter long when close > sma(close, 3) { size 20% of equity stop at close - 2 } exit long when close < sma(close, 3) limit drawdown 5% { flatten }";
    const one = compile(`strategy "S" on 1d { ${rules} }`);
    const many = compile(`strategy "S" on 1d { universe ${rules} }`);
    const law = fc.asyncProperty(path, async (given) => {
      const bars = barsOfPath("ONE", given);
      for (const settings of [exact, defaultSettings]) {
        const alone = await backtest(one, bars, { settings });
        const among = await backtest(many, [bars], { settings });
        expect(among.result.trades.map(({ symbol: _, ...each }) => each)).toEqual(alone.result.trades);
        expect(Array.from(among.curves.equity)).toEqual(Array.from(alone.curves.equity));
        expect(among.result.limits).toEqual(alone.result.limits);
        expect((await paperOverHistory(many, [bars], { settings })).result).toEqual(among.result);
      }
    });
    await fc.assert(law, { numRuns: 30 });
  });

  it("never depends on what comes later, not even on which members there will be", () => {
    fc.assert(
      fc.property(universe, fc.integer({ min: 25, max: 80 }), (members, days) => {
        const until = start + days * day;
        const known = members.map((each) => cut(each, until)).filter((each) => each.length > 1);
        fc.pre(known.length > 0);
        for (const text of texts) {
          const [whole, before] = [run(text, members, 16), run(text, known, 16)];
          expect(Array.from(before.equity)).toEqual(
            Array.from(whole.equity.subarray(0, before.equity.length)),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is not changed by a member that never trades, whatever its prices do", () => {
    const text = `strategy "Alive" on 1d {
  universe
  enter long when volume > 0 and close > sma(close, 3) { size 20% of equity stop at close - 2 }
  exit long when close < sma(close, 3)
}`;
    // A bar is counted among the moments of all members.
    const timed = ({ trades }: ReturnType<typeof run>): unknown =>
      trades.map(({ entryBar: _in, exitBar: _out, ...each }) => each);
    let traded = 0;
    fc.assert(
      fc.property(universe, path, (members, dead) => {
        const without = run(text, members, 16);
        const among = run(text, [...members, barsOfPath("DEAD", dead, true, 0)], 16);
        expect(timed(among)).toEqual(timed(without));
        const equityAt = new Map(Array.from(among.time, (time, i) => [time, among.equity[i]]));
        expect(Array.from(without.time, (time) => equityAt.get(time))).toEqual(Array.from(without.equity));
        traded += without.trades.length;
      }),
      { numRuns: 40 },
    );
    expect(traded).toBeGreaterThan(500);
  });

  it("keeps every cent: the account is its capital and the profit of its trades", () => {
    for (const text of texts)
      fc.assert(
        fc.property(universe, (members) => {
          const { trades, equity } = run(text, members, 50);
          const cents = trades.reduce((sum, { profit }) => sum + Math.round(profit * 100), 0);
          expect(Math.round((equity.at(-1) ?? NaN) * 100)).toBe(exact.initial_capital * 100 + cents);
        }),
        { numRuns: 40 },
      );
  });

  it("is rebalanced as its text says", () => {
    let traded = 0;
    fc.assert(
      fc.property(universe, (members) => {
        const { equity, trades, time } = run(rotation, members, 20);
        traded += trades.length;
        expect(naiveRotation(members, Array.from(time))).toEqual(Array.from(equity));
      }),
      { numRuns: 60 },
    );
    expect(traded).toBeGreaterThan(500);
  });
});

const stocks = "data/universe/sp500-daily";

describe.runIf(hasShared(stocks, "106 stocks of five years"))("106 stocks of five years", () => {
  const members = Promise.all(
    readdirSync(shared(stocks)).map((each) => readBars(shared(`${stocks}/${each}`), { mode: "lenient" })),
  );

  it.each(["equal", "inverse_volatility(60)", "risk_parity(60)", "minimum_variance(60) shrunk"])(
    "some listed late, some with missing bars, are the same in any order and bar by bar: weight %s",
    async (weight) => {
      const text = `strategy "Stocks" on 1d {
  universe
  let place = rank(close / close[120])
  rebalance every 1mo { hold each where place <= 20 weight ${weight} capped 10% redistributed exposure 95% }
}`;
      const whole = run(text, await members, 2_048);
      expect(whole.symbols.length).toBe(106);
      expect(whole.trades.length).toBeGreaterThan(200);
      expect(run(text, [...(await members)].reverse(), 1)).toEqual(whole);
      // Shares are of the closes; by the opens after them the account has moved a little.
      const firsts = whole.position.filter((share) => share > 0).subarray(0, 1);
      expect(Math.abs(firsts[0] - 0.95)).toBeLessThan(0.02);
    },
    60_000,
  );
});

function cut(bars: Bars, until: number): Bars {
  const length = bars.time.filter((time) => time < until).length;
  const of = (column: Float64Array): Float64Array => column.slice(0, length);
  const { time, open, high, low, close, volume } = bars;
  return barsOf(bars.symbol, {
    ...{ time: of(time), open: of(open), high: of(high) },
    ...{ low: of(low), close: of(close), volume: of(volume) },
  });
}

/**
 * The rotation once more, in whole cents and with no plan, kernel, session or venue: each week the best two over five
 * bars of the four that trade most, an even half of the account in each, bought at the next open they have.
 */
function naiveRotation(members: readonly Bars[], time: readonly number[]): number[] {
  const cents = (price: number): number => Math.round(price * 100);
  const weekOf = (at: number): number => Math.floor((at / day + 3) / 7);
  let cash = exact.initial_capital * 100;
  const held = members.map(() => 0);
  const last = members.map(() => 0);
  const wanted: (number | null)[] = members.map(() => null);
  return time.map((now, k) => {
    const at = members.map((each) => each.time.indexOf(now));
    const trade = (i: number): void => {
      const target = wanted[i];
      if (at[i] < 0 || target === null) return;
      const price = cents(members[i].open[at[i]]);
      let bought = target - held[i];
      if (bought > 0) bought = Math.min(bought, Math.max(0, Math.floor(cash / price)));
      cash -= bought * price;
      held[i] += bought;
      wanted[i] = null;
    };
    members.forEach((_, i) => {
      if ((wanted[i] ?? Infinity) < held[i]) trade(i);
    });
    members.forEach((_, i) => {
      trade(i);
    });
    members.forEach((each, i) => {
      if (at[i] >= 0) last[i] = cents(each.close[at[i]]);
    });
    const equity = held.reduce((sum, quantity, i) => sum + quantity * last[i], cash);
    // A week is over with its Sunday, or when a bar of a later one shows that it is.
    const isLate =
      k > 0 && weekOf(now) !== weekOf(time[k - 1]) && weekOf(time[k - 1] + day) === weekOf(time[k - 1]);
    const isOver = weekOf(now + day) !== weekOf(now) || isLate;
    const present = at.flatMap((bar, i) => (bar >= 0 ? [i] : []));
    const ready = present.filter((i) => at[i] >= 5);
    if (isOver && ready.length > 0) {
      const traded = (i: number): number => 1_000 * members[i].close[at[i]];
      const busiest = present.toSorted((a, b) => traded(b) - traded(a)).slice(0, 4);
      const score = (i: number): number => members[i].close[at[i]] / members[i].close[at[i] - 5] - 1;
      const best = ready
        .filter((i) => busiest.includes(i))
        .sort((a, b) => score(b) - score(a))
        .slice(0, 2);
      members.forEach((_, i) => {
        const target = best.includes(i) ? Math.floor(equity / best.length / last[i]) : 0;
        wanted[i] = target === held[i] ? null : target;
      });
    }
    return equity / 100;
  });
}
