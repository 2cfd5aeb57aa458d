import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBars } from "../../src/data/index.js";
import { anyBars, bytesOf, columnNames, differences, read } from "./helpers.js";

const row = { time: Date.UTC(2020, 0, 31), open: 1.5, high: 2.5, low: 0.5, close: 1.25, volume: 10 };

/** The only bar of a text as an object. */
async function bar(text: string): Promise<Record<string, number>> {
  const { bars } = await read(text);
  expect(bars.length).toBe(1);
  return Object.fromEntries(columnNames.map((name) => [name, bars[name][0]]));
}

describe("headers", () => {
  test.each([
    ["plain", "time,open,high,low,close,volume\n2020-01-31,1.5,2.5,0.5,1.25,10\n"],
    ["upper case", "DATE,OPEN,HIGH,LOW,CLOSE,VOLUME\n2020-01-31,1.5,2.5,0.5,1.25,10"],
    ["another order", "Volume,Close,Low,High,Open,Timestamp\n10,1.25,0.5,2.5,1.5,2020-01-31"],
    ["semicolons", "time;open;high;low;close;volume\n2020-01-31;1.5;2.5;0.5;1.25;10"],
    [
      "tabs and angle brackets",
      "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<VOL>\n2020.01.31\t1.5\t2.5\t0.5\t1.25\t10",
    ],
    ["bars", "time|open|high|low|close|volume\n2020-01-31|1.5|2.5|0.5|1.25|10"],
    ["CRLF", "time,open,high,low,close,volume\r\n2020-01-31,1.5,2.5,0.5,1.25,10\r\n\r\n"],
    ["byte order mark", "\ufefftime,open,high,low,close,volume\n2020-01-31,1.5,2.5,0.5,1.25,10\n"],
    ["quotes", '"time","open","high","low","close","volume"\n"2020-01-31","1.5","2.5","0.5","1.25","10"\n'],
    [
      "quotes and CRLF",
      '"time","open","high","low","close","volume"\r\n"2020-01-31","1.5","2.5","0.5","1.25","10"\r\n',
    ],
    ["blanks", "time, open, high, low, close, volume\n2020-01-31, 1.5, 2.5, 0.5, 1.25, 10\n"],
    ["blank lines", "\n\ntime,open,high,low,close,volume\n\n2020-01-31,1.5,2.5,0.5,1.25,10\n  \n\n"],
    ["a separator behind each row", "time,open,high,low,close,volume,\n2020-01-31,1.5,2.5,0.5,1.25,10,\n"],
    ["a separator behind rows only", "time,open,high,low,close,volume\n2020-01-31,1.5,2.5,0.5,1.25,10,\n"],
    ["letters", "t,o,h,l,c,v\n2020-01-31,1.5,2.5,0.5,1.25,10\n"],
    [
      "numbered names",
      "timestamp,1. open,2. high,3. low,4. close,5. volume\n2020-01-31,1.5,2.5,0.5,1.25,10\n",
    ],
    ["an index without a name", ",Open,High,Low,Close,Volume\n2020-01-31,1.5,2.5,0.5,1.25,10\n"],
    ["row numbers before the date", ",Date,Open,High,Low,Close,Volume\n0,2020-01-31,1.5,2.5,0.5,1.25,10\n"],
    ["extra columns", "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-31,1.5,2.5,0.5,1.25,9,10\n"],
    [
      "an address above",
      "https://example.org\ndate,symbol,open,high,low,close,Volume BTC,Volume USD\n2020-01-31,X,1.5,2.5,0.5,1.25,10,99\n",
    ],
    [
      "a number of the epoch beside the date",
      "unix,date,open,high,low,close,volume\n1580428800,31/1/2020,1.5,2.5,0.5,1.25,10\n",
    ],
    [
      "a data frame with two levels of names",
      "Price,Close,High,Low,Open,Volume\nTicker,X,X,X,X,X\nDate,,,,,\n2020-01-31,1.25,2.5,0.5,1.5,10\n",
    ],
  ])("%s", async (_, text) => {
    expect(await bar(text)).toEqual(row);
  });

  test("text of two bytes a letter", async () => {
    const text = "\ufefftime,open,high,low,close,volume\n2020-01-31,1.5,2.5,0.5,1.25,10\n";
    const wide = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
    const { bars } = await readBars(wide, { name: "bars.csv" });
    expect(bars.close[0]).toBe(1.25);
  });

  test("without volume, and with empty cells for it, volume is NaN", async () => {
    expect((await bar("time,open,high,low,close\n2020-01-31,1,1,1,1\n")).volume).toBeNaN();
    expect((await bar("time,open,high,low,close,volume\n2020-01-31,1,1,1,1,\n")).volume).toBeNaN();
  });

  test("columns that are not used are named", async () => {
    const { notes } = await read("time,open,high,low,close,vwap,trades\n2020-01-31,1,1,1,1,1,5\n");
    expect(notes).toEqual(["not used: vwap, trades"]);
  });

  test("lines above the header are named", async () => {
    const { notes } = await read("From a vendor\ntime,open,high,low,close\n2020-01-31,1,1,1,1\n");
    expect(notes).toEqual(["line 1 stands above the header and is not read"]);
  });

  test.each([
    [
      "a missing column",
      "date,open,close\n2020-01-31,1,1\n",
      "BF4005",
      "no column for high, low; the columns are date, open, close",
    ],
    ["no time", "open,high,low,close\n1,1,1,1\n", "BF4005", "no column for time"],
    [
      "two of a kind",
      "date,open,Open,high,low,close\n2020-01-31,1,1,1,1,1\n",
      "BF4006",
      "the open (2 and 3)",
    ],
    [
      "no header and no bars",
      "hello\nworld\n",
      "BF4005",
      'no header, and the rows are not time, open, high, low, close: "hello"',
    ],
    ["no rows", "time,open,high,low,close\n", "BF4002", "no rows"],
    ["nothing but blanks", " \n\n", "BF4002", "the file is empty"],
    ["nothing", "", "BF4002", "the file is empty"],
    ["zero bytes", "time,open\u0000,high", "BF4003", "this is no text"],
  ])("%s", async (_, text, code, message) => {
    const error = { code, message: expect.stringContaining(message), hint: expect.any(String) };
    await expect(read(text)).rejects.toMatchObject(error);
  });
});

describe("files without a header", () => {
  test.each([
    ["NinjaTrader", "20200131 093000;133;135;131;132;3778\n20200131 093100;132;134;131;133;12\n", 133, 3778],
    ["no volume", "2020-01-31T09:30:00Z,1.5,2.5,0.5,1.25\n", 1.5, NaN],
    ["date and time of day", "2020.01.31,09:30,1.5,2.5,0.5,1.25,10\n", 1.5, 10],
    [
      "an exchange with twelve columns",
      "1580463000000,1.5,2.5,0.5,1.25,10,1580463059999,15,3,5,7,0\n",
      1.5,
      10,
    ],
    ["month first", "1/31/2020 09:30,1.5,2.5,0.5,1.25,10\n", 1.5, 10],
  ])("%s", async (_, text, open, volume) => {
    const { bars, notes } = await read(text);
    expect([bars.time[0], bars.open[0], bars.volume[0]]).toEqual([
      Date.UTC(2020, 0, 31, 9, 30),
      open,
      volume,
    ]);
    expect(notes[0]).toMatch(/^no header: the columns are taken to be/);
  });

  test("another order is not guessed", async () => {
    // time, open, close, high, low
    await expect(read("1580463000000,1.5,1.25,2.5,0.5,10\n")).rejects.toMatchObject({ code: "BF4005" });
  });
});

describe("rows", () => {
  test("lines are counted as an editor counts them", async () => {
    const text = 'time,open,high,low,close,note\n\n2020-01-30,1,1,1,1,"two\nlines"\n\n2020-01-31,1,0,1,1,\n';
    await expect(read(text)).rejects.toMatchObject({
      message: expect.stringContaining("bars.csv, line 6, 2020-01-31"),
    });
  });

  test.each([
    ["too many cells", "2020-01-31,1,1,1,1,1,1", "line 3: 7 cells, where the header has 5"],
    ["too few", "2020-01-31,1", "line 3: 2 cells, where the header has 5"],
    ["one", "the end", "line 3: 1 cell, where the header has 5"],
    ["a quote that does not end", '2020-01-31,"1,1,1,1', "line 3: 2 cells, where the header has 5"],
  ])("%s", async (_, line, message) => {
    const text = `time,open,high,low,close\n2020-01-30,1,1,1,1\n${line}\n`;
    await expect(read(text)).rejects.toMatchObject({
      code: "BF4021",
      message: expect.stringContaining(message),
    });
    const { bars, defects } = await read(text, { mode: "lenient" });
    expect(bars.length).toBe(1);
    expect(defects).toMatchObject([{ kind: "raggedRow", line: 3, dropped: true }]);
  });

  test("a decimal comma", async () => {
    const text = "time;open;high;low;close\n2020-01-31;1,5;2,5;0,5;1,25\n";
    const error = {
      code: "BF4026",
      message: expect.stringContaining('"1,5" has a comma'),
      hint: expect.stringContaining("point"),
    };
    await expect(read(text)).rejects.toMatchObject(error);
  });

  test("many more than a first guess", async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `${1e12 + i * 1000},${i + 1},${i + 1},${i + 1},${i + 1}`,
    );
    const { bars } = await read(["time,open,high,low,close", ...lines].join("\n"));
    expect(bars.length).toBe(5000);
    expect(bars.close[4999]).toBe(5000);
    expect(bars.time[4999]).toBe(1e12 + 4_999_000);
  });
});

/** Bars as text, in a way that options vary. */
function write(
  bars: Awaited<ReturnType<typeof read>>["bars"],
  separator: string,
  end: string,
  quote: string,
): string {
  const cell = (value: number): string => `${quote}${Number.isNaN(value) ? "" : value}${quote}`;
  const lines = Array.from(bars.time, (_, i) =>
    columnNames.map((name) => cell(bars[name][i])).join(separator),
  );
  return [columnNames.join(separator), ...lines].join(end) + end;
}

test("what is written is read again, to the bit", async () => {
  const style = fc.tuple(
    fc.constantFrom(",", ";", "\t", "|"),
    fc.constantFrom("\n", "\r\n"),
    fc.constantFrom("", '"'),
  );
  await fc.assert(
    fc.asyncProperty(anyBars, style, async (bars, [separator, end, quote]) => {
      const { bars: found } = await readBars(bytesOf(write(bars, separator, end, quote)), {
        name: "bars.csv",
      });
      expect(differences(found, bars)).toEqual([]);
    }),
    { seed: 1, numRuns: 300 },
  );
});
