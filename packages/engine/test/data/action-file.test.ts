import { BitFeverError } from "@bitfever/lang";
import { describe, expect, test } from "vitest";
import type { CorporateAction } from "../../src/actions/action.js";
import { readActionColumns } from "../../src/data/action-columns.js";
import { readActions, type ReadActions } from "../../src/data/action-file.js";
import { simplestWithin } from "../../src/data/simplest.js";

/* Corporate actions from files of three forms and from columns beside prices, and what is said of those that are none. */

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): Promise<ReadActions> => readActions(bytes(text), { name: "actions.csv" });
const only = async (text: string): Promise<readonly CorporateAction[]> => (await read(text)).get(null) ?? [];
const beside = (text: string): Promise<readonly CorporateAction[]> =>
  readActionColumns(bytes(text), { name: "X.csv" });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof BitFeverError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing was refused";
}

describe("a list of actions", () => {
  test("splits in every way to write them, dividends and tickers", async () => {
    const text = `date,action,value
2000-06-21,split,2
2003-01-02,SPLIT,3:2
2009-01-02,symbol,NEW
2010-01-04,split,1:10
2010-01-04,dividend,0.47
2014-06-09,split,1.0027455`;
    expect(await only(text)).toEqual([
      { kind: "split", date: "2000-06-21", newShares: 2, oldShares: 1 },
      { kind: "split", date: "2003-01-02", newShares: 3, oldShares: 2 },
      { kind: "symbol", date: "2009-01-02", symbol: "NEW" },
      { kind: "split", date: "2010-01-04", newShares: 1, oldShares: 10 },
      { kind: "dividend", date: "2010-01-04", amount: 0.47 },
      { kind: "split", date: "2014-06-09", newShares: 1.0027455, oldShares: 1 },
    ]);
  });

  test("of several symbols, each in its own order", async () => {
    const found = await read("symbol;date;action;value\nB;2020-02-03;split;2\nA;2020-01-02;dividend;1\n");
    expect([...found]).toEqual([
      ["B", [{ kind: "split", date: "2020-02-03", newShares: 2, oldShares: 1 }]],
      ["A", [{ kind: "dividend", date: "2020-01-02", amount: 1 }]],
    ]);
  });

  test.each([
    ["2020-01-02,split,0", "line 2: a split of 0 for 1 cannot be"],
    ["2020-01-02,split,1:0", "line 2: a split of 1 for 0 cannot be"],
    ["2020-01-02,split,-2", "line 2: a split of -2 for 1 cannot be"],
    ["2020-01-02,split,two", 'line 2: "two" is no split'],
    ["2020-01-02,split,1:2:3", 'line 2: "1:2:3" is no split'],
    ["2020-01-02,dividend,-1", "line 2: a dividend of -1 is none"],
    ["2020-01-02,dividend,", "line 2: there is no dividend"],
    ["2020-01-02,dividend,1$", 'line 2: the dividend "1$" is no number'],
    ["2020-01-02,symbol,", "line 2: the symbol is empty"],
    ["2020-01-02,merger,1", 'line 2: "merger" is no corporate action'],
    ["2020-01-02T09:30,dividend,1", 'line 2: the date "2020-01-02T09:30" has a time of day'],
    ["2020-02-30,dividend,1", 'line 2: "2020-02-30" is no date'],
    ["2020-01-02,dividend,1\n2020-01-01,dividend,1", "line 3: 2020-01-01 comes after a later date"],
    [
      "2020-01-02,dividend,1\n2020-01-02,split,2\n2020-01-02,dividend,2",
      "line 4: there are two dividends of 2020-01-02",
    ],
  ])("refuses %j", async (rows, said) => {
    expect(await refusal(read(`date,action,value\n${rows}\n`))).toBe(`BF5102: actions.csv, ${said}`);
  });

  test("refuses a file that is of another kind", async () => {
    expect(await refusal(read("date,action\n2020-01-02,split\n"))).toMatch(
      /^BF4005: actions.csv: there is no column for value/,
    );
  });
});

describe("factors", () => {
  const header = "date,price_factor,split_factor,reference_price\n";

  test("a dividend is the part of the close that the factor takes, a split what the factor grows by", async () => {
    // 2.50 of 250 are 1%, and the split is 7 for 1: 0.0357143 to 0.25, in the digits that were left of 1/28.
    const text = `${header}20190102,0.9801,0.0357143,1\n20190301,0.9801,0.0357143,700\n20190601,0.9801,0.25,250\n20190901,0.99,0.25,0.5\n20501231,1,1,0\n`;
    expect(await only(text)).toEqual([
      { kind: "split", date: "2019-03-02", newShares: 7, oldShares: 1 },
      { kind: "dividend", date: "2019-06-02", amount: 2.5 },
      { kind: "split", date: "2019-09-02", newShares: 4, oldShares: 1 },
      // A quarter of the half that one old share closed at is 0.125 for a new one; 1% of it.
      { kind: "dividend", date: "2019-09-02", amount: 0.00125 },
    ]);
  });

  test("one for eight", async () => {
    expect(await only(`${header}2006-04-10,1,8,1\n2020-04-28,1,8,2.13\n2050-12-31,1,1,0\n`)).toEqual([
      { kind: "split", date: "2020-04-29", newShares: 1, oldShares: 8 },
    ]);
  });

  test.each([
    ["20190301,1,1,100\n20190601,0.99,1,0", "line 2: a price factor of 1 before one of 0.99 is no dividend"],
    ["20190301,0.9,1,0\n20190601,1,1,0", "line 2: a price factor of 0.9 before one of 1 is no dividend"],
    ["20190301,0,1,5\n20190601,1,1,0", 'line 2: the price_factor "0" is no positive number'],
    ["20190301,1,1,5\n20190301,1,1,0", "line 3: 2019-03-01 does not come after the date before"],
  ])("refuses %j", async (rows, said) => {
    expect(await refusal(only(`${header}${rows}\n`))).toBe(`BF5102: actions.csv, ${said}`);
  });
});

test("a map of tickers is of the dates up to which they were used", async () => {
  expect(
    await only("valid_until,mapped_ticker,exchange\n20140327,goocv,Q\n20140402,goocv,Q\n20501231,goog,Q"),
  ).toEqual([
    { kind: "symbol", date: "2014-03-27", symbol: "GOOCV" },
    { kind: "symbol", date: "2014-04-03", symbol: "GOOG" },
  ]);
});

describe("columns beside prices", () => {
  const head = "Date,Open,High,Low,Close,Volume";

  test("0, 1 and nothing are none", async () => {
    const text = `${head},Dividends,Stock Splits
2020-01-02,1,1,1,1,5,0.0,0.0
2020-01-03,1,1,1,1,5,0.25,1.0
2020-01-06,1,1,1,1,5,,0.333333
2020-01-07,1,1,1,1,5,nan,7\n`;
    expect(await beside(text)).toEqual([
      { kind: "dividend", date: "2020-01-03", amount: 0.25 },
      { kind: "split", date: "2020-01-06", newShares: 1, oldShares: 3 },
      { kind: "split", date: "2020-01-07", newShares: 7, oldShares: 1 },
    ]);
  });

  test.each([
    [`${head},Dividends\n2020-01-02,1,1,1,1,5,x\n`, 'BF5102: X.csv, line 2: "x" is no dividend'],
    [`${head},split\n2020-01-02,1,1,1,1,5,-2\n`, 'BF5102: X.csv, line 2: "-2" is no split'],
    [
      `${head},adj_close\n2020-01-02,1,1,1,1,5,1\n`,
      "BF5104: X.csv: there is no column of dividends or splits",
    ],
  ])("refuses %j", async (text, said) => {
    expect(await refusal(beside(text))).toBe(said);
  });
});

test.each([
  [7.000_004, 1e-5, 7, 1],
  [0.124_999, 1e-5, 1, 8],
  [1.5, 1e-9, 3, 2],
  [0.999_999_9, 1e-5, 1, 1],
  [Math.PI, 1e-6, 355, 113],
  [2.718_28, 0.01, 19, 7],
])("the simplest fraction near %d within %d is %d/%d", (value, doubt, numerator, denominator) => {
  expect(simplestWithin(value, doubt)).toEqual({ numerator, denominator });
});
