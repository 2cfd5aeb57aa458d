import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtest, barsOf, compile, paperOverHistory, type Bars } from "bitfever";
import { sliceBars } from "@bitfever/engine";
import { backtest as simulate, besideBars, finish, marketsRead, timingFor } from "@bitfever/runtime";
import { defaultSettings, fieldsOf } from "@bitfever/engine";
import { planOf } from "./support/planned.js";

/* Bars of other markets, and bars that are still open, against what their definitions say, written out by hand. */

const minute = 60_000;

/** Bars with the given opens in time; the close of each is told by its time. */
function barsAt(symbol: string, times: readonly number[], closeAt: (time: number) => number): Bars {
  const time = Float64Array.from(times);
  const close = time.map(closeAt);
  return barsOf(symbol, {
    time,
    open: close.map((each) => each - 0.25),
    high: close.map((each) => each + 1),
    low: close.map((each) => each - 1),
    close,
    volume: time.map((_, i) => 10 + (i % 7)),
  });
}

const start = Date.UTC(2024, 0, 2);
const wave = (time: number): number => 100 + Math.round(1_000 * Math.sin(time / 7_000_000)) / 100;
const other = (time: number): number => 50 + Math.round(1_000 * Math.cos(time / 3_000_000)) / 100;

/** Every `step`, but for some that are missing. */
const someTimes = (step: number, count: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .map((holes) => holes.flatMap((hole, i) => (hole === 0 ? [] : [start + i * step])));

const program = (body: string, clock = "15m"): string =>
  `strategy "Generated" on ${clock} { ${body} enter long when close > open { stop at low } exit long when close < open }`;

/** The values of the program's `let`s, computed in blocks of a length. */
function seriesOf(
  text: string,
  own: Bars,
  markets: Readonly<Record<string, Bars>>,
  blockLength: number,
): Map<string, Float64Array> {
  const plan = planOf(text);
  const timing = timingFor(plan, defaultSettings, own.intervalMs);
  const given = new Map(Object.entries(markets));
  const histories = besideBars(marketsRead(plan, defaultSettings, given), { time: own.time, timing });
  const { symbol, intervalMs } = own;
  const fields = fieldsOf(own, timing);
  const run = finish(
    simulate({
      plan,
      symbol,
      intervalMs,
      settings: defaultSettings,
      fields,
      markets: histories,
      blockLength,
    }),
  );
  return new Map(plan.outputs.map(({ name }, i) => [name, run.outputs[i]]));
}

describe("another market", () => {
  it("is read as of its last bar that closed by the close of the strategy's", () => {
    const text = program(
      `market "OTHER" as other on other { let ahead = close + high } on other 1h { let slow = close }
       let a = latest(ahead) let b = latest(slow)`,
    );
    const law = fc.property(someTimes(15 * minute, 60), someTimes(5 * minute, 200), (mine, theirs) => {
      fc.pre(mine.length > 1 && theirs.length > 1);
      const own = barsAt("OWN", mine, wave);
      const bars = barsAt("OTHER", theirs, other);
      const naive = mine.map((time) => {
        const closed = theirs.filter((each) => each + 5 * minute <= time + 15 * minute);
        const last = closed.at(-1);
        return last === undefined ? NaN : other(last) + other(last) + 1;
      });
      for (const length of [1, 7, 1_000])
        expect(Array.from(seriesOf(text, own, { OTHER: bars }, length).get("a") ?? [])).toEqual(naive);
      const whole = seriesOf(text, own, { OTHER: bars }, 1_000).get("b");
      expect(Array.from(seriesOf(text, own, { OTHER: bars }, 3).get("b") ?? [])).toEqual(
        Array.from(whole ?? []),
      );
      // An hour of the other market is over when a bar of a later hour, or the last of its own, has closed.
      const hour = 60 * minute;
      const slow = mine.map((time) => {
        const closed = theirs.filter((each) => each + 5 * minute <= time + 15 * minute);
        const hours = [...new Set(closed.map((each) => Math.floor(each / hour)))];
        const over = hours.filter(
          (each) =>
            closed.includes((each + 1) * hour - 5 * minute) || closed.some((t) => t >= (each + 1) * hour),
        );
        const last = over.at(-1);
        return last === undefined
          ? NaN
          : other(closed.filter((each) => Math.floor(each / hour) === last).at(-1) ?? NaN);
      });
      expect(Array.from(whole ?? [])).toEqual(slow);
    });
    fc.assert(law, { numRuns: 60 });
  });

  it("does not tell a session in the east what the same date brings in the west", () => {
    const day = 86_400_000;
    const dates = Array.from({ length: 10 }, (_, i) => Date.UTC(2024, 0, 22) + i * day).filter(
      (each) => ![0, 6].includes(new Date(each).getUTCDay()),
    );
    const text = (own: string, its: string): string =>
      `strategy "Days" on 1d calendar ${own} { market "OTHER" as other calendar ${its} on other { let stamp = time }
       let seen = latest(stamp) enter long when close > open { stop at low } }`;
    const seen = (own: string, its: string): number[] => {
      const bars = barsAt("OTHER", dates, other);
      const series =
        seriesOf(text(own, its), barsAt("OWN", dates, wave), { OTHER: bars }, 4).get("seen") ?? [];
      return Array.from(series, (each, i) => (Number.isNaN(each) ? NaN : dates.indexOf(each) - i));
    };
    // New York closes after Frankfurt has gone home: of its own date Frankfurt knows nothing.
    expect(seen("XETRA", "NYSE").slice(1)).toEqual(dates.slice(1).map(() => -1));
    expect(seen("NYSE", "XETRA").slice(1)).toEqual(dates.slice(1).map(() => 0));
    expect(seen("NYSE", "NYSE").slice(1)).toEqual(dates.slice(1).map(() => 0));
  });

  it("is the same on paper as in a backtest, and sees nothing that comes later", async () => {
    const text = program(
      `market "OTHER" as other on other { let up = close > sma(close, 3) } on other 1h { let slow = ema(close, 3) }
       enter short when latest(up) and close < latest(slow) + 40 { size 3 stop at close + 1 }`,
    );
    const { program: compiled } = compile(text);
    const law = fc.asyncProperty(
      someTimes(15 * minute, 60),
      someTimes(5 * minute, 200),
      fc.nat(60),
      async (mine, theirs, cut) => {
        fc.pre(mine.length > 2 && theirs.length > 2);
        const own = barsAt("OWN", mine, wave);
        const markets = { OTHER: barsAt("OTHER", theirs, other) };
        const whole = await backtest({ program: compiled }, own, { markets });
        const paper = await paperOverHistory({ program: compiled }, own, { markets });
        expect(paper.result).toEqual(whole.result);
        const length = 2 + (cut % (mine.length - 1));
        const until = mine[Math.min(length, mine.length) - 1] + 15 * minute;
        const known = theirs.filter((each) => each + 5 * minute <= until).length;
        fc.pre(known > 1);
        const before = await backtest({ program: compiled }, sliceBars(own, 0, length), {
          markets: { OTHER: sliceBars(markets.OTHER, 0, known) },
        });
        expect(Array.from(before.curves.equity)).toEqual(Array.from(whole.curves.equity.subarray(0, length)));
      },
    );
    await fc.assert(law, { numRuns: 40 });
  });

  it("has to be given", async () => {
    const own = barsAt("OWN", [start, start + 15 * minute], wave);
    const { program: compiled } = compile(
      program('market "OTHER" as other on other { let c = close } let x = latest(c) plot x'),
    );
    await expect(backtest({ program: compiled }, own)).rejects.toMatchObject({ code: "BF5046" });
  });
});

describe("a bar that is still open", () => {
  it("is worked out as if it closed now", () => {
    const text = program(
      "allow forming on 1h { let average = ema(close, 3) let top = highest(high, 2) } " +
        "let a = forming(average) let b = forming(top) let c = latest(average)",
    );
    const law = fc.property(someTimes(15 * minute, 60), (mine) => {
      fc.pre(mine.length > 1);
      const own = barsAt("OWN", mine, wave);
      const whole = seriesOf(text, own, {}, 1_000);
      for (const length of [1, 5])
        for (const name of ["a", "b", "c"])
          expect(seriesOf(text, own, {}, length).get(name)).toEqual(whole.get(name));
      // An hour that ends with the history is one that is open: its last value is that of a strategy on whole hours.
      for (let end = 1; end <= mine.length; end++) {
        const hours = new Map<number, { close: number; high: number }>();
        for (const time of mine.slice(0, end)) {
          const hour = Math.floor(time / (60 * minute));
          const high = Math.max(hours.get(hour)?.high ?? -Infinity, wave(time) + 1);
          hours.set(hour, { close: wave(time), high });
        }
        const bars = [...hours.values()];
        expect(whole.get("b")?.[end - 1]).toBe(
          bars.length < 2 ? NaN : Math.max(...bars.slice(-2).map((each) => each.high)),
        );
        const [x, y, z] = bars.map((each) => each.close);
        const expected =
          bars.length < 3
            ? NaN
            : bars.slice(3).reduce((e, { close }) => e + (close - e) / 2, (x + y + z) / 3);
        const found = whole.get("a")?.[end - 1] ?? NaN;
        if (Number.isNaN(expected)) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(expected, 9);
      }
    });
    fc.assert(law, { numRuns: 30 });
  });
});
