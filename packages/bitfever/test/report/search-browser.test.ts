import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { compile, studyHtml, walkForward, walkHtml, type StudyResult } from "../../src/index.js";
import { bars, cross } from "../optimize/cross.js";
import { launch, missing, visit, type Visit } from "../chromium.js";
import { hostile } from "./markup.js";
import { searched } from "./search-fixture.js";

/* What a reader can do with the page of a search, and of a walk. */

const result = searched(400);
const command = "bf backtest hill.bf --data made.csv";

describe.skipIf(missing !== null)("the page of a search in a browser, offline", { timeout: 120_000 }, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bitfever-study-page-"));
    browser = await launch();
  }, 60_000);
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (of: StudyResult, width = 1280): Promise<Visit> =>
    visit(browser, join(folder, "study.html"), studyHtml(of, { command }), { width });

  /** Brings a section to the screen, where its pictures are drawn. */
  const look = async (page: Page, id: string): Promise<void> => {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  };

  const chosen = (page: Page): Promise<string> => page.locator("#trial-title").innerText();
  const shown = (page: Page): Promise<string> => page.locator("#trials-count").innerText();

  test("begins with the trial that was chosen, everywhere, and says how to run it again", async () => {
    const { page, complaints } = await open(result);
    const { number, params } = result.best!;
    expect(await chosen(page)).toBe(`Trial ${number}, the chosen one`);
    expect(await page.locator("#trial-command").innerText()).toBe(
      `${command} --param fast=${params["fast"]} --param stop=${params["stop"]} --param kind=${params["kind"]} ` +
        `--param hold=${params["hold"]} --param wait=${params["wait"]} --param size=10 --trials 400 --report trial-${number}.html`,
    );
    expect(await page.locator("#trials-table tr[aria-current] td").first().innerText()).toContain(
      String(number),
    );
    await look(page, "heat-map");
    expect(await page.locator("td.holds-best.holds-chosen").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("lists trials best first, sorts, and shows the one that is taken in all pictures", async () => {
    const { page, complaints } = await open(result);
    const ratios = async (): Promise<number[]> =>
      (await page.locator("#trials-table tbody td:nth-child(7)").allInnerTexts()).map((text) =>
        Number(text.replace("−", "-")),
      );
    expect(await ratios()).toEqual((await ratios()).sort((a, b) => b - a));
    await page.locator("#trials-table th button", { hasText: "fast" }).click();
    expect(await page.locator("#trials-table th[aria-sort=ascending]").innerText()).toContain("fast");
    await page.locator("#trials-table tbody tr").nth(3).locator("button").focus();
    const number = await page.locator("#trials-table tbody tr").nth(3).locator("button").innerText();
    await page.keyboard.press("Enter");
    expect(await chosen(page)).toBe(`Trial ${number}`);
    await look(page, "history");
    expect(await page.locator("#history-plot .ring.chosen").count()).toBe(1);
    await look(page, "parallel");
    expect(await page.locator("#parallel-plot path.over:not(.best)").getAttribute("d")).toMatch(/^M/);
    expect(complaints).toEqual([]);
  });

  test("leaves out everywhere what a filter leaves out, and says what it does not understand", async () => {
    const { page, complaints } = await open(result);
    const filter = page.locator("#trials-filters input");
    await filter.fill("fast < 20, kind = sma, sharpe > 0.5");
    const wanted = result.trials.filter(
      ({ params, objectives }) =>
        Number(params["fast"]) < 20 && params["kind"] === "sma" && (objectives[0] ?? -1) > 0.5,
    );
    await expect.poll(() => shown(page)).toContain(`${wanted.length} trials, of 400 in all`);
    expect(await page.locator("#kept p").innerText()).toBe(`${wanted.length} of 400 trials are shown.`);
    await look(page, "heat-map");
    const sizes = await page
      .locator(".heat-map td")
      .evaluateAll((cells) =>
        cells.map((cell) => Number(/of (\d+) trial/.exec(cell.getAttribute("aria-label") ?? "")?.[1] ?? 0)),
      );
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(wanted.length);

    await filter.fill("slow < 20");
    expect(await page.locator("#trials-problem").innerText()).toMatch(
      /there is no “slow”; there are fast, stop/,
    );
    await page.locator("#kept button").click();
    await expect.poll(() => shown(page)).toBe("1 to 25 of 400 trials");
    expect(await page.locator("#kept").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test("keeps what is brushed on an axis, by mouse and by keys", async () => {
    const { page, complaints } = await open(result);
    await look(page, "parallel");
    const axis = page.locator("#parallel-plot .axis").first();
    const box = (await axis.locator(".hit").boundingBox())!;
    const x = box.x + box.width / 2;
    await page.mouse.move(x, box.y + box.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(x, box.y + box.height * 0.75, { steps: 4 });
    await page.mouse.up();
    const [, from, to] = /^(\d+)\S* to (\d+)/.exec((await axis.getAttribute("aria-valuetext"))!)!.map(Number);
    expect(from).toBeGreaterThan(10);
    expect(to).toBeLessThan(35);
    const within = (low: number, high: number): number =>
      result.trials.filter(({ params }) => Number(params["fast"]) > low && Number(params["fast"]) <= high)
        .length;
    await expect.poll(() => shown(page)).toContain(`of ${within(from, to)} trials, of 400 in all`);

    await page.mouse.click(x, box.y + 10); // a press takes it away
    await expect.poll(() => shown(page)).toBe("1 to 25 of 400 trials");
    await axis.focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => shown(page)).toContain(`of ${within(0, 47)} trials, of 400 in all`);
    await page.keyboard.press("Delete");
    await expect.poll(() => shown(page)).toBe("1 to 25 of 400 trials");
    expect(complaints).toEqual([]);
  });

  test("shows any two parameters as a heat map, which is walked with keys", async () => {
    const { page, complaints } = await open(result);
    await look(page, "heat-map");
    const controls = page.locator("#heat-map-controls");
    await controls.locator("[name=across]").selectOption({ label: "kind" });
    await controls.locator("[name=down]").selectOption({ label: "hold" });
    await controls.locator("[name=statistic]").selectOption({ label: "best" });
    await controls.locator("[name=measure]").selectOption({ label: "Maximum drawdown" });
    expect(await page.locator(".heat-map tbody th").allInnerTexts()).toEqual(["1d", "2h", "1h"]);
    const own = result.trials.filter(
      ({ params, error }) => params["kind"] === "sma" && params["hold"] === "2h" && error === null,
    );
    const least = own.reduce((a, b) =>
      Number(b.metrics["max_drawdown"]) < Number(a.metrics["max_drawdown"]) ? b : a,
    );
    const cell = page.locator(".heat-map tbody tr").nth(1).locator("td").nth(1);
    expect(await cell.getAttribute("aria-label")).toBe(
      `kind sma, hold 2h\n${(100 * Number(least.metrics["max_drawdown"])).toFixed(2)}% (best of ${own.length} trials)`,
    );
    await page.locator(".heat-map [tabindex='0']").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toContain(
      "kind sma, hold 2h",
    );
    await page.keyboard.press("Enter");
    expect(await chosen(page)).toContain(`Trial ${least.number}`);
    expect(complaints).toEqual([]);
  });

  test("tells a dot that is pointed at, takes it, and goes from one to the next with keys", async () => {
    const { page, complaints } = await open(searched(30));
    await look(page, "history");
    const plot = page.locator("#history-plot");
    const ring = (await plot.locator(".ring.best").boundingBox())!;
    const box = (await plot.boundingBox())!;
    const position = { x: ring.x + ring.width / 2 - box.x, y: ring.y + ring.height / 2 - box.y };
    await plot.hover({ position });
    const { number } = searched(30).best!;
    expect(await page.locator("#tip").innerText()).toMatch(new RegExp(`^Trial ${number}\\nfast `));
    await plot.click({ position });
    await page.keyboard.press("ArrowRight");
    // A failed trial is no dot.
    const next = searched(30).trials.find((each) => each.number > number && each.error === null);
    expect(await chosen(page)).toBe(`Trial ${next?.number}`);
    await page.keyboard.press("Home");
    expect(await chosen(page)).toBe("Trial 0");
    expect(complaints).toEqual([]);
  });

  test("hands out the trials that are shown, and says why one failed", async () => {
    const { page, complaints } = await open(result);
    await page.locator("#trials-filters select").selectOption("failed");
    await expect.poll(() => shown(page)).toBe("4 trials, of 400 in all");
    await page.locator("#trials-table tbody tr").first().click();
    expect(await page.locator("#trial-error").innerText()).toBe("It failed: BF5002: it failed");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#trials-csv").click(),
    ]);
    expect(download.suggestedFilename()).toBe("hill-trials.csv");
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines[0]).toBe(
      "trial,fast,stop,kind,hold,wait,sharpe,net_profit,total_return,max_drawdown,trades,win_rate,profit_factor,longest_holding,state",
    );
    const { params } = result.trials[13];
    expect(lines[1].split(",").slice(0, 6)).toEqual([
      "13",
      ...["fast", "stop", "kind", "hold", "wait"].map((each) => String(params[each])),
    ]);
    expect(complaints).toEqual([]);
  });

  test("leaves out trials that saw a part of the history until they are asked for", async () => {
    const trials = result.trials.map((each) => (each.number % 4 === 0 ? each : { ...each, fidelity: 0.25 }));
    const { page, complaints } = await open({ ...result, trials, best: trials[4] });
    await expect.poll(() => shown(page)).toBe("1 to 25 of 100 trials, of 400 in all");
    await page.locator("#kept button").click();
    await expect.poll(() => shown(page)).toBe("1 to 25 of 400 trials");
    expect(complaints).toEqual([]);
  });

  test.each([1280, 420])("does not spill over a page %d wide, and switches its colours", async (width) => {
    const { page, complaints } = await open(result, width);
    for (const id of ["history", "heat-map", "slices", "parallel", "trade-offs", "trials"])
      await look(page, id);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await look(page, "history");
    const drawn = (): Promise<string> =>
      page.evaluate(`document.querySelector("#history-plot canvas").toDataURL()`);
    const before = await drawn();
    await page.locator("#theme").click();
    await look(page, "history");
    expect(await drawn()).not.toBe(before);
    expect(complaints).toEqual([]);
  });

  test.each([
    ["no trial", searched(0)],
    [
      "one trial",
      searched(2, {
        trials: searched(2)
          .trials.slice(1)
          .map((each) => ({ ...each, number: 0 })),
        best: null,
        front: [],
        honesty: null,
      }),
    ],
    ["no parameter", searched(30, { parameters: [] })],
    ["one parameter", searched(30, { parameters: result.parameters.slice(0, 1) })],
    ["choices alone", searched(30, { parameters: result.parameters.slice(2, 4) })],
    [
      "nothing but failures",
      searched(30, {
        trials: searched(30).trials.map((each) => ({
          ...each,
          objectives: [null],
          metrics: {},
          allowed: false,
          error: { code: "BF1", message: hostile },
        })),
        best: null,
        front: [],
        honesty: null,
      }),
    ],
    [
      "hostile names",
      searched(30, {
        program: { name: hostile, hash: "" },
        parameters: result.parameters.map((each, i) => (i === 0 ? { ...each, name: hostile } : each)),
        trials: searched(30).trials.map((each) => ({
          ...each,
          params: { ...each.params, [hostile]: 7, kind: hostile },
        })),
      }),
    ],
    [
      "several objectives",
      searched(30, {
        objectives: [
          { text: "sharpe", better: "higher" },
          { text: "max_drawdown * 2", better: "lower" },
        ],
        trials: searched(30).trials.map((each) => ({
          ...each,
          objectives: [each.objectives[0], (each.metrics["max_drawdown"] ?? NaN) * 2],
        })),
        front: [1, 2],
      }),
    ],
  ])("opens with %s", async (_, odd) => {
    const { page, complaints } = await open(odd);
    for (const each of await page.locator("main > section").all()) await each.scrollIntoViewIfNeeded();
    await page.evaluate("new Promise((done) => setTimeout(done, 100))");
    await page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))");
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(await page.locator("img").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("of 10,000 trials opens and filters", async () => {
    const { page, complaints } = await open(searched(10_000));
    expect(await shown(page)).toBe("1 to 25 of 10,000 trials");
    await page.locator("#trials-filters input").fill("fast < 10");
    await expect.poll(() => shown(page), { timeout: 20_000 }).toMatch(/of 1,\d{3} trials, of 10,000 in all/);
    expect(complaints).toEqual([]);
  });

  test("the page of a walk tells the window under the pointer, wide and narrow", async () => {
    const walked = await walkForward(compile(cross), bars, { train: 750, test: 250, purge: 10 }).result;
    for (const width of [1280, 420]) {
      const { page, complaints } = await visit(browser, join(folder, "walk.html"), walkHtml(walked), {
        width,
      });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      const chart = page.locator(`#account ${width > 640 ? ".on-wide" : ".on-narrow"} svg`);
      await chart.focus();
      await page.keyboard.press("Home");
      const said = await page.locator("#account output").innerText();
      expect(said).toContain(walked.equity[0].date);
      expect(said).toMatch(/Window 1\b/);
      await page.locator(`#drift ${width > 640 ? ".on-wide" : ".on-narrow"} svg`).focus();
      await page.keyboard.press("End");
      expect(await page.locator("#drift output").innerText()).toContain(
        `fast ${String(walked.windows.at(-1)?.params?.["fast"])}`,
      );
      expect(complaints).toEqual([]);
    }
  });
});
