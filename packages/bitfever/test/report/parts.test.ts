import type { BacktestCurves } from "@bitfever/engine";
import type { PlotLook } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grouped, groupSize, highestOf, lastKnownOf, lowestOf, sumOf } from "../../src/report/candles.js";
import { drawdown } from "../../src/report/chart-data.js";
import { packColumn, unpackColumn } from "../../src/report/column.js";
import {
  formatCompact,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPlain,
  formatSigned,
  formatTime,
  sensibleDecimals,
  timePrecision,
} from "../../src/report/format.js";
import { histogramBins } from "../../src/histogram-bins.js";
import { embedJson, escapeHtml, html } from "../../src/report/html.js";
import { monthlyReturns } from "../../src/report/months.js";
import { placeSeries } from "../../src/report/series-panes.js";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

describe("packed columns", () => {
  test("give back what they got, to their decimals", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constant(NaN),
            fc.integer({ min: -1e12, max: 1e12 }).map((units) => units / 1e4),
          ),
        ),
        (values) => {
          expect([...unpackColumn(packColumn(column(...values), 4))]).toEqual(
            values.map((value) => value + 0),
          );
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test("round what has more decimals", () => {
    expect([...unpackColumn(packColumn(column(1.23456, -0.554), 2))]).toEqual([1.23, -0.55]);
  });

  test("lose only digits that a float64 hardly has", () => {
    const [value] = unpackColumn(packColumn(column(1.2345678e18), 2));
    expect(value / 1.2345678e18).toBeCloseTo(1, 12);
  });

  test("treat what is infinite as absent", () => {
    expect([...unpackColumn(packColumn(column(Infinity, 1, -Infinity), 0))]).toEqual([NaN, 1, NaN]);
  });

  test("take little room for regular times", () => {
    const times = Float64Array.from({ length: 3000 }, (_, i) => 1e12 + i * 86_400_000);
    expect(packColumn(times, 0).data.length).toBeLessThan(4100);
  });

  test("of nothing, and of the same value", () => {
    expect(unpackColumn(packColumn(column(), 2))).toEqual(column());
    expect(unpackColumn(packColumn(column(5, 5, 5), 2))).toEqual(column(5, 5, 5));
    expect(unpackColumn(packColumn(column(NaN, NaN), 2))).toEqual(column(NaN, NaN));
  });
});

describe("numbers and times for people", () => {
  test.each([
    [1234567.891, 2, "1,234,567.89"],
    [-0.004, 2, "0.00"],
    [-1234.5, 1, "−1,234.5"],
    [0.5, 0, "1"],
    [NaN, 2, "–"],
  ])("formatNumber(%d, %d) is %s", (value, decimals, text) =>
    expect(formatNumber(value, decimals)).toBe(text),
  );

  test.each([
    [0.12345, "12.35%"],
    [2.42456, "242.5%"],
    [37762.71, "3,776,271%"],
    [-0.5, "−50.00%"],
  ])("formatPercent(%d) is %s", (ratio, text) => expect(formatPercent(ratio)).toBe(text));

  test.each([
    [3, 1, "+3.0"],
    [-3, 1, "−3.0"],
    [0.001, 1, "0.0"],
  ])("formatSigned(%d, %d) is %s", (value, decimals, text) =>
    expect(formatSigned(value, decimals)).toBe(text),
  );

  test.each([
    [0.0005, "0.0005"],
    [12345, "12,345"],
    [1e-9, "1e-9"],
  ])("formatPlain(%d) is %s", (value, text) => expect(formatPlain(value)).toBe(text));

  test.each([
    [22_351_900, "22.4M"],
    [987, "987"],
    [1500, "1.5K"],
    [0.12345, "0.123"],
  ])("formatCompact(%d) is %s", (value, text) => expect(formatCompact(value)).toBe(text));

  test.each([
    [60_000, "1m"],
    [900_000, "15m"],
    [14_400_000, "4h"],
    [86_400_000, "1d"],
    [604_800_000, "1w"],
    [31 * 86_400_000, "1mo"],
    [250, "250ms"],
  ])("an interval of %d is %s", (interval, text) => expect(formatInterval(interval)).toBe(text));

  test("days have no times, and shorter bars no more than they need", () => {
    const time = Date.UTC(2013, 2, 1, 14, 30, 5);
    expect(formatTime(time, timePrecision(86_400_000, 0))).toBe("2013-03-01");
    expect(formatTime(time, timePrecision(300_000, 0))).toBe("2013-03-01 14:30");
    expect(formatTime(time, timePrecision(5000, 0))).toBe("2013-03-01 14:30:05");
    expect(timePrecision(0, Date.UTC(2020, 0, 1))).toBe("day");
    expect(timePrecision(0, time)).toBe("second");
  });

  test.each([
    ["cents", [104.06, 95.96, 100.34], 2],
    ["whole points", [38_000, 38_100], 0],
    ["a currency pair", [1.10234, 1.1], 5],
    ["a currency pair out of a division", [1.1 / 3, 1.2 / 3], 6],
    ["an adjusted share", [52.3456789, 53.1], 4],
    ["a small coin", [0.00001234, 0.00002], 8],
    ["quarters", [4500.25, 4500.5], 2],
    ["nothing known", [NaN], 0],
  ])("decimals of %s", (_, prices, decimals) =>
    expect(sensibleDecimals([column(...prices)], 6, 2)).toBe(decimals),
  );
});

describe("markup", () => {
  test("escapes what is put in, once", () => {
    const inner = html`<b>${"<&>"}</b>`;
    expect(html`<p title="${`"'`}">${inner}${[inner, inner]}${1}</p>`.markup).toBe(
      `<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</p>`,
    );
    expect(escapeHtml("a & b")).toBe("a &amp; b");
  });

  test("JSON in a script has nothing that could end it, and reads back", () => {
    const value = { text: "</script><!-- \u2028\u2029 & 'x'" };
    const { markup } = embedJson(value);
    expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(markup)).toEqual(value);
  });
});

describe("months", () => {
  const day = 86_400_000;

  test("go from the last close of one to the last close of the next", () => {
    const time = column(
      ...[Date.UTC(2020, 10, 30), Date.UTC(2020, 11, 31), Date.UTC(2021, 0, 15), Date.UTC(2021, 2, 1)],
    );
    const years = monthlyReturns(time, column(100, 110, 99, 198));
    expect(years.map(({ year }) => year)).toEqual([2020, 2021]);
    expect(years[0].months.slice(9)).toEqual([null, 0, expect.closeTo(0.1)]);
    expect(years[0].total).toBeCloseTo(0.1);
    expect(years[1].months.slice(0, 3)).toEqual([expect.closeTo(-0.1), null, expect.closeTo(1)]);
    expect(years[1].total).toBeCloseTo(0.8);
  });

  test("multiply to the whole", () => {
    const time = Float64Array.from({ length: 900 }, (_, i) => Date.UTC(2019, 4, 7) + i * day);
    const equity = time.map((_, i) => 1000 * (1 + 0.3 * Math.sin(i / 40)) + i);
    const years = monthlyReturns(time, equity);
    const whole = equity[899] / equity[0];
    const product = (returns: readonly (number | null)[]): number =>
      returns.reduce<number>((a, b) => a * (1 + (b ?? 0)), 1);
    expect(product(years.flatMap(({ months }) => months))).toBeCloseTo(whole, 10);
    expect(product(years.map(({ total }) => total))).toBeCloseTo(whole, 10);
  });

  test("are not told of an account at zero", () => {
    const [year] = monthlyReturns(
      column(Date.UTC(2020, 0, 1), Date.UTC(2020, 1, 1), Date.UTC(2020, 2, 1)),
      column(100, -5, 3),
    );
    expect(year.months.slice(0, 3)).toEqual([0, expect.closeTo(-1.05), null]);
  });
});

describe("the histogram", () => {
  test("counts every value, with a border at zero", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 5, noNaN: true }), { minLength: 1 }), (values) => {
        const bins = histogramBins(values);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(bins.length).toBeLessThanOrEqual(27);
        for (const { from, to } of bins) expect(from < 0 && to > 1e-12).toBe(false);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("puts losses and gains on their sides", () => {
    const bins = histogramBins([-0.02, -0.01, 0.01, 0.03, 0.03]);
    const count = (side: (bin: { from: number }) => boolean): number =>
      bins.filter(side).reduce((sum, bin) => sum + bin.count, 0);
    expect(count(({ from }) => from < 0)).toBe(2);
    expect(count(({ from }) => from >= 0)).toBe(3);
  });

  test("does not let one trade squeeze the others", () => {
    const values = [...Array.from({ length: 300 }, (_, i) => (i - 150) / 10_000), 9];
    expect(histogramBins(values).filter(({ count }) => count > 0).length).toBeGreaterThan(15);
  });

  test("of nothing is nothing", () => expect(histogramBins([])).toEqual([]));
});

describe("groups of bars", () => {
  test.each([
    [1, 1],
    [500_000, 1],
    [500_001, 2],
    [2_500_000, 5],
  ])("%d bars are grouped by %d", (bars, size) => expect(groupSize(bars)).toBe(size));

  test("keep extremes and sums, also beside gaps", () => {
    const values = column(3, NaN, 1, 5, NaN, NaN, 4);
    expect([...grouped(values, 2, lowestOf)]).toEqual([3, 1, NaN, 4]);
    expect([...grouped(values, 2, highestOf)]).toEqual([3, 5, NaN, 4]);
    expect([...grouped(values, 2, sumOf)]).toEqual([3, 6, NaN, 4]);
    expect([...grouped(values, 2, lastKnownOf)]).toEqual([3, 5, NaN, 4]);
  });
});

describe("where series go", () => {
  const close = column(100, 110, 120, 130);
  const place = (...series: [name: string, unit: string, values: number[]][]): number[] =>
    placeSeries(
      series.map(([name, unit, values]) => ({ name, unit, values: column(...values) })),
      close,
    ).map(({ pane }) => pane);

  test("prices near the price lie over it, also while they warm up", () => {
    expect(place(["mean", "price", [NaN, 105, 112, 121]])).toEqual([0]);
  });

  test("a range is a price, but not a place on the price chart", () => {
    expect(place(["atr", "price", [2, 2.1, 2.2, 2.3]])).toEqual([1]);
  });

  test("an oscillator and its signal line share a pane, another size has its own", () => {
    expect(
      place(
        ["rsi", "number", [40, 50, 60, 70]],
        ["signal", "number", [45, 50, 55, 60]],
        ["slope", "number", [0.01, -0.02, 0.01, 0.02]],
        ["volume", "quantity", [50, 60, 70, 80]],
      ),
    ).toEqual([1, 1, 2, 3]);
  });
});

describe("where plots go", () => {
  const look = (pane: string): PlotLook => ({ style: "line", color: null, width: 1, pane });
  const series = (unit: string, values: number[], pane?: string): BacktestCurves["series"][number] => ({
    name: "x",
    unit,
    values: column(...values),
    ...(pane !== undefined && { plot: look(pane) }),
  });
  const close = column(100, 110);

  test("where the program says, whatever their unit and size, and in its order", () => {
    const plots = [
      series("number", [50, 60], "Momentum"),
      series("price", [2, 3], "main"),
      series("bool", [0, 1], "Signals"),
      series("price", [101, 111], "Momentum"),
    ];
    expect(placeSeries(plots, close)).toEqual([1, 0, 2, 1].map((pane) => ({ pane, shown: true })));
  });

  test("and then nothing else is shown at first, in panes further below", () => {
    const mixed = [
      series("number", [50, 60], "Momentum"),
      series("price", [101, 111]),
      series("number", [50, 60]),
    ];
    expect(placeSeries(mixed, close)).toEqual([
      { pane: 1, shown: true },
      { pane: 0, shown: false },
      { pane: 2, shown: false },
    ]);
  });
});

test("drawdown is measured from the highest value so far", () => {
  expect([...drawdown(column(100, 120, 90, 130, 65))]).toEqual([0, 0, -0.25, 0, -0.5]);
});
