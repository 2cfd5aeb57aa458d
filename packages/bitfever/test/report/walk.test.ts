import { expect, describe, test } from "vitest";
import { compile, walkForward, walkHtml, type WalkResult } from "../../src/index.js";
import { unpackColumn } from "../../src/report/column.js";
import { formatPercent } from "../../src/report/format.js";
import type { WalkPageData } from "../../src/report/page-data.js";
import { walkedDays } from "../../src/search-report/walk-account.js";
import { bars, cross } from "../optimize/cross.js";
import { calm, elementsOf, hostile, markupOf } from "./markup.js";

/* The page of a walk-forward. */

const result = await walkForward(compile(cross), bars, { train: 750, test: 250, purge: 10 }).result;
const page = walkHtml(result, { programText: cross });
const textOf = (whole: string): string => calm(markupOf(whole).replace(/<[^>]+>/g, " "));

describe("the page of a walk", () => {
  test("is the same text for the same input, whole, and asks for nothing", () => {
    expect(walkHtml(result, { programText: cross })).toBe(page);
    const elements = elementsOf(page);
    expect(elements.filter((each) => each === "h1")).toHaveLength(1);
    expect(markupOf(page)).not.toMatch(/(src|href)="(?!#|data:,)/);
    for (const [, id] of markupOf(page).matchAll(/href="#([\w-]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test("says the verdict first, then how far it can be trusted", () => {
    const text = textOf(page);
    expect(text).toContain(`${result.verdict.word.toUpperCase()} ${result.verdict.why}`);
    for (const value of [result.certainty, result.efficiency, result.profitableWindows])
      expect(text).toContain(formatPercent(value ?? NaN));
  });

  test("has a row for each window, with what it chose and what that came to", () => {
    const section = page.slice(page.indexOf(`id="windows"`), page.indexOf(`id="drift"`));
    expect(section.match(/<tr>/g)).toHaveLength(1 + result.windows.length);
    for (const { traded, params } of result.windows) {
      expect(calm(section)).toContain(`<span>${traded.from}</span> to <span>${traded.to}</span>`);
      expect(calm(section)).toContain(`>${String(params?.["slow"])}<`);
    }
  });

  test("shades every second window, and hands its script each session", () => {
    const account = page.slice(page.indexOf(`id="account"`), page.indexOf(`id="trust"`));
    // Three panes, for wide pages and for narrow ones.
    expect(account.match(/class="spell"/g)).toHaveLength(6 * Math.floor(result.windows.length / 2));
    const { cursor } = JSON.parse(
      /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(page)![1],
    ) as WalkPageData;
    const [window, equity] = cursor.rows["account"].map(({ values }) => unpackColumn(values));
    result.equity.forEach(({ date, equity: value }, i) => {
      expect(equity[i]).toBeCloseTo(value, 2);
      const { traded } = result.windows[window[i] - 1];
      expect(date >= traded.from && date <= traded.to).toBe(true);
    });
    const [fast] = cursor.rows["drift"];
    expect(fast.texts?.[unpackColumn(fast.values)[0]]).toBe(String(result.windows[0].params?.["fast"]));
  });

  test("begins with the capital of the account", () => {
    expect(walkedDays(result).capital).toBeCloseTo(100_000, 6);
  });

  test("says where nothing was traded, and has no more than its basis where there is no window", () => {
    const [first, ...others] = result.windows;
    const idle = { ...first, params: null, inSample: null, outOfSample: null, inSampleReturn: null };
    const some = walkHtml({ ...result, windows: [idle, ...others] });
    elementsOf(some);
    expect(textOf(some)).toContain(`In 1 of ${result.windows.length} windows no trial kept all constraints`);
    const none = walkHtml({ ...result, windows: [], equity: [], stopped: true, metrics: {} });
    elementsOf(none);
    expect(textOf(none)).toContain("It was stopped before it was over.");
    expect(none).not.toContain(`id="account"`);
  });

  test("takes no name for markup", () => {
    const bad: WalkResult = {
      ...result,
      program: { name: hostile, hash: hostile },
      objectives: [{ text: hostile, better: "higher" }],
      parameters: result.parameters.map((each) => ({ ...each, name: hostile })),
      windows: result.windows.map((each) => ({ ...each, params: { [hostile]: hostile } })),
    };
    const wrong = walkHtml(bad, { programText: hostile });
    expect(elementsOf(wrong).filter((each) => each === "img")).toEqual([]);
    expect(elementsOf(wrong).filter((each) => each === "script")).toHaveLength(2);
  });
});
