import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { renderReport, type ReportInput } from "../../src/report/report.js";
import { launch, missing } from "../chromium.js";
import { fixture, plotted } from "./fixture.js";

interface Visit {
  readonly page: Page;
  /** Everything a reader should never see: errors, warnings, and requests other than for the file itself. */
  readonly complaints: string[];
}

describe.skipIf(missing !== null)("a report in a browser, offline", { timeout: 90_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bitfever-report-"));
    browser = await launch();
  }, 60_000);

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(input: ReportInput, width = 1280, scheme: "light" | "dark" = "light"): Promise<Visit> {
    const file = join(folder, "report.html");
    writeFileSync(file, renderReport(input));
    const context = await browser.newContext({
      offline: true,
      acceptDownloads: true,
      colorScheme: scheme,
      reducedMotion: "reduce",
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href && !/^(data|blob):/.test(request.url())) {
        complaints.push(`request: ${request.url()}`);
      }
    });
    await page.goto(pathToFileURL(file).href);
    await settled(page);
    return { page, complaints };
  }

  /** Charts draw in the frames after a change. */
  const settled = (page: Page): Promise<unknown> =>
    page.evaluate(
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))",
    );

  /** In the page: the pixels of each canvas as large as a pane. */
  const pictures = `[...document.querySelectorAll("#chart-area canvas")].filter(({ width }) => width > 200).map((canvas) => {
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  })`;

  /** For each canvas as large as a pane: how many of its pixels are coloured, and a sum that changes with them. */
  const canvases = (page: Page): Promise<{ inked: number; sum: number }[]> =>
    page.evaluate(`${pictures}.map(({ data }) => {
      let inked = 0, sum = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 0) continue;
        inked += 1;
        sum = (sum * 31 + data[i] + 2 * data[i + 1] + 3 * data[i + 2] + i) % 1000000007;
      }
      return { inked, sum };
    })`);

  /** How much of the way from the first to the last column of pixels with a colour has it. */
  const shareOf = (page: Page, name: string): Promise<number> =>
    page.evaluate(`(() => {
      const probe = document.body.appendChild(document.createElement("span"));
      probe.style.color = "var(--${name})";
      const wanted = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
      probe.remove();
      const columns = new Set();
      for (const { data, width } of ${pictures}) {
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] > 30 && wanted.every((part, k) => Math.abs(data[i + k] - part) < 8)) columns.add((i / 4) % width);
        }
      }
      return columns.size / (Math.max(...columns) - Math.min(...columns) + 1);
    })()`);

  test("draws all its panes without a complaint", async () => {
    const { page, complaints } = await open(fixture());
    const drawn = (await canvases(page)).filter(({ inked }) => inked > 500);
    expect(drawn.length).toBeGreaterThanOrEqual(5); // candles, strength, equity, drawdown, time axis
    expect(await page.locator("#chart-area .readout").allInnerTexts()).toEqual([
      expect.stringMatching(/2012-11-\d\d {2}O .* C .*Volume.*fast.*slow/s),
      expect.stringMatching(/^strength \d/),
      expect.stringMatching(/Buy and hold.*Equity/s),
      expect.stringMatching(/^Drawdown −\d/),
    ]);
    expect(complaints).toEqual([]);
  });

  test("shows a trade of the list in the chart, by mouse and by keyboard", async () => {
    const { page, complaints } = await open(fixture());
    const before = await canvases(page);
    await page.locator("#trade-table tbody tr").nth(12).click();
    await settled(page);
    expect(await page.locator("#trade-table tbody tr[aria-current]").locator("td").first().innerText()).toBe(
      "13",
    );
    expect(await page.locator("#chosen-trade").innerText()).toContain("Trade 13 of 45, short");
    expect(await canvases(page)).not.toEqual(before);
    expect(
      await page.evaluate(`document.getElementById("chart").getBoundingClientRect().top`),
    ).toBeGreaterThan(-5);

    await page.locator("#trade-table tbody tr").nth(3).locator("button").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#chosen-trade").innerText()).toContain("Trade 4 of 45");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("4");

    await page.locator("#chart-area").focus();
    await page.keyboard.press("n");
    expect(await page.locator("#chosen-trade").innerText()).toContain("Trade 5 of 45");
    for (const key of ["p", "+", "-", "ArrowLeft", "ArrowRight", "0"]) await page.keyboard.press(key);
    expect(complaints).toEqual([]);
  });

  test("turns to the page of a trade chosen elsewhere", async () => {
    const { page } = await open(fixture());
    await page.locator("#chart-area").focus();
    await page.keyboard.press("p"); // before the first comes the last
    expect(await page.locator("#trade-table tbody tr[aria-current]").innerText()).toMatch(/^45/);
    expect(await page.locator("#trade-count").innerText()).toBe("26 to 45 of 45 trades");
  });

  test("sorts, filters and hands out its trades", async () => {
    const input = fixture();
    const { page, complaints } = await open(input);
    const profits = async (): Promise<number[]> =>
      (await page.locator("#trade-table tbody td:nth-child(9)").allInnerTexts()).map((text) =>
        Number(text.replace("−", "-").replace(/[+,]/g, "")),
      );
    await page.locator("#trade-table th button", { hasText: "Profit" }).click();
    expect(await profits()).toEqual((await profits()).sort((a, b) => a - b));
    await page.locator("#trade-table th button", { hasText: "Profit" }).click();
    expect(await profits()).toEqual((await profits()).sort((a, b) => b - a));
    expect(await page.locator("#trade-table th[aria-sort=descending]").innerText()).toContain("Profit");

    await page.locator("select[name=side]").selectOption("short");
    await page.locator("select[name=reason]").selectOption("stop");
    const wanted = input.result.trades.filter(
      ({ side, exitReason }) => side === "short" && exitReason === "stop",
    );
    expect(await page.locator("#trade-table tbody tr").count()).toBe(Math.min(25, wanted.length));
    expect(new Set(await page.locator("#trade-table tbody td:nth-child(2)").allInnerTexts())).toEqual(
      new Set(["short"]),
    );

    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#trade-csv").click()]);
    expect(download.suggestedFilename()).toBe("goog-two-means-trades.csv");
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines[0]).toBe(
      "side,entryTime,entryPrice,exitTime,exitPrice,quantity,profit,commission,entryTag,exitReason,exitTag",
    );
    expect(lines).toHaveLength(wanted.length + 1);
    const best = wanted.reduce((a, b) => (b.profit > a.profit ? b : a));
    expect(lines[1].split(",").slice(0, 7)).toEqual([
      "short",
      best.entryTime,
      String(best.entryPrice),
      best.exitTime,
      String(best.exitPrice),
      String(best.quantity),
      String(best.profit),
    ]);
    expect(complaints).toEqual([]);
  });

  test("goes with the system's colours, and against them when told", async () => {
    const { page, complaints } = await open(fixture(), 1280, "dark");
    const background = (): Promise<string> =>
      page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await background();
    const before = await canvases(page);
    expect(await page.locator("#theme").getAttribute("aria-pressed")).toBe("true");
    await page.locator("#theme").click();
    await settled(page);
    expect(await page.locator("#theme").getAttribute("aria-pressed")).toBe("false");
    expect(await background()).not.toBe(dark);
    expect(await canvases(page)).not.toEqual(before);
    expect(complaints).toEqual([]);
  });

  test("draws where a stop stood, and nothing between", async () => {
    const input = fixture({ bars: 120, trades: false });
    const stop = input.bars.low.map((low, i) => (i % 60 < 20 ? 0.98 * low : NaN));
    const { page, complaints } = await open({ ...input, curves: { ...input.curves, stop, series: [] } });
    for (const name of ["Drawdown", "Volume"]) await page.locator("#chart-legend").getByText(name).click();
    const shares: number[] = [];
    for (let i = 0; i < 2; i++) {
      await settled(page);
      shares.push(await shareOf(page, "loss"));
      await page.locator("#chart-legend").getByText("Stop", { exact: true }).click();
    }
    expect(shares[0]).toBeCloseTo(40 / 80, 1); // of two stretches of 20 candles, 40 apart
    expect(shares[1]).toBeCloseTo(0, 5);
    expect(complaints).toEqual([]);
  });

  test("hides and shows what its legend says", async () => {
    const { page, complaints } = await open(fixture());
    const panes = (): Promise<number> => page.locator("#chart-area .readout:visible").count();
    expect(await panes()).toBe(4);
    const legend = page.locator("#chart-legend button");
    for (const name of ["strength", "Drawdown", "fast", "Volume", "Trades"])
      await legend.getByText(name).click();
    await settled(page);
    expect(await panes()).toBe(2);
    expect(await page.locator("#chart-area .readout").first().innerText()).not.toContain("fast");
    for (const name of ["Drawdown", "strength", "fast"]) await legend.getByText(name).click();
    await settled(page);
    expect(await panes()).toBe(4);
    const tops = await page
      .locator("#chart-area .readout")
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    for (const name of ["1Y", "3M", "Log", "All"])
      await page.locator("#chart-ranges").getByText(name).click();
    expect(complaints).toEqual([]);
  });

  test("draws what is plotted and nothing else, and each can be switched", async () => {
    const { page, complaints } = await open(plotted(fixture()));
    const readouts = page.locator("#chart-area .readout:visible");
    const texts = await readouts.allInnerTexts();
    expect(texts[0]).toMatch(/Quick [\d.]+.*Above (true|false)$/s);
    expect(texts[0]).not.toContain("slow");
    expect(texts[1]).toMatch(/^Momentum\s+Strength [\d.]+$/);
    expect(texts).toHaveLength(4);

    const legend = page.locator("#chart-legend button");
    const pressed = async (on: boolean): Promise<string[]> =>
      (await page.locator(`#chart-legend button[aria-pressed=${on}]`).allInnerTexts()).map((text) =>
        text.trim(),
      );
    expect(await pressed(false)).toEqual(["slow", "strength", "fast"]);
    for (const name of ["Above", "Quick", "Strength"]) {
      const before = await canvases(page);
      await legend.getByText(name, { exact: true }).click();
      await settled(page);
      expect(await canvases(page), name).not.toEqual(before);
    }
    expect(await readouts.count()).toBe(3);
    for (const name of ["Above", "Strength", "slow", "strength"])
      await legend.getByText(name, { exact: true }).click();
    await settled(page);
    expect(await readouts.count()).toBe(5);
    expect(await readouts.nth(2).innerText()).toMatch(/^strength \d/);
    expect(complaints).toEqual([]);
  });

  test.each(["line", "step", "histogram", "area", "dots", "cross", "background"] as const)(
    "draws the style %s in its colour, light and dark, also where values are absent",
    async (style) => {
      const input = fixture({ bars: 120, trades: false });
      const [{ values }] = input.curves.series;
      const gaps = values.map((value, i) => (i % 10 < 5 ? value : NaN));
      const plot = { style, color: "purple", width: 3, pane: "Own" } as const;
      const series = [{ name: "Own", unit: "price", values: gaps, plot }];
      const { page, complaints } = await open({ ...input, curves: { ...input.curves, series } });
      const legend = page.locator("#chart-legend button");
      const share = async (): Promise<number> => shareOf(page, "plot-purple");
      expect(await share()).toBeGreaterThan(0.3);
      expect(await share()).toBeLessThan(0.75);
      await page.locator("#theme").click();
      await settled(page);
      expect(await share()).toBeGreaterThan(0.3);
      expect(await share()).toBeLessThan(0.75);
      const dark = await canvases(page);
      await legend.getByText("Own", { exact: true }).click();
      await settled(page);
      expect((await canvases(page)).length).toBeLessThan(dark.length);
      await legend.getByText("Own", { exact: true }).click();
      await settled(page);
      expect(await canvases(page)).toEqual(dark);
      expect(complaints).toEqual([]);
    },
  );

  test("lists its alerts, two hundred at a time, and finds the others", async () => {
    const bad = `<img src=x onerror="window.hit=1">`;
    const input = fixture({ bars: 400 });
    const alerts = Array.from({ length: 400 }, (_, i) => ({
      time: new Date(input.bars.time[i]).toISOString(),
      text: `${i % 100 === 99 ? "Rare" : "often"} ${bad}`,
    }));
    const { page, complaints } = await open({ ...input, result: { ...input.result, alerts } });
    const rows = page.locator("#alert-table tbody tr");
    const count = page.locator("#alert-count");
    expect(await rows.count()).toBe(200);
    expect(await count.innerText()).toBe("the first 200 of 400 alerts");
    expect(await rows.first().locator("td").allInnerTexts()).toEqual(["2004-08-19", `often ${bad}`]);
    await page.locator("#alert-filter").fill("rare");
    expect(await rows.count()).toBe(4);
    expect(await count.innerText()).toBe("4 alerts, of 400 in all");
    await page.locator("#alert-filter").fill("nothing like it");
    expect(await rows.allInnerTexts()).toEqual(["No alert is like that."]);
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  test("explains its numbers when they are pointed at or focused", async () => {
    const { page } = await open(fixture());
    await page.locator(".tile .tip").first().hover();
    expect(await page.locator("#tip").innerText()).toContain("as its textbook has it");
    await page.keyboard.press("Escape");
    expect(await page.locator("#tip").isVisible()).toBe(false);
    await page.locator(".metrics .tip").first().focus();
    expect(await page.locator("#tip").innerText()).toContain("In assertions: net_profit");
  });

  test.each([1280, 390])("does not spill over a window %d pixels wide", async (width) => {
    const input = plotted(fixture());
    const { page, complaints } = await open(
      {
        ...input,
        result: {
          ...input.result,
          limits: [{ measure: "exposure", most: 1.5, action: "flatten", fired: 3 }],
          alerts: [{ time: "2012-01-01T00:00:00.000Z", text: "long".repeat(200) }],
        },
      },
      width,
    );
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const wide = await page.evaluate(`[...document.querySelectorAll("main > section, header, footer")]
      .filter((each) => each.getBoundingClientRect().right > innerWidth).length`);
    expect(wide).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("treats a hostile name as a name", async () => {
    const bad = `</script><img src=x onerror="window.hit=1"><b>`;
    const input = fixture({ name: bad, symbol: bad });
    const trades = input.result.trades.map((trade) => ({ ...trade, entryTag: `=1+1 ${bad}`, exitTag: bad }));
    const series = input.curves.series.map((each) => ({ ...each, name: bad }));
    const { page, complaints } = await open({
      ...input,
      result: { ...input.result, trades },
      curves: { ...input.curves, series },
    });
    await page.locator("#trade-table tbody tr").first().click();
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("h1").innerText()).toBe(bad);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#trade-csv").click()]);
    expect(readFileSync(await download.path(), "utf8")).toContain(
      `"'=1+1 </script><img src=x onerror=""window.hit=1"">`,
    );
    expect(complaints).toEqual([]);
  });

  test.each([
    ["one bar", fixture({ bars: 1, trades: false })],
    ["no trades", fixture({ bars: 40, trades: false })],
    ["intraday bars", fixture({ bars: 3000, intervalMs: 300_000, volatility: 0.001, slow: 20 })],
  ])("opens with %s", async (_, input) => {
    const { page, complaints } = await open(input);
    expect((await canvases(page)).some(({ inked }) => inked > 100)).toBe(true);
    for (const key of ["+", "n", "p", "0"]) {
      await page.locator("#chart-area").focus();
      await page.keyboard.press(key);
    }
    expect(complaints).toEqual([]);
  });

  /** What the first readout says with the pointer over a place of the chart, as a share of its width. */
  const readAt = async (page: Page, share: number): Promise<string> => {
    const { x, y, width } = (await page.locator("#chart-area").boundingBox())!;
    await page.mouse.move(x + share * width, y + 150);
    await settled(page);
    return page.locator("#chart-area .readout").first().innerText();
  };

  test("draws a long history coarsely, and every bar where one looks closely", async () => {
    const input = fixture({ bars: 120_000, intervalMs: 60_000, volatility: 0.0008, slow: 60 });
    const { page, complaints } = await open(input);
    const { bars, result } = input;
    const told = async (share: number): Promise<{ time: number; high: number; account: string }> => {
      const text = await readAt(page, share);
      const account = await page.locator("#chart-area .readout", { hasText: "Equity" }).innerText();
      const high = Number(/H ([\d.,]+)/.exec(text)![1].replace(",", ""));
      return { time: Date.parse(`${text.slice(0, 16).replace(" ", "T")}Z`), high, account };
    };

    const whole = await told(0.3);
    const first = bars.time.indexOf(whole.time);
    expect(first % 256).toBe(0); // a power of two of bars is a point
    expect(whole.high).toBeCloseTo(Math.max(...bars.high.slice(first, first + 256)), 2);
    expect(whole.account).toMatch(/Equity [\d,.]+ \([\d,.]+ to [\d,.]+\)/);

    await page.locator("#chart-area").focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("n");
    await settled(page);
    const near = await told(0.3);
    const bar = bars.time.indexOf(near.time);
    expect(near.high).toBeCloseTo(bars.high[bar], 2);
    expect(near.account).not.toContain("to");
    const { entryBar, exitBar } = result.trades[2];
    expect(Math.abs(bar - (entryBar + exitBar!) / 2)).toBeLessThan(1.5 * (exitBar! - entryBar));

    await page.keyboard.press("0");
    await settled(page);
    expect(await told(0.3)).toEqual(whole);
    expect((await canvases(page)).filter(({ inked }) => inked > 500).length).toBeGreaterThanOrEqual(4);
    expect(complaints).toEqual([]);
  });

  test("stays where it is while one zooms and pans", async () => {
    const input = fixture({ bars: 120_000, intervalMs: 60_000, volatility: 0.0008, trades: false });
    const { page, complaints } = await open(input);
    const timeAt = async (share: number): Promise<number> =>
      Date.parse(`${(await readAt(page, share)).slice(0, 16).replace(" ", "T")}Z`);
    const before = await timeAt(0.4);
    await page.keyboard.down("Control");
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, -80);
      await settled(page);
    }
    await page.keyboard.up("Control");
    // The pointer stayed on a point of 256 minutes, and what is under it lies in there.
    const after = await timeAt(0.4);
    await page.waitForTimeout(200); // what lies beyond is made when the chart rests
    expect(Math.abs(after - before)).toBeLessThanOrEqual(256 * 60_000);

    const { x, y, width } = (await page.locator("#chart-area").boundingBox())!;
    for (let i = 0; i < 4; i++) {
      await page.mouse.move(x + 0.2 * width, y + 150);
      await page.mouse.down();
      // A drag begins with its second move.
      for (let step = 1; step <= 60; step++) await page.mouse.move(x + (0.2 + step / 100) * width, y + 150);
      await page.mouse.up();
      await page.waitForTimeout(200);
      await settled(page);
    }
    const panned = await timeAt(0.4);
    const left = await timeAt(0.1);
    expect(panned).toBeLessThan(after);
    // By as much as was dragged: four times twice what lies between the two.
    expect((after - panned) / (panned - left) / 8).toBeCloseTo(1, 1);
    expect((await canvases(page))[0].inked).toBeGreaterThan(500);
    expect(complaints).toEqual([]);
  });

  test("puts a picture of the charts on paper, and all trades", async () => {
    const { page, complaints } = await open(fixture(), 1280, "dark");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator(".print-picture").count()).toBe(1);
    expect(await page.locator("#trade-table tbody tr").count()).toBe(45);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(".print-picture").count()).toBe(0);
    expect(await page.locator("#trade-table tbody tr").count()).toBe(25);
    expect(complaints).toEqual([]);
  });
});
