import { describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { run } from "../cli-run.js";
import { account, testFolder, up } from "./folder.js";
import { runUntil } from "./run-in.js";

function files(text = account): string {
  const { put } = testFolder();
  put("up.bf", up);
  return put("account.yaml", text);
}

describe("bf config", () => {
  it("check says that all is fine, and which secrets are not there", async () => {
    const path = files();
    const { code, out, err } = await run(bf, "config", "check", path);
    expect(code).toBe(0);
    expect(out).toBe("fine: mine, 1 strategy on BTCUSDT; 0 gate rules; services: none\n");
    expect(err).toContain(`warning BF5202: ${path}:6:14: \`exchanges.main.api_key\` refers to KEY`);
  });

  it("check says all that is wrong, for people and for machines", async () => {
    const path = files(account.replace("capital: 1000", "captial: 1000"));
    const { code, out, err } = await run(bf, "config", "check", path);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(
      /error BF5200: .*:2:1: `captial` is not known here\n {2}= help: did you mean `capital`/,
    );
    expect(err).toContain("1 error\n");
    const json = await run(bf, "config", "check", path, "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      schema: "bitfever/config-check@1",
      isFine: false,
      errors: [{ code: "BF5200", line: 2, column: 1, place: "captial" }],
    });
  });

  it("check of no file, and of nothing, is wrong usage", async () => {
    expect((await run(bf, "config", "check", "no-such.yaml")).code).toBe(2);
    expect((await run(bf, "config", "check")).code).toBe(2);
  });

  it("schema prints what editors read", async () => {
    const { code, out } = await run(bf, "config", "schema");
    const schema = JSON.parse(out) as { readonly required: readonly string[] };
    expect([code, schema.required]).toEqual([0, ["account", "strategies"]]);
  });
});

describe("bf venues", () => {
  it("lists where accounts can trade, for people and for machines", async () => {
    const { code, out } = await run(bf, "venues");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}venue +replaces +protects +separates +binds +needs +rehearsal\n/);
    expect(out).toMatch(/^ {2}binance spot +yes +no +no +yes +ccxt +yes$/m);
    const listed = JSON.parse((await run(bf, "venues", "--json")).out) as readonly {
      readonly name: string;
    }[];
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "binance spot",
        "binance futures",
        "bybit linear",
        "alpaca",
        "interactive brokers",
      ]),
    );
  });
});

describe("bf venue-server", () => {
  const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string;
  it.each([
    ["binance", "BTCUSDT", { url }],
    ["bybit", "BTCUSDT", { url }],
    ["alpaca", "AAPL", { url }],
    ["tws", "AAPL", { host: "127.0.0.1", port: expect.any(Number) as number }],
  ])("is %s on this machine until it is stopped", { timeout: 60_000 }, async (exchange, symbol, options) => {
    const asked = ["venue-server", exchange, "--bar", "1s", "--seed", "7", "--json"];
    const { code, out, err } = await runUntil((written) => written.includes("}\n"), ...asked);
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({
      ...{ schema: "bitfever/venue-server@1", exchange, symbols: [symbol], options },
    });
  });

  it.each([
    [["kraken"], /there is no exchange `kraken` here/],
    [["binance", "--bar", "100ms"], /a bar cannot last 100ms/],
    [["binance", "--mishaps", "late=1"], /there is no mishap `late`/],
    [["binance", "--mishaps", "parts=2"], /--mishaps parts=2 is no share/],
  ])("refuses %j", async (words, expected) => {
    const { code, err } = await run(bf, "venue-server", ...words);
    expect([code, err]).toEqual([2, expect.stringMatching(expected)]);
    expect(err).toContain("BF5323");
  });
});

describe("bf paper and bf live with the file of an account", () => {
  it.each([
    [["paper"], ["--gates", "gates.yaml"], /--gates stands beside the file of an account/],
    [["paper"], ["--report", "a.html"], /--report is of a run over one history/],
    [["paper"], ["--speed", "5"], /--speed is of bars that are there already/],
    [["paper"], ["--rehearse", "--data", "a.csv"], /--rehearse stands beside bars/],
    [["live", "--yes"], ["--journal", "j", "--data", "a.csv"], /bf live asks its exchange for bars/],
    [["paper"], ["other.bf"], /other\.bf stands beside the account/],
    [["live", "--yes"], ["--venue", "simulated"], /--venue stands beside the file of an account/],
    [["live", "--yes"], [], /live trading needs a journal/],
    [["live"], ["--journal", "j"], /nobody is there to confirm live trading/],
    [["live", "--yes"], ["--journal", "j"], /refers to KEY, and there is no such variable/],
  ])("%j refuses %j", async (command, more, expected) => {
    const { at } = testFolder();
    const words = more.map((each) => (each === "j" ? at("j") : each));
    const { code, out, err } = await run(bf, ...command, files(), ...words);
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(expected)]);
  });

  it("is refused as a whole where something is wrong with it", async () => {
    const path = files(account.replace("capital: 1000", "captial: 1000\nset: { tikc: 1 }"));
    const { code, err } = await run(bf, "paper", path);
    expect([code, err]).toEqual([2, expect.stringMatching(/error BF5200: .*`captial` is not known here/)]);
  });

  it("a rehearsal is of the file of an account", async () => {
    const { code, err } = await run(bf, "paper", "up.bf", "--data", "a.csv", "--rehearse");
    expect([code, err]).toEqual([2, expect.stringContaining("--rehearse is of the file of an account")]);
  });

  it("trades on paper on bars that there are, and asks no exchange", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    const path = put("account.yaml", account);
    const rows = Array.from({ length: 40 }, (_, i) => {
      const close = i % 4 < 2 ? 102 : 98;
      return `2024-01-02T00:${String(i).padStart(2, "0")}:00Z,100,103,97,${close},5`;
    });
    const data = put("BTCUSDT.csv", ["time,open,high,low,close,volume", ...rows, ""].join("\n"));
    const { code, out } = await run(bf, "paper", path, "--data", data);
    expect(code).toBe(0);
    expect(out).toMatch(/^mine {2}paper account, simulated venue\n40 instants told; \d+ orders, \d+ fills/);
    expect(out).not.toContain(" 0 fills");
  });
});
