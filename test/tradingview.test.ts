import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile as check, format } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { hasShared } from "./support/shared.js";
import { boardOf } from "./tradingview/board.js";
import type { Chart } from "./tradingview/charts.js";
import { cent, type Comparison } from "./tradingview/comparison.js";
import { gainOf, ratesOf } from "./tradingview/rates.js";
import { reasons } from "./tradingview/reasons.js";
import { readLists, scoresOf } from "./tradingview/scores.js";
import { folder, settings, sourceOf, written } from "./tradingview/strategies.js";
import type { ListedTrade } from "./tradingview/trades.js";

/*
 * Strategies of a public collection, written anew from their rules, and what TradingView traded with the originals on
 * the same bars. They are held to their lists trade for trade; `npm run tradingview` prints how far they agree.
 */

/** Without comments, blank lines and the edition: the originals are counted without their version. */
const linesOf = ({ text }: { text: string }): number =>
  text.split("\n").filter((line) => !/^\s*(\/\/.*)?$|^edition /.test(line)).length;

const equal = written.filter((name) => !(name in reasons));

describe("strategies of TradingView", () => {
  it.each(written)("%s compiles without a word, formatted, and says what it trades", (name) => {
    const source = sourceOf(name);
    expect(check(source, catalogue).diagnostics).toEqual([]);
    expect(format(source)).toEqual({ text: source.text });
    expect(source.text).toMatch(/^edition 2026\n\n(\/\/ .+\n){1,2}strategy /);
  });

  it("have a row each in the README, with their lines counted", () => {
    const readme = readFileSync(`${folder}/README.md`, "utf8");
    const rows = [...readme.matchAll(/^\| \[`([\w-]+)`\]\(\1\.bf\) +\|.*\| +(\d+) +\| +\d+ +\|$/gm)];
    expect(rows.map(([, name, lines]) => [name, Number(lines)]).sort()).toEqual(
      written.map((name) => [name, linesOf(sourceOf(name))]).sort(),
    );
  });

  it("are counted in the README", () => {
    const readme = readFileSync(`${folder}/README.md`, "utf8");
    const all = new Set([...written, ...Object.keys(reasons)]);
    expect(readme).toContain(`\n${written.length} strategies of a public collection`);
    expect(readme).toContain(`${equal.length} of its ${all.size} lists agree in full`);
  });

  it("have settings under their names", () => {
    const { all, ...named } = settings;
    expect(all.tick).toBe("0.01");
    expect(written).toEqual(expect.arrayContaining(Object.keys(named)));
  });
});

const isThere = hasShared(
  "oracles/tradingview/README.md",
  "strategies of TradingView against its trade lists",
);

describe.skipIf(!isThere)("strategies of TradingView on its bars", () => {
  const lists = isThere ? readLists() : new Map<string, never>();
  let scores: ReadonlyMap<string, Comparison>;

  beforeAll(async () => {
    scores = await scoresOf(written, lists);
  }, 600_000);

  it("are told by a scoreboard", () => {
    const board = boardOf(scores, reasons);
    for (const name of lists.keys()) expect(board).toContain(name);
  });

  it("are all that there are lists of, or have a reason", () => {
    expect([...lists.keys()].filter((name) => !written.includes(name) && !(name in reasons))).toEqual([]);
    expect([...written, ...Object.keys(reasons)].filter((name) => !lists.has(name))).toEqual([]);
  });

  it.each(equal)("%s trades as TradingView did", (name) => {
    expect(lists.get(name)?.trades.length).toBeGreaterThan(40);
    expect(scores.get(name)).toMatchObject({ first: null, equalTrades: lists.get(name)?.trades.length });
  });

  it.each(written.filter((name) => name in reasons))("%s differs", (name) => {
    expect(scores.get(name)?.first).not.toBeNull();
  });

  it("are at least ninety that agree", () => {
    expect(equal.length).toBeGreaterThanOrEqual(90);
  });

  it("gained what one rate a day explains, but for the list that pays a commission", () => {
    const rates = ratesOf(lists.values());
    const isExplained = (chart: Chart, trade: ListedTrade): boolean =>
      Math.abs(gainOf(trade) * rates(chart, trade.exitTime) - trade.profit) <= cent;
    const unexplained = [...lists].filter(([, { chart, trades }]) =>
      trades.some((trade) => !isExplained(chart, trade)),
    );
    expect(unexplained.map(([name]) => name)).toEqual(["order-percent-equity-cash-commission-01"]);
  });
});
