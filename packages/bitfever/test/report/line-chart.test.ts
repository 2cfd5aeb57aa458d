import { describe, expect, test } from "vitest";
import { lineChart, type ChartLine } from "../../src/report/line-chart.js";
import { timeTicks } from "../../src/report/time-ticks.js";

const at = (iso: string): number => Date.parse(iso);

describe("ticks of time", () => {
  test.each([
    [
      "2015-01-02",
      "2024-08-29",
      5,
      ["2016 2016-01-01", "2018 2018-01-01", "2020 2020-01-01", "2022 2022-01-01", "2024 2024-01-01"],
    ],
    [
      "2020-02-10",
      "2020-06-05",
      5,
      ["Mar 2020 2020-03-01", "Apr 2020 2020-04-01", "May 2020 2020-05-01", "Jun 2020 2020-06-01"],
    ],
    ["2020-11-01", "2021-01-31", 3, ["Nov 2020 2020-11-01", "Dec 2020 2020-12-01", "2021 2021-01-01"]],
    [
      "2020-02-10T12:00",
      "2020-02-13T12:00",
      4,
      ["2020-02-11 2020-02-11", "2020-02-12 2020-02-12", "2020-02-13 2020-02-13"],
    ],
    ["2020-02-10T12:10", "2020-02-10T12:21", 4, ["12:10 2020-02-10", "12:15 2020-02-10", "12:20 2020-02-10"]],
  ])("from %s to %s, at most %d", (from, to, most, expected) => {
    const [start, end] = [from, to].map((each) => at(each.length > 10 ? `${each}Z` : each));
    const ticks = timeTicks(start, end, most);
    expect(ticks.map(({ time, label }) => `${label} ${new Date(time).toISOString().slice(0, 10)}`)).toEqual(
      expected,
    );
  });
});

describe("a chart of lines", () => {
  const draw = (line: Partial<ChartLine>, to = 100): string =>
    lineChart({
      ...{ title: "T", width: 152, from: 0, to },
      panes: [
        {
          height: 126,
          text: String,
          lines: [
            { name: "n", kind: "equity", time: [0, 25, 50, 75, 100], values: [0, 10, NaN, 5, 5], ...line },
          ],
        },
      ],
    }).markup;
  const path = (markup: string, kind = "line"): string | undefined =>
    new RegExp(`class="${kind} equity" d="([^"]*)"`).exec(markup)?.[1];

  test("puts values where they belong, and breaks where there is none", () => {
    // 100 pixels of time, and 100 of values from 0 to 10 below the 20 of the names.
    expect(path(draw({}))).toBe("M0 120L25 20M75 70L100 70");
  });

  test("holds a value until the next one, if asked", () => {
    expect(path(draw({ isStep: true }))).toBe("M0 120H25V20M75 70H100V70");
  });

  test("fills down to zero", () => {
    const markup = draw({ isArea: true, time: [0, 100], values: [5, 10] });
    expect(path(markup, "area")).toBe("M0 120L0 70L100 20L100 120Z");
  });

  test("of very many values keeps what can be seen of them", () => {
    const time = Float64Array.from({ length: 100_000 }, (_, i) => i / 1000);
    const values = time.map((_, i) => (i === 54_321 ? 10 : i === 54_322 ? -10 : Math.sin(i)));
    const drawn = path(draw({ time, values }))!;
    expect(drawn.split(/[ML]/).length).toBeLessThan(402);
    expect(drawn).toContain("L54.3 20L54.3 120");
  });

  test("shows a value that never changes, and nothing of nothing", () => {
    expect(path(draw({ values: [7, 7, 7, 7, 7] }))).toBe("M0 70L25 70L50 70L75 70L100 70");
    expect(draw({ values: [NaN, NaN, NaN, NaN, NaN] })).toContain("nothing to show");
  });
});
