import { beforeAll, describe, expect, test } from "vitest";
import { mostCandles } from "../../src/report/candles.js";
import { unpackColumn } from "../../src/report/column.js";
import type { PageData } from "../../src/report/page-data.js";
import { renderReport, type ReportInput } from "../../src/report/report.js";
import { fixture, plotted } from "./fixture.js";
import { calm, elementsOf, hostile, markupOf } from "./markup.js";

/** What stands in the page between two marks. */
function between(page: string, start: string, end: string): string {
  const from = page.indexOf(start);
  expect(from, `no ${start} in the page`).toBeGreaterThanOrEqual(0);
  return page.slice(from + start.length, page.indexOf(end, from + start.length));
}

const dataOf = (page: string): PageData =>
  JSON.parse(between(page, `<script type="application/json" id="report-data">`, "</script>"));

function withHostileTexts(input: ReportInput): ReportInput {
  const { result, curves } = input;
  return {
    ...input,
    generator: hostile,
    programText: hostile,
    curves: { ...curves, series: curves.series.map((each) => ({ ...each, name: hostile })) },
    result: {
      ...result,
      program: { name: hostile, hash: hostile },
      data: { ...result.data, symbol: hostile, hash: hostile },
      params: { [hostile]: 1 },
      settings: { [hostile]: hostile, path: hostile },
      counts: { ...result.counts, ambiguousFills: 3 },
      metrics: { ...result.metrics, sharpe: null },
      metricReasons: { sharpe: hostile },
      trades: result.trades.map((trade) => ({ ...trade, entryTag: hostile, exitTag: hostile })),
    },
  };
}

describe("a page of an ordinary backtest", () => {
  const input = fixture();
  let page: string;
  beforeAll(() => {
    page = renderReport(input);
  });

  test("is one well-formed document with every section", () => {
    elementsOf(page);
    expect(page.startsWith("<!doctype html>")).toBe(true);
    const ids = [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);
    const results = ["distribution", "months", "drawdowns", "rolling", "regimes", "metrics"];
    expect(ids).toEqual(["chart", "trades", ...results, "basis", "program"]);
    for (const [, id] of page.matchAll(/href="#([\w-]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test("has no two elements of one id, and no explanation of nothing", () => {
    const ids = [...markupOf(page).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g))
      expect(ids).toContain(id);
  });

  test("loads nothing", () => {
    const markup = markupOf(page);
    expect(markup).not.toMatch(/\s(?:src|srcset|poster|action|background)\s*=/i);
    for (const [link] of markup.matchAll(/<link[^>]*>/g))
      expect(link).toBe(`<link rel="icon" href="data:," />`);
    expect(between(page, "<style>", "</style>")).not.toMatch(/@import|url\(/);
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script);
    expect(scripts).toHaveLength(2);
    for (const script of scripts) {
      expect(script).not.toMatch(
        /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|importScripts|EventSource/,
      );
    }
    expect(page).toContain("default-src 'none'");
  });

  test("names its strategy, instrument and dates", () => {
    expect(page).toContain("<title>Two means · GOOG · backtest</title>");
    expect(page).toContain("<h1><bdi>Two means</bdi></h1>");
    expect(calm(page)).toMatch(/>2004-08-19<\/time> to <time datetime="[^"]*">2012-11-\d\d<\/time>/);
    expect(page).toContain("<span>1d</span>");
    expect(page).toContain("2,148 bars");
  });

  test("has the headline numbers", () => {
    const tiles = between(page, `<dl class="tiles">`, "</dl>").replace(/\s+/g, " ");
    const value = (name: string): string =>
      between(tiles, `>${name}</span`, "</div>").replace(/^.*?<dd/, "<dd");
    expect(value("Total return")).toMatch(/^<dd class="gain">\+\d+\.\d+%<\/dd>/);
    expect(value("Sharpe")).toContain(">0.74<");
    expect(value("Trades")).toContain(`>${input.result.metrics["trades"]}<`);
    for (const label of ["CAGR", "Max drawdown", "Profit factor", "Win rate", "Exposure"]) {
      expect(value(label)).toMatch(/>[\d.]+%?<|>\+[\d.]+%</);
    }
  });

  test("carries every bar and trade", () => {
    const data = dataOf(page);
    expect([...unpackColumn(data.time)]).toEqual([...input.bars.time]);
    expect([...unpackColumn(data.close)]).toEqual([...input.bars.close]);
    expect([...unpackColumn(data.volume!)]).toEqual([...input.bars.volume]);
    expect(data.trades.profit).toEqual(input.result.trades.map(({ profit }) => profit));
    expect(data.trades.texts[data.trades.entryTag[0]]).toBe(input.result.trades[0].entryTag);
    expect(data.series.map(({ name, pane }) => [name, pane])).toEqual([
      ["fast", 0],
      ["slow", 0],
      ["strength", 1],
    ]);
    expect(data.precision).toBe("day");
  });

  test("shows the program with nothing but colour added", () => {
    const listing = between(page, "<code>", "</code>").replace(/<\/?span[^>]*>/g, "");
    const plain = listing.replace(
      /&(lt|gt|amp|quot|#39);/g,
      (_, name: string) => ({ lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" })[name]!,
    );
    expect(plain).toBe(input.programText);
  });

  test("says whose charts these are", () => {
    expect(page).toContain("TradingView Lightweight Charts™ v5.2.1. Copyright (c) 2026 TradingView, Inc.");
    expect(page).toContain(`<a href="https://www.tradingview.com/"`);
    expect(page).toContain("Apache License");
  });

  test("is the same each time", () => {
    expect(renderReport(fixture())).toBe(page);
  });

  test("has no notices when there is nothing to say", () => {
    expect(page).not.toContain(`class="notices"`);
  });

  test("does without a program text", () => {
    const { programText: _, ...without } = input;
    const bare = renderReport(without);
    elementsOf(bare);
    expect(bare).not.toContain(`id="program"`);
    expect(bare).not.toContain(`href="#program"`);
  });
});

describe("texts of the user", () => {
  test("never become markup", () => {
    const plain = fixture({ bars: 300 });
    const page = renderReport(withHostileTexts(plain));
    const gentle = renderReport({ ...withHostileTexts(plain), programText: "x" });
    const named = elementsOf(page).filter((name) => name !== "span");
    expect(named).toEqual(elementsOf(gentle).filter((name) => name !== "span"));
    expect(named).not.toContain("img");
    expect(named.filter((name) => name === "script")).toHaveLength(3);
    expect(page).toContain("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img");
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<img");
  });

  test("come back whole from the embedded data", () => {
    const page = renderReport(withHostileTexts(fixture({ bars: 300 })));
    const raw = between(page, `id="report-data">`, "</script>");
    expect(raw).not.toMatch(/[<>\u2028\u2029]/);
    const data = dataOf(page);
    expect(data.title).toBe(hostile);
    expect(data.series[0].name).toBe(hostile);
    expect(data.trades.texts).toContain(hostile);
    expect(data.fileName).toMatch(/^[a-z0-9-]+$/);
  });
});

describe("what is missing", () => {
  test("a metric that cannot be told is a dash with its reason", () => {
    const input = fixture({ bars: 20 });
    const page = renderReport(input);
    elementsOf(page);
    const tile = between(page, `aria-describedby="tip-tile-sharpe"`, "</div>");
    expect(tile).toContain("needs at least 30 session returns");
    expect(tile).toMatch(/<dd class="">–<\/dd>/);
    expect(between(page, `id="tip-reason-cagr"`, "</span>")).toContain("needs 30 days");
  });

  test("a metric nobody computed is a dash too", () => {
    const input = fixture({ bars: 60 });
    const page = renderReport({
      ...input,
      metrics: [],
      result: { ...input.result, metrics: {}, metricReasons: {} },
    });
    elementsOf(page);
    expect(between(page, `aria-describedby="tip-tile-cagr"`, "</div>")).toContain("not computed");
  });

  test("no trades", () => {
    const page = renderReport(fixture({ trades: false }));
    elementsOf(page);
    expect(page).toContain("No closed trade.");
    expect(page).not.toContain(`class="breakdown"`);
    expect(dataOf(page).trades.long).toEqual([]);
  });

  test("one bar", () => {
    const input = fixture({ bars: 1 });
    const page = renderReport(input);
    elementsOf(page);
    expect(page).toContain("<span>1 bar</span>");
    expect(dataOf(page).precision).toBe("day");
    expect([...unpackColumn(dataOf(page).close)]).toEqual([...input.bars.close]);
  });

  test("no volume at all, and some", () => {
    const input = fixture({ bars: 100 });
    const none = { ...input, bars: { ...input.bars, volume: new Float64Array(100).fill(NaN) } };
    expect(dataOf(renderReport(none)).volume).toBeNull();
    const volume = input.bars.volume.map((value, i) => (i % 3 === 0 ? NaN : value));
    const some = dataOf(renderReport({ ...input, bars: { ...input.bars, volume } }));
    expect([...unpackColumn(some.volume!)]).toEqual([...volume]);
  });

  test("an open trade keeps its nulls", () => {
    const { trades } = dataOf(renderReport(fixture()));
    expect(trades.exitTime.at(-1)).toBeNull();
    expect(trades.exitCandle.at(-1)).toBeNull();
    expect(trades.exitPrice.at(-1)).toBeNull();
  });
});

describe("what the program plots", () => {
  const input = plotted(fixture({ bars: 300 }));
  const page = renderReport(input);
  const { series } = dataOf(page);

  test("comes first, is all that is shown, and keeps its look", () => {
    elementsOf(page);
    expect(series.map(({ name, pane, shown }) => [name, pane, shown])).toEqual([
      ["Quick", 0, true],
      ["Above", 0, true],
      ["Strength", 1, true],
      ["slow", 0, false],
      ["strength", 2, false],
      ["fast", 0, false],
    ]);
    expect(series[0].look).toEqual({ style: "step", color: "red", width: 2, pane: "main" });
    expect(series.map(({ isCondition }) => isCondition)).toEqual([false, true, false, false, false, false]);
  });

  test("may be a condition: 0 and 1", () => {
    expect([...unpackColumn(series[1].values)]).toEqual([...input.curves.series[4].values]);
  });

  test("stands in for a `let` of its name and values", () => {
    const { curves } = input;
    const [quick] = curves.series.filter(({ name }) => name === "Quick");
    const again = renderReport({
      ...input,
      curves: { ...curves, series: [...curves.series, { ...quick, name: "fast" }] },
    });
    expect(dataOf(again).series.filter(({ name }) => name === "fast")).toHaveLength(1);
  });

  test("is not lost between the bars of a candle", () => {
    const many = fixture({ bars: 500_002, intervalMs: 60_000, volatility: 0.0008, trades: false });
    const rare = new Float64Array(500_002).fill(NaN);
    rare[1000] = 123;
    const holds = rare.map((value) => (Number.isNaN(value) ? 0 : 1));
    const plot = { style: "dots", color: null, width: 1, pane: "main" } as const;
    const drawn = dataOf(
      renderReport({
        ...many,
        curves: {
          ...many.curves,
          series: [
            { name: "rare", unit: "price", values: rare, plot },
            { name: "holds", unit: "bool", values: holds, plot: { ...plot, style: "background" } },
          ],
        },
      }),
    ).series.map(({ values }) => unpackColumn(values)[500]);
    expect(drawn).toEqual([123, 1]);
  });
});

describe("drawn anew", () => {
  const input = fixture({ bars: 60 });
  const interval = { low: -0.5, middle: 0.25, high: 1 };
  const resampling = {
    ...{ runs: 1_000, seed: 3 },
    sessions: { sharpe: interval },
    trades: { reason: "needs at least 30 closed trades, has 2" },
  };
  const page = renderReport({ ...input, result: { ...input.result, resampling } });

  test("what else it could have come to, or why nobody knows", () => {
    const section = calm(between(page, `<section id="resampling"`, "</section>"));
    expect(section).toMatch(/Sharpe ratio.*-0\.50.*0\.25.*1\.00/s);
    expect(section).toContain("needs at least 30 closed trades, has 2");
    expect(section).toContain("1,000 times (seed 3)");
    elementsOf(page);
  });

  test("is not there where nobody asked", () => {
    expect(renderReport(input)).not.toContain("Drawn anew");
  });
});

describe("limits", () => {
  const input = fixture({ bars: 60 });
  const page = renderReport({
    ...input,
    result: {
      ...input.result,
      limits: [
        { measure: "drawdown", most: 0.2, action: "halt", fired: 1 },
        { measure: "exposure", most: 10, action: "block", fired: 1234 },
        { measure: "losses", most: 4, action: "flatten", fired: 0 },
      ],
    },
  });

  test("are told with how often each acted, also when it never did", () => {
    elementsOf(page);
    expect(page).toContain(`<a href="#limits">Limits</a>`);
    const rows = calm(between(page, `<section id="limits"`, "</section>"))
      .replace(/<[^>]*>/g, "|")
      .replace(/[|\s]*\|[|\s]*/g, "|");
    expect(rows).toContain(
      "|drawdown|Share of the highest equity at a close that has been lost.|20%|once|halt|: closes everything, for good|",
    );
    expect(rows).toContain("|1000%|1,234 times|block|: no new entries|".replace("1000", "1,000"));
    expect(rows).toMatch(/\|losses\|[^|]*\|4\|never\|flatten\|/);
  });
});

describe("alerts", () => {
  const input = fixture({ bars: 60 });
  const withAlerts = (count: number, text = "over"): string => {
    const alerts = Array.from({ length: count }, (_, i) => ({
      time: new Date(Date.UTC(2020, 0, 1) + i * 60_000).toISOString(),
      text: `${text} ${i}`,
    }));
    return renderReport({ ...input, result: { ...input.result, alerts } });
  };

  test("have a section and travel with the page", () => {
    const page = withAlerts(3);
    elementsOf(page);
    expect(page).toContain(`<a href="#alerts">Alerts</a>`);
    expect(dataOf(page).alerts).toEqual({
      count: 3,
      time: [0, 1, 2].map((i) => Date.UTC(2020, 0, 1, 0, i)),
      text: ["over 0", "over 1", "over 2"],
    });
  });

  test("that are very many are carried in part, with their number", () => {
    const { alerts } = dataOf(withAlerts(10_050));
    expect([alerts.count, alerts.time.length, alerts.text.length]).toEqual([10_050, 10_000, 10_000]);
  });

  test("never become markup", () => {
    const page = withAlerts(2, hostile);
    expect(elementsOf(page)).not.toContain("img");
    expect(dataOf(page).alerts.text[1]).toBe(`${hostile} 1`);
  });
});

describe("warnings", () => {
  const input = fixture({ bars: 200 });
  const notices = (change: Partial<ReportInput["result"]>): string =>
    between(
      renderReport({ ...input, result: { ...input.result, ...change } }),
      `class="notices"`,
      "</section>",
    );

  test("of fills and orders are counted, in words", () => {
    const counts = {
      ambiguousFills: 1,
      reducedOrders: 2,
      rejectedOrders: 1234,
      absentOrders: 1,
      closeFills: 0,
    };
    const said = notices({ counts });
    expect(said).toContain("1 fill depends on the order of prices inside a bar");
    expect(said).toContain("path “nearest”");
    expect(said).toContain("2 entries were made smaller");
    expect(said).toContain("1,234 entries were not placed: no size left");
    expect(said).toContain("1 entry was not placed because a price or a size was absent");
    expect(said.match(/<li class="warning">/g)).toHaveLength(4);
  });

  test("of what the other paths come to", () => {
    const counts = { ...input.result.counts, ambiguousFills: 3 };
    const ambiguity = {
      worst: { net_profit: -1234.5, total_return: -0.01, max_drawdown: 0.125 },
      best: { net_profit: 99, total_return: 0.001, max_drawdown: null },
    };
    const said = notices({ counts, ambiguity });
    expect(said).toContain("Along the worst path the net profit is −1,234.50 with a drawdown of 12.50%");
    expect(said).toContain("along the best +99.00 with a drawdown of –.");
    expect(notices({ counts })).not.toContain("Along the worst path");
  });

  test("of fills at the close that decided them, also at the head of the page and in the counts", () => {
    const counts = { ...input.result.counts, closeFills: 7 };
    expect(notices({ counts })).toContain("7 fills happened at the close that decided them");
    const page = renderReport({ ...input, result: { ...input.result, counts } });
    elementsOf(page);
    expect(page).toContain(`<span class="caution">fills at the close</span>`);
    expect(calm(between(page, "<dt>Fills at the deciding close</dt>", "</div>"))).toContain("<bdi>7</bdi>");
    const without = renderReport(input);
    expect(without).not.toContain("fills at the close");
    expect(without).not.toContain("Fills at the deciding close");
  });

  test("of many trials", () => {
    expect(notices({ trials: 240 })).toContain("240 parameter sets were tried");
  });
});

describe("markets and windows", () => {
  const section = (page: string, id: string): string =>
    calm(between(page, `<section id="${id}"`, "</section>"));

  test("are a grid and four charts", () => {
    const page = renderReport(fixture());
    const charts = section(page, "rolling");
    expect(charts.match(/<svg/g)).toHaveLength(4);
    expect(charts).toMatch(/Rolling sharpe ratio, −?[\d.]+ at the end/);
    expect(charts).toContain("of the 126 sessions up to it");
    const grid = section(page, "regimes");
    expect(grid.match(/<td/g)).toHaveLength(9);
    expect(grid).toMatch(
      /<b>\+20\.00%<\/b> ?<span>market \+30\.00%<\/span> ?<span>10\.0% of time, 1 trade<\/span>/,
    );
    expect(grid).toContain(">never<");
    expect(grid).toContain("Before there was enough to tell: 84 sessions, 2 trades, +1.00%.");
  });

  test("say why they are not there", () => {
    const input = fixture({ bars: 40 });
    const page = renderReport({ ...input, result: { ...input.result, regimes: { reason: "needs more" } } });
    expect(section(page, "rolling")).toContain("None: needs at least 63 session returns, has 40.");
    expect(section(page, "regimes")).toContain("Not told: needs more.");
  });
});

describe("many bars", () => {
  test("54,000 bars make less than 5 MB", () => {
    const page = renderReport(fixture({ bars: 54_000, intervalMs: 900_000, volatility: 0.002, slow: 40 }));
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
    expect(dataOf(page).group).toBe(1);
    expect(dataOf(page).precision).toBe("minute");
    expect(calm(page)).toMatch(
      />2004-08-19 00:00<\/time> to <time datetime="[^"]*">2006-03-04 11:45<\/time> UTC</,
    );
  });

  test("600,000 are drawn in groups, whose extremes, times and trades stay true", () => {
    const input = fixture({ bars: 600_000, intervalMs: 60_000, volatility: 0.0008, slow: 900 });
    const { bars, curves, result } = input;
    const page = renderReport(input);
    const data = dataOf(page);
    expect(data.group).toBe(2);
    expect(data.time.length).toBe(300_000);
    expect(data.time.length).toBeLessThanOrEqual(mostCandles);
    expect(page).toContain("each candle of the chart shows 2 bars");

    const [time, high, volume] = [data.time, data.high, data.volume!].map(unpackColumn);
    const [lowest, highest] = [data.equityLow!, data.equityHigh!].map(unpackColumn);
    for (let i = 0; i < 300_000; i += 997) {
      expect(time[i]).toBe(bars.time[2 * i]);
      expect(high[i]).toBe(Math.max(bars.high[2 * i], bars.high[2 * i + 1]));
      expect(volume[i]).toBe(bars.volume[2 * i] + bars.volume[2 * i + 1]);
    }
    expect(lowest.reduce((a, b) => Math.min(a, b))).toBeCloseTo(
      curves.equity.reduce((a, b) => Math.min(a, b)),
      2,
    );
    expect(highest.reduce((a, b) => Math.max(a, b))).toBeCloseTo(
      curves.equity.reduce((a, b) => Math.max(a, b)),
      2,
    );
    const deepest = unpackColumn(data.drawdown).reduce((a, b) => Math.min(a, b));
    expect(deepest).toBeCloseTo(-result.metrics["max_drawdown"]!, 4);

    expect(result.trades.length).toBeGreaterThan(20);
    result.trades.forEach(({ entryBar, entryTime }, i) => {
      expect(data.trades.entryCandle[i]).toBe(Math.floor(entryBar / 2));
      expect(data.trades.entryTime[i]).toBe(Date.parse(entryTime));
      expect(data.trades.entryTime[i] - time[data.trades.entryCandle[i]]).toBeLessThan(2 * 60_000);
    });
  });

  test("series that would make the page too large are named instead", () => {
    const input = fixture({ bars: 100_000, intervalMs: 60_000, volatility: 0.0008, trades: false });
    const [first] = input.curves.series;
    const series = Array.from({ length: 30 }, (_, i) => ({ ...first, name: `line ${i + 1}` }));
    const page = renderReport({ ...input, curves: { ...input.curves, series } });
    expect(dataOf(page).series).toHaveLength(25);
    expect(page).toContain("Not drawn, to keep the page small: line 26, line 27, line 28, line 29, line 30.");
  });
});

test("columns of unequal length are refused, by name", () => {
  const input = fixture({ bars: 50 });
  const curves = { ...input.curves, equity: new Float64Array(49) };
  expect(() => renderReport({ ...input, curves })).toThrow("report: equity has 49 values for 50 bars");
});
