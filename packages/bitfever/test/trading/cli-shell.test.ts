import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { bf } from "../../src/cli/bf.js";
import type { Io, LineOptions } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { completionsOf } from "../../src/cli/shell/completions.js";
import { History } from "../../src/cli/shell/history.js";
import { http, HttpService } from "../../src/services/http.js";
import { anAccount } from "../by-hand/an-account.js";
import { aContext } from "../services/a-context.js";
import type { Ran } from "../cli-run.js";
import { barsCsv, cross, walk } from "./made-up.js";

/* Commands at a keyboard, or line by line from a script: in the process of the account, and from another one. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-shell-"));
const at = (name: string): string => join(folder, name);
const put = (name: string, text: string, mode = 0o644): string => {
  writeFileSync(at(name), text, { mode });
  chmodSync(at(name), mode);
  return at(name);
};
const running: HttpService[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of running.splice(0)) await each.stop();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function* typed(...lines: readonly string[]): AsyncGenerator<string, void> {
  for (const each of lines) yield await Promise.resolve(each);
}

async function runIn(world: Partial<Io>, ...args: readonly string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  const io: Io = {
    ...{ isTerminal: false, color: false, signal: new AbortController().signal },
    ...world,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  };
  const code = await main(io, args, bf);
  return { code, out, err };
}

const script = (...lines: readonly string[]): Partial<Io> => ({
  input: () => typed(...lines.map((each) => `${each}\n`)),
});

const paper = (): readonly string[] => [
  ...["paper", put("cross.bf", cross), "--data", put("A.csv", barsCsv(walk("A", 60, 7)))],
  ...["--set", "tick=0.01", "--set", "lot=1", "--set", "money_decimals=2", "--by-hand", "50%", "--shell"],
];

describe("bf paper --shell", { timeout: 120_000 }, () => {
  it("takes commands once the bars are told, until there are no more, and goes on from its journal", async () => {
    const journal = ["--journal", at("journal")];
    const { code, out, err } = await runIn(
      script("buy 3 a -sl 5%", "nonsense", "positions", "status"),
      ...paper(),
      ...journal,
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /^buy 3 A at the market, now about [\d.]+, worth [\d.]+\nopens 3 long, booked by hand\n/,
    );
    expect(out).toContain("gates: let through\nsent as ");
    expect(out).toContain("BF5330: `nonsense` is no command");
    expect(out).toContain("paper at simulated: active");
    expect(err).toContain(`commands are kept in ${at("journal.audit.jsonl")}`);
    const audit = readFileSync(at("journal.audit.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { words: string; outcome: string });
    expect(audit.map(({ words, outcome }) => `${words}: ${outcome}`)).toEqual([
      "buy 3 a -sl 5%: asked",
      "buy 3 a -sl 5%: done",
      "nonsense: unreadable",
      "positions: done",
      "status: done",
    ]);
    expect(statSync(at("journal.audit.jsonl")).mode & 0o777).toBe(0o600);
    expect((await runIn(script("why hand-1"), ...paper(), ...journal)).out).toContain(
      "buy 3 A market, enter of by hand",
    );
    const replayed = await runIn({}, "replay", at("journal"));
    expect(replayed.code).toBe(0);
    const drifted = await runIn({}, "drift", at("journal"));
    expect(drifted.code).toBe(0);
  });

  it("ends with quit, and reads nothing behind it", async () => {
    const { out } = await runIn(script("quit", "status"), ...paper());
    expect(out).toContain("quit: the account is closed");
    expect(out).not.toContain("at simulated: active");
  });

  it("shares standard input with no feed, and by hand takes a part of a whole", async () => {
    expect(await runIn(script(), ...paper(), "--feed", "-")).toMatchObject({
      code: 2,
      err: expect.stringContaining("BF5187") as string,
    });
    expect(await runIn(script(), ...paper().slice(0, -2), "lots")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--by-hand lots is no part of a whole") as string,
    });
  });

  it("is not beside a portfolio, whose capital moves", async () => {
    const portfolio = put("portfolio.yaml", "systems: []\n");
    const { code, err } = await runIn(script(), "paper", portfolio, "--by-hand", "20%");
    expect([code, err]).toEqual([2, expect.stringContaining("nobody trades by hand")]);
  });

  it("completes words at a terminal, and remembers lines but for tokens", async () => {
    vi.stubEnv("BF_HISTORY", at("history"));
    writeFileSync(at("history"), "orders\n", { mode: 0o644 });
    let given: LineOptions | undefined;
    const lines = (options: LineOptions): AsyncIterable<string> => {
      given = options;
      return typed("positions", "confirm ABCDEFGH", "pnl");
    };
    await runIn({ lines, isTerminal: true }, ...paper());
    expect(given).toMatchObject({ prompt: "paper> ", history: ["orders"] });
    expect(given?.complete("buy ")).toEqual([["A"], ""]);
    expect(given?.complete("pause c")).toEqual([["Cross"], "c"]);
    expect(readFileSync(at("history"), "utf8")).toBe("orders\npositions\npnl\n");
    expect(statSync(at("history")).mode & 0o777).toBe(0o600);
  });
});

describe("an account of a file", { timeout: 120_000 }, () => {
  const file = (more: string): readonly string[] => {
    put("Cross.bf", cross);
    const yaml = `account: mine\ncapital: 20000\nstrategies:\n  - { program: Cross.bf, feed: past, symbols: [A] }\nfeeds:\n  past: { kind: file, path: ${put("A.csv", barsCsv(walk("A", 60, 7)))} }\n${more}`;
    return ["paper", put("account.yaml", yaml, 0o600), "--data", at("A.csv"), "--shell"];
  };

  it("says what people may trade, and the shell trades it", async () => {
    const { out, code, err } = await runIn(
      script("buy a 3000", "balance"),
      ...file("by_hand: { share: 50% }\n"),
    );
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(out).toContain("booked by hand");
    expect(out).toContain("by hand A: 10000.00 (0.00)");
  });

  it("has mouths beside it, which are told apart and what to confirm", async () => {
    const services = `services:\n  http: { port: 0, callers: [{ name: me, token: ${"x".repeat(20)} }] }\n`;
    const { code, err } = await runIn(
      script("status"),
      ...file(`by_hand: { confirm: { http: trades } }\n${services}`),
    );
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/http: commands are taken at http:\/\/127\.0\.0\.1:\d+/),
    ]);
  });

  it.each(["{ keyboard: trades }", "trades", "everything"])(
    "says what is to be confirmed at the keyboard: %s",
    async (confirm) => {
      const { out } = await runIn(
        script("buy a 3000", "yes"),
        ...file(`by_hand: { share: 50%, confirm: ${confirm} }\n`),
      );
      expect(out).toMatch(/nothing is done yet: confirm \w+\n[^]*sent as /);
    },
  );

  it("says in its own words what it cannot have", async () => {
    const { code, err } = await runIn(script(), ...file("by_hand: { confirm: sometimes }\n"));
    expect([code, err]).toEqual([2, expect.stringContaining("nothing, trades or everything")]);
    const mistyped = await runIn(script(), ...file("by_hand: { confirm: { keybord: trades } }\n"));
    expect(mistyped).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /`by_hand.confirm.keybord` is nothing that commands come by\n[^]*`keyboard`/,
      ) as string,
    });
    expect(await runIn(script(), ...file(""), "--by-hand", "20%")).toMatchObject({ code: 2 });
  });
});

describe("bf shell", { timeout: 120_000 }, () => {
  const token = "a-token-of-more-than-16";

  async function served(
    confirms: "nothing" | "trades" = "nothing",
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<{ readonly url: string; readonly pass: (ms: number) => void } & ReturnType<typeof anAccount>> {
    const made = anAccount({ confirms });
    const context = { ...aContext(), state: () => made.account.state, command: made.commands.carryOut };
    const read = http.schema.safeParse({ port: 0, callers: [{ name: "me", token }], ...options });
    if (!read.success) throw new Error("options");
    const service = new HttpService(read.data, context);
    await service.start();
    running.push(service);
    vi.stubEnv("BF_TOKEN", token);
    return { ...made, url: service.url, pass: context.pass };
  }

  it("gives commands to an account elsewhere, and leaves it alone", async () => {
    const { url, account, quits } = await served();
    const { code, out } = await runIn(
      script("buy 1 eth", "positions", "quit", "status"),
      "shell",
      "--connect",
      `${url}/`,
    );
    expect(code).toBe(0);
    expect(out).toContain("sent as ");
    expect(out).toContain("BTCUSDT long 0.2");
    expect(out).not.toContain("active");
    expect(quits()).toBe(0);
    expect(account.state.orders.map(({ symbol }) => symbol)).toEqual(["ETHUSDT"]);
  });

  it("says to a script that something was not carried out", async () => {
    const { url } = await served();
    const { code, out } = await runIn(script("buy ltc 80", "positions"), "shell", "--connect", url);
    expect(code).toBe(1);
    expect(out).toContain("BF5332: `ltc` is not traded here");
  });

  it("waits where a script is faster than it may be", async () => {
    const { url, pass } = await served("nothing", { rate: { per_minute: 60, burst: 2 } });
    const clock = setInterval(() => {
      pass(1_000);
    }, 1_000);
    const { code, out } = await runIn(
      script(...Array<string>(4).fill("positions")),
      ...["shell", "--connect", url],
    );
    clearInterval(clock);
    expect([code, out.match(/BTCUSDT long/g)]).toEqual([0, Array(4).fill("BTCUSDT long")]);
  });

  it("takes yes for an answer to what it has just said", async () => {
    const { url, account } = await served("trades");
    await runIn(script("buy 1 eth", "yes", "buy 2 eth", "positions", "yes"), "shell", "--connect", url);
    expect(account.state.orders.map(({ left }) => left)).toEqual([1]);
  });

  it.each([
    ["nobody there", "http://127.0.0.1:9", token, "nobody answers"],
    ["no address", "localhost", token, "is no address"],
    ["the open net", "http://example.com", token, "for all to read"],
    ["no token", "http://127.0.0.1:9", "", "holds no token"],
  ])("does not begin with %s", async (_name, url, given, text) => {
    vi.stubEnv("BF_TOKEN", given);
    const { code, err } = await runIn(script(), "shell", "--connect", url);
    expect([code, err]).toEqual([2, expect.stringContaining(text)]);
    expect(err).toContain("BF5345");
  });

  it("reads its token from a file, and says where one is not known", async () => {
    const { url } = await served();
    const file = ["--token-file", put("token", "another-token-of-more\n")];
    expect(await runIn(script(), "shell", "--connect", url, ...file)).toMatchObject({
      code: 2,
      err: expect.stringContaining("not known there") as string,
    });
    put("token", `${token}\n`);
    vi.stubEnv("BF_TOKEN", "");
    expect(await runIn(script("status"), "shell", "--connect", url, ...file)).toMatchObject({ code: 0 });
  });
});

describe("completion", () => {
  const words = {
    symbols: ["BTCUSDT", "ETHUSDT"],
    strategies: ["Big-holder", "by-hand"],
    orders: ["1700-hand-1"],
  };
  it.each([
    ["", ["buy", "sell", "close"]],
    ["po", ["positions"]],
    ["buy ", ["BTCUSDT", "ETHUSDT"]],
    ["buy e", ["ETHUSDT"]],
    ["BUY 1 b", ["BTCUSDT"]],
    ["buy btc 80 -t", ["-tp", "-tsl", "-tif"]],
    ["buy btc 80 -s b", ["Big-holder", "by-hand"]],
    ["buy 1 eth @ 2300 -tif ", ["gtc", "day", "ioc", "fok"]],
    ["close ", ["BTCUSDT", "ETHUSDT", "all"]],
    ["cancel 17", ["1700-hand-1"]],
    ["why ", ["1700-hand-1"]],
    ["pause ", ["Big-holder", "by-hand", "all"]],
    ["pnl w", ["week"]],
    ["kill ", ["flatten"]],
    ["help pa", ["pause"]],
    ["nonsense ", []],
  ])("of %j", (line, expected) => {
    const [found] = completionsOf(line, words);
    expect(line === "" ? found.slice(0, 3) : found).toEqual(expected);
  });
});

describe("lines that are remembered", () => {
  it("are the newest, where a file can be had or not", () => {
    const file = at("deep/er/history");
    const history = new History(file);
    for (let i = 0; i < 600; i++) history.add(`buy btc ${i}`);
    history.add("buy btc 599");
    expect(new History(file).all).toHaveLength(500);
    expect(new History(file).all.at(-1)).toBe("buy btc 599");
    const nowhere = new History(join(file, "below a file"));
    nowhere.add("orders");
    expect(nowhere.all).toEqual(["orders"]);
    expect(existsSync(join(file, "below a file"))).toBe(false);
  });
});
