import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Bars } from "../../src/bars.js";
import { calendarOf } from "../../src/calendar.js";
import { timingOf } from "../../src/trading-calendar.js";
import type { CorporateAction } from "../../src/actions/action.js";
import { placeActions } from "../../src/actions/placed.js";
import { adjustBars, adjustmentSteps, type Adjustment } from "../../src/actions/view.js";
import { readActionColumns, readActions, readBars } from "../../src/data/index.js";

// Real splits and dividends, beside the prices that vendors made of them. The files must not be copied into the repository.
const folder = new URL("../../../../../shared/data/", import.meta.url);
const isThere = existsSync(new URL("manifest.json", folder));
if (!isThere) console.info(`skipped: real corporate actions, because ${folder.pathname} is not there`);

const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, folder));
const barsOf = async (path: string): Promise<Bars> =>
  (await readBars(bytesOf(path), { name: path, mode: "lenient" })).bars;
const actionsOf = async (path: string): Promise<readonly CorporateAction[]> =>
  (await readActions(bytesOf(path), { name: path })).get(null) ?? [];
const rowsOf = (path: string): string[][] => {
  const bytes = bytesOf(path);
  const text = new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(","));
};
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

function seen(bars: Bars, actions: readonly CorporateAction[], view: Adjustment): Bars {
  const { actions: placed } = placeActions(
    bars,
    actions,
    timingOf(calendarOf(null, { zone: "UTC" }), bars.intervalMs),
  );
  return adjustBars(bars, adjustmentSteps(bars, placed, view));
}

describe.skipIf(!isThere)("factors of a vendor", () => {
  // In the years in which QQQ was called QQQQ its file has no bars, so its dividends have no close before them.
  test.each([
    ["AAPL", "AAPL.csv", "2 for 1, 2 for 1, 7 for 1, 4 for 1"],
    ["EEM", "EEM.csv", "3 for 1, 3 for 1"],
    ["GOOG", "GOOG.csv", "1114 for 1111"],
    ["IBM", "IBM.csv", "2 for 1"],
    ["SPY", "SPY.csv.gz", ""],
    ["USO", "USO.csv", "1 for 8"],
  ])("of %s come to the vendor's adjusted prices again", async (symbol, file, splits) => {
    const actions = await actionsOf(`actions/${symbol}-factor.csv`);
    const told = actions.flatMap((each) =>
      each.kind === "split" ? [`${each.newShares} for ${each.oldShares}`] : [],
    );
    expect(told.join(", ")).toBe(splits);
    const bars = await barsOf(`universe/us-daily-unadjusted/${file}`);
    const { close } = seen(bars, actions, "total_return");
    const rows = rowsOf(`actions/${symbol}-factor.csv`);
    const factorAt = (time: number): number => {
      const [, price, split] = rows.find(([date]) => date >= dateOf(time).replaceAll("-", "")) ?? [];
      return Number(price) * Number(split);
    };
    const last = factorAt(bars.time[bars.length - 1]);
    bars.close.forEach((raw, i) => {
      // As near as the six digits of a factor are: 0.00892857 for 1/112.
      expect(close[i] / ((raw * factorAt(bars.time[i])) / last) - 1).toBeLessThan(3e-6);
      expect(close[i] / ((raw * factorAt(bars.time[i])) / last) - 1).toBeGreaterThan(-3e-6);
    });
  });
});

describe.skipIf(!isThere)("a column of adjusted closes", () => {
  test("of a vendor that reinvests at the close of the day, differs on that day alone", async () => {
    const path = "daily/AAPL-1d-actions.csv";
    const [bars, actions] = [await barsOf(path), await readActionColumns(bytesOf(path), { name: path })];
    const { close } = seen(bars, actions, "total_return");
    const theirs = rowsOf(path).map((row) => Number(row.at(-1)));
    let paid = 0;
    for (let i = 1; i < bars.length; i++) {
      const found = actions.find(({ date }) => date === dateOf(bars.time[i]));
      const dividend = found?.kind === "dividend" ? found.amount : 0;
      if (dividend > 0) paid++;
      const before = bars.close[i - 1];
      // Theirs is (close + dividend) ÷ the close before, ours the close ÷ (the close before − dividend).
      expect(theirs[i] / theirs[i - 1]).toBeCloseTo((bars.close[i] + dividend) / before, 9);
      expect(close[i] / close[i - 1]).toBeCloseTo(bars.close[i] / (before - dividend), 9);
    }
    expect(paid).toBe(2);
  });

  test("of a vendor that takes the dividend off the close before, is ours", async () => {
    // The adjusted closes have two decimals, and the dividends come from somebody else.
    const path = "universe/etf-allocation-daily/SPY.csv";
    const bars = await barsOf(path);
    const { close } = seen(bars, await actionsOf("actions/SPY-factor.csv"), "total_return");
    const theirs = rowsOf(path).map((row) => Number(row.at(-1)));
    const last = bars.length - 1;
    theirs.forEach((adjusted, i) => {
      const [growth, expected] = [close[last] / close[i], theirs[last] / adjusted];
      expect(Math.abs(growth / expected - 1)).toBeLessThan(5e-4);
    });
    // Without dividends it would be a long way off.
    expect(bars.close[last] / bars.close[0]).toBeLessThan((theirs[last] / theirs[0]) * 0.9);
  });
});

test.skipIf(!isThere)("seven for one between two minutes", async () => {
  const path = "intraday/AAPL-1m-split-2014-06.csv";
  const bars = await barsOf(path);
  const { close } = seen(bars, [{ kind: "split", date: "2014-06-09", newShares: 7, oldShares: 1 }], "splits");
  const moves = Array.from(close.subarray(1), (value, i) => Math.abs(value / close[i] - 1));
  expect(Math.max(...moves)).toBeLessThan(0.02);
  const raw = Array.from(bars.close.subarray(1), (value, i) => value / bars.close[i]);
  expect(Math.min(...raw)).toBeCloseTo(1 / 7, 2);
});
