import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formats, readBars, writeArrow } from "../../src/data/index.js";
import { bytesOf, differences, someBars } from "./helpers.js";

const bars = someBars(30);
const text = [
  "time,open,high,low,close,volume",
  ...Array.from(bars.time, (time, i) =>
    [time, bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]].join(),
  ),
].join("\n");
const csv = bytesOf(text);

describe("the format", () => {
  test.each(["a.csv", "a.CSV", "a.txt", "a.tsv", "a", "folder.d/a", "a.dat"])(
    "of text named %s",
    async (name) => {
      const { bars: found, format } = await readBars(csv, { name });
      expect(differences(found, bars)).toEqual([]);
      expect(format).toBe("csv");
    },
  );

  test("of what the first bytes say, whatever the name", async () => {
    expect((await readBars(await writeArrow(bars), { name: "a.csv" })).format).toBe("arrow");
  });

  test("that is asked for", async () => {
    expect((await readBars(csv, { name: "a.parquet", format: "csv" })).format).toBe("csv");
    await expect(readBars(csv, { name: "a.csv", format: "arrow" })).rejects.toMatchObject({ code: "BF4003" });
    // @ts-expect-error: not one of the formats
    await expect(readBars(csv, { name: "a.csv", format: "xml" })).rejects.toMatchObject({ code: "BF5041" });
  });

  test.each([
    ["a.zip", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), "unpack it"],
    ["a.json", bytesOf("[[1,2,3,4,5]]"), "CSV"],
    ["a.bin", Uint8Array.of(1, 0, 2, 0), ".parquet"],
  ])("of %s is not read", async (name, bytes, hint) => {
    await expect(readBars(bytes, { name })).rejects.toMatchObject({
      code: "BF4001",
      hint: expect.stringContaining(hint),
    });
  });
});

describe("the symbol", () => {
  test.each([
    ["SPY.csv", "SPY"],
    ["data/SPY-1d.csv.gz", "SPY-1d"],
    ["C:\\data\\^GSPC.txt", "^GSPC"],
    ["BRK.B.csv", "BRK.B"],
  ])("of %s is %s", async (name, symbol) => {
    expect((await readBars(csv, { name })).bars.symbol).toBe(symbol);
  });

  test("that is given", async () => {
    expect((await readBars(csv, { name: "a.csv", symbol: "SPY" })).bars.symbol).toBe("SPY");
    expect((await readBars(await writeArrow(bars), { name: "a.arrow", symbol: "SPY" })).bars.symbol).toBe(
      "SPY",
    );
  });
});

describe("gzip", () => {
  test("by the name, and without one", async () => {
    for (const name of ["a.csv.gz", "a.csv", "a"]) {
      expect(differences((await readBars(gzipSync(csv), { name })).bars, bars)).toEqual([]);
    }
  });

  test("of Arrow", async () => {
    const packed = gzipSync(await writeArrow(bars));
    expect(differences((await readBars(packed, { name: "a.arrow.gz" })).bars, bars)).toEqual([]);
  });

  test("in several members", async () => {
    const parts = [csv.subarray(0, 100), csv.subarray(100)].map((part) => gzipSync(part));
    expect(differences((await readBars(Buffer.concat(parts), { name: "a.csv.gz" })).bars, bars)).toEqual([]);
  });

  test("cut off anywhere", async () => {
    const packed = gzipSync(csv);
    for (let length = 2; length < packed.length; length += 11) {
      const error = await readBars(packed.subarray(0, length), { name: "a.csv.gz" }).catch(
        (each: unknown) => each,
      );
      expect(error, `${length} bytes`).toMatchObject({ code: "BF4003", hint: expect.any(String) });
    }
  });

  test("of nothing", async () => {
    await expect(readBars(gzipSync(""), { name: "a.csv.gz" })).rejects.toMatchObject({ code: "BF4002" });
  });
});

describe("the catalogue of formats", () => {
  test("names and ends of names are unique", () => {
    const names = formats.map((format) => format.name);
    const ends = formats.flatMap((format) => format.extensions);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(ends).size).toBe(ends.length);
  });

  test.each(formats.map((format) => [format.name, format] as const))(
    "%s refuses noise with a code",
    async (_, format) => {
      const noise = Uint8Array.from({ length: 300 }, (_value, i) => (i * 7919 + 13) % 256);
      for (const bytes of [noise, noise.subarray(0, 3), new Uint8Array(64), bytesOf("noise")]) {
        const error = await readBars(bytes, { name: "noise", format: format.name }).catch(
          (each: unknown) => each,
        );
        expect(error).toMatchObject({ code: expect.stringMatching(/^BF40\d\d$/), hint: expect.any(String) });
      }
    },
  );
});
