import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { backtestPortfolio, portfolioHtml, portfolioMarkdown, type Portfolio } from "../../src/index.js";
import { renderPortfolio } from "../../src/portfolio-report/page.js";
import { formatNumber, formatPercent, formatSigned } from "../../src/report/format.js";
import { cross, holder, wave } from "../switched.js";
import { launch, missing, visit, type Visit } from "../chromium.js";
import { calm, elementsOf, hostile, markupOf } from "./markup.js";

/* The page of switched systems: what stands in it, and what a reader can do with it. */

const walked = await backtestPortfolio(
  [
    { name: "held", strategy: holder, bars: wave(700, "A"), filter: { name: "average", sessions: [20, 90] } },
    {
      name: "crossed",
      strategy: cross,
      bars: wave(700, "B"),
      filter: { name: "drawdown", most: [0.05, 0.1] },
    },
  ],
  {
    walk: { kind: "rolling", train: 200, test: 100 },
    random: { runs: 39, seed: 1 },
    settings: { commission: 0.001 },
  },
);
const plain = await backtestPortfolio([{ name: "held", strategy: holder, bars: wave(300, "A") }]);

describe("curves of switched systems", () => {
  const { curves, result } = walked;

  test("are of the same days, and the parts are the account", () => {
    for (const { on, equity, growth, shadow } of curves.systems)
      expect([on, equity, growth, shadow].map(({ length }) => length)).toEqual(
        Array(4).fill(curves.time.length),
      );
    curves.equity.forEach((whole, day) => {
      const parts = curves.systems.reduce((sum, { equity }) => sum + equity[day], 0);
      expect(Math.abs(parts - whole)).toBeLessThan(1e-6);
    });
    expect(curves.draws).toHaveLength(39);
  });

  test("grow by what was earned, not by what was moved", () => {
    for (const [i, { growth, equity }] of curves.systems.entries()) {
      const { moved } = result.systems[i];
      expect(Math.abs(moved)).toBeGreaterThan(100);
      // Money came and went, so the part is another multiple of what it began with than the growth.
      const last = growth.length - 1;
      expect(Math.abs(equity[last] / 50_000 - growth[last])).toBeGreaterThan(0.01);
      // The growth changes on no day on which the system does not hold a thing.
      const trades = result.trades.filter(({ system }) => system === result.systems[i].name);
      const isHeld = (day: number): boolean =>
        trades.some(
          ({ entryTime, exitTime }) =>
            Date.parse(entryTime) <= curves.time[day] && !(Date.parse(exitTime ?? "9999") < curves.time[day]),
        );
      growth.forEach((each, day) => {
        if (day > 0 && !isHeld(day)) expect(each).toBe(growth[day - 1]);
      });
    }
  });

  test("of one system that is never switched are its account, and so is its shadow", () => {
    const [{ growth, shadow, on }] = plain.curves.systems;
    plain.curves.equity.forEach((each, day) => {
      expect(growth[day]).toBeCloseTo(each / plain.result.initialCapital, 12);
      expect(shadow[day]).toBeCloseTo(each / plain.result.initialCapital, 12);
    });
    expect(on.every((each) => each === 1)).toBe(true);
    expect(plain.curves.draws).toEqual([]);
  });
});

describe("the page of a portfolio", () => {
  const page = portfolioHtml(walked);

  test("is the same text for the same input, whole, and asks for nothing", () => {
    expect(portfolioHtml(walked)).toBe(page);
    const elements = elementsOf(page);
    expect(elements.filter((each) => each === "h1")).toHaveLength(1);
    expect(markupOf(page)).not.toMatch(/(src|href)="(?!#|data:,)/);
  });

  test("says the verdict first, and the numbers beside those that are never switched", () => {
    const { verdict, metrics, always } = walked.result;
    const text = calm(markupOf(page).replace(/<[^>]+>/g, " "));
    expect(text.indexOf(`${verdict[0].toUpperCase()}${verdict.slice(1)}.`)).toBeGreaterThan(0);
    expect(text).toContain("4 combinations of values were tried");
    const percent = (value: number | null): string => formatPercent(value ?? NaN, true);
    expect(text).toContain(
      `${percent(metrics.total_return)} ${percent(always.metrics.total_return)} never switched`,
    );
    expect(text).toContain(`p = ${walked.result.chance?.pValue.toFixed(3)}`);
    expect(text).toMatch(/39 random switchings by total return/);
  });

  test("has a row for each window of each system, with its values in the words of the file", () => {
    const choices = page.slice(page.indexOf(`id="choices"`), page.indexOf(`id="trades"`));
    const rows = choices.match(/<tr>/g)?.length;
    expect(rows).toBe(2 * (1 + walked.result.systems[0].windows.length));
    const { values } = walked.result.systems[1].windows[0];
    expect(calm(choices)).toContain(`>${values.most * 100}%<`);
    expect(calm(choices)).toContain("<span>2020-07-19</span> to <span>2020-10-26</span>");
  });

  test("shades the days on which a system was on", () => {
    const [{ on }] = walked.curves.systems;
    const spells = on.reduce(
      (sum, each, day) => sum + (each === 1 && (day === 0 || on[day - 1] === 0) ? 1 : 0),
      0,
    );
    const card = page.slice(page.indexOf(`id="system-0-title"`), page.indexOf(`id="system-1-title"`));
    // Two panes, for wide pages and for narrow ones.
    expect(card.match(/class="spell"/g)).toHaveLength(4 * spells);
  });

  test("leaves out what there is nothing to say of", () => {
    const small = portfolioHtml(plain);
    elementsOf(small);
    expect(small).toContain("nothing to compare with chance");
    for (const id of ["choices", "parts"]) {
      expect(small).not.toContain(`id="${id}"`);
      expect(small).not.toContain(`href="#${id}"`);
    }
  });

  test("takes no name for markup", () => {
    const { result, curves } = walked;
    const bad: Portfolio = {
      curves: { ...curves, systems: curves.systems.map((each) => ({ ...each, name: hostile })) },
      result: {
        ...result,
        verdict: hostile,
        systems: result.systems.map((each) => ({
          ...each,
          name: hostile,
          program: { name: hostile, hash: hostile },
          data: { ...each.data, symbol: hostile },
          params: { [hostile]: 1 },
        })),
        trades: result.trades.map((each) => ({ ...each, system: hostile, entryTag: hostile })),
      },
    };
    const wrong = renderPortfolio({ ...bad, generator: hostile });
    expect(elementsOf(wrong).filter((each) => each === "img")).toEqual([]);
    expect(elementsOf(wrong).filter((each) => each === "script")).toHaveLength(2);
  });
});

test("the comment of a portfolio says its verdict, headline and systems, and no HTML", () => {
  const text = portfolioMarkdown(walked);
  expect(text.split("\n")[0]).toBe("### held, crossed · portfolio");
  expect(text).toContain(
    "500 days · 2020-07-19 to 2021-11-30 · rolling walk of 200 days and 100, out of sample",
  );
  expect(text).toContain("> **Verdict:** better than chance (p = 0.025, of 39 random switchings)");
  const { metrics, always, trades, systems } = walked.result;
  const [switched, never] = [metrics, always.metrics].map((each) =>
    formatPercent(each.total_return ?? NaN, true),
  );
  expect(text).toContain(`| Total return | **${switched}** | ${never} |`);
  const own = trades.filter(({ system }) => system === "held");
  const profit = own.reduce((sum, each) => sum + each.profit, 0);
  expect(text).toContain(
    `| held | \`average\` | 50.00% | ${own.length} | ${formatSigned(profit, 2)} | ${formatNumber(systems[0].equity, 2)} |`,
  );
  expect(text).not.toMatch(/<[a-z]/);
});

describe.skipIf(missing !== null)(
  "the page of a portfolio in a browser, offline",
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "bitfever-portfolio-page-"));
      browser = await launch();
    }, 60_000);
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = (width: number): Promise<Visit> =>
      visit(browser, join(folder, "portfolio.html"), portfolioHtml(walked), { width });

    test.each([1280, 390])("fits a page %d wide, and switches its colours", async (width) => {
      const { page, complaints } = await open(width);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      const ground = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
      const before = await ground();
      await page.locator("#theme").click();
      expect(await ground()).not.toBe(before);
      expect(complaints).toEqual([]);
    });

    test("tells the values under the pointer, and by keys", async () => {
      const { page, complaints } = await open(1280);
      const chart = page.locator("#account .on-wide svg");
      const said = page.locator("#account output");
      await chart.hover({ position: { x: 0.5, y: 100 } });
      expect(await said.innerText()).toContain("2020-07-19");
      await chart.focus();
      await page.keyboard.press("ArrowRight");
      expect(await said.innerText()).toContain("2020-07-20");
      await page.keyboard.press("End");
      const { curves } = walked;
      const last = curves.equity[curves.equity.length - 1];
      expect(await said.innerText()).toContain(
        `Switched ${last.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`,
      );
      expect(complaints).toEqual([]);
    });

    test("shows a trade in the chart of its system, and lists those of one", async () => {
      const { page, complaints } = await open(1280);
      await page.locator("select[name=symbol]").selectOption("crossed");
      const own = walked.result.trades.filter(({ system }) => system === "crossed");
      expect(await page.locator("#trade-count").innerText()).toContain(`${own.length} trades, of`);
      await page.locator("#trade-table tbody tr").first().click();
      expect(await page.locator(`section:has(#system-1-title) output`).innerText()).toContain(
        own[0].entryTime.slice(0, 10),
      );
      expect(complaints).toEqual([]);
    });
  },
);
