import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read, timesOf } from "./helpers.js";

const hint = (text: string): unknown => expect.stringContaining(text);

describe("ways to write a time", () => {
  test.each([
    ["2020-01-31", "2020-01-31T00:00:00Z"],
    ["2020/1/31", "2020-01-31T00:00:00Z"],
    ["2020.01.31", "2020-01-31T00:00:00Z"],
    ["20200131", "2020-01-31T00:00:00Z"],
    ["1/31/2020", "2020-01-31T00:00:00Z"],
    ["31/1/2020", "2020-01-31T00:00:00Z"],
    ["31.01.2020", "2020-01-31T00:00:00Z"],
    ["01-31-20", "2020-01-31T00:00:00Z"],
    ["31-Jan-20", "2020-01-31T00:00:00Z"],
    ["3-Jan-69", "2069-01-03T00:00:00Z"],
    ["3-Jan-70", "1970-01-03T00:00:00Z"],
    ["31 January 2020", "2020-01-31T00:00:00Z"],
    ["31JAN2020", "2020-01-31T00:00:00Z"],
    ["Jan 31, 2020", "2020-01-31T00:00:00Z"],
    ["2020-01-31T09:30:00Z", "2020-01-31T09:30:00Z"],
    ["2020-01-31T09:30:00.250Z", "2020-01-31T09:30:00.250Z"],
    ["2020-01-31 09:30:00.000000", "2020-01-31T09:30:00Z"],
    ["2020-01-31T09:30:00,5Z", "2020-01-31T09:30:00.500Z"],
    ["2020-01-31T09:30:00-05:00", "2020-01-31T14:30:00Z"],
    ["2020-01-31 09:30:00+0530", "2020-01-31T04:00:00Z"],
    ["2020-01-31 09:30-05", "2020-01-31T14:30:00Z"],
    ["2020-01-31 09:30", "2020-01-31T09:30:00Z"],
    ["2020-01-31 9:30", "2020-01-31T09:30:00Z"],
    ["2020-01-31 09:30:00 UTC", "2020-01-31T09:30:00Z"],
    ["31.01.2020 09:30:00.000 GMT+0200", "2020-01-31T07:30:00Z"],
    ["20200131 093000", "2020-01-31T09:30:00Z"],
    ["20200131T0930", "2020-01-31T09:30:00Z"],
    ["20200131093000", "2020-01-31T09:30:00Z"],
    ["202001310930", "2020-01-31T09:30:00Z"],
    ["1/31/2020 4:05:06 PM", "2020-01-31T16:05:06Z"],
    ["1/31/2020 12:00 AM", "2020-01-31T00:00:00Z"],
    ["1/31/2020 12:30 pm", "2020-01-31T12:30:00Z"],
    ["2020-01-31 24:00", "2020-02-01T00:00:00Z"],
    ["1580463000", "2020-01-31T09:30:00Z"],
    ["1580463000.5", "2020-01-31T09:30:00.500Z"],
    ["1580463000000", "2020-01-31T09:30:00Z"],
    ["1580463000000000", "2020-01-31T09:30:00Z"],
    ["1580463000000000000", "2020-01-31T09:30:00Z"],
    ["1.580463e12", "2020-01-31T09:30:00Z"],
  ])("%s", async (stamp, expected) => {
    expect(await timesOf([stamp])).toEqual([expected]);
  });

  test.each([
    ["2020-02-30"],
    ["2019-02-29"],
    ["2020-13-01"],
    ["2020-01-31 25:00"],
    ["2020-01-31 09:60"],
    ["2020-01-31 09:30 EST"],
    ["2020-01-31 13:00 PM"],
    ["2020-01-31 09:30:00.Z"],
    ["2020-01-31x"],
    ["soon"],
    ["31-Foo-20"],
  ])("%s is none", async (stamp) => {
    const error = { code: "BF4022", message: hint(`"${stamp}" is not the time of a bar`) };
    await expect(timesOf(["2020-01-30 10:00", stamp])).rejects.toMatchObject(error);
  });

  test("no stamp at all", async () => {
    await expect(timesOf(["2020-01-30", ""])).rejects.toMatchObject({
      code: "BF4022",
      message: hint("line 3: no time"),
    });
  });

  test("microseconds are kept", async () => {
    const { bars } = await read("time,open,high,low,close\n2020-01-31T09:30:00.000125Z,1,1,1,1\n");
    expect(bars.time[0]).toBe(Date.UTC(2020, 0, 31, 9, 30) + 0.125);
  });

  test("every day from 1600 to 2400 that Date knows", async () => {
    const day = fc.integer({
      min: Date.UTC(1600, 0, 1) / 86_400_000,
      max: Date.UTC(2400, 0, 1) / 86_400_000,
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(day, { minLength: 1, maxLength: 30 }), async (days) => {
        const times = days
          .sort((a, b) => a - b)
          .map((each) => new Date(each * 86_400_000).toISOString().slice(0, 10));
        expect(await timesOf(times)).toEqual(times.map((each) => `${each}T00:00:00Z`));
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

describe("the column decides", () => {
  test("on the unit of numbers, by its largest", async () => {
    const early = ["99999999000", "1580463000000"]; // the first alone would be seconds of the year 5138
    expect(await timesOf(early)).toEqual(["1973-03-03T09:46:39Z", "2020-01-31T09:30:00Z"]);
  });

  test.each([
    ["99999999999", "5138-11-16T09:46:39Z"],
    ["100000000000", "1973-03-03T09:46:40Z"],
    ["99999999999999", "5138-11-16T09:46:39.999Z"],
    ["100000000000000", "1973-03-03T09:46:40Z"],
    ["100000000000000000", "1973-03-03T09:46:40Z"],
  ])("of which %s is at the edge", async (stamp, expected) => {
    expect(await timesOf([stamp])).toEqual([expected]);
  });

  test("by its name, if that has a unit", async () => {
    const { bars } = await read("time_ms,open,high,low,close\n0,1,1,1,1\n60000,1,1,1,1\n");
    expect([...bars.time]).toEqual([0, 60_000]);
  });

  test("numbers that count rows, or days as spreadsheets do, are no times", async () => {
    const error = { code: "BF4010", message: hint('"0" in line 2') };
    await expect(timesOf(["0", "1", "2"])).rejects.toMatchObject(error);
    await expect(timesOf(["43861.5", "43862.5"])).rejects.toMatchObject({ code: "BF4010" });
  });

  test("on the layout, by the first row that has one", async () => {
    await expect(timesOf(["2020-01-30", "1/31/2020"])).rejects.toMatchObject({
      code: "BF4022",
      message: hint("line 3"),
    });
  });

  test("a zone in some rows only", async () => {
    const stamps = ["2020-01-30T10:00:00Z", "2020-01-30T11:00:00"];
    await expect(timesOf(stamps)).rejects.toMatchObject({
      code: "BF4022",
      message: hint("2020-01-30T11:00:00"),
    });
  });
});

describe("day and month", () => {
  test("a row above 12 says which is which for all", async () => {
    const days = ["2020-01-02T00:00:00Z", "2020-01-13T00:00:00Z"];
    expect(await timesOf(["1/2/2020", "1/13/2020"])).toEqual(days);
    expect(await timesOf(["2/1/2020", "13/1/2020"])).toEqual(days);
  });

  test("when no row says, it is asked, in lenient mode too", async () => {
    const error = { code: "BF4008", message: hint('"01/02/2020" in line 2'), hint: hint("--data-dates") };
    await expect(timesOf(["01/02/2020", "01/03/2020"])).rejects.toMatchObject(error);
    await expect(timesOf(["01/02/2020", "01/03/2020"], { mode: "lenient" })).rejects.toMatchObject(error);
  });

  test("the same number twice is no question", async () => {
    expect(await timesOf(["1/1/2020", "2/2/2020"])).toEqual(["2020-01-01T00:00:00Z", "2020-02-02T00:00:00Z"]);
  });

  test("the answer", async () => {
    const stamps = ["01/02/2020", "01/03/2020"];
    expect(await timesOf(stamps, { dates: "month first" })).toEqual([
      "2020-01-02T00:00:00Z",
      "2020-01-03T00:00:00Z",
    ]);
    expect(await timesOf(stamps, { dates: "day first" })).toEqual([
      "2020-02-01T00:00:00Z",
      "2020-03-01T00:00:00Z",
    ]);
  });

  test("rows that contradict each other", async () => {
    const error = { code: "BF4009", message: expect.stringMatching(/line 3.*line 2/) };
    await expect(timesOf(["1/13/2020", "14/1/2020"])).rejects.toMatchObject(error);
  });
});

describe("dates and times of day in two columns", () => {
  const rows = (header: string, ...lines: string[]): string => [header, ...lines].join("\n");
  test.each([
    ["DATE,TIME", "2020.01.31,09:30:00", "2020-01-31T09:30:00Z"],
    ["<DATE>,<TIME>", "20200131,093000", "2020-01-31T09:30:00Z"],
    ["Date,Time", "1/31/2020,0930", "2020-01-31T09:30:00Z"],
    ["Date,Time", "1/31/2020,930", "2020-01-31T09:30:00Z"],
    ["Date,Time", "1/31/2020,9:30 AM", "2020-01-31T09:30:00Z"],
    ["Date,Timestamp", "20200131,09:30:00", "2020-01-31T09:30:00Z"],
    ["Date,Clock", "20200131,09:30:00", "2020-01-31T09:30:00Z"],
    ["Date,Time", "2020-01-31,2020-01-31T09:30:00Z", "2020-01-31T09:30:00Z"],
    ["Date,Time", "2020-01-31,1580463000", "2020-01-31T09:30:00Z"],
  ])("%s: %s", async (header, cells, expected) => {
    const { bars } = await read(rows(`${header},open,high,low,close`, `${cells},1,1,1,1`));
    expect(new Date(bars.time[0]).toISOString().replace(".000", "")).toBe(expected);
  });

  test("digits whose zeros are missing, by the longest of the column", async () => {
    const lines = ["20200131,500,1,1,1,1", "20200131,93000,1,1,1,1"];
    const { bars } = await read(rows("date,time,open,high,low,close", ...lines));
    expect([...bars.time]).toEqual([Date.UTC(2020, 0, 31, 0, 5), Date.UTC(2020, 0, 31, 9, 30)]);
  });

  test("the zone is that of both", async () => {
    const text = rows("date,time,open,high,low,close", "20200131,0930,1,1,1,1", "20200131,0931,1,1,1,1");
    const { bars } = await read(text, { zone: "America/New_York" });
    expect(bars.time[0]).toBe(Date.UTC(2020, 0, 31, 14, 30));
  });
});

describe("zones", () => {
  const newYork = { zone: "America/New_York" };

  test("apply to times that name none", async () => {
    const stamps = ["2020-01-31 09:30", "2020-07-31 09:30"];
    expect(await timesOf(stamps, newYork)).toEqual(["2020-01-31T14:30:00Z", "2020-07-31T13:30:00Z"]);
    expect(await timesOf(["2020-01-31T09:30:00Z"], newYork)).toEqual(["2020-01-31T09:30:00Z"]);
  });

  test("do not apply to dates, nor to times that are all midnight: those are sessions", async () => {
    const midnights = ["2020-01-30T00:00:00Z", "2020-01-31T00:00:00Z"];
    expect(await timesOf(["2020-01-30", "2020-01-31"], newYork)).toEqual(midnights);
    expect(await timesOf(["2020-01-30 00:00:00", "2020-01-31 00:00:00"], newYork)).toEqual(midnights);
  });

  test("do not apply to dates of which one is unreadable", async () => {
    const stamps = ["2020-01-30", "2020-01-32", "2020-01-31"];
    const midnights = ["2020-01-30T00:00:00Z", "2020-01-31T00:00:00Z"];
    expect(await timesOf(stamps, { ...newYork, mode: "lenient" })).toEqual(midnights);
  });

  test("do not apply to columns whose name says UTC", async () => {
    const { bars } = await read("Gmt time,Open,High,Low,Close\n2020-01-31 09:30,1,1,1,1\n", newYork);
    expect(bars.time[0]).toBe(Date.UTC(2020, 0, 31, 9, 30));
  });

  test("where clocks go back, bars that go on keep their order", async () => {
    const stamps = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"].map(
      (clock) => `2024-11-03 ${clock}`,
    );
    const expected = ["04:30", "05:00", "05:30", "06:00", "06:30", "07:00"].map(
      (clock) => `2024-11-03T${clock}:00Z`,
    );
    expect(await timesOf(stamps, newYork)).toEqual(expected);
    expect(await timesOf(stamps.toReversed(), { ...newYork, mode: "lenient" })).toEqual(expected);
  });

  test("where clocks go back, a reading that comes once is the first", async () => {
    const stamps = ["2024-11-03 00:30", "2024-11-03 01:30", "2024-11-03 03:30"];
    expect((await timesOf(stamps, newYork))[1]).toBe("2024-11-03T05:30:00Z");
  });

  test("where clocks go forward, a reading that never came is refused or dropped", async () => {
    const stamps = ["2024-03-10 01:30", "2024-03-10 02:30", "2024-03-10 03:30"];
    const message = hint("line 3: the clocks of America/New_York went forward over 2024-03-10 02:30");
    await expect(timesOf(stamps, newYork)).rejects.toMatchObject({
      code: "BF4023",
      message,
      hint: hint("--data-zone"),
    });
    expect(await timesOf(stamps, { ...newYork, mode: "lenient" })).toEqual([
      "2024-03-10T06:30:00Z",
      "2024-03-10T07:30:00Z",
    ]);
  });

  test("one that does not exist", async () => {
    await expect(timesOf(["2020-01-31 09:30"], { zone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "BF5040",
    });
  });

  // The clear way: of the instants of the day around, those whose clock in the zone reads so.
  test("agree with the clocks Intl has, for every quarter of an hour of a year", async () => {
    for (const zone of ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]) {
      const clock = new Intl.DateTimeFormat("sv-SE", {
        timeZone: zone,
        dateStyle: "short",
        timeStyle: "medium",
      });
      const instants = Array.from({ length: 4 * 24 * 366 }, (_, i) => Date.UTC(2024, 0, 1) + i * 900_000);
      const rows = instants.map((each) => `${clock.format(each)},1,1,1,1`);
      const { bars } = await read(["time,open,high,low,close", ...rows].join("\n"), { zone });
      expect(Array.from(bars.time).filter((time, i) => time !== instants[i])).toEqual([]);
    }
  });
});

describe("stamps at the close", () => {
  test("are taken back by the usual step", async () => {
    const stamps = ["2020-01-31 09:31", "2020-01-31 09:32", "2020-01-31 09:34"];
    const opens = ["09:30", "09:31", "09:33"].map((clock) => `2020-01-31T${clock}:00Z`);
    expect(await timesOf(stamps, { stamp: "close" })).toEqual(opens);
  });

  test("cannot be, with one bar", async () => {
    await expect(timesOf(["2020-01-31 09:31"], { stamp: "close" })).rejects.toMatchObject({ code: "BF4011" });
  });
});
