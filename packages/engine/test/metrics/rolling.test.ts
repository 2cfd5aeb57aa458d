import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isUnknown, type MetricContext } from "../../src/metric.js";
import { rollingOf, type Rolling } from "../../src/rolling.js";
import { rollingFigures } from "../../src/rolling/index.js";
import { contextOf, contextOfReturns, repeat } from "./build.js";

const rollingIn = (context: MetricContext): Rolling => {
  const rolling = rollingOf(context, rollingFigures);
  if (isUnknown(rolling)) throw new Error(rolling.reason);
  return rolling;
};

/** A market that earns the given returns, one a session. */
const pricesOf = (returns: readonly number[]): Float64Array => {
  let price = 50;
  return Float64Array.from([price, ...returns.map((each) => (price *= 1 + each))]);
};

describe("rolling figures", () => {
  test("are the files of their folder", () => {
    const folder = new URL("../../src/rolling/", import.meta.url);
    const files = readdirSync(folder).filter((name) => name !== "index.ts");
    expect(files.sort()).toEqual(rollingFigures.map(({ name }) => `${name}.ts`).sort());
  });

  // 2% and −1% by turns, then nothing: 63 sessions in a window of a quarter.
  const returns = [...repeat(40, 0.02, -0.01), ...repeat(63, 0)];
  const market = returns.map((each) => each / 2);
  const rolling = rollingIn({ ...contextOfReturns(returns), sessionClose: pricesOf(market) });
  const { values } = rolling;

  test("begin where the first window ends, a quarter of a year in a run below a year", () => {
    expect(rolling.window).toBe(63);
    expect(rolling.bars[0]).toBe(62);
    expect(rolling.bars).toHaveLength(143 - 62);
    for (const { name } of rollingFigures) expect(values[name]).toHaveLength(81);
  });

  test("are told of their window alone", () => {
    // The first window has 32 gains and 31 losses, the second the other way round.
    expect(values["return"][0]).toBeCloseTo(1.02 ** 32 * 0.99 ** 31 - 1, 12);
    expect(values["return"][1]).toBeCloseTo(1.02 ** 31 * 0.99 ** 32 - 1, 12);
    expect(values["return"][80]).toBe(0);
    const mean = (32 * 0.02 - 31 * 0.01) / 63;
    const deviation = Math.sqrt((32 * (0.02 - mean) ** 2 + 31 * (-0.01 - mean) ** 2) / 62);
    expect(values["volatility"][0]).toBeCloseTo(deviation * Math.sqrt(252), 12);
    expect(values["sharpe"][0]).toBeCloseTo((mean / deviation) * Math.sqrt(252), 10);
    expect(values["beta"][0]).toBeCloseTo(2, 10);
  });

  test("are absent where they cannot be told", () => {
    expect(values["volatility"][80]).toBe(0);
    expect(values["sharpe"][80]).toBeNaN();
    expect(values["beta"][80]).toBeNaN();
    const free = rollingIn({ ...contextOfReturns(returns), sessionClose: new Float64Array(144).fill(-1) });
    expect(free.values["beta"][0]).toBeNaN();
  });

  test("have a window of half a year in a longer run", () => {
    const long = rollingIn(contextOfReturns(repeat(150, 0.01, -0.01)));
    expect(long.window).toBe(126);
    expect(long.bars[0]).toBe(125);
  });

  test.each([
    ["needs at least 63 session returns, has 62", contextOfReturns(repeat(62, 0.01))],
    [
      "the account value fell to zero or below: its returns are not defined",
      contextOf({ equity: [...repeat(70, 100), -1, 5] }),
    ],
  ])("%s", (reason, context) => expect(rollingOf(context, rollingFigures)).toEqual({ reason }));
});
