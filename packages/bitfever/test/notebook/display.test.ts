import { barsOf } from "@bitfever/engine";
import { afterEach, describe, expect, test } from "vitest";
import {
  compile,
  display,
  toDataFrame,
  toHtml,
  type Displayable,
  type DisplayOptions,
} from "../../src/index.js";
import { codeOf } from "../code-of.js";
import { fixture } from "../report/fixture.js";
import { calm, hostile } from "../report/markup.js";
import { searched } from "../report/search-fixture.js";

const { result, bars, curves } = fixture();
const run = { result, bars, curves, fills: [], orders: [] };
const program = `
  strategy "Cross" on 1d {
    param fast: bars = 3 in 2..9
    // Not before the close.
    enter long "in" when close crosses above sma(close, fast) { stop at low }
  }
`;

/** What was wrong with a program, as `compile` says it. */
function errorOf(text: string): Displayable {
  try {
    compile({ name: "wrong.bf", text });
  } catch (error) {
    return error as Displayable;
  }
  throw new Error("it compiles");
}

/** What is drawn of a kind, such as the mark of an entry. */
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe("as HTML", () => {
  test("a program is highlighted, without the indentation that all of it has", () => {
    const shown = toHtml(compile(program));
    expect(shown).toContain("<h4>Cross on 1d</h4>");
    expect(shown).toContain('<code><span class="k">strategy</span> <span class="s">&quot;Cross&quot;</span>');
    expect(shown).toContain('  <span class="c">// Not before the close.</span>');
    expect(shown).toContain('= <span class="n">3</span> in');
  });

  test("an error has every diagnostic, with its line and its remedy", () => {
    const shown = toHtml(
      errorOf('strategy "X" {\n  enter long when close > smaa(close, 2) { stop at low + 1% }\n}'),
    );
    expect(shown).toContain('<span class="error">error BF2004</span>: there is no function `smaa`');
    expect(shown).toContain("did you mean `sma`?");
    expect(count(shown, /class="error">error BF/g)).toBe(2);
    expect(shown).toContain("close &gt; smaa");
  });

  test("a backtest has its numbers, the account, and the trades among the candles of a window", () => {
    const shown = toHtml(run, { from: "2006-01-01", to: "2006-06-30" });
    expect(calm(shown)).toContain('<span>Sharpe</span><br /><strong class="">0.74</strong>');
    expect(count(shown, /class="bf-picture"/g)).toBe(2);
    expect(shown).toContain("2006-01-02 to 2006-06-30");
    const inside = (bar: number | null): boolean =>
      bar !== null && bars.time[bar] >= Date.UTC(2006, 0, 1) && bars.time[bar] < Date.UTC(2006, 6, 1);
    const entries = result.trades.filter(({ entryBar }) => inside(entryBar)).length;
    const exits = result.trades.filter(({ exitBar }) => inside(exitBar)).length;
    expect(entries).toBeGreaterThan(0);
    expect(count(shown, /class="mark (long|short)"/g)).toBe(entries);
    expect(count(shown, /class="mark (gain|loss)"/g)).toBe(exits);
    for (const name of ["Account", "Buy and hold", "Below the peak", "GOOG, price"])
      expect(shown).toContain(`>${name}</text`);
  });

  test("a backtest says what to know before believing it", () => {
    const counts = { ...result.counts, ambiguousFills: 3 };
    expect(toHtml({ ...run, result: { ...result, counts } })).toContain(
      "3 fills depend on the order of prices inside a bar",
    );
  });

  test("bars are candles, several to one where there are many, with columns over them and below", () => {
    const ratio = { name: "strength", unit: "number", values: bars.close.map((_, i) => i % 100) };
    const mean = { name: "mean", unit: "price", values: bars.close.map((price) => 0.98 * price) };
    const shown = toHtml(bars, { from: "2004-08-01", columns: [ratio, mean] });
    expect(shown).toContain("2,148 bars, 9 to a candle");
    expect(count(shown, /class="line series-[12]"/g)).toBe(2);
    expect(count(shown, /class="border"/g)).toBe(1);
    expect(toHtml(bars)).toContain("180 of 2,148 bars");
  });

  test("one bar is a picture too", () => {
    const [one] = [[100]].map((each) => Float64Array.from(each));
    const single = barsOf("ONE", { time: one, open: one, high: one, low: one, close: one, volume: one });
    expect(toHtml(single)).toContain("1 bars");
  });

  test("a search has its verdict, its best trials in order, and two parameters against the objective", () => {
    const study = searched(400);
    const shown = toHtml(study, { across: "fast", down: "kind", rows: 5 });
    expect(shown).toContain(`<strong>${study.honesty!.verdict.word.toUpperCase()}</strong>`);
    expect(shown).toContain("The best 5 of 400 trials");
    const numbers = [...shown.matchAll(/<td class="">\s*(\d+)(?: ★)?\s*<\/td>/g)].map(([, number]) =>
      Number(number),
    );
    const values = numbers.map((number) => study.trials[number].objectives[0]!);
    expect(numbers).toHaveLength(5);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(shown).toContain("by fast and kind</text");
    for (const kind of ["ema", "sma", "wma"]) expect(shown).toContain(`>${kind}</text`);
    expect(count(shown, /class="best"/g)).toBe(1);
  });

  test("rows and frames are tables", () => {
    const rows = [
      { day: "2024-01-02T00:00:00Z", profit: 1.23456789 },
      { day: "2024-01-03T00:00:00Z", profit: null },
    ];
    for (const each of [rows, toDataFrame(rows)]) {
      const shown = calm(toHtml(each, { rows: 1 }));
      expect(shown).toContain("The first 1 of 2 rows");
      expect(shown).toContain('<td class="">2024-01-02</td>');
      expect(shown).toContain('<td class="number">1.23457</td>');
    }
  });

  test("loads nothing, runs nothing, and says the same each time", () => {
    const values: readonly Displayable[] = [run, result, bars, searched(50), compile(program), result.trades];
    for (const each of values) {
      const shown = toHtml(each);
      expect(shown).not.toMatch(/<script|<link|<img|href=|url\(|@import/);
      expect(toHtml(each)).toBe(shown);
    }
  });

  test("says nothing of what else is in the page", () => {
    const styles = [...toHtml(run).matchAll(/<style>([^]*?)<\/style>/g)].map(([, style]) => style);
    expect(styles).toHaveLength(3);
    const selectors = styles
      .join("")
      .replace(/@media[^{]*\{/g, "")
      .match(/[^{}]+(?=\{)/g)!
      .flatMap((each) => each.split(/,(?![^(]*\))/));
    for (const each of selectors) expect(each).toMatch(/\.bf-(view|picture)/);
  });

  test("of hostile names and cells is text", () => {
    const odd = fixture({ name: hostile, symbol: hostile });
    const shown = [
      toHtml({ ...odd, fills: [], orders: [] }),
      toHtml([{ [hostile]: hostile }]),
      toHtml(errorOf(`strategy "X" { let a = ${hostile} }`)),
    ].join("");
    expect(shown).not.toMatch(/<script|<img/);
    expect(count(shown, /<\/style>/g)).toBe(count(shown, /<style>/g));
  });
});

describe("what cannot be shown is an error with a remedy", () => {
  const shownAs = (value: unknown, options?: DisplayOptions) => (): string =>
    toHtml(value as Displayable, options);

  test.each<readonly [string, () => string]>([
    ["a number", shownAs(7)],
    ["nothing", shownAs(undefined)],
    ["a promise", shownAs(Promise.resolve(run))],
    ["a window without bars", shownAs(bars, { from: "2050-01-01" })],
    ["a time that is none", shownAs(bars, { from: "yesterday" })],
    ["a parameter that was not searched", shownAs(searched(50), { across: "fats" })],
    ["a measure that was not taken", shownAs(searched(50), { measure: "sharp" })],
  ])("%s", async (_, show) => expect(await codeOf(show)).toBe("BF5353"));

  test("and says what was meant", () => {
    expect(shownAs(searched(50), { across: "fats" })).toThrow(/no parameter "fats"/);
    expect(shownAs(bars, { from: "2050-01-01" })).toThrow("GOOG has no bar from 2050-01-01 to its last one");
  });
});

describe("in a notebook", () => {
  const kernel = globalThis as { __tslab__?: unknown };
  afterEach(() => {
    delete kernel.__tslab__;
  });

  test("it goes to the copy of tslab at work, with pictures as images", () => {
    const shown: string[] = [];
    kernel.__tslab__ = {
      require: (name: string) => {
        expect(name).toBe("tslab");
        return { display: { html: (text: string) => void shown.push(text) } };
      },
    };
    display(run);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^<div class="bf-view">/);
    expect(shown[0]).not.toMatch(/<svg|<script/);
    const images = [
      ...shown[0].matchAll(/<img src="data:image\/svg\+xml;base64,([^"]*)" width="820" alt="([^"]*)"/g),
    ];
    expect(images.map(([, , words]) => words.split(":")[0])).toEqual(["Two means · GOOG", "GOOG · 1d"]);
    const pictures = images.map(([, bytes]) => Buffer.from(bytes, "base64").toString());
    for (const each of pictures) expect(toHtml(run)).toContain(each);
  });

  test("elsewhere there is nothing to show it in", async () =>
    expect(await codeOf(() => display(run))).toBe("BF5352"));
});
