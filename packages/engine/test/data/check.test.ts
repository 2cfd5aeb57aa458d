import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defectKinds } from "../../src/data/index.js";
import { orderFaults } from "../../src/data/order.js";
import { iso, read } from "./helpers.js";

const header = "time,open,high,low,close,volume";
const file = (...rows: string[]): string =>
  [header, "2020-01-01,1,2,0.5,1.5,10", ...rows, "2020-01-31,1,2,0.5,1.5,10"].join("\n");

describe("one bar that cannot be", () => {
  test.each([
    ["2020-01-02,1,2,0.5,,10", "missingPrice", "no close"],
    ["2020-01-02,,2,-,,10", "missingPrice", "no open, low and close"],
    ["2020-01-02,1,2,0.5,abc,10", "unreadableNumber", 'the close "abc" is no number'],
    ["2020-01-02,1,2,0.5,1.5,many", "unreadableNumber", 'the volume "many" is no number'],
    ["2020-01-02,1,Infinity,0.5,1.5,10", "infiniteNumber", "the high is infinite"],
    ["2020-01-02,0,2,0,1.5,10", "zeroPrice", "the open and low are 0"],
    ["2020-01-02,1,2,0,1.5,10", "zeroPrice", "the low is 0"],
    ["2020-01-02,1,1.25,0.5,1.5,10", "priceOrder", "the high 1.25 is below the close 1.5"],
    ["2020-01-02,1,2,1.25,1.5,10", "priceOrder", "the low 1.25 is above the open 1"],
    ["2020-01-02,3,1,2,3,10", "priceOrder", "the high 1 is below the open 3"],
    ["2020-01-02,1,2,0.5,1.5,-10", "negativeVolume", "the volume is -10"],
    ["2019-01-02,1,2,0.5,1.5,10", "outOfOrder", "this time is out of order"],
    ["2020-01-01,1,2,0.5,1.5,10", "duplicateTime", "line 2 has this time too"],
    ["2020-01-32,1,2,0.5,1.5,10", "unreadableTime", '"2020-01-32" is not the time of a bar'],
    [",1,2,0.5,1.5,10", "unreadableTime", "no time"],
    ["2020-01-02,1,2,0.5,1.5", "raggedRow", "5 cells, where the header has 6"],
  ] as const)("%s", async (row, kind, text) => {
    const { code } = defectKinds[kind];
    const message = expect.stringMatching(/^bars\.csv, line 3.*\. 1 of 3 bars cannot be used: 1 with /);
    await expect(read(file(row))).rejects.toMatchObject({ code, message, hint: expect.any(String) });
    await expect(read(file(row))).rejects.toThrow(text);

    const { bars, defects } = await read(file(row), { mode: "lenient" });
    expect(Array.from(bars.time, iso)).toEqual(["2020-01-01T00:00:00Z", "2020-01-31T00:00:00Z"]);
    expect(defects.filter((defect) => defect.dropped)).toMatchObject([{ kind, code, line: 3, count: 1 }]);
  });

  test("a defect carries what was read", async () => {
    const { defects } = await read(file("2020-01-02,1,1.25,0.5,1.5,10"), { mode: "lenient" });
    expect(defects[0]).toEqual({
      kind: "priceOrder",
      code: "BF4029",
      line: 3,
      time: Date.UTC(2020, 0, 2),
      values: { open: 1, high: 1.25, low: 0.5, close: 1.5, volume: 10 },
      message: "line 3, 2020-01-02: the high 1.25 is below the close 1.5",
      dropped: true,
      count: 1,
    });
  });
});

test("the error names the first, and counts all by kind", async () => {
  const rows = ["2020-01-02,1,2,0.5,,10", "2020-01-03,1,1,0.5,1.5,10", "2020-01-04,,2,0.5,1,10"];
  await expect(read(file(...rows))).rejects.toMatchObject({
    code: "BF4024",
    message:
      "bars.csv, line 3, 2020-01-02: no close. 3 of 5 bars cannot be used: " +
      "2 with a missing price (BF4024), 1 with a high or low that another price passes (BF4029)",
    hint: "correct the file, or read it with `--data-mode lenient`, which drops these 3 bars and lists them",
  });
});

describe("prices of zero and below", () => {
  test("below zero is told and kept", async () => {
    const { bars, defects } = await read(file("2020-01-02,1,2,-3,-2,10", "2020-01-03,-2,-1,-3,-2,10"));
    expect([...bars.low]).toEqual([0.5, -3, -3, 0.5]);
    expect(defects.find(({ kind }) => kind === "negativePrice")).toMatchObject({
      line: 3,
      count: 2,
      dropped: false,
    });
  });

  test("zero is kept where others are below", async () => {
    const { bars } = await read(file("2020-01-02,0,0,0,0,10", "2020-01-03,-2,-1,-3,-2,10"));
    expect([...bars.open]).toEqual([1, 0, -2, 1]);
  });

  test("a bar that is wrong otherwise does not vouch for zeros", async () => {
    const text = file("2020-01-02,0,0,0,0,10", "2020-01-03,-2,-1,-3,5,10");
    const { bars } = await read(text, { mode: "lenient" });
    expect(bars.length).toBe(2);
  });
});

describe("order", () => {
  const rows = (...days: string[]): string =>
    [header, ...days.map((day, i) => `2020-01-${day},1,2,0.5,1.5,${i}`)].join("\n");

  test("newest first is refused by name, and turned round in lenient mode", async () => {
    const text = rows("05", "04", "03", "02");
    await expect(read(text)).rejects.toMatchObject({
      code: "BF4020",
      message: "bars.csv, line 2, 2020-01-05: the newest bar is first and the oldest last",
      hint: expect.stringContaining("`--data-mode lenient` turns the bars round"),
    });
    const { bars, defects } = await read(text, { mode: "lenient" });
    expect([...bars.volume]).toEqual([3, 2, 1, 0]);
    expect(defects).toMatchObject([{ kind: "newestFirst", dropped: false, count: 4 }]);
  });

  test("newest first with another fault: both are told", async () => {
    const text = `${rows("05", "04", "03")}\n2020-01-02,,2,0.5,1.5,9`;
    await expect(read(text)).rejects.toMatchObject({
      code: "BF4020",
      message: expect.stringContaining("BF4024"),
    });
    const { bars, defects } = await read(text, { mode: "lenient" });
    expect([...bars.volume]).toEqual([2, 1, 0]);
    expect(defects.map(({ kind, line }) => [kind, line])).toEqual([
      ["newestFirst", 2],
      ["missingPrice", 5],
    ]);
  });

  test("of bars with the same time the first of the file stays, either way round", async () => {
    const forward = await read(rows("02", "03", "03", "04"), { mode: "lenient" });
    expect([...forward.bars.volume]).toEqual([0, 1, 3]);
    const back = await read(rows("04", "03", "03", "02"), { mode: "lenient" });
    expect([...back.bars.volume]).toEqual([3, 1, 0]);
  });

  test("of bars with the same time the first sound one stays", async () => {
    const text = [header, "2020-01-02,1,2,0.5,,0", "2020-01-02,1,2,0.5,1,1"].join("\n");
    const { bars, defects } = await read(text, { mode: "lenient" });
    expect([...bars.volume]).toEqual([1]);
    expect(defects.map(({ kind }) => kind)).toEqual(["missingPrice"]);
  });

  test("one wrong time costs one bar", async () => {
    const { bars, defects } = await read(rows("31", "02", "03", "04", "05"), { mode: "lenient" });
    expect([...bars.volume]).toEqual([1, 2, 3, 4]);
    expect(defects).toMatchObject([{ kind: "outOfOrder", line: 2, dropped: true }]);
  });

  test("what stays increases, and no bar more could", () => {
    // The clear way: the longest increasing subsequence by trying all of them.
    const longest = (times: readonly number[]): number => {
      const best = times.map(() => 1);
      times.forEach((time, i) => {
        for (let j = 0; j < i; j++) if (times[j] < time) best[i] = Math.max(best[i], best[j] + 1);
      });
      return Math.max(0, ...best);
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 14 }), (times) => {
        const { duplicates, misplaced } = orderFaults(
          Float64Array.from(times),
          Uint32Array.from(times.keys()),
        );
        const single = times.filter((time, i) => times.indexOf(time) === i);
        expect([...duplicates.keys()].sort((a, b) => a - b)).toEqual(
          [...times.keys()].filter((i) => times.indexOf(times[i]) !== i),
        );
        const stays = times.filter((_, i) => !duplicates.has(i) && !misplaced.includes(i));
        expect(stays.every((time, i) => i === 0 || time > stays[i - 1])).toBe(true);
        expect(stays.length).toBe(longest(single));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe("gaps are told, never refused", () => {
  const minutes = (...at: number[]): string =>
    [header, ...at.map((minute) => `2020-01-02T10:${String(minute).padStart(2, "0")}Z,1,2,0.5,1.5,10`)].join(
      "\n",
    );

  test("of minutes: steps of more than one and a half", async () => {
    const { defects } = await read(minutes(0, 1, 2, 4, 5, 9, 10));
    expect(defects).toMatchObject([{ kind: "gap", line: 7, count: 2, dropped: false }]);
    expect(defects[0].message).toBe(
      "line 7, 2020-01-02T10:09:00Z: no bars since 2020-01-02T10:05:00Z, the longest of 2 gaps",
    );
  });

  test("of days: more than four, so that a long weekend is none", async () => {
    const days = (...list: string[]): string =>
      [header, ...list.map((day) => `2020-01-${day},1,2,0.5,1.5,10`)].join("\n");
    expect((await read(days("01", "02", "03", "07", "08"))).defects).toEqual([]);
    expect((await read(days("01", "02", "03", "08", "09"))).defects).toMatchObject([
      { kind: "gap", count: 1 },
    ]);
  });

  test("where a dropped bar was", async () => {
    const text = minutes(0, 1, 2, 3).replace("10:02Z,1", "10:02Z,");
    const { defects } = await read(text, { mode: "lenient" });
    expect(defects.map(({ kind }) => kind)).toEqual(["missingPrice", "gap"]);
  });
});

test("when nothing is left, lenient mode refuses too", async () => {
  const text = `${header}\n2020-01-02,0,0,0,0,10\n2020-01-03,0,0,0,0,10\n`;
  const message = expect.stringContaining(
    "not one of 2 bars can be used; line 2, 2020-01-02: the open, high, low and close are 0",
  );
  await expect(read(text, { mode: "lenient" })).rejects.toMatchObject({ code: "BF4012", message });
});

test("kept and dropped add up to the rows, whatever the rows", async () => {
  const cell = fc.constantFrom("1", "2", "3", "", "0", "-1", "x", "1,5", "inf");
  const day = fc.constantFrom("2020-01-01", "2020-01-02", "2020-01-03", "2020-02-30", "", "2020-01-04");
  const line = fc.tuple(day, cell, cell, cell, cell).map((cells) => cells.join(";"));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const text = ["time;open;high;low;close", ...lines].join("\n");
      const result = await read(text, { mode: "lenient" }).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toMatchObject({ code: "BF4012" });
        await expect(read(text)).rejects.toMatchObject({ code: expect.stringMatching(/^BF40[23]\d$/) });
        return;
      }
      const { bars, defects } = await read(text, { mode: "lenient" });
      const dropped = defects.filter((defect) => defect.dropped);
      expect(bars.length + dropped.length).toBe(lines.length);
      expect(new Set(dropped.map((defect) => defect.line)).size).toBe(dropped.length);
      const isFine = await read(text).then(
        () => true,
        () => false,
      );
      expect(isFine).toBe(defects.every(({ kind }) => defectKinds[kind].severity === "note"));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("codes are unique", () => {
  const codes = Object.values(defectKinds).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
