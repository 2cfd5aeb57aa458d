import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barsOf, type Bars } from "../../src/bars.js";
import { bootstrappedBars } from "../../src/chance/bootstrapped-bars.js";
import { permutedBars } from "../../src/chance/permuted-bars.js";
import { randomOf } from "../../src/random.js";

const hour = 3_600_000;

/** Bars from moves: gap, close, how far above and below the body, and volume. */
function made(
  symbol: string,
  moves: readonly (readonly [number, number, number, number])[],
  volume = true,
): Bars {
  const columns = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
  let last = 100;
  for (const [gap, body, above, below] of moves) {
    const open = last * (1 + gap);
    last = open * (1 + body);
    columns.open.push(open);
    columns.close.push(last);
    columns.high.push(Math.max(open, last) * (1 + above));
    columns.low.push(Math.min(open, last) * (1 - below));
  }
  return barsOf(symbol, {
    time: Float64Array.from(moves, (_, i) => i * hour),
    ...{ open: Float64Array.from(columns.open), high: Float64Array.from(columns.high) },
    ...{ low: Float64Array.from(columns.low), close: Float64Array.from(columns.close) },
    volume: Float64Array.from(moves, (_, i) => (volume ? 1000 + i : NaN)),
  });
}

const share = (most: number): fc.Arbitrary<number> => fc.double({ min: 0, max: most, noNaN: true });
const signed = fc.double({ min: -0.2, max: 0.2, noNaN: true });
const histories = fc
  .array(fc.tuple(signed, signed, share(0.1), share(0.1)), { minLength: 3, maxLength: 60 })
  .map((moves) => made("A", moves));

/** Moves as logarithms: gaps, and of each bar high, low and close over its open with the volume, as text to be sorted. */
const gapsOf = ({ open, close }: Bars, from: number): number[] =>
  Array.from(open.subarray(from), (price, i) => Math.log(price / close[from + i - 1])).sort((a, b) => a - b);
const bodiesOf = ({ open, high, low, close, volume }: Bars, from: number): number[][] =>
  Array.from(open.subarray(from), (price, i) => [
    volume[from + i],
    ...[high, low, close].map((each) => Math.log(each[from + i] / price)),
  ]).sort((a, b) => a[0] - b[0]);

function expectNear(a: readonly number[], b: readonly number[]): void {
  expect(a).toHaveLength(b.length);
  a.forEach((each, i) => expect(Math.abs(each - b[i])).toBeLessThan(1e-12));
}

const sound = ({ open, high, low, close }: Bars): boolean =>
  open.every((price, i) => {
    const [top, bottom] = [Math.max(price, close[i]), Math.min(price, close[i])];
    return low[i] > 0 && low[i] <= bottom && high[i] >= top && high[i] < Infinity;
  });

/** The relation of two markets at each bar where neither has changed its moves is that of one bar of the old ones. */
const pairsOf = (a: Bars, b: Bars, from: number): string[] =>
  Array.from(a.volume.subarray(from), (volume, i) => `${volume} ${b.volume[from + i]}`).sort();

describe("permuted bars", () => {
  it("have the same moves at the same times, from and to the same price", () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (bars, seed, start) => {
        const from = 1 + (start % (bars.length - 2));
        const [drawn] = permutedBars([bars], randomOf(seed), { from });
        expect(drawn.time).toBe(bars.time);
        expect([drawn.symbol, drawn.length, drawn.intervalMs]).toEqual(["A", bars.length, bars.intervalMs]);
        for (const column of ["open", "high", "low", "close", "volume"] as const)
          expect(drawn[column].subarray(0, from)).toEqual(bars[column].subarray(0, from));
        expectNear(gapsOf(drawn, from), gapsOf(bars, from));
        expectNear(bodiesOf(drawn, from).flat(), bodiesOf(bars, from).flat());
        expectNear([Math.log(drawn.close.at(-1)! / bars.close.at(-1)!)], [0]);
        expect(sound(drawn)).toBe(true);
      }),
    );
  });

  it("permute gaps and bars apart", () => {
    const bars = made(
      "A",
      Array.from({ length: 200 }, (_, i) => [i / 1e4, 0.001, 0, 0] as const),
    );
    const [drawn] = permutedBars([bars], randomOf(1));
    // In the old ones a gap tells its bar; in the new ones volume and gap have nothing in common.
    const together = Array.from(drawn.volume, (each, i) => {
      const gap = i === 0 ? 0 : drawn.open[i] / drawn.close[i - 1] - 1;
      return Math.abs(gap - (each - 1000) / 1e4) < 1e-9;
    }).filter(Boolean).length;
    expect(together).toBeLessThan(10);
  });

  it("keep what happened in two markets at the same time together", () => {
    fc.assert(
      fc.property(histories, fc.nat(), (bars, seed) => {
        const other = { ...bars, symbol: "B", volume: bars.volume.map((each) => 2 * each) };
        const [a, b] = permutedBars([bars, other], randomOf(seed));
        expect(pairsOf(a, b, 1)).toEqual(pairsOf(bars, other, 1));
        for (const column of ["open", "high", "low", "close"] as const) expect(a[column]).toEqual(b[column]);
      }),
    );
  });

  it("leave bars of a kind on the places of that kind", () => {
    const bars = made(
      "A",
      Array.from({ length: 48 }, (_, i) => [0, i % 2 === 0 ? 0.01 : -0.01, 0, 0] as const),
    );
    const [drawn] = permutedBars([bars], randomOf(2), { kinds: bars.time.map((_, i) => i % 2) });
    drawn.close.forEach((price, i) => expect(price > drawn.open[i]).toBe(i % 2 === 0));
    expect(drawn.volume).not.toEqual(bars.volume);
  });

  it("come in every order about as often", () => {
    const bars = made(
      "A",
      Array.from({ length: 4 }, (_, i) => [0, i / 100, 0, 0] as const),
    );
    const counts = new Map<string, number>();
    const random = randomOf(3);
    for (let i = 0; i < 6_000; i++) {
      const order = permutedBars([bars], random)[0].volume.subarray(1).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Chi-squared of 5 degrees of freedom: 20.5 is passed once in a thousand.
    expect([...counts.values()].reduce((sum, each) => sum + (each - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5);
  });
});

describe("bootstrapped bars", () => {
  it("are made of the old ones' moves, at the same times", () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (bars, seed, start) => {
        const from = 1 + (start % (bars.length - 2));
        const [drawn] = bootstrappedBars([bars], randomOf(seed), { from });
        expect(drawn.time).toBe(bars.time);
        expect(drawn.close.subarray(0, from)).toEqual(bars.close.subarray(0, from));
        expect(sound(drawn)).toBe(true);
        for (let i = from; i < bars.length; i++) {
          const old = drawn.volume[i] - 1000;
          expectNear(
            [
              drawn.open[i] / drawn.close[i - 1],
              drawn.high[i] / drawn.open[i],
              drawn.close[i] / drawn.open[i],
            ],
            [
              bars.open[old] / bars.close[old - 1],
              bars.high[old] / bars.open[old],
              bars.close[old] / bars.open[old],
            ],
          );
        }
      }),
    );
  });

  it("go on for as many bars as asked, on the average, in all markets alike", () => {
    const bars = made(
      "A",
      Array.from({ length: 5_001 }, () => [0, 0.001, 0, 0] as const),
    );
    const other = { ...bars, symbol: "B" };
    const [a, b] = bootstrappedBars([bars, other], randomOf(1), { meanBlock: 20 });
    expect(a.volume).toEqual(b.volume);
    const blocks = a.volume.subarray(1).filter((each, i, all) => i === 0 || each !== all[i - 1] + 1).length;
    // 250 blocks, give or take √250; the wrap around is one more.
    expect(Math.abs(blocks - 250)).toBeLessThan(60);
  });
});

it.each([
  ["permuted", permutedBars],
  ["bootstrapped", bootstrappedBars],
])("%s bars are the same of the same seed, and volume may be missing", (_, draw) => {
  const bars = made(
    "A",
    Array.from({ length: 30 }, (_, i) => [0.001 * i, -0.001 * i, 0.01, 0.01] as const),
    false,
  );
  expect(draw([bars], randomOf(5))).toEqual(draw([bars], randomOf(5)));
  expect(draw([bars], randomOf(5))).not.toEqual(draw([bars], randomOf(6)));
  expect(draw([bars], randomOf(5))[0].volume.every(Number.isNaN)).toBe(true);
  expect(draw([], randomOf(5))).toEqual([]);
});

it.each([
  ["permuted", permutedBars],
  ["bootstrapped", bootstrappedBars],
])("%s bars are refused where it makes no sense, with the market and the reason", (_, draw) => {
  const bars = made(
    "A",
    Array.from({ length: 5 }, () => [0, 0.01, 0, 0] as const),
  );
  const refusal = (markets: readonly Bars[], options = {}): unknown => {
    try {
      return draw(markets, randomOf(1), options);
    } catch (error) {
      return error;
    }
  };
  const later = { ...bars, symbol: "B", time: bars.time.map((each) => each + 1) };
  const below = { ...bars, low: bars.low.map((each, i) => (i === 2 ? 0 : each)) };
  for (const [markets, options, said] of [
    [[bars, later], {}, "B and A do not have bars at the same times"],
    [[below], {}, "bar 2 of A has a price that is not above 0"],
    [[bars], { from: 4 }, "A has 1 bars that may change"],
    [[bars], { from: 0 }, "bars cannot change from bar 0 on"],
  ] as const)
    expect(refusal(markets, options)).toMatchObject({ code: "BF5124", message: said });
});

it("refuses blocks that cannot be drawn", () => {
  const bars = made(
    "A",
    Array.from({ length: 5 }, () => [0, 0.01, 0, 0] as const),
  );
  for (const meanBlock of [0, 5, NaN])
    expect(() => bootstrappedBars([bars], randomOf(1), { meanBlock })).toThrow(
      expect.objectContaining({ code: "BF5125" }) as Error,
    );
});
