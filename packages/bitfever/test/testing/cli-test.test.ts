import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { main } from "../../src/cli/main.js";
import { run } from "../cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const rule = `enter long "up" when close > open { size 10 stop at low }`;
const strategyWith = (tests: string): string => `strategy "S" on 1d {\n  ${rule}\n${tests}\n}\n`;
const bars = `bars { open high low close\n 10 12 9 11\n 11 14 10 13 }`;

const good = file(
  "good.bf",
  strategyWith(`  test "buys" { ${bars} expect orders { bar 2: buy 10 at open } }\n  law prefix`),
);
const bad = file(
  "bad.bf",
  strategyWith(`  test "sells" {
    ${bars}
    expect orders { bar 2: sell 10 at open }
    expect close > 12
  }
  property "up only" { bars 1..20 assert close >= open }`),
);
const broken = file("broken.bf", strategyWith(`  test "t" { expect closee > 0 }`));
const none = file("none.bf", strategyWith(""));

/** Without what differs from machine to machine and from run to run. */
const stable = (text: string): string =>
  text
    .replaceAll(`${folder}/`, "")
    .replace(/\d+ ms/g, "N ms")
    .replace(/"ms": \d+/g, '"ms": 0')
    .replace(/time="[\d.]+"/g, 'time="0"');

describe("bf test", () => {
  it("prints a line for each test, and is fine when all hold", async () => {
    const { code, out, err } = await run(bf, "test", good);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(stable(out)).toMatchSnapshot();
  });

  it("shows each failure at its place, and exits with 3", async () => {
    const { code, out } = await run(bf, "test", good, bad, "--seed", "5", "--runs", "20");
    expect(code).toBe(3);
    expect(stable(out)).toMatchSnapshot();
  });

  it("exits with 1 for a program with errors, and runs the other files all the same", async () => {
    const { code, out, err } = await run(bf, "test", broken, good);
    expect(code).toBe(1);
    expect(err).toMatch(/BF2001.*closee/);
    expect(out).toMatch(/2 tests: 2 passed/);
  });

  it.each([
    [[none], /error BF5063: there are no tests in .*none\.bf\n.*help: write one/],
    [[good, "--filter", "nothing like it"], /BF5063: no test in .* has "nothing like it" in its name/],
    [[join(folder, "absent.bf")], /BF5020.*there is no such file/],
    [[good, "--runs", "0"], /write a whole number from 1 on/],
    [[good, "--set", "tock=1"], /BF5003/],
    [[], /missing required argument/],
  ])("exits with 2 for what cannot be run: %s", async (args, message) => {
    const { code, err } = await run(bf, "test", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("runs only the tests whose kind and name contain a text", async () => {
    expect((await run(bf, "test", good, "--filter", "law p")).out).toMatch(/1 test: 1 passed/);
    const { code, out } = await run(bf, "test", bad, "--filter", "UP ONLY");
    expect(code).toBe(3);
    expect(out).toMatch(/1 test: 1 failed, 0 passed/);
  });

  it("takes settings: a program whose slippage counts ticks needs one", async () => {
    const text = `strategy "S" on 1d { costs { slippage 1 tick } ${rule} test "buys" { ${bars} expect orders { bar 2: buy at 11.5 } } }`;
    const path = file("ticks.bf", text);
    const without = await run(bf, "test", path);
    expect(without.out).toMatch(/BF50\d\d.*tick/);
    expect((await run(bf, "test", path, "--set", "tick=0.5")).code).toBe(0);
  });

  it("writes JSON and JUnit for machines", async () => {
    const junit = join(folder, "out", "junit.xml");
    const { out, err } = await run(bf, "test", bad, "--json", "-", "--junit", junit, "--runs", "20");
    expect(err).toMatch(/2 tests: 2 failed/);
    expect(JSON.parse(out)).toMatchObject({
      schema: "bitfever/test@1",
      ...{ passed: 0, failed: 2 },
      files: [
        {
          file: bad,
          program: "S",
          tests: [{ kind: "test", name: "sells", passed: false, line: 3 }, { kind: "property" }],
        },
      ],
    });
    expect(stable(readFileSync(junit, "utf8"))).toMatchSnapshot();
  });
});

describe("golden files", () => {
  const path = file("golden.bf", strategyWith(`  exit long when close < open\n  golden "two years"`));
  const kept = join(folder, "two years.golden.json");

  it("are missing at first, are written with --update, and then hold", async () => {
    const first = await run(bf, "test", path);
    expect(first.code).toBe(3);
    expect(stable(first.out)).toMatchSnapshot();
    const update = await run(bf, "test", path, "--update");
    expect(update.code).toBe(0);
    expect(update.out).toContain(`wrote ${kept}`);
    const { trades } = JSON.parse(readFileSync(kept, "utf8")) as { trades: string[] };
    expect(trades.length).toBeGreaterThan(50);
    expect((await run(bf, "test", path)).code).toBe(0);
    expect(readdirSync(folder).filter((each) => each.includes("unfinished"))).toEqual([]);
  });

  it("may be off by as much as is said", async () => {
    const exact = readFileSync(kept, "utf8");
    writeFileSync(
      kept,
      exact.replace(/profit (-?\d+)\d/, (_, digits: string) => `profit ${digits}9.5`),
    );
    expect((await run(bf, "test", path)).code).toBe(3);
    expect((await run(bf, "test", path, "--tolerance", "0.0001%")).code).toBe(3);
    expect((await run(bf, "test", path, "--tolerance", "90%")).code).toBe(0);
    writeFileSync(kept, exact);
  });

  it("show the first trade that is another", async () => {
    writeFileSync(path, strategyWith(`  exit long when close < open - 2\n  golden "two years"`));
    const { code, out } = await run(bf, "test", path);
    expect(code).toBe(3);
    expect(stable(out)).toMatchSnapshot();
  });

  it("are refused when they are something else", async () => {
    writeFileSync(kept, "{ }");
    expect((await run(bf, "test", path)).out).toContain("two years.golden.json is not a golden file");
  });

  it("lie beside the program and nowhere else", async () => {
    const outside = file("outside.bf", strategyWith(`  golden "../outside"`));
    const { code, err } = await run(bf, "test", outside, "--update");
    expect(code).toBe(2);
    expect(err).toMatch(/BF5062: "\.\.\/outside" cannot be the name of a golden file/);
  });
});

describe("--watch", () => {
  it("says which folder it cannot watch", async () => {
    const { code, err } = await run(bf, "test", join(folder, "nowhere", "s.bf"), "--watch");
    expect(code).toBe(2);
    expect(err).toMatch(/BF5064: cannot watch the folder .*nowhere/);
  });

  it("runs again when a file changes, until it is stopped", async () => {
    const path = file("watched.bf", strategyWith(`  test "t" { ${bars} expect close > 12 on bar 2 }`));
    const stop = new AbortController();
    let [out, heard] = ["", (): void => undefined];
    const say = (text: string): void => {
      out += text;
      heard();
    };
    const until = async (pattern: RegExp): Promise<void> => {
      while (!pattern.test(out)) await new Promise<void>((resolve) => (heard = resolve));
      out = "";
    };
    const io = { out: say, err: say, isTerminal: false, color: false, signal: stop.signal };
    const ended = main(io, ["test", path, "--watch"], bf);
    await until(/1 passed[^]*watching/);
    writeFileSync(path, strategyWith(`  test "t" { ${bars} expect close > 13 on bar 2 }`));
    await until(/1 failed[^]*watching/);
    writeFileSync(path, strategyWith(`  test "t" { ${bars} expect closee > 13 on bar 2 }`));
    await until(/closee[^]*watching/);
    writeFileSync(path, strategyWith(`  test "t" { ${bars} expect close == 13 on bar 2 }`));
    await until(/1 passed[^]*watching/);
    stop.abort();
    expect(await ended).toBe(0);
  });
});
