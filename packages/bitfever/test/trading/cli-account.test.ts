import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStore, Journal } from "@bitfever/runtime";
import { bf } from "../../src/cli/bf.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { run, type Ran } from "../cli-run.js";
import { barsCsv, cross, dip, walk } from "./made-up.js";
import { checkWrittenJson } from "../json-outputs.js";

/* `bf paper` as an account, `bf live`, `bf replay`, `bf reconcile`. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-account-"));
const root = fileURLToPath(new URL("../../../..", import.meta.url));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const put = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const escape = "\u001b";
const exact = ["--set", "tick=0.01", "--set", "lot=1", "--set", "money_decimals=2"];
let files: string[] = [];
let data: string[] = [];

beforeAll(() => {
  files = [put("cross.bf", cross), put("dip.bf", dip)];
  data = [
    "--data",
    put("A.csv", barsCsv(walk("A", 120, 7))),
    "--data",
    put("B.csv", barsCsv(walk("B", 120, 11))),
  ];
});

interface World extends Partial<Omit<Io, "out" | "err">> {
  /** Told of all that is written, as it is written. */
  readonly onText?: (text: string) => void;
}

/** Runs a command in a world of its own. */
async function runIn({ onText, ...world }: World, ...args: readonly string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  const io: Io = {
    ...{ isTerminal: false, color: false, signal: new AbortController().signal },
    ...world,
    out: (text) => void (out += text),
    err: (text) => {
      err += text;
      onText?.(text);
    },
  };
  const code = await main(io, args, bf);
  checkWrittenJson(bf.name, args, { code, out });
  return { code, out, err };
}

/** Time that passes only when somebody waits for it. */
function clockThatJumps(): NonNullable<Io["clock"]> & { readonly waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    wait: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

const paper = (...more: readonly string[]): Promise<Ran> =>
  run(bf, "paper", ...files, ...data, ...exact, ...more);

describe("bf paper with an account", () => {
  it("trades several strategies on several symbols, and says how it stands", async () => {
    const { code, out, err } = await paper("--trades", at("trades.csv"));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^paper {2}paper account, simulated venue\n120 instants told; \d+ orders, \d+ fills, 0 refused/,
    );
    expect(out).toMatch(/2024-01-03T06:00:00Z {2}active {2}equity [\d,]+\.\d\d \([-+][\d.]+ %\)/);
    for (const each of ["Cross", "Dip"]) expect(out).toMatch(new RegExp(`^ {2}${each} +A +-?\\d+ `, "m"));
    expect(out).toContain("nothing of it is kept (--journal keeps it)");
    const rows = readFileSync(at("trades.csv"), "utf8").trim().split("\n");
    expect(rows[0]).toMatch(/^strategy,symbol,side,entryTime,/);
    expect(rows.length).toBeGreaterThan(20);
  });

  it("has the trades of bf backtest for one strategy and one symbol", async () => {
    const given = [files[0], "--data", data[1], ...exact, "--param", "fast=5", "--trades", "-"];
    const tested = await run(bf, "backtest", ...given);
    const traded = await run(bf, "paper", ...given, "--account", "mine");
    const columns = (text: string): string[] => text.trim().split("\n");
    expect(traded.err).toContain("mine  paper account");
    expect(columns(traded.out).map((row) => row.replace(/^(strategy,symbol|Cross,A),/, ""))).toEqual(
      columns(tested.out),
    );
  });

  it("gives parts, parameters and symbols to strategies by name of program or file", async () => {
    const { out } = await paper(
      ...[
        "--share",
        "Cross=75%",
        "--on",
        "dip=B",
        "--param",
        "cross.fast=5",
        "--journal",
        at("named"),
        "--json",
        "-",
      ],
    );
    const result = JSON.parse(out) as { schema: string; seats: object[]; trades: object[] };
    expect(result.schema).toBe("bitfever/account@1");
    expect(result.seats).toMatchObject([
      { strategy: "Cross", symbol: "A", own: { capital: 37_500 } },
      { strategy: "Cross", symbol: "B", own: { capital: 37_500 } },
      { strategy: "Dip", symbol: "B", own: { capital: 25_000 } },
    ]);
    const [, first] = readFileSync(join(at("named"), "00000001.journal"), "utf8").split("\n");
    expect(first).toContain('"params":{"fast":5}');
  });

  it("reads a folder, and symbols by name", async () => {
    mkdirSync(at("bars"));
    writeFileSync(join(at("bars"), "X.csv"), barsCsv(walk("X", 60, 3)));
    const { code, out } = await run(bf, "paper", ...files, "--data", at("bars"), `Y=${at("A.csv")}`);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}Dip +X /m);
    expect(out).toMatch(/^ {2}Dip +Y /m);
  });

  it("takes bars and strategies in any order", async () => {
    const { out } = await run(
      bf,
      "paper",
      "--data",
      at("A.csv"),
      at("B.csv"),
      ...files,
      "--set",
      "commission=0.1%",
    );
    expect(out).toMatch(/^ {2}Dip +B /m);
    const one = await run(bf, "paper", "--data", `Z=${at("A.csv")}`, files[1]);
    expect(one.out).toMatch(/^Dip\nZ, 120 bars of 15m/);
    const none = await run(bf, "paper", "--data", at("A.csv"), at("B.csv"));
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringMatching(/BF5187: there is no strategy among the files/),
    ]);
  });

  it("goes on where its journal ends", async () => {
    const long = readFileSync(at("A.csv"), "utf8").split("\n");
    const growing = (bars: number): Promise<Ran> => {
      const path = put("G.csv", `${long.slice(0, bars + 1).join("\n")}\n`);
      return run(
        bf,
        "paper",
        ...files,
        "--data",
        path,
        ...exact,
        "--journal",
        at("grown"),
        "--trades",
        at("grown.csv"),
      );
    };
    const first = await growing(50);
    expect(first.out).toContain("50 instants told; ");
    expect(first.out).toContain(`kept in ${at("grown")}: the same command goes on`);
    const second = await growing(120);
    expect(second.out).toContain("70 instants told, 50 kept already; ");
    expect((await growing(120)).out).toContain("0 instants told, 120 kept already; 0 orders, 0 fills");
    const kept = readFileSync(at("grown.csv"), "utf8");
    await run(bf, "paper", ...files, "--data", at("G.csv"), ...exact, "--trades", at("whole.csv"));
    expect(kept).toBe(readFileSync(at("whole.csv"), "utf8"));
  });

  it("refuses the journal of another setup, and says what differs", async () => {
    await paper("--journal", at("first"));
    const { code, err } = await paper("--journal", at("first"), "--set", "commission=0.1%");
    expect(code).toBe(2);
    expect(err).toMatch(
      /error BF5181: .*first is the journal of another setup: setting commission: null → 0.001\n/,
    );
    expect(err).toContain("a folder of its own");
    expect((await paper("--journal", at("first"))).code).toBe(0);
  });

  it("says what is damaged in its journal, and goes on", async () => {
    await paper("--journal", at("torn"));
    const segment = join(at("torn"), "00000001.journal");
    for (const each of readdirSync(at("torn")))
      if (each.endsWith(".snapshot")) rmSync(join(at("torn"), each));
    writeFileSync(segment, readFileSync(segment, "utf8").slice(0, -9));
    const { code, err, out } = await paper("--journal", at("torn"), "--trades", at("torn.csv"));
    expect(code).toBe(0);
    expect(err).toMatch(
      /^journal: what follows record \d+, in 00000001.journal .* was not written to its end/,
    );
    expect(out).toContain("kept already");
    await paper("--trades", at("untorn.csv"));
    expect(readFileSync(at("torn.csv"), "utf8")).toBe(readFileSync(at("untorn.csv"), "utf8"));
  });

  it("says when something is late", async () => {
    const one = (path: string): Promise<Ran> => {
      writeFileSync(at("L.csv"), barsCsv(walk("L", path === "short" ? 20 : 40, 5)));
      return run(bf, "paper", ...files, "--data", at("L.csv"), at("A.csv"), "--journal", at("late"));
    };
    await one("short");
    const { code, err } = await one("long");
    expect(code).toBe(0);
    expect(err).toMatch(/data: 20 instants with bars that were not there when later ones were told/);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ["--report", ["--report", "x.html"], 2, /BF5187: --report is of a run over one history/],
    ["--trials-deviation", ["--trials-deviation", "2"], 2, /BF5187: --trials-deviation is of a run/],
    ["--flows", ["--flows", "x.csv"], 2, /BF5187: --flows/],
    [
      "an unknown strategy",
      ["--share", "Nobody=50%"],
      2,
      /BF5187: --share names `Nobody`, and no strategy is called so/,
    ],
    ["a share that is none", ["--share", "dip=half"], 2, /BF5187: --share dip=half is no part of a whole/],
    ["too much", ["--share", "dip=150%"], 2, /BF5180/],
    ["a parameter that nobody has", ["--param", "no=1"], 2, /BF5001: "Cross" has no parameter `no`/],
    ["bars that are not there", ["--data", "nowhere.csv"], 2, /BF5020: cannot read nowhere.csv/],
    ["one name for many", ["--symbol", "Z"], 2, /BF5187: --symbol names one history/],
    ["symbols that nobody has", ["--on", "dip=Q"], 2, /BF5180: .*"Dip" needs bars of Q/],
    ["no speed", ["--speed", "0"], 2, /write a number above 0/],
    ["no speed at all", ["--speed", "fast"], 2, /write a number above 0/],
    ["a file as journal", ["--journal", "package.json"], 2, /BF516/],
  ])("refuses %s", async (_, more, code, words) => {
    const ran = await paper(...more);
    expect(ran.err).toMatch(words);
    expect(ran.err).not.toMatch(/\n {4}at /);
    expect(ran.code).toBe(code);
  });

  it("refuses a folder that is somebody else's, and a journal that is", async () => {
    mkdirSync(at("foreign"));
    writeFileSync(join(at("foreign"), "00000001.journal"), "hello\n");
    expect((await paper("--journal", at("foreign"))).err).toMatch(/BF5162/);
    const journal = Journal.open(fileStore(at("other")), { create: "paper" });
    journal.append({ kind: "bar" });
    journal.close();
    const { code, err } = await paper("--journal", at("other"));
    expect([code, err]).toEqual([2, expect.stringMatching(/BF5182: .*its first record is no setup/)]);
  });

  it("is kept by one process at a time", async () => {
    await paper("--journal", at("busy"));
    const journal = Journal.open(fileStore(at("busy")));
    const { code, err } = await paper("--journal", at("busy"));
    journal.close();
    expect([code, err]).toEqual([2, expect.stringMatching(/BF5161/)]);
  });
});

describe("gates of a file", () => {
  const withGates = async (text: string): Promise<Ran> => paper("--gates", put("gates.yaml", text));

  it("stand behind all strategies", async () => {
    const { code, out } = await withGates(
      "- { gate: max_order_notional, most: 4000 }\n- gate: exposure\n  most: 90%\n",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/max_order_notional +each account +[1-9]\d* +4000/);
    expect((await withGates('[{ "gate": "drawdown", "most": "50%", "action": "flatten" }]')).out).toMatch(
      /drawdown +each account +0 +50% flatten/,
    );
  });

  it("say that they have stopped the account, whoever watches", async () => {
    const { err, out } = await withGates("- { gate: drawdown, most: 0.05%, action: flatten }");
    expect(err).toMatch(/halted: drawdown: .* Cancel everything and close all positions/);
    expect(out).toMatch(/ halted {2}equity/);
    expect(out).toMatch(/drawdown: .* until somebody resumes/);
  });

  it.each([
    ["", /BF5184: .*gates.yaml: the file has no rules/],
    ["[]", /BF5184: .*has no rules/],
    ["hello", /BF5170: .*gates.yaml:1: gate rule 1: there is no gate `hello`/],
    ["- null", /BF5170/],
    [
      "- { gate: drawdown, most: 5% }\n- { gate: exposur, most: 5% }",
      /BF5170: .*gates.yaml:2: gate rule 2: .*`exposur`\n.*did you mean `exposure`/,
    ],
    ["- { gate: exposure, most: 5%, maximum: 3 }", /BF5171: .*:1: .*`maximum`/],
    ["- { gate: exposure, most: lots }", /BF5172/],
    ["- { gate: exposure, most: 5%, action: explode }", /BF5173/],
    ["- gate: [", /BF5184: .*this is not YAML/],
    ["- &a { gate: *a }", /BF51(84|70)/],
    [
      "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]",
      /BF51(84|70)/,
    ],
    ['[{ "gate": "exposure", "most": "5%", "__proto__": { "action": "halt" } }]', /BF5171/],
  ])("refuse what cannot be: %j", async (text, words) => {
    const { code, err } = await withGates(text);
    expect(err).toMatch(words);
    expect(code).toBe(2);
  });

  it("refuse a file that is not there", async () => {
    expect((await paper("--gates", at("no.yaml"))).err).toMatch(/BF5020/);
  });
});

describe("bars at a speed", () => {
  it("are waited for as the market would, divided, and closed hours are not", async () => {
    const clock = clockThatJumps();
    const text = readFileSync(at("A.csv"), "utf8").split("\n");
    // A weekend in the middle.
    const gap = text.map((line, i) =>
      i > 40 ? line.replace("2024-01-02", "2024-01-05").replace("2024-01-03", "2024-01-06") : line,
    );
    const path = put("gap.csv", gap.join("\n"));
    const { code, err } = await runIn(
      { clock },
      "paper",
      ...files,
      "--data",
      path,
      "--speed",
      "1000",
      ...exact,
    );
    expect(code).toBe(0);
    expect(clock.waits).toHaveLength(119);
    for (const each of clock.waits) expect(each).toBeCloseTo(900, 6);
    expect(err).toMatch(/^2024-01-02T[\d:]+Z {2}Cross gap bought \d+ at [\d.]+$/m);
    expect(err).toMatch(/^2024-01-02T[\d:]+Z {2}Dip gap order: buy \d+ limit [\d.]+, enter "dip"$/m);
    expect(err).not.toContain("\u001b");
  });

  it("do not wait for what is kept already", async () => {
    const clock = clockThatJumps();
    await paper("--journal", at("fast"));
    await runIn({ clock }, "paper", ...files, ...data, ...exact, "--journal", at("fast"), "--speed", "1");
    expect(clock.waits).toEqual([]);
  });

  it("are shown in a terminal, in one place that fits it", async () => {
    const clock = clockThatJumps();
    const frames: string[] = [];
    const world = {
      clock,
      isTerminal: true,
      color: true,
      size: () => ({ columns: 60, rows: 12 }),
      onText: (text: string) => void frames.push(text),
    };
    const { code, out } = await runIn(world, "paper", ...files, ...data, ...exact, "--speed", "1000");
    expect(code).toBe(0);
    const drawn = frames.filter((each) => each.includes("\u001b[J"));
    expect(drawn.length).toBe(121);
    for (const [i, each] of drawn.entries()) {
      const [, up] = /^#\[(\d+)A\r#\[J/.exec(each.replaceAll(escape, "#")) ?? [];
      const before = drawn[i - 1]?.split("\n").length - 1;
      if (i > 0) expect(Number(up)).toBe(before);
      const lines = each
        .replaceAll(escape, "#")
        .replaceAll(/#\[[\d;]*[A-Za-z]/g, "")
        .replace("\r", "")
        .split("\n");
      expect(lines.length - 1).toBeLessThanOrEqual(11);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    }
    expect(drawn[60]).toContain("Ctrl-C stops");
    // What it shows goes, and the summary stays.
    expect(drawn.at(-1)?.endsWith(`${escape}[J`)).toBe(true);
    expect(out).toMatch(/120 instants told/);
  });

  it("are shown without a speed too, and in a terminal that does not know its size", async () => {
    const { err } = await runIn(
      { isTerminal: true, size: () => ({ columns: 0, rows: 0 }) },
      "paper",
      ...files,
      ...data,
      "--watch",
    );
    expect(err).toContain("strategy  symbol");
  });

  it("shows nothing that could move the cursor", async () => {
    const name = put("odd.bf", cross.replace("Cross", "\u202eX\u200b"));
    const { out, err } = await run(bf, "paper", name, ...data, "--watch", "--account", "a\u001b[2Jb");
    for (const each of [escape, "\u202e", "\u200b"]) expect(out + err).not.toContain(each);
    expect(out).toContain("a·[2Jb");
  });
});

describe("Ctrl-C", () => {
  it("stops cleanly in the middle of a wait, and the same command goes on", async () => {
    const stop = new AbortController();
    let waits = 0;
    const clock = {
      now: () => waits * 900,
      wait: () => {
        if (++waits < 50) return Promise.resolve();
        // Somebody presses it while nothing happens.
        stop.abort();
        return new Promise<void>(() => undefined);
      },
    };
    const given = ["paper", ...files, ...data, ...exact, "--journal", at("stopped"), "--speed", "1000"];
    const { code, out } = await runIn({ clock, signal: stop.signal }, ...given);
    expect(code).toBe(0);
    expect(out).toContain("50 instants told");
    expect(out).toContain(`stopped; kept in ${at("stopped")}: the same command goes on`);
    expect(existsSync(join(at("stopped"), "lock"))).toBe(false);
    const on = await runIn({ clock: clockThatJumps() }, ...given, "--trades", at("on.csv"));
    expect(on.out).toContain("70 instants told, 50 kept already");
    await paper("--trades", at("unstopped.csv"));
    expect(readFileSync(at("on.csv"), "utf8")).toBe(readFileSync(at("unstopped.csv"), "utf8"));
  });

  it("stops one that does not wait", async () => {
    const stop = new AbortController();
    stop.abort();
    const { code, out } = await runIn({ signal: stop.signal }, "paper", ...files, ...data, "--watch");
    expect(code).toBe(0);
    expect(out).toContain("0 instants told");
  });
});

describe("alerts of a program", () => {
  it("are said, whoever watches, and each once", async () => {
    const text = cross.replace("  let quick", '  alert "above" when close crosses above slow\n  let quick');
    const given = ["paper", put("alert.bf", text), "--data", at("A.csv"), "--journal", at("alerts")];
    const { err } = await run(bf, ...given);
    const tested = await run(bf, "backtest", at("alert.bf"), "--data", at("A.csv"), "--alerts", "-");
    const said = err.split("\n").filter((line) => line.includes("alert"));
    expect(said[0]).toMatch(/^2024-01-02T[\d:]+Z {2}Cross A alert: above$/);
    expect(said).toHaveLength(tested.out.trim().split("\n").length - 1);
    expect((await run(bf, ...given)).err).toBe("");
  });
});

describe("bf live", () => {
  const live = (world: World, ...more: readonly string[]): Promise<Ran> =>
    runIn(world, "live", ...files, ...data, ...exact, ...more);
  const ready = ["--venue", "simulated", "--journal"];

  it("trades once the account's name or LIVE was typed", async () => {
    const asked: string[] = [];
    const answering = (answer: string): World => ({
      ask: (question) => Promise.resolve((asked.push(question), answer)),
    });
    const { code, out } = await live(answering(" mine "), ...ready, at("live"), "--account", "mine");
    expect(code).toBe(0);
    expect(out).toMatch(/^mine {2}live account, simulated venue\n120 instants told/);
    expect(asked).toEqual([
      'Orders of the account "mine" go to the venue `simulated`. Type mine or LIVE to go on: ',
    ]);
    expect((await live(answering("LIVE"), ...ready, at("live"), "--account", "mine")).out).toContain(
      "120 kept already",
    );
    const no = await live(answering("yes"), ...ready, at("unlive"));
    expect([no.code, no.err]).toEqual([
      2,
      expect.stringMatching(/BF5185: not confirmed, and nothing was sent/),
    ]);
    expect(existsSync(at("unlive"))).toBe(false);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["without a terminal", [...ready, "DIR"], /BF5185: nobody is there to confirm/],
    ["without a journal", ["--venue", "simulated", "--yes"], /BF5185: live trading needs a journal/],
    [
      "on a venue there is not",
      ["--venue", "binance", "--journal", "DIR", "--yes"],
      /BF5185: there is no venue `binance`/,
    ],
    ["without a venue", ["--journal", "DIR", "--yes"], /live trading needs a venue/],
    ["with what is of paper", [...ready, "DIR", "--report", "x"], /unknown option '--report'/],
  ])("refuses %s", async (_, more, words) => {
    const { code, err } = await live({}, ...more.map((each) => (each === "DIR" ? at("nolive") : each)));
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
    expect(existsSync(at("nolive"))).toBe(false);
  });

  it("does not go on with an account on paper, nor the other way round", async () => {
    await live({}, ...ready, at("kind"), "--yes", "--account", "x");
    const { err } = await paper("--journal", at("kind"), "--account", "x");
    expect(err).toMatch(/BF5181: .*kind: live → paper/);
  });
});

/** Changes records of a journal behind its back, as other code would have decided them. */
function rewritten(from: string, to: string, change: (body: unknown) => unknown): void {
  const source = Journal.open(fileStore(from));
  const target = Journal.open(fileStore(to), { create: source.id });
  for (const { body } of source.records()) target.append(change(body));
  target.close();
  source.close();
}

describe("bf replay", () => {
  it("tells a journal again and finds every decision as it was", async () => {
    await paper(
      "--journal",
      at("told"),
      "--gates",
      put("few.yaml", "- { gate: max_order_notional, most: 4000 }"),
    );
    const { code, out, err } = await run(bf, "replay", at("told"), "--json", at("told.json"));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^paper {2}paper account, \d+ records, told from the beginning\n\d+ turns, 120 with bars: \d+ orders, \d+ cancels?, \d+ fills\n/,
    );
    expect(out).toMatch(/ {2}refused by order_notional_too_large: [1-9]/);
    expect(out).toContain("every decision is the one that was kept");
    const result = JSON.parse(readFileSync(at("told.json"), "utf8")) as Record<string, unknown>;
    expect(result).toMatchObject({ schema: "bitfever/replay@1", difference: null, instants: 120, from: 0 });
    const again = await run(bf, "replay", at("told"), "--json", "-");
    expect(JSON.parse(again.out)).toEqual(result);
    expect(again.err).toContain("every decision");
  });

  it("begins at a state that was kept where it may", async () => {
    const { code, out } = await run(bf, "replay", at("told"), "--from", "999999");
    expect(code).toBe(0);
    expect(out).toMatch(/told from the state behind record \d+\n0 turns/);
    expect((await run(bf, "replay", at("told"), "--from", "3")).out).toContain("told from the beginning");
  });

  it("reads what is being written", async () => {
    const journal = Journal.open(fileStore(at("told")));
    expect((await run(bf, "replay", at("told"))).code).toBe(0);
    journal.close();
    const segment = join(at("told"), "00000001.journal");
    const whole = readFileSync(segment, "utf8");
    writeFileSync(segment, `${whole}99999 12`);
    const { code, out } = await run(bf, "replay", at("told"));
    writeFileSync(segment, whole);
    expect(code).toBe(0);
    expect(out).toMatch(/journal: what follows record \d+, .* are not read/);
  });

  it("shows the turn in which something else is decided now", async () => {
    let isChanged = false;
    rewritten(at("told"), at("changed"), (body) => {
      const text = JSON.stringify(body);
      if (isChanged || !text.startsWith('{"out"') || !text.includes('"purpose":"enter"')) return body;
      isChanged = true;
      return JSON.parse(text.replace(/"quantity":\d+/, '"quantity":1234')) as unknown;
    });
    const { code, out } = await run(bf, "replay", at("changed"), "--json", at("changed.json"));
    expect(code).toBe(1);
    expect(out).toMatch(/error BF5183: another decision than the one that was kept\n {2}turn \d+ heard\n/);
    expect(out).toMatch(/bars closed: A [\d. ]+, B [\d. ]+\n/);
    expect(out).toMatch(/decided then, as it was kept\n +≠ submit: \w+ [AB] (buy|sell) 1234 /);
    expect(out).toMatch(/decided now\n +≠ submit: \w+ [AB] (buy|sell) \d{1,3} /);
    const { difference } = JSON.parse(readFileSync(at("changed.json"), "utf8")) as {
      difference: Record<"kept" | "decided", { order: { order: { quantity: number } } }[]>;
    };
    expect(difference.kept[0].order.order.quantity).toBe(1234);
    expect(difference.decided[0].order.order.quantity).toBeLessThan(1234);
    // Nor does the account go on, or anybody reconcile with it.
    const on = await paper("--journal", at("changed"), "--gates", at("few.yaml"));
    expect([on.code, on.out]).toEqual([1, ""]);
    expect(on.err).toMatch(/error BF5183: what is decided now is not what was decided then\nturn/);
    const held = await run(bf, "reconcile", at("changed"));
    expect([held.code, held.out]).toEqual([1, ""]);
    expect(held.err).toContain("error BF5183");
  });

  it.each<[string, readonly string[], RegExp]>([
    ["no journal", ["nowhere"], /BF5160/],
    ["a folder of something else", [root], /BF516/],
    ["a number that is none", ["nowhere", "--from", "x"], /whole number/],
    ["nothing", [], /missing required argument 'journal'/],
  ])("refuses %s", async (_, args, words) => {
    const { code, err } = await run(bf, "replay", ...args);
    expect([code, err]).toEqual([2, expect.stringMatching(words)]);
  });
});

describe("bf reconcile", () => {
  const positions = (text: string): string => put("positions.csv", text);
  let held: { symbol: string; quantity: number }[] = [];

  it("says what is held and open", async () => {
    await paper("--journal", at("held"));
    const { code, out } = await run(bf, "reconcile", at("held"));
    expect(code).toBe(0);
    expect(out).toMatch(/ {2}cash of Cross on A: [\d,]+\.\d\d\n/);
    expect(out).toContain("positions and orders were those of the venue when they were last compared");
    const json = await run(bf, "reconcile", at("held"), "--json", "-");
    const { schema, state } = JSON.parse(json.out) as {
      schema: string;
      state: { seats: { symbol: string; position: number }[] };
    };
    expect(schema).toBe("bitfever/reconcile@1");
    held = ["A", "B"].map((symbol) => ({
      symbol,
      quantity: state.seats.reduce((sum, each) => sum + (each.symbol === symbol ? each.position : 0), 0),
    }));
    expect(held.some(({ quantity }) => quantity !== 0)).toBe(true);
  });

  it("compares with what the venue says", async () => {
    const rows = held.map(({ symbol, quantity }) => `${symbol},${quantity}`);
    const same = await run(
      bf,
      "reconcile",
      at("held"),
      "--positions",
      positions(["symbol,quantity", ...rows].join("\n")),
    );
    expect([same.code, same.out]).toEqual([
      0,
      expect.stringContaining("the venue holds what the journal says"),
    ]);
    const [a, b] = held;
    const other = ["Symbol;Qty", `A;${a.quantity + 0.5}`, `B;${b.quantity - 3}`, "B;3", "C;7"].join("\n");
    const { code, out } = await run(
      bf,
      "reconcile",
      at("held"),
      "--positions",
      positions(other),
      "--json",
      at("r.json"),
    );
    expect(code).toBe(3);
    expect(out).toContain(`difference: A: the journal holds ${a.quantity}, the venue ${a.quantity + 0.5}`);
    expect(out).toContain("difference: C: the journal holds 0, the venue 7");
    expect(out).not.toContain("difference: B");
    expect(
      (JSON.parse(readFileSync(at("r.json"), "utf8")) as { differences: object[] }).differences,
    ).toHaveLength(2);
    // A symbol that the venue does not list is not held there.
    const none = await run(bf, "reconcile", at("held"), "--positions", positions("symbol,quantity\nC,0\n"));
    expect(none.code).toBe(3);
  });

  it.each([
    ["symbol,quantity\nA,ten\n", /BF5186: positions.csv, line 2/],
    ["symbol,quantity\n,1\n", /BF5186: positions.csv, line 2: the symbol is missing/],
    ["symbol,quantity\nA,1,2\n", /BF5186: positions.csv, line 2: 3 cells/],
    ["symbol\nA\n", /BF4005/],
    ["", /BF4002/],
  ])("refuses positions that are none: %j", async (text, words) => {
    const { code, err } = await run(bf, "reconcile", at("held"), "--positions", positions(text));
    expect(err).toMatch(words);
    expect(code).toBe(words.source.includes("BF4") ? 4 : 2);
  });

  it("refuses what is no journal of an account", async () => {
    expect((await run(bf, "reconcile", at("nowhere"))).err).toMatch(/BF5160/);
    expect((await run(bf, "reconcile", at("other"))).err).toMatch(/BF5182/);
    expect((await run(bf, "reconcile", at("held"), "--positions", at("no.csv"))).err).toMatch(/BF5020/);
  });
});
