import fc from "fast-check";
import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer, type ColumnSource } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import type { Bars } from "../../src/bars.js";
import { readBars } from "../../src/data/index.js";
import { anyBars, differences, someBars } from "./helpers.js";
import { packedFiles } from "./packed-files.js";

const bars = someBars(60);
const name = "bars.parquet";

function columnsOf({ time, open, high, low, close, volume }: Bars): Record<string, ColumnSource> {
  const numbers = Object.entries({ open, high, low, close, volume });
  return {
    time: { name: "time", data: Array.from(time, (each) => new Date(each)), type: "TIMESTAMP" },
    ...Object.fromEntries(
      numbers.map(([key, data]) => [key, { name: key, data, type: "DOUBLE", nullable: false }]),
    ),
  };
}

function fileWith(columns: Record<string, Omit<ColumnSource, "name">>, options = {}): Uint8Array {
  const changed = Object.entries(columns).map(([key, column]) => [key, { name: key, ...column }] as const);
  const all = { ...columnsOf(bars), ...Object.fromEntries(changed) };
  return new Uint8Array(parquetWriteBuffer({ columnData: Object.values(all), ...options }));
}

test("what is written is read again, to the bit", async () => {
  await fc.assert(
    fc.asyncProperty(anyBars, fc.boolean(), async (each, isPacked) => {
      const columnData = Object.values(columnsOf(each));
      const codec = isPacked ? "SNAPPY" : "UNCOMPRESSED";
      const file = new Uint8Array(parquetWriteBuffer({ columnData, codec, rowGroupSize: 7 }));
      const { bars: found, format } = await readBars(file, { name: "no name" });
      expect(differences(found, each)).toEqual([]);
      expect([found.symbol, format]).toEqual(["no name", "parquet"]);
    }),
    { seed: 1, numRuns: 100 },
  );
});

/** A file of those bars with a schema of one's own for every column. */
function fileOf(elements: readonly SchemaElement[], data: Record<string, ColumnSource["data"]>): Uint8Array {
  const columnData = elements.map(({ name: key }) => ({ name: key, data: data[key] }));
  const root: SchemaElement = { name: "root", num_children: elements.length };
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: [root, ...elements] }));
}

test("only the columns of bars are read, and the others named", async () => {
  const bytes = fileWith({ trades: { data: Array.from(bars.time, () => "many"), type: "STRING" } });
  const { notes } = await readBars(bytes, { name });
  expect(notes).toEqual(["not used: trades"]);
});

describe("types", () => {
  const exact: [string, Record<string, Omit<ColumnSource, "name">>][] = [
    ["integers of milliseconds", { time: { data: BigInt64Array.from(bars.time, BigInt), type: "INT64" } }],
    [
      "text",
      { time: { data: Array.from(bars.time, (time) => new Date(time).toISOString()), type: "STRING" } },
    ],
    ["numbers as text", { open: { data: Array.from(bars.open, String), type: "STRING" } }],
    ["32-bit integers", { volume: { data: Int32Array.from(bars.volume), type: "INT32" } }],
    ["64-bit integers", { volume: { data: BigInt64Array.from(bars.volume, BigInt), type: "INT64" } }],
    ["32-bit floats", { close: { data: Float32Array.from(bars.close), type: "FLOAT" } }],
  ];
  test.each(exact)("%s", async (_, columns) => {
    expect(differences((await readBars(fileWith(columns), { name })).bars, bars)).toEqual([]);
  });

  const { open, high, low, close } = bars;
  const doubles = (name: string): SchemaElement => ({ name, type: "DOUBLE", repetition_type: "REQUIRED" });
  const prices = ["open", "high", "close"].map(doubles);

  test.each([
    ["32 bits", { type: "INT32", precision: 9 }],
    ["64 bits", { type: "INT64", precision: 18 }],
    ["9 bytes", { type: "FIXED_LEN_BYTE_ARRAY", type_length: 9, precision: 20 }],
  ] as const)("decimals of %s are the doubles nearest to them", async (_, type) => {
    const digits = Array.from(low, (_value, i) => BigInt(i - 30));
    const time: SchemaElement = { name: "time", type: "INT64", repetition_type: "REQUIRED" };
    const decimal: SchemaElement = {
      name: "low",
      ...type,
      converted_type: "DECIMAL",
      scale: 2,
      repetition_type: "REQUIRED",
    };
    const times = BigInt64Array.from(bars.time, BigInt);
    const file = fileOf([time, ...prices, decimal], { time: times, open, high, close, low: digits });
    const { bars: found } = await readBars(file, { name });
    expect([...found.low]).toEqual(digits.map((each) => Number(each) / 100));
  });

  test.each([
    ["milliseconds of UTC", "MILLIS", true, 0],
    ["microseconds of UTC", "MICROS", true, 0],
    ["nanoseconds of UTC", "NANOS", true, 0],
    ["nanoseconds of the zone that is given", "NANOS", false, 5 * 3_600_000],
  ] as const)("times in %s", async (_, unit, isAdjustedToUTC, ahead) => {
    const factor = { MILLIS: 1n, MICROS: 1000n, NANOS: 1_000_000n }[unit];
    const time: SchemaElement = {
      ...{ name: "time", type: "INT64", repetition_type: "REQUIRED" },
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit },
    };
    const times = BigInt64Array.from(bars.time, (each) => BigInt(each) * factor);
    const file = fileOf([time, ...prices, doubles("low")], { time: times, open, high, low, close });
    const { bars: found } = await readBars(file, { name, zone: "America/New_York" });
    expect([...found.time]).toEqual(Array.from(bars.time, (each) => each + ahead));
  });

  test("days", async () => {
    const days = Int32Array.from(open, (_, i) => 18_262 + i);
    const time: SchemaElement = {
      name: "date",
      type: "INT32",
      repetition_type: "REQUIRED",
      converted_type: "DATE",
    };
    const file = fileOf([time, ...prices, doubles("low")], { date: days, open, high, low, close });
    const { bars: found } = await readBars(file, { name, zone: "America/New_York" });
    expect(found.time[0]).toBe(Date.UTC(2020, 0, 1));
  });

  test("absent values", async () => {
    const data = Array.from(bars.close, (close, i) => (i === 7 ? null : close));
    const message = expect.stringContaining("row 8, 2020-01-02T00:07:00Z: no close");
    const file = fileWith({ close: { data, type: "DOUBLE" } });
    await expect(readBars(file, { name })).rejects.toMatchObject({ code: "BF4024", message });
  });

  test("booleans are none", async () => {
    const file = fileWith({ open: { data: Array.from(bars.open, () => true), type: "BOOLEAN" } });
    const message = expect.stringContaining('the column "open" holds boolean, not numbers');
    await expect(readBars(file, { name })).rejects.toMatchObject({ code: "BF4007", message });
  });
});

test("packed with ZSTD, as another library writes it", async () => {
  const { bars: found } = await readBars(packedFiles.zstdParquet, { name });
  expect(differences(found, someBars(120))).toEqual([]);
});

test("a codec that is not read is named", async () => {
  // The number of the codec is rewritten in the metadata: field 4, an integer, 1 for Snappy and 3 for LZO.
  const file = fileWith({}, { codec: "SNAPPY" });
  const changed = file.slice();
  const metadata = changed.length - 8 - new DataView(changed.buffer).getUint32(changed.length - 8, true);
  let codecs = 0;
  for (let at = metadata; at < changed.length; at++) {
    // The names of the columns stand before the codec.
    if (
      changed[at] === 0x15 &&
      changed[at + 1] === 0x02 &&
      changed[at - 1] >= 0x61 &&
      changed[at - 1] <= 0x7a
    ) {
      changed[at + 1] = 0x06;
      codecs++;
    }
  }
  expect(codecs).toBeGreaterThan(0);
  const message = expect.stringContaining("columns are packed with LZO, which is not read");
  await expect(readBars(changed, { name })).rejects.toMatchObject({ code: "BF4004", message });
});

describe("files that are not whole", () => {
  test("cut off anywhere", async () => {
    const whole = fileWith({});
    for (let length = 1; length < whole.length; length += 13) {
      const error = await readBars(whole.slice(0, length), { name }).catch((each: unknown) => each);
      expect(error, `${length} bytes`).toMatchObject({ code: "BF4003", hint: expect.any(String) });
    }
  });

  test("without their middle", async () => {
    const whole = fileWith({});
    const holed = Uint8Array.of(...whole.subarray(0, 100), ...whole.subarray(400));
    await expect(readBars(holed, { name })).rejects.toMatchObject({ code: "BF4003" });
  });

  test.each([
    ["no Parquet file", Uint8Array.from({ length: 200 }, (_, i) => (i * 37) % 251)],
    ["magic only", Uint8Array.from("PAR1PAR1PAR1", (letter) => letter.charCodeAt(0))],
  ])("%s", async (_, bytes) => {
    await expect(readBars(bytes, { name })).rejects.toMatchObject({ code: "BF4003" });
  });
});
