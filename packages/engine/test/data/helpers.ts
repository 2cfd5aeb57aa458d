import fc from "fast-check";
import { barsOf, type Bars } from "../../src/bars.js";
import { readBars, type ReadOptions, type ReadResult } from "../../src/data/index.js";

export const columnNames = ["time", "open", "high", "low", "close", "volume"] as const;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads text as a file with the name `bars.csv`. */
export const read = (text: string, options: Partial<ReadOptions> = {}): Promise<ReadResult> =>
  readBars(bytesOf(text), { name: "bars.csv", ...options });

/** The times that rows of `stamp` with sound prices are read as, in ISO-8601. */
export async function timesOf(
  stamps: readonly string[],
  options: Partial<ReadOptions> = {},
): Promise<string[]> {
  const rows = stamps.map((stamp) => `"${stamp}",1,2,0.5,1.5,10`);
  const { bars } = await read(["time,open,high,low,close,volume", ...rows].join("\n"), options);
  return Array.from(bars.time, iso);
}

export const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

/** What makes columns differ, NaN being equal to NaN and 0 not to -0; empty when every bit is the same. */
export function differences(found: Bars, expected: Bars): string[] {
  const list: string[] = [];
  if (found.length !== expected.length) list.push(`${found.length} bars, not ${expected.length}`);
  for (const name of columnNames) {
    for (let i = 0; i < expected.length; i++) {
      if (!Object.is(found[name][i], expected[name][i])) {
        list.push(`${name}[${i}] is ${found[name][i]}, not ${expected[name][i]}`);
      }
    }
  }
  return list.slice(0, 5);
}

const price = fc.oneof(
  fc.double({ min: 1e-12, max: 1e15, noNaN: true }),
  fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100),
);

/** Sound bars: any positive prices, whole milliseconds, a volume that may be absent. */
export const anyBars: fc.Arbitrary<Bars> = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 10_000_000_000 }),
      prices: fc.tuple(price, price, price, price),
      volume: fc.oneof(
        fc.constant(NaN),
        fc.double({ min: 0, max: 1e18, noNaN: true }).map((volume) => volume + 0),
      ),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => {
    let time = 1e12;
    const sorted = rows.map(({ prices }) => prices.toSorted((a, b) => a - b));
    return barsOf("bars", {
      time: Float64Array.from(rows, ({ step }) => (time += step)),
      open: Float64Array.from(sorted, ([, open]) => open),
      high: Float64Array.from(sorted, ([, , , high]) => high),
      low: Float64Array.from(sorted, ([low]) => low),
      close: Float64Array.from(sorted, ([, , close]) => close),
      volume: Float64Array.from(rows, ({ volume }) => volume),
    });
  });

/** Bars of one minute that repeat themselves, from 2 January 2020 on. */
export function someBars(length: number): Bars {
  const open = Float64Array.from({ length }, (_, i) => 100 + (i % 7) / 4);
  const close = Float64Array.from({ length }, (_, i) => 100 + ((i * 3) % 7) / 4);
  return barsOf("some", {
    time: Float64Array.from({ length }, (_, i) => Date.UTC(2020, 0, 2) + i * 60_000),
    open,
    high: open.map((each, i) => Math.max(each, close[i]) + 0.5),
    low: open.map((each, i) => Math.min(each, close[i]) - 0.5),
    close,
    volume: new Float64Array(length).fill(1000),
  });
}
