import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { barsCsv, cross, walk } from "./made-up.js";

/* Bars that come while an account trades: piped in, and from a file that grows. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-feed-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);
const put = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};

const bars = walk("A", 120, 7);
const csv = barsCsv(bars);
const [head, ...rows] = csv.trim().split("\n");
const strategy = put("cross.bf", cross);
const exact = ["--set", "tick=0.01", "--set", "lot=1", "--set", "money_decimals=2"];

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The clock of the machine, in milliseconds UTC: long after all bars, unless said otherwise. */
async function paper(
  { input, now = () => Date.UTC(2026, 0, 1), wait, signal }: Partial<FeedWorld>,
  ...more: readonly string[]
): Promise<Ran> {
  let [out, err] = ["", ""];
  const io: Io = {
    ...{ isTerminal: false, color: false, signal: signal ?? new AbortController().signal },
    clock: { now, wait: wait ?? (() => Promise.resolve()) },
    ...(input && { input }),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  };
  const code = await main(io, ["paper", strategy, ...exact, ...more], bf);
  return { code, out, err };
}

interface FeedWorld {
  readonly input: () => AsyncIterable<string>;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Standard input in these pieces. */
const piped = (...chunks: readonly string[]) =>
  async function* (): AsyncGenerator<string, void> {
    for (const chunk of chunks) {
      await Promise.resolve();
      yield chunk;
    }
  };

const lines = (from: number, to: number): string =>
  rows
    .slice(from, to)
    .map((row) => `${row}\n`)
    .join("");
const tradesOf = async (world: Partial<FeedWorld>, ...more: readonly string[]): Promise<string> =>
  (await paper(world, ...more, "--trades", "-")).out;

const whole = (): Promise<string> => tradesOf({}, "--data", put("A.csv", csv), "--account", "x");

describe("bars on standard input", () => {
  it("make the trades of the same bars in a file, however they are cut", async () => {
    const wanted = await whole();
    const text = `${head}\n${lines(0, 120)}`;
    const pieces = Array.from({ length: Math.ceil(text.length / 97) }, (_, i) =>
      text.slice(97 * i, 97 * (i + 1)),
    );
    const fed = ["--feed", "-", "--symbol", "A"];
    expect(await tradesOf({ input: piped(text) }, ...fed)).toBe(wanted);
    expect(await tradesOf({ input: piped(...pieces) }, ...fed)).toBe(wanted);
    const json = rows.map((row) => {
      const [time, open, high, low, close, volume] = row.split(",");
      return `${JSON.stringify({ symbol: "A", time, open: Number(open), high, low, close, volume })}\n`;
    });
    expect(await tradesOf({ input: piped(...json) }, ...fed)).toBe(wanted);
    // The past from a file, and some of it told again.
    const past = ["--data", `A=${put("past.csv", `${head}\n${lines(0, 50)}`)}`];
    expect(await tradesOf({ input: piped(`${head}\n`, lines(40, 120)) }, ...past, "--feed", "-")).toBe(
      wanted,
    );
  });

  it("go on where a journal ends, in the same session", async () => {
    const fed = ["--feed", "-", "--symbol", "A", "--journal", at("kept")];
    await paper({ input: piped(`${head}\n`, lines(0, 33)) }, ...fed);
    const { out } = await paper({ input: piped(`${head}\n`, lines(20, 120)) }, ...fed, "--trades", "-");
    expect(out).toBe(await whole());
  });

  it("are told once, in order and closed", async () => {
    const time = (i: number): string => new Date(bars.time[i]).toISOString();
    const line = (i: number, close: number, more = ""): string =>
      `{"time":"${time(i)}","open":1,"high":2,"low":1,"close":${close}${more}}\n`;
    const input = piped(
      line(0, 1, `,"closed":false`) + line(0, 1.5) + line(0, 1.5),
      line(3, 2),
      line(1, 1),
      line(3, 1),
      line(40, 1).replace(/2024/, "2999"),
    );
    const { code, out, err } = await paper({ input }, "--feed", "-", "--symbol", "A");
    expect(code).toBe(0);
    expect(out).toContain("2 instants told");
    expect(err).toContain(
      `bars of A are missing from ${time(1).replace(".000", "")} to ${time(3).replace(".000", "")}`,
    );
    expect(err).toContain("is told a second time, and otherwise");
    expect(err).toContain("is not over by the clock of this machine");
    expect(err).toContain("2 lines told what was known already");
  });

  it("name the line that is none, and what to do", async () => {
    const wrong = async (text: string): Promise<string> => {
      const { code, err } = await paper({ input: piped(text) }, "--feed", "-", "--symbol", "A");
      expect(code).toBe(2);
      return err;
    };
    expect(await wrong(`${head}\n1,2\n`)).toContain(
      "BF5198: standard input, line 2 has 2 values for 6 columns",
    );
    expect(await wrong("hello\n")).toContain("line 1 names no columns");
    expect(await wrong(`{"time":\n`)).toContain("line 1 is no JSON");
    expect(await wrong(`\n\n{"time":"2024-01-02T00:00Z","open":1,"high":1,"low":2,"close":1}\n`)).toContain(
      "line 3 is no bar: the high 1 is below the low 2",
    );
    const two = ["--data", `A=${put("A.csv", csv)}`, "--data", `B=${put("B.csv", csv)}`];
    const { err } = await paper({ input: piped(`${head}\n${rows[119]}\n`) }, ...two, "--feed", "-");
    expect(err).toContain("line 2 says of no symbol what it is of");
    for (const [args, what] of [
      [["--feed", "x", "--symbol", "A"], "--feed x is no feed"],
      [["--feed", "-"], "nobody knows of what the bars will be"],
      [["--feed", "-", "--follow", "y", "--symbol", "A"], "are two feeds"],
      [["--feed", "-", "--speed", "3", "--symbol", "A"], "--speed is of bars that are there already"],
      [["--follow", at("nothing"), "--symbol", "A"], "BF5199"],
    ] as const)
      expect((await paper({}, ...args)).err).toContain(what);
  });

  it("end when somebody stops it while it waits, and what was told is kept", async () => {
    const stop = new AbortController();
    const input = async function* (): AsyncGenerator<string, void> {
      yield `${head}\n${lines(0, 30)}`;
      stop.abort();
      await new Promise(() => undefined);
    };
    const fed = ["--feed", "-", "--symbol", "A", "--journal", at("stopped")];
    const { code, out } = await paper({ input, signal: stop.signal }, ...fed);
    expect(code).toBe(0);
    expect(out).toContain("stopped; kept in");
    expect(await tradesOf({ input: piped(`${head}\n`, lines(0, 120)) }, ...fed)).toBe(await whole());
  });

  it("are as old as the clock says: gates on old signals act", async () => {
    const rules = put("gates.yaml", "- { gate: stale_signal, most: 90s }\n");
    const fed = ["--feed", "-", "--symbol", "A", "--gates", rules];
    let told = 0;
    const input = async function* (): AsyncGenerator<string, void> {
      yield `${head}\n`;
      for (told = 0; told < 120; told++) {
        await Promise.resolve();
        yield `${rows[told]}\n`;
      }
    };
    // Two seconds after each close, and two minutes.
    const late = (ms: number) => () => bars.time[Math.min(told, 119)] + 900_000 + ms;
    const refusedOf = async (now: () => number): Promise<string | undefined> =>
      /(\d+) refused/.exec((await paper({ input, now }, ...fed)).out)?.[1];
    expect(await refusedOf(late(2_000))).toBe("0");
    expect(Number(await refusedOf(late(120_000)))).toBeGreaterThan(3);
  });
});

describe("a file that grows", () => {
  it("is read to its end and followed, whole lines only", async () => {
    const file = put("grows.csv", `${head}\n${lines(0, 40)}${rows[40].slice(0, 9)}`);
    const stop = new AbortController();
    const steps = [`${rows[40].slice(9)}\n${lines(41, 90)}`, lines(90, 120)];
    const wait = (): Promise<void> => {
      const next = steps.shift();
      if (next === undefined) stop.abort();
      else appendFileSync(file, next);
      return Promise.resolve();
    };
    const out = await tradesOf({ wait, signal: stop.signal }, "--follow", file, "--symbol", "A");
    expect(out).toBe(await whole());
    expect(readFileSync(file, "utf8")).toBe(`${head}\n${lines(0, 120)}`);
  });

  it("is not followed when it becomes shorter", async () => {
    const file = put("shrinks.csv", `${head}\n${lines(0, 40)}`);
    const wait = (): Promise<void> => {
      writeFileSync(file, head);
      return Promise.resolve();
    };
    const { code, err } = await paper({ wait }, "--follow", file, "--symbol", "A");
    expect(code).toBe(2);
    expect(err).toContain("has become shorter while it was followed");
  });
});
