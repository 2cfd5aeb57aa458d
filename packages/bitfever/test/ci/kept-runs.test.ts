import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { backtest } from "../../src/backtest.js";
import { bf } from "../../src/cli/bf.js";
import { backtestCommand } from "../../src/cli/commands/backtest.js";
import { paperCommand } from "../../src/cli/commands/paper.js";
import { runStore } from "../../src/cli/kept-runs/run-store.js";
import { simulationOptions } from "../../src/cli/kept-runs/simulation-inputs.js";
import { simulateFile } from "../../src/cli/simulate-file.js";
import type { SimulationFlags } from "../../src/cli/simulation-flags.js";
import { run } from "../cli-run.js";

/* What is kept of runs: a run that nothing has changed of is not made again, and nobody can tell. */

const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));
const sample = readFileSync(join(examples, "data/SYNTHETIC-1d.csv"), "utf8")
  .split("\n")
  .slice(0, 500)
  .join("\n");
const cross = readFileSync(join(examples, "moving-average-cross/strategy.bf"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "bitfever-kept-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder with a program and its bars, and a command that counts how often it really runs. */
function workshop(name: string) {
  const at = (file: string): string => join(folder, name, file);
  mkdirSync(at("."), { recursive: true });
  writeFileSync(at("cross.bf"), cross);
  writeFileSync(at("bars.csv"), sample);
  let runs = 0;
  const simulate: typeof backtest = (...given) => {
    runs++;
    return backtest(...given);
  };
  const texts = ["json", "trades", "orders", "equity", "alerts", "report", "markdown", "svg"] as const;
  const some = { json: at("out.json"), trades: at("out.trades") };
  const all = Object.fromEntries(texts.map((each) => [each, at(`out.${each}`)]));
  return {
    at,
    /** Every output that is made of a run. */
    all,
    /** What a run says and writes, and whether it was made for it. */
    async ask(flags: Partial<SimulationFlags> = {}) {
      let [out, err, code] = ["", "", -1];
      const io = {
        out: (text: string) => void (out += text),
        err: (text: string) => void (err += text),
        ...{ isTerminal: false, color: false, signal: new AbortController().signal },
      };
      const before = runs;
      const done = (given: number): void => void (code = given);
      const given = { data: at("bars.csv"), seed: 1, cache: at("cache"), ...some, ...flags };
      await simulateFile(io, done, { name: "backtest", simulate }, at("cross.bf"), given);
      const written = texts.map((each) =>
        existsSync(at(`out.${each}`)) ? readFileSync(at(`out.${each}`), "utf8") : null,
      );
      return { code, out, err, written, runs: runs - before };
    },
    files: () => readdirSync(at("cache")),
  };
}

const fromCache = /^nothing has changed: the result [0-9a-f]{12} is from .*\n/m;

describe("a run that was made before", () => {
  it("is not made again, and all it says and writes is the same to the byte", async () => {
    const { ask, all } = workshop("same");
    const fresh = await ask({ cache: false, resample: 100, ...all });
    const first = await ask({ resample: 100, ...all });
    const second = await ask({ resample: 100, ...all });
    expect([fresh.runs, first.runs, second.runs]).toEqual([1, 1, 0]);
    expect(second.err).toMatch(fromCache);
    expect(first.err).not.toMatch(fromCache);
    for (const each of [first, { ...second, err: second.err.replace(fromCache, "") }])
      expect({ ...each, runs: 1 }).toEqual(fresh);
    expect(fresh.written.every((each) => each !== null && each.length > 0)).toBe(true);
  });

  it("says again what was said of its data", async () => {
    const { ask, at } = workshop("notes");
    writeFileSync(at("bars.csv"), sample.replace(/\n(2015-01-05,[^,]*),[^,]*/, "\n$1,0.5"));
    const asked = { dataMode: "lenient" } as const;
    const [first, second] = [await ask(asked), await ask(asked)];
    expect([first.runs, second.runs]).toEqual([1, 0]);
    expect(first.err).toMatch(/1 bar of .*bars\.csv dropped\n/);
    expect(second.err.replace(fromCache, "")).toBe(first.err);
  });

  it("is judged anew by what is demanded now", async () => {
    const { ask } = workshop("judged");
    expect(await ask({ assert: ["trades > 0"] })).toMatchObject({ code: 0, runs: 1 });
    expect(await ask({ assert: ["trades > 500"] })).toMatchObject({ code: 3, runs: 0 });
  });

  it.each<[string, Partial<SimulationFlags>, ((at: (file: string) => string) => void)?]>([
    [
      "the program",
      {},
      (at) => {
        writeFileSync(at("cross.bf"), `${cross}\n// Another comment.\n`);
      },
    ],
    [
      "its bars",
      {},
      (at) => {
        writeFileSync(at("bars.csv"), sample.replace(/\d$/, "7.7"));
      },
    ],
    ["a parameter", { param: { fast: "15" } }],
    ["a setting", { set: { commission: "0.1%" } }],
    ["the name of the symbol", { symbol: "X" }],
    ["how bars are read", { dataMode: "lenient" }],
    ["draws", { resample: 100 }],
    ["the number of trials", { trials: 7 }],
    ["what is made of it", { alerts: join(folder, "alerts.csv") }],
    [
      "a deposit",
      {},
      (at) => {
        writeFileSync(at("flows.csv"), "time,amount\n2016-01-04,200\n");
      },
    ],
  ])("is made again where %s changed", async (what, flags, change) => {
    const { ask, at } = workshop(`changed ${what}`);
    const always = { flows: at("flows.csv") };
    writeFileSync(always.flows, "time,amount\n2016-01-04,100\n");
    expect((await ask(always)).runs).toBe(1);
    change?.(at);
    expect((await ask({ ...always, ...flags })).runs).toBe(1);
    expect((await ask({ ...always, ...flags })).runs).toBe(0);
  });

  it("is made again where a module that it imports, or a file of a folder that it reads, changed", async () => {
    const { ask, at } = workshop("imports");
    writeFileSync(at("own.bf"), `pub fn twice(x: price) = x * 2\n`);
    writeFileSync(
      at("cross.bf"),
      `import "own.bf" as own\nstrategy "Own" on 1d { enter long when own.twice(close) > own.twice(open) { stop at close * 0.9 } }\n`,
    );
    mkdirSync(at("actions"));
    writeFileSync(at("actions/bars.csv"), "date,action,value\n2016-01-04,split,2\n");
    const asked = { actions: at("actions") };
    expect((await ask(asked)).runs).toBe(1);
    expect((await ask(asked)).runs).toBe(0);
    writeFileSync(at("own.bf"), `pub fn twice(x: price) = x + x\n`);
    expect((await ask(asked)).runs).toBe(1);
    writeFileSync(at("actions/bars.csv"), "date,action,value\n2016-01-04,split,3\n");
    expect((await ask(asked)).runs).toBe(1);
    expect((await ask(asked)).runs).toBe(0);
  });

  it("knows of every option whether it decides the run", () => {
    const known = Object.values(simulationOptions).flat();
    const nobody = [() => undefined, () => undefined] as const;
    const io = {
      out: nobody[0],
      err: nobody[1],
      isTerminal: false,
      color: false,
      signal: new AbortController().signal,
    };
    const options = backtestCommand(io, nobody[0]).options.map((each) => each.attributeName());
    expect([...new Set(options)].sort()).toEqual([...known].sort());
    // Of `bf paper` those that are not of `bf backtest` make an account, which is never kept.
    const ofPaper = new Set(paperCommand(io, nobody[0]).options.map((each) => each.attributeName()));
    expect(known.filter((each) => !ofPaper.has(each))).toEqual([]);
  });
});

describe("a file of a kept run", () => {
  it.each<[string, (bytes: Buffer) => Buffer]>([
    [
      "a bit that is another",
      (bytes) => {
        bytes[bytes.length >> 1] ^= 1;
        return bytes;
      },
    ],
    ["an end that is missing", (bytes) => bytes.subarray(0, -7)],
    ["nothing in it", () => Buffer.alloc(0)],
    ["another key", (bytes) => Buffer.from(bytes.toString("latin1").replace(/@1 ./, "@1 z"), "latin1")],
  ])("with %s is noticed, and the run is made anew", async (what, damage) => {
    const { ask, at, files } = workshop(`damaged ${what}`);
    const first = await ask();
    const [name] = files();
    writeFileSync(at(`cache/${name}`), damage(readFileSync(at(`cache/${name}`))));
    const second = await ask();
    expect(second.runs).toBe(1);
    expect(second.err).toMatch(/the result [0-9a-f]{12} in .* is damaged: it is made anew\n/);
    expect({ ...second, err: "" }).toEqual({ ...first, err: "" });
    expect((await ask()).runs).toBe(0);
    expect(files()).toEqual([name]);
  });

  it("goes when there is no more room, and the one that was asked for last stays", async () => {
    const at = join(folder, "room");
    const store = runStore<string>(at, 2_500);
    const text = "x".repeat(1_000);
    for (const [i, key] of ["a", "b", "c"].entries()) {
      await store.keep(key, text);
      utimesSync(join(at, `${key}.run`), 1_000 + i, 1_000 + i);
      // The first is asked for again before the third comes.
      if (key === "b") expect(await store.find("a")).toBe(text);
    }
    expect(readdirSync(at).sort()).toEqual(["a.run", "c.run"]);
    expect(await store.find("b")).toBe(null);
  });
});

describe("--cache", () => {
  const { at } = workshop("commands");
  const asked = ["backtest", at("cross.bf"), "--data", at("bars.csv")];

  it("is named in the environment too, and --no-cache is stronger", async () => {
    process.env["BITFEVER_CACHE"] = at("environment");
    try {
      await run(bf, ...asked);
      expect((await run(bf, ...asked)).err).toMatch(fromCache);
      expect((await run(bf, ...asked, "--no-cache")).err).toBe("");
      expect((await run(bf, "cache")).out).toMatch(/environment: 1 result, 0\.\d MiB\n/);
    } finally {
      delete process.env["BITFEVER_CACHE"];
    }
    expect((await run(bf, ...asked)).err).toBe("");
  });

  it("keeps runs on paper beside those of a backtest", async () => {
    const given = [at("cross.bf"), "--data", at("bars.csv"), "--cache", at("both")];
    for (const command of ["backtest", "paper"]) {
      expect((await run(bf, command, ...given)).err).toBe("");
      expect((await run(bf, command, ...given)).err).toMatch(fromCache);
    }
  });

  it("is cleared by bf cache, which leaves what is not its own", async () => {
    await run(bf, ...asked, "--cache", at("cleared"));
    writeFileSync(at("cleared/notes.txt"), "mine");
    const { code, out } = await run(bf, "cache", "--cache", at("cleared"), "--clear");
    expect([code, out]).toEqual([0, expect.stringMatching(/cleared: 1 result, 0\.\d MiB, deleted\n/)]);
    expect(readdirSync(at("cleared"))).toEqual(["notes.txt"]);
    expect((await run(bf, "cache", "--cache", at("nowhere"))).out).toMatch(/nowhere: 0 results, 0\.0 MiB\n/);
  });

  it("refuses what is no folder", async () => {
    const none = await run(bf, "cache");
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringMatching(/BF5137: no folder of results is named\n.*BITFEVER_CACHE/),
    ]);
    for (const args of [
      [...asked, "--cache", at("bars.csv")],
      ["cache", "--cache", at("bars.csv")],
    ]) {
      const { code, err } = await run(bf, ...args);
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/BF5355: cannot keep results in .*bars\.csv: \w+\n.*--no-cache/),
      ]);
    }
  });
});

describe("tests that were run before", () => {
  const at = (file: string): string => join(folder, "tests", file);
  const program = `import "half.bf" as half
    strategy "Up" {
      let middle = half.of(high + low)
      enter long when close > middle { stop at low }
      law prefix
      golden "up"
    }`;
  const ask = async (...args: readonly string[]) => {
    const ran = await run(bf, "test", at("up.bf"), "--runs", "2", "--cache", at("cache"), ...args);
    return { ...ran, isKept: fromCache.test(ran.err) };
  };
  const inFolder = (): void => {
    mkdirSync(at("."), { recursive: true });
    writeFileSync(at("up.bf"), program);
    writeFileSync(at("half.bf"), "pub fn of(x: price) = x / 2");
  };

  it("are not run again, and all that is said and written is the same to the byte", async () => {
    inFolder();
    expect(await ask("--update")).toMatchObject({ code: 0, isKept: false });
    const first = await ask("--json", at("one.json"));
    const second = await ask("--json", at("two.json"));
    expect([first.code, first.isKept, second.code, second.isKept]).toEqual([0, false, 0, true]);
    expect(second.out).toBe(first.out);
    expect(readFileSync(at("two.json"), "utf8")).toBe(readFileSync(at("one.json"), "utf8"));
  });

  it("are run again where anything they rest on has changed, or that is asked for", async () => {
    inFolder();
    await ask("--update");
    await ask();
    for (const args of [["--seed", "2"], ["--set", "commission=0.1%"], ["--filter", "law"], ["--no-cache"]])
      expect((await ask(...args)).isKept, args.join(" ")).toBe(false);
    expect((await ask("--update")).isKept).toBe(false);
    expect((await ask()).isKept).toBe(true);
    writeFileSync(at("half.bf"), "pub fn of(x: price) = x / 3");
    expect((await ask()).isKept).toBe(false);
    writeFileSync(at("up.golden.json"), "{}");
    expect(await ask()).toMatchObject({ code: 3, isKept: false });
    expect(await ask()).toMatchObject({ code: 3, isKept: true });
  });
});
