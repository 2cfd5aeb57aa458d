import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBars, toArrow, writeArrow } from "../../src/data/index.js";
import { unpackLz4 } from "../../src/data/lz4.js";
import { anyBars, differences, someBars } from "./helpers.js";
import { packedFiles } from "./packed-files.js";

const bars = someBars(60);
const name = "bars.arrow";

/** An Arrow file of those bars, with some columns of another type. */
function fileWith(columns: Record<string, arrow.Vector>, kind: "file" | "stream" = "file"): Uint8Array {
  const { time, open, high, low, close, volume } = bars;
  const vectors: Record<string, arrow.Vector> = Object.fromEntries(
    Object.entries({ time, open, high, low, close, volume }).map(([key, values]) => [
      key,
      arrow.makeVector(values),
    ]),
  );
  return arrow.tableToIPC(new arrow.Table({ ...vectors, ...columns }), kind);
}

const dates = Array.from(bars.time, (time) => new Date(time));
const day = (time: number): number => Math.floor(time / 86_400_000) * 86_400_000;

describe("what is written is read again, to the bit", () => {
  test("as a file", async () => {
    await fc.assert(
      fc.asyncProperty(anyBars, async (each) => {
        const { bars: found, format } = await readBars(await writeArrow(each), { name });
        expect(differences(found, each)).toEqual([]);
        expect([found.symbol, format]).toEqual(["bars", "arrow"]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("times between milliseconds", async () => {
    const fine = { ...bars, time: bars.time.map((time) => time + 0.125) };
    expect(differences((await readBars(await writeArrow(fine), { name })).bars, fine)).toEqual([]);
  });

  test("as a stream, in several batches", async () => {
    const table = await toArrow(bars);
    const batches = [0, 20, 40].flatMap((from) => table.slice(from, from + 20).batches);
    const stream = arrow.tableToIPC(new arrow.Table(batches), "stream");
    expect(differences((await readBars(stream, { name: "no name" })).bars, bars)).toEqual([]);
    const file = arrow.tableToIPC(new arrow.Table(batches), "file");
    expect(differences((await readBars(file, { name: "no name" })).bars, bars)).toEqual([]);
  });

  test("prices are not copied", async () => {
    const bytes = await writeArrow(bars);
    const { bars: found } = await readBars(bytes, { name });
    expect(found.close.buffer).toBe(bytes.buffer);
    expect(found.volume.buffer).toBe(bytes.buffer);
  });
});

describe("types of time", () => {
  const exact: [string, arrow.Vector][] = [
    ["seconds", arrow.vectorFromArray(dates, new arrow.TimestampSecond("UTC"))],
    ["milliseconds", arrow.vectorFromArray(dates, new arrow.TimestampMillisecond("America/New_York"))],
    ["microseconds", arrow.vectorFromArray(dates, new arrow.TimestampMicrosecond("UTC"))],
    ["nanoseconds", arrow.vectorFromArray(dates, new arrow.TimestampNanosecond("UTC"))],
    ["numbers", arrow.makeVector(bars.time)],
    ["integers", arrow.makeVector(BigInt64Array.from(bars.time, BigInt))],
    [
      "integers of nanoseconds",
      arrow.makeVector(BigInt64Array.from(bars.time, (time) => BigInt(time) * 1_000_000n)),
    ],
    [
      "text",
      arrow.vectorFromArray(
        dates.map((each) => each.toISOString()),
        new arrow.Utf8(),
      ),
    ],
    ["text in a dictionary", arrow.vectorFromArray(dates.map((each) => each.toISOString()))],
  ];
  test.each(exact)("%s", async (_, time) => {
    expect(
      differences((await readBars(fileWith({ time }), { name, zone: "America/New_York" })).bars, bars),
    ).toEqual([]);
  });

  test("without a zone, they are of the zone that is given", async () => {
    const time = arrow.vectorFromArray(dates, new arrow.TimestampMillisecond());
    const { bars: found } = await readBars(fileWith({ time }), { name, zone: "America/New_York" });
    expect(found.time[0]).toBe(bars.time[0] + 5 * 3_600_000);
  });

  const days = Array.from(dates, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)));
  test.each([
    ["days", arrow.vectorFromArray(days, new arrow.DateDay())],
    ["days in milliseconds", arrow.vectorFromArray(days, new arrow.DateMillisecond())],
  ])("%s", async (_, time) => {
    const { bars: found } = await readBars(fileWith({ time }), { name, zone: "America/New_York" });
    expect([...found.time]).toEqual(days.map((each) => day(each.getTime())));
  });

  test("times of day are none", async () => {
    const time = arrow.vectorFromArray(
      Array.from(dates, (_, i) => i),
      new arrow.TimeSecond(),
    );
    await expect(readBars(fileWith({ time }), { name })).rejects.toMatchObject({ code: "BF4007" });
  });
});

describe("types of numbers", () => {
  const whole = Float64Array.from(bars.volume, (_, i) => i);
  test.each([
    ["64-bit integers", arrow.makeVector(BigInt64Array.from(whole, BigInt))],
    ["unsigned 64-bit integers", arrow.makeVector(BigUint64Array.from(whole, BigInt))],
    ["32-bit integers", arrow.makeVector(Int32Array.from(whole))],
    ["bytes", arrow.makeVector(Uint8Array.from(whole))],
    ["32-bit floats", arrow.makeVector(Float32Array.from(whole))],
    ["text", arrow.vectorFromArray(Array.from(whole, String), new arrow.Utf8())],
  ])("%s", async (_, volume) => {
    const { bars: found } = await readBars(fileWith({ volume }), { name });
    expect([...found.volume]).toEqual([...whole]);
  });

  test("decimals are the doubles nearest to them", async () => {
    const type = new arrow.Decimal(2, 38, 128);
    const words = Uint32Array.from(bars.volume, () => 0);
    const all = new Uint32Array(words.length * 4);
    const expected = Float64Array.from(words, (_, i) => (i - 30) / 100);
    expected.forEach((_, i) => {
      const digits = BigInt.asUintN(128, BigInt(i - 30));
      for (let word = 0; word < 4; word++)
        all[4 * i + word] = Number((digits >> BigInt(32 * word)) & 0xffffffffn);
    });
    const low = arrow.makeVector(arrow.makeData({ type, data: all, length: words.length }));
    const { bars: found } = await readBars(fileWith({ low }), { name });
    expect([...found.low]).toEqual([...expected]);
  });

  test("absent values are absent, wherever the next piece begins", async () => {
    const close = arrow.vectorFromArray(
      Array.from(bars.close, (each, i) => (i % 20 === 7 ? null : each)),
      new arrow.Float64(),
    );
    await expect(readBars(fileWith({ close }), { name })).rejects.toMatchObject({
      code: "BF4024",
      message: expect.stringContaining("row 8, 2020-01-02T00:07:00Z: no close. 3 of 60 bars"),
    });
    const { bars: found, defects } = await readBars(fileWith({ close }), { name, mode: "lenient" });
    expect(found.length).toBe(57);
    expect(defects.filter((defect) => defect.dropped).map((defect) => defect.line)).toEqual([8, 28, 48]);
  });

  test("booleans are none", async () => {
    const open = arrow.vectorFromArray(Array.from(bars.open, () => true));
    const message = expect.stringContaining('the column "open" holds Bool, not numbers');
    await expect(readBars(fileWith({ open }), { name })).rejects.toMatchObject({ code: "BF4007", message });
  });
});

describe("packed files, as other libraries write them", () => {
  test.each(["lz4Arrow", "zstdArrow"] as const)("%s", async (key) => {
    const { bars: found } = await readBars(packedFiles[key], { name: "bars.feather" });
    expect(differences(found, someBars(120))).toEqual([]);
  });

  test("an LZ4 frame of literals, a copy, a copy into itself, and a block that is not packed", () => {
    const frame = Uint8Array.of(
      ...[0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82], // magic, flags, size of blocks, checksum
      ...[15, 0, 0, 0], // a block of 15 bytes:
      ...[0x31, 97, 98, 99, 3, 0], // "abc", and 5 bytes from 3 back
      ...[0x1f, 120, 1, 0, 1], // "x", and 20 bytes from 1 back
      ...[0x30, 101, 110, 100], // "end", and nothing
      ...[3, 0, 0, 0x80, 114, 97, 119], // a block of 3 bytes as they are: "raw"
      ...[0, 0, 0, 0],
    );
    expect(new TextDecoder().decode(unpackLz4(frame))).toBe(`abcabcab${"x".repeat(21)}endraw`);
  });

  test.each([
    ["cut off", [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 9, 0, 0, 0, 0x30, 97]],
    [
      "referring to nothing",
      [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 6, 0, 0, 0, 0x10, 97, 9, 0, 0x10, 97],
    ],
    ["without a frame", [1, 2, 3, 4]],
    ["without an end", [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]],
  ])("an LZ4 frame %s", (_, bytes) => {
    expect(() => unpackLz4(Uint8Array.from(bytes))).toThrow(RangeError);
  });
});

describe("files that are not whole", () => {
  test("cut off anywhere", async () => {
    for (const kind of ["file", "stream"] as const) {
      const whole = fileWith({}, kind);
      // A stream that ends between two batches cannot be told from a shorter one; this has one batch only.
      for (let length = 1; length < whole.length - 8; length += 7) {
        const error = await readBars(whole.slice(0, length), { name }).catch((each: unknown) => each);
        expect(error, `${kind} of ${length} bytes`).toMatchObject({
          code: expect.stringMatching(/^BF400[2-5]$/),
        });
      }
    }
  });

  test("with a batch that is none", async () => {
    const table = await toArrow(bars);
    const file = arrow.tableToIPC(
      new arrow.Table([0, 30].flatMap((from) => table.slice(from, from + 30).batches)),
      "file",
    );
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const marks: number[] = [];
    for (let at = 8; at + 8 < file.length; at += 8)
      if (view.getUint32(at, true) === 0xffffffff) marks.push(at);
    // The second message is written over with the first bytes of the file, which are no message.
    file.copyWithin(marks[1] + 8, 8, 16);
    await expect(readBars(file, { name })).rejects.toMatchObject({ code: "BF4003" });
  });

  test.each([
    ["no Arrow file", Uint8Array.from({ length: 200 }, (_, i) => (i * 37) % 251), "BF4003"],
    ["Feather of old", Uint8Array.from("FEA1 and more", (letter) => letter.charCodeAt(0)), "BF4004"],
    ["magic only", Uint8Array.from("ARROW1ARROW1", (letter) => letter.charCodeAt(0)), "BF4003"],
  ])("%s", async (_, bytes, code) => {
    await expect(readBars(bytes, { name })).rejects.toMatchObject({ code, hint: expect.any(String) });
  });

  test("no rows", async () => {
    await expect(readBars(await writeArrow(someBars(0)), { name })).rejects.toMatchObject({ code: "BF4002" });
  });
});
