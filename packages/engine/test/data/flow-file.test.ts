import { gzipSync } from "node:zlib";
import { BitFeverError } from "@bitfever/lang";
import { describe, expect, test } from "vitest";
import type { ExternalFlow } from "../../src/external-flow.js";
import { readFlows } from "../../src/data/flow-file.js";

/* Deposits and withdrawals from a file, and what is said of those that are none. */

const read = (text: string, zone?: string): Promise<readonly ExternalFlow[]> =>
  readFlows(new TextEncoder().encode(text), { name: "flows.csv", zone });

async function refused(text: string): Promise<string> {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof BitFeverError) return `${error.code}: ${error.message} | ${error.hint ?? ""}`;
    throw error;
  }
  return "nothing was refused";
}

describe("a file that can be read", () => {
  test("dates, amounts and notes", async () => {
    expect(
      await read('time,amount,note\n2020-01-31,1000,salary\n2020-02-03,-250.5,"rent, and power"\n'),
    ).toEqual([
      { time: Date.UTC(2020, 0, 31), amount: 1000, note: "salary" },
      { time: Date.UTC(2020, 1, 3), amount: -250.5, note: "rent, and power" },
    ]);
  });

  test("another separator, a byte order mark, other names, a column nobody needs, no note", async () => {
    expect(await read("\uFEFFDate;id;Amount;Comment\r\n2020-01-31;7;5;\r\n")).toEqual([
      { time: Date.UTC(2020, 0, 31), amount: 5 },
    ]);
  });

  test("times of a zone, and several at one time", async () => {
    const flows = await read("time,amount\n2020-01-31 09:30,1\n2020-01-31 09:30,2\n", "America/New_York");
    expect(flows.map(({ time }) => time)).toEqual([
      Date.UTC(2020, 0, 31, 14, 30),
      Date.UTC(2020, 0, 31, 14, 30),
    ]);
  });

  test("packed", async () => {
    const bytes = gzipSync("time,amount\n2020-01-31,1\n");
    expect(await readFlows(bytes, { name: "flows.csv.gz" })).toHaveLength(1);
  });
});

describe("a file that cannot", () => {
  test.each([
    ["", "BF4002: flows.csv: the file is empty | it should hold deposits and withdrawals"],
    [
      "when,amount\n2020-01-31,1\n",
      'BF4005: flows.csv: there is no column for time; the first line is "when,amount" | the first line names the columns: time,amount,note',
    ],
    ["time,amount,amount\n", "BF4006: flows.csv: two columns are the amount | rename one of them"],
    [
      "time,amount\n2020-01-31,1\n2020-02-01,1,2\n",
      "BF5101: flows.csv, line 3: 3 cells, where the header has 2 | write a cell for each column; one may be empty",
    ],
    [
      "time,amount\n2020-01-31,ten\n",
      'BF5101: flows.csv, line 2: the amount "ten" is no number | write a number with a point for the decimals: 1234.50, below 0 to take it out',
    ],
    [
      'time,amount\n2020-01-31,"1,5"\n',
      'BF5101: flows.csv, line 2: the amount "1,5" has a comma | write a number with a point for the decimals: 1234.50, below 0 to take it out',
    ],
    [
      "time,amount\n2020-01-31,\n",
      "BF5101: flows.csv, line 2: there is no amount | write a number with a point for the decimals: 1234.50, below 0 to take it out",
    ],
    [
      "time,amount\n2020-01-31,0\n",
      "BF5101: flows.csv, line 2: an amount of 0 moves no money | leave the row out",
    ],
    [
      "time,amount\n2020-01-31,1\nsoon,1\n",
      'BF5101: flows.csv, line 3: "soon" is no time, or one the clocks jumped over | write times as 2020-01-31 or 2020-01-31T09:30:00Z',
    ],
    [
      "time,amount\n2020-01-31,1\n\n2020-01-30,1\n",
      "BF5101: flows.csv, line 4: 2020-01-30 comes after a later time | sort the rows, oldest first",
    ],
    [
      "time,amount\n1/2/2020,1\n",
      'BF5101: flows.csv, line 2: the time "1/2/2020" can be read in two ways | write times as 2020-01-31 or 2020-01-31T09:30:00Z',
    ],
  ])("%j", async (text, said) => {
    expect(await refused(text)).toBe(said);
  });
});
