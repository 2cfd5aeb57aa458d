import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  backtest,
  backtestPortfolio,
  BitFeverError,
  compile,
  readBars,
  type Bars,
  type SystemInput,
} from "../src/index.js";
import { finish } from "@bitfever/runtime";
import { randomOf, type Metric } from "@bitfever/engine";
import { drawChance } from "../src/portfolio/chance.js";
import { candidatesOf } from "../src/portfolio/candidates.js";
import { barsThrough, cross, holder, wave } from "./switched.js";
import { heldAtRandom, heldSessions, onColumn } from "../src/portfolio/switching.js";

/* Systems switched by filters over their own equity: what is found where there is something, and where there is nothing. */

const sample = await readBars(
  fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url)),
);

const sine = wave(800);

/** Moves of a normal distribution, 1% a day: two uniform numbers make one (Box and Muller). */
function noise(seed: number, length: number): Bars {
  const random = randomOf(seed);
  let price = 100;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return barsThrough(Array.from({ length }, () => (price *= Math.exp(0.01 * normal()))));
}

const averaged = (bars: Bars, sessions: number | readonly number[]): SystemInput => ({
  name: "held",
  strategy: holder,
  bars,
  filter: { name: "average", sessions },
});

describe("a portfolio of systems", () => {
  it("that is never switched is the strategy's own backtest, metric by metric", async () => {
    const { result: own } = await backtest(cross, sample, { settings: { commission: 0.001 } });
    const { result } = await backtestPortfolio([{ name: "cross", strategy: cross, bars: sample }], {
      settings: { commission: 0.001 },
      random: { runs: 10, seed: 1 },
    });
    expect(result.metrics).toEqual(own.metrics);
    expect(result.always.metrics).toEqual(own.metrics);
    expect(result.trades.map(({ system: _, ...trade }) => trade)).toEqual(own.trades);
    expect(result.chance).toBeNull();
    expect(result.verdict).toMatch(/nothing was ever switched/);
  });

  it("finds the slow wave of a system that has one, and that it is no chance", async () => {
    const { result } = await backtestPortfolio([averaged(sine, 20)], {
      settings: { commission: 0.001 },
      random: { runs: 99, seed: 1 },
    });
    expect(result.metrics.total_return).toBeGreaterThan(1);
    expect(result.always.metrics.total_return).toBeLessThan(0.1);
    expect(result.chance?.pValue).toBe(0.01);
    expect(result.verdict).toBe("better than chance (p = 0.010, of 99 random switchings)");
    expect(result.systems[0].closedBySwitch).toBeGreaterThan(5);
  });

  it("chooses on the days before, and trades on those after", async () => {
    const walk = { kind: "rolling", train: 200, test: 100 } as const;
    const options = { walk, settings: { commission: 0.001 } };
    const { result, curves } = await backtestPortfolio([averaged(sine, [90, 20])], options);
    const { windows, trials } = result.systems[0];
    expect([windows.length, trials]).toEqual([6, 2]);
    expect(windows[0].learntFrom).toBe("2020-01-01");
    expect([windows[0].learntTo, windows[0].from]).toEqual(["2020-07-18", "2020-07-19"]);
    expect(windows.every(({ values }) => values.sessions === 20)).toBe(true);
    expect(result.days).toEqual({ count: 600, from: "2020-07-19", to: windows[5].to });
    expect(curves.equity).toHaveLength(600);
    expect(result.trades.every(({ entryTime }) => entryTime >= "2020-07-19")).toBe(true);
  });

  it("chooses the same, and earns the same, whatever comes later", async () => {
    const options = { walk: { kind: "rolling", train: 150, test: 50 } as const };
    const bars = noise(4, 500);
    const short = barsThrough([...bars.close.subarray(0, 350)]);
    const [long, cut] = await Promise.all(
      [bars, short].map((each) => backtestPortfolio([averaged(each, [5, 10, 40])], options)),
    );
    expect(cut.result.systems[0].windows).toEqual(long.result.systems[0].windows.slice(0, 4));
    expect(cut.curves.equity).toEqual(long.curves.equity.subarray(0, 200));
    expect(new Set(long.result.systems[0].windows.map(({ values }) => values.sessions)).size).toBeGreaterThan(
      1,
    );
  });

  it("knows of a fall only when it is over", async () => {
    const calm = barsThrough(Array.from({ length: 60 }, (_, i) => 100 + i));
    for (const day of [20, 35, 50]) {
      // The same up to the open of the day, at whose close the market has lost a third; then it stands still.
      const fallen = barsThrough(Array.from({ length: 60 }, (_, i) => (i < day ? 100 + i : 70)));
      expect(fallen.open[day]).toBe(calm.open[day]);
      const { result } = await backtestPortfolio([averaged(fallen, 10)]);
      const [trade] = result.trades;
      expect([trade.exitTag, trade.exitBar, trade.exitPrice]).toEqual(["switch", day + 1, 70]);
    }
  });

  it("holds by the day, whatever the bars: an answer at the close of a session is for all of the next one", () => {
    const ends = Int32Array.of(2, 5, 8);
    const track = {
      equity: Float64Array.of(100, 90, 80, 120),
      profits: new Float64Array(0),
      ended: Int32Array.of(0, 0, 0),
    };
    const sessions = { track, shadow: new Float64Array(9), ends, firstDay: Int32Array.of(0, 1, 2) };
    const [candidate] = candidatesOf({ name: "profit", sessions: 1 }, "here");
    // It lost in the first two sessions, so it is off in the second and the third.
    const off = heldSessions(sessions, candidate);
    expect([...off]).toEqual([1, 0, 0]);
    // An order at the last close of a session is for the next one.
    expect([...onColumn(sessions, Uint8Array.of(1, 0, 1))]).toEqual([1, 1, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("draws the same of the same seed", async () => {
    const drawn = async (seed: number) =>
      (await backtestPortfolio([averaged(noise(5, 200), 10)], { random: { runs: 30, seed } })).result.chance;
    expect(await drawn(1)).toEqual(await drawn(1));
    expect((await drawn(1))?.draws).not.toEqual((await drawn(2))?.draws);
  });

  it("finds in noise no more than chance", { timeout: 120_000 }, async () => {
    const pValues: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const { result } = await backtestPortfolio([averaged(noise(seed, 160), 10)], {
        random: { runs: 19, seed },
      });
      pValues.push(result.chance?.pValue ?? NaN);
    }
    expect(pValues.every((each) => each >= 0.05 && each <= 1)).toBe(true);
    // The best place of twenty is 5%: of 200 tests 10 are expected to have it, and more than 20 come once in a thousand.
    const found = pValues.filter((each) => each <= 0.05).length;
    expect(found).toBeLessThanOrEqual(20);
    expect(found).toBeGreaterThan(0);
  });

  it("compares with chance so that what is chance itself is found anywhere", () => {
    // Switched at random, whatever the market does: each place among the draws is as likely as any other.
    const random = randomOf(17);
    const metric = { better: "higher" } as Metric;
    const pValues = Array.from({ length: 400 }, (_, seed) => {
      const moves = Array.from({ length: 60 }, () => random() - 0.5);
      const earned = ([held]: readonly Uint8Array[]): number =>
        moves.reduce((sum, move, i) => sum + move * held[i], 0);
      const like = Uint8Array.from(moves, (_, i) => (i % 9 < 4 ? 1 : 0));
      const held = heldAtRandom(like, 0, random);
      const options = { runs: 99, seed, value: earned([held]), metric };
      return finish(drawChance([{ held, from: 0 }], earned, options)).chance.pValue;
    });
    // Kolmogorov and Smirnov: of 400 uniform values the distance is above 0.0975 once in a thousand.
    const sorted = pValues.sort((a, b) => a - b);
    const distance = Math.max(...sorted.map((each, i) => Math.abs(each - 1 / 200 - (i + 0.5) / 400)));
    expect(distance).toBeLessThan(0.0975);
  });
});

describe("several systems", () => {
  const two: readonly SystemInput[] = [
    { ...averaged(noise(1, 200), 10), name: "a", share: 0.75 },
    {
      name: "b",
      strategy: cross,
      bars: noise(2, 150),
      share: 0.25,
      filter: { name: "drawdown", most: "2%" },
    },
  ];

  it("share the capital, and say whose a trade is", async () => {
    const { result, curves } = await backtestPortfolio(two, { settings: { money_decimals: 2 } });
    expect(result.systems.map(({ name, share }) => [name, share])).toEqual([
      ["a", 0.75],
      ["b", 0.25],
    ]);
    expect(new Set(result.trades.map(({ system }) => system))).toEqual(new Set(["a", "b"]));
    const ends = result.systems.map(({ equity }) => Math.round(equity * 100));
    expect(Math.round((curves.equity.at(-1) ?? NaN) * 100)).toBe(ends[0] + ends[1]);
    expect(result.systems[0].moved).toBeCloseTo(-result.systems[1].moved, 9);
  });

  it("say in what they are wrong, and what would help", async () => {
    const [a, b] = two;
    const code = async (
      systems: readonly SystemInput[],
      options: Parameters<typeof backtestPortfolio>[1] = {},
    ): Promise<string> =>
      backtestPortfolio(systems, options).then(
        () => "fine",
        (error: unknown) =>
          error instanceof BitFeverError ? `${error.code} ${error.message}` : "a fault of ours",
      );
    expect(await code([])).toMatch(/^BF5082 there are no systems/);
    expect(await code([a, a])).toMatch(/^BF5082 two systems are called `a`/);
    expect(await code([a, { ...b, share: 0.5 }])).toMatch(/^BF5083 .*a 75%, b 50%/);
    expect(await code([{ ...a, share: 1, filter: { name: "averag" } }])).toMatch(/^BF5080 a: there is no/);
    const filters = [
      { name: "average", length: 3 },
      { name: "average", sessions: 1.5 },
      { name: "drawdown", most: "0%" },
    ];
    for (const filter of filters) expect(await code([{ ...a, share: 1, filter }])).toMatch(/^BF5081 a: /);
    expect(await code([averaged(sine, [5, 10])])).toMatch(/^BF5085 held: its filter has several values/);
    const walk = { kind: "rolling", train: 800, test: 10 } as const;
    expect(await code([averaged(sine, 10)], { walk })).toMatch(/^BF5085 there are 800 days/);
    expect(await code([averaged(sine, 10)], { objective: "sharp" })).toMatch(/^BF5031/);
    expect(await code([averaged(sine, 10)], { objective: "exposure" })).toMatch(/^BF5086/);
    const universe = compile(`strategy "U" { universe rebalance { hold top 1 by close weight equal } }`);
    expect(await code([{ ...averaged(sine, 10), strategy: universe }])).toMatch(/^BF5084/);
  });
});

describe("systems in several currencies", () => {
  const closes = [100, 100, 110, 120, 130];
  const buys = compile(
    `strategy "Buys" on 1d { enter long when position_size == 0 { size 10 unprotected } }`,
  );
  const rate = barsThrough([1.1, 1.2, 1.25, 1.3, 1.4], "EURUSD");

  it("are on one account, each converted at the rates of its instrument", async () => {
    const { result } = await backtestPortfolio(
      [
        { name: "euros", strategy: buys, bars: barsThrough(closes, "SAP") },
        { name: "dollars", strategy: buys, bars: barsThrough(closes, "AAPL") },
      ],
      {
        settings: { initial_capital: 20_000, currency: "USD", tick: 0.01, lot: 1 },
        instruments: { SAP: { currency: "EUR" } },
        rates: { EURUSD: rate },
        reallocate: "never",
      },
    );
    // Ten at 100 × 1.10 are worth 130 × 1.40 at the end, ten at 100 dollars 130.
    expect(result.systems.map(({ equity }) => equity)).toEqual([10_720, 10_300]);
    expect(result.systems[0].instruments).toMatchObject({ SAP: { currency: "EUR" } });
    expect(result.trades.map(({ currency, profit }) => [currency, profit])).toEqual([
      ["EUR", 720],
      [undefined, 300],
    ]);
  });

  it("that name none cannot be on one account without one", async () => {
    const systems = ["SAP", "TM"].map((name) => ({ name, strategy: buys, bars: barsThrough(closes, name) }));
    const instruments = { SAP: { currency: "EUR" }, TM: { currency: "JPY" } };
    await expect(backtestPortfolio(systems, { instruments })).rejects.toMatchObject({ code: "BF5092" });
  });
});
