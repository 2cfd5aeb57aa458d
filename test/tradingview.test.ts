import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { compile as check, format } from "@bitfever/lang";
import { catalogue, sliceBars } from "@bitfever/engine";
import { backtest, compile, parseSettings, readBars, type Bars } from "bitfever";
import { hasShared, shared } from "./support/shared.js";

/*
 * Strategies of a public collection, written anew from their rules, and what TradingView traded with the originals on
 * the same bars. A scoreboard tells how far they agree; the entries are held to it.
 */

const folder = fileURLToPath(new URL("../examples/tradingview", import.meta.url));
const names = readdirSync(folder)
  .filter((each) => each.endsWith(".bf"))
  .map((each) => each.slice(0, -".bf".length));
const sourceOf = (name: string): { name: string; text: string } => ({
  name: `${name}.bf`,
  text: readFileSync(`${folder}/${name}.bf`, "utf8"),
});

/** Without comments, blank lines and the edition: the originals are counted without their version. */
const linesOf = ({ text }: { text: string }): number =>
  text.split("\n").filter((line) => !/^\s*(\/\/.*)?$|^edition /.test(line)).length;

describe("strategies of TradingView", () => {
  it("are at least twenty", () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(names)("%s compiles without a word, formatted, and says what it trades", (name) => {
    const source = sourceOf(name);
    expect(check(source, catalogue).diagnostics).toEqual([]);
    expect(format(source)).toEqual({ text: source.text });
    expect(source.text).toMatch(/^edition 2026\n\n(\/\/ .+\n){1,2}strategy /);
  });

  it("have a row each in the README, with their lines counted", () => {
    const readme = readFileSync(`${folder}/README.md`, "utf8");
    const rows = [...readme.matchAll(/^\| \[`([\w-]+)`\]\(\1\.bf\) +\|.*\| +(\d+) +\| +\d+ +\|$/gm)];
    expect(rows.map(([, name, lines]) => [name, Number(lines)]).sort()).toEqual(
      names.map((name) => [name, linesOf(sourceOf(name))]).sort(),
    );
  });
});

const lists = "oracles/tradingview";
const isThere = hasShared(`${lists}/README.md`, "strategies of TradingView against its trade lists");

/** TradingView's charts began here: a strategy that never forgets shows it. */
const chartStart = Date.parse("2025-03-31T00:00Z");

/** What the originals say in their head and a run says by its settings. */
const usual = { tick: "0.01", initial_capital: "1000000" };
const settingsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "composite-vcp-session-tz-newyork-01": { zone: "America/New_York" },
  "na-deep-history-int-na-01": { zone: "America/New_York" },
  "vwap-bands-mean-reversion-2sigma-01": { initial_capital: "100000" },
};

/** Those whose entries differ by more than one in twenty, and why. */
const differing: ReadonlyMap<string, string> = new Map([
  [
    "order-dual-stop-both-touch-priority-01",
    "a stop that was placed without a position only closes one, where BitFever turns it round",
  ],
]);

/** As texts that are equal when the trades are, and whose order is that of time. */
interface Listed {
  readonly entry: string;
  readonly whole: string;
}

interface Score {
  readonly ours: number;
  readonly theirs: number;
  readonly equalEntries: number;
  readonly equalTrades: number;
  readonly firstDifference: string;
}

function listed(trade: {
  readonly side: string;
  readonly quantity: number;
  readonly entryTime: string;
  readonly entryPrice: number;
  readonly exitTime: string | null;
  readonly exitPrice: number | null;
}): Listed {
  const at = (time: string | null, price: number | null): string =>
    time === null || price === null ? "open" : `${new Date(time).toISOString()} ${price.toFixed(2)}`;
  const entry = `${at(trade.entryTime, trade.entryPrice)} ${trade.side}`;
  return { entry, whole: `${entry} ${trade.quantity.toFixed(4)} ${at(trade.exitTime, trade.exitPrice)}` };
}

/** A list has two rows a trade, the exit first. */
function theirTrades(name: string): Listed[] {
  const [header, ...rows] = gunzipSync(readFileSync(shared(`${lists}/${name}.csv.gz`)))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd().split(","));
  const cell = (row: readonly string[], column: string): string => row[header.indexOf(column)];
  const of = (kind: string): Map<string, string[]> =>
    new Map(rows.filter((row) => cell(row, "type").startsWith(kind)).map((row) => [cell(row, "trade"), row]));
  const exits = of("Exit");
  return [...of("Entry")].map(([trade, entry]) => {
    const exit = exits.get(trade);
    return listed({
      side: cell(entry, "type").slice("Entry ".length),
      quantity: Number(cell(entry, "qty")),
      entryTime: cell(entry, "time"),
      entryPrice: Number(cell(entry, "price")),
      exitTime: exit === undefined ? null : cell(exit, "time"),
      exitPrice: exit === undefined ? null : Number(cell(exit, "price")),
    });
  });
}

/** What is in one list and not in the other; what is in it twice is asked for twice. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of other) left.set(each, (left.get(each) ?? 0) + 1);
  return list.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}

async function scoreOf(name: string, bars: Bars): Promise<Score> {
  const settings = parseSettings({ ...usual, ...settingsOf[name] });
  const { result } = await backtest(compile(sourceOf(name)), bars, { settings });
  const theirs = theirTrades(name);
  const times = theirs.map(({ entry }) => entry.slice(0, "2025-03-31T00:00".length)).sort();
  const [from, to] = [times[0], `${times[times.length - 1]}~`];
  // The list may begin later than the chart, and ends before the bars do.
  const ours = result.trades.map(listed).filter(({ entry }) => entry >= from && entry <= to);
  const [ourEntries, theirEntries] = [ours, theirs].map((list) => list.map(({ entry }) => entry));
  const [ourWhole, theirWhole] = [ours, theirs].map((list) => list.map(({ whole }) => whole));
  const equal = (these: string[], those: string[]): number =>
    (those.length - without(those, these).length) / Math.max(these.length, those.length);
  const differences = [
    ...without(theirEntries, ourEntries).map((entry) => `${entry}, theirs`),
    ...without(ourEntries, theirEntries).map((entry) => `${entry}, ours`),
  ];
  return {
    ours: ours.length,
    theirs: theirs.length,
    equalEntries: equal(ourEntries, theirEntries),
    equalTrades: equal(ourWhole, theirWhole),
    firstDifference: differences.sort()[0] ?? "",
  };
}

describe.skipIf(!isThere)("strategies of TradingView on its bars", () => {
  const scores = new Map<string, Score>();

  beforeAll(async () => {
    const all = await readBars(shared(`${lists}/ETHUSDT-perp-15m.csv.gz`));
    const start = all.time.findIndex((time) => time >= chartStart);
    const bars = sliceBars(all, start, all.length);
    for (const name of names) scores.set(name, await scoreOf(name, bars));
  }, 600_000);

  it("is told by a scoreboard", () => {
    const widths = [50, 8, 8, 9, 9, 0];
    const row = (...cells: readonly string[]): string =>
      cells.map((cell, i) => cell.padEnd(widths[i])).join("");
    const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
    const board = [...scores].map(([name, score]) =>
      row(
        name,
        String(score.ours),
        String(score.theirs),
        percent(score.equalEntries),
        percent(score.equalTrades),
        score.firstDifference,
      ),
    );
    const head = row("", "ours", "theirs", "entries", "trades", "first entry that differs");
    console.info([head, ...board].join("\n"));
    expect([...scores.keys()]).toEqual(names);
  });

  it.each(names.filter((name) => !differing.has(name)))("%s enters as TradingView did", (name) => {
    expect(scores.get(name)?.equalEntries).toBeGreaterThanOrEqual(0.95);
  });

  it.each([...differing])("%s does not yet: %s", (name) => {
    expect(scores.get(name)?.equalEntries).toBeLessThan(0.95);
  });
});
