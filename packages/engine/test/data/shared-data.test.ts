import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { defectKinds, readBars, type DefectKind, type ReadOptions } from "../../src/data/index.js";
import { columnNames } from "./helpers.js";

// A set of real market data that lies beside the repository where it is developed. It must not be copied into it.
const folder = new URL("../../../../../shared/data/", import.meta.url);
const isThere = existsSync(new URL("manifest.json", folder));
if (!isThere) console.info(`skipped: reading real files, because ${folder.pathname} is not there`);

interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly rows: number | null;
  readonly checks?: Readonly<Record<string, number | string>>;
}

const entries: readonly Entry[] = isThere
  ? JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")).files
  : [];
const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, folder));
const read = (path: string, options: Partial<ReadOptions> = {}): ReturnType<typeof readBars> =>
  readBars(bytesOf(path), { name: path, ...options });

/** What the manifest counts, by our names. */
const counted: readonly [string, DefectKind][] = [
  ["duplicate_times", "duplicateTime"],
  ["ohlc_order_violations", "priceOrder"],
  ["missing_ohlc_rows", "missingPrice"],
  ["non_positive_prices", "zeroPrice"],
];

describe.skipIf(!isThere)("every file of bars", () => {
  const files = entries.filter((entry) => entry.kind === "bars" && /\.csv(\.gz)?$/.test(entry.path));

  test("is a good many", () => expect(files.length).toBeGreaterThan(300));

  test.each(files.map((entry) => [entry.path, entry] as const))("%s", async (path, { rows, checks = {} }) => {
    const expected = counted.map(([name, kind]) => [kind, Number(checks[name] ?? 0)] as const);
    const isSound = expected.every(([, count]) => count === 0);

    const { bars, defects } = await read(path, { mode: "lenient" });
    const dropped = defects.filter((defect) => defect.dropped);
    const found = expected.map(
      ([kind]) => [kind, dropped.filter((defect) => defect.kind === kind).length] as const,
    );
    expect(found).toEqual(expected);
    expect(bars.length + dropped.length).toBe(rows);
    for (let i = 1; i < bars.length; i++) if (!(bars.time[i] > bars.time[i - 1])) expect.fail(`time at ${i}`);

    if (isSound) {
      const strict = await read(path);
      expect(strict.bars.length).toBe(rows);
      const gaps = strict.defects.find(({ kind }) => kind === "gap")?.count ?? 0;
      if (checks.gap_rule !== undefined) expect(gaps).toBe(checks.gaps);
    } else {
      const codes = expected.filter(([, count]) => count > 0).map(([kind]) => defectKinds[kind].code);
      const error: unknown = await read(path).catch((each: unknown) => each);
      expect(codes).toContain(error instanceof Error && "code" in error ? error.code : undefined);
      expect(error).toMatchObject({ message: expect.stringContaining(`${dropped.length} of ${rows} bars`) });
    }
  });
});

describe.skipIf(!isThere)("every file as it was found", () => {
  // What strict reading says, and what lenient reading keeps and drops; a code where that refuses too.
  const expectations: Readonly<
    Record<string, readonly [string | number, readonly [number, number] | string]>
  > = {
    "SYNTHETIC-toobig.csv": [1246, [1246, 0]],
    "SYNTHETIC-zeros.csv": ["BF4028", "BF4012"],
    "backtrader-2006-01-02-volume-min-001.txt.gz": ["BF4021", "BF4012"],
    "backtrader-ticksample.csv": ["BF4032", [134, 1]],
    "binance-ETHUSDT-spot-depth-2024-08-08.gz": ["BF4005", "BF4005"],
    "bitfinex-BTCUSD-2013-04-24.json": ["BF4001", "BF4001"],
    "bom-intraday-no-zone-SPY.csv": [1564, [1564, 0]],
    "bom-us-dates-SPX.csv": [8111, [8111, 0]],
    "bybit-XRPUSDT-orderbook500.data.zip": ["BF4001", "BF4001"],
    "google-ORCL-2010-malformed.csv": ["BF4020", [251, 1]],
    "lean-GOOG-20151224-minute-trade.zip": ["BF4001", "BF4001"],
    "newest-first-SPX-1950.csv": ["BF4020", [15_821, 0]],
    "ninjatrader-SPY-1m-2011-03.csv": [17_577, [17_577, 0]],
    "quandl-AAPL-2011.csv": ["BF4020", [252, 0]],
    "yahoo-newest-first-SPY-2008.csv": ["BF4020", [253, 0]],
  };
  const files = entries.filter((entry) => entry.kind === "raw");

  test("is listed", () => {
    expect(files.map(({ path }) => path.slice("raw/".length)).sort()).toEqual(
      Object.keys(expectations).sort(),
    );
  });

  test.each(files.map(({ path }) => [path] as const))("%s", async (path) => {
    const [strict, lenient] = expectations[path.slice("raw/".length)];
    if (typeof strict === "number") expect((await read(path)).bars.length).toBe(strict);
    else await expect(read(path)).rejects.toMatchObject({ code: strict, hint: expect.any(String) });

    if (typeof lenient === "string") {
      await expect(read(path, { mode: "lenient" })).rejects.toMatchObject({ code: lenient });
    } else {
      const { bars, defects } = await read(path, { mode: "lenient" });
      expect([bars.length, defects.filter((defect) => defect.dropped).length]).toEqual(lenient);
    }
  });

  // The same minutes of SPY in three ways: close-stamped in UTC without a header, and cleaned with open stamps.
  test("the minutes of March 2011, close-stamped without a header, are the cleaned ones", async () => {
    const [raw, cleaned] = await Promise.all([
      read("raw/ninjatrader-SPY-1m-2011-03.csv", { stamp: "close" }),
      read("intraday/SPY-1m-2011-03.csv.gz"),
    ]);
    for (const name of columnNames) expect(raw.bars[name]).toEqual(cleaned.bars[name]);
  });

  test("the local minutes of December 2020, read in New York's zone, are the cleaned ones", async () => {
    const [raw, cleaned] = await Promise.all([
      read("raw/bom-intraday-no-zone-SPY.csv", { zone: "America/New_York" }),
      read("intraday/SPY-1m-2020-12.csv"),
    ]);
    for (const name of columnNames) expect(raw.bars[name]).toEqual(cleaned.bars[name]);
  });

  test("the days since 1950, newest first, are the cleaned ones", async () => {
    const [raw, cleaned] = await Promise.all([
      read("raw/newest-first-SPX-1950.csv", { mode: "lenient" }),
      read("daily/SPX-1d-1950-2012.csv.gz"),
    ]);
    for (const name of columnNames) expect(raw.bars[name]).toEqual(cleaned.bars[name]);
  });
});

describe.skipIf(!isThere)("cell by cell, what Number reads", () => {
  test.each([
    "daily/GOOG-1d.csv",
    "universe/crypto-btc-5m/ADABTC.csv.gz",
    "universe/fx-hourly/AUDUSD.csv.gz",
  ])("%s", async (path) => {
    const { bars } = await read(path);
    const text = (path.endsWith(".gz") ? gunzipSync(bytesOf(path)) : Buffer.from(bytesOf(path))).toString();
    const lines = text.trim().split("\n").slice(1);
    expect(lines.length).toBe(bars.length);
    const wrong = lines.filter((line, i) => {
      const [time, ...numbers] = line.split(",");
      const isSame = columnNames.slice(1).every((name, k) => Object.is(bars[name][i], Number(numbers[k])));
      return !isSame || bars.time[i] !== Date.parse(time);
    });
    expect(wrong).toEqual([]);
  });
});
