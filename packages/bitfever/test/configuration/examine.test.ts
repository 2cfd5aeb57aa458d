import { readFileSync } from "node:fs";
import { platform } from "node:process";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { examine, readConfiguration, type Examined } from "../../src/configuration/examine.js";
import { placeOf } from "../../src/configuration/problem.js";
import { schemaProblems } from "../../src/configuration/schema-problems.js";
import { Secret, SecretTexts } from "../../src/configuration/secret.js";
import { codeOf } from "../code-of.js";
import { account, testFolder, up } from "./folder.js";

const keys = { KEY: "key-0123456789", SECRET: "secret-0123456789" };

/** What is wrong with a configuration beside a program `up.bf`. */
async function examined(
  text: string,
  environment: Readonly<Record<string, string>> = keys,
): Promise<Examined> {
  const { put } = testFolder();
  put("up.bf", up);
  return examine(put("account.yaml", text), environment);
}

/** As lines: where, what and what would help. */
const told = ({ problems }: Examined): readonly string[] =>
  problems.map(({ line, column, place, text, hint }) => `${line}:${column} ${place} ${text} → ${hint}`);

describe("a configuration", () => {
  it("that can be has all that it names, read", async () => {
    const { problems, missing, ready } = await examined(account);
    expect([problems, missing]).toEqual([[], []]);
    expect(ready?.configuration.account).toBe("mine");
    expect(ready?.settings).toEqual({ initial_capital: 1000 });
    expect(ready?.strategies.map(({ heard }) => heard)).toEqual([
      [{ symbol: "BTCUSDT", intervalMs: 60_000, from: "main", exchange: "main", isTraded: true }],
    ]);
  });

  it("tells all that is wrong at once, in the order of the file, with line and column", async () => {
    const text = `acount: mine
capital: none
exchanges:
  main: { venue: 5 }
strategies:
  - program: up.bf
    symbol: [BTCUSDT]
    share: 120%
`;
    expect(told(await examined(text))).toEqual([
      expect.stringMatching(/^1:1 account is missing → write what the account is called$/),
      expect.stringMatching(/^1:1 acount is not known here → did you mean `account`\?/),
      expect.stringMatching(
        /^2:10 capital is `none` → write what the account begins with, a number above 0$/,
      ),
      expect.stringMatching(/^4:18 exchanges\.main\.venue is `5` → write the name of a venue/),
      expect.stringMatching(/^6:5 strategies\[1\]\.symbols is missing → write a list of symbols/),
      expect.stringMatching(/^7:5 strategies\[1\]\.symbol is not known here → did you mean `symbols`\?/),
      expect.stringMatching(/^8:12 strategies\[1\]\.share is `120%` → write its part of the capital/),
    ]);
  });

  it.each([
    [
      "venue: binance futures",
      "venue: binance future",
      /4:12|5:12 exchanges\.main\.venue is `binance future`.*did you mean `binance futures`/,
    ],
    [
      "secret: ${SECRET}",
      "secret: ${SECRET}\n    sekret: 5",
      /8:5 exchanges\.main\.sekret is not known here → did you mean `secret`/,
    ],
    [
      "    symbols: [BTCUSDT]",
      "    symbols: [BTCUSDT]\n    exchange: mian",
      /exchange is `mian`, and there is no such exchange → did you mean `main`/,
    ],
    [
      "    symbols: [BTCUSDT]",
      "    symbols: [BTCUSDT]\n    feed: other",
      /feed is `other`, and there is no such feed/,
    ],
    [
      "    symbols: [BTCUSDT]",
      "    symbols: [BTCUSDT]\n    interval: 5m",
      /interval is `5m`, and the program is written for 1m → leave it out/,
    ],
    ["    symbols: [BTCUSDT]", "    symbols: [BTCUSDT]\n    params: { fast: 3 }", /params cannot be: .*fast/],
    [
      "    symbols: [BTCUSDT]",
      "    symbols: [BTCUSDT]\n    set: { currency: EUR }",
      /set\.currency is that of the whole account/,
    ],
    [
      "    symbols: [BTCUSDT]",
      "    symbols: [BTCUSDT]\n    filter: { name: averge }",
      /filter cannot be: .*averge/,
    ],
    ["program: up.bf", "program: none.bf", /program cannot be: .*none\.bf/],
    [
      "capital: 1000",
      "capital: 1000\nset: { commision: 1% }",
      /3:19|3:8 set\.commision cannot be: there is no setting/,
    ],
    [
      "capital: 1000",
      "capital: 1000\nset: { initial_capital: 5 }",
      /set\.initial_capital is said a second time/,
    ],
    [
      "capital: 1000",
      "capital: 1000\ngates: [{ gate: daily_los, most: 2% }]",
      /3:9 gates\[1\] cannot be: .*there is no gate `daily_los`/,
    ],
    ["capital: 1000", "capital: 1000\ngates: gates.yaml", /gates cannot be: .*gates\.yaml/],
    ["capital: 1000", "capital: 1000\ninstruments: none.yaml", /instruments cannot be: .*none\.yaml/],
    ["capital: 1000", "capital: 1000\nservices: { hron: {} }", /3:13 services\.hron is no service/],
    [
      "capital: 1000",
      "capital: 1000\nplugins: [no-such-plugin]",
      /plugins\[1\] cannot be: the package no-such-plugin is not installed/,
    ],
    [
      "capital: 1000",
      "capital: 1000\nfeeds: { main: { kind: file, path: a.csv } }",
      /feeds\.main is the name of an exchange, too/,
    ],
    [
      "capital: 1000",
      "capital: 1000\nfeeds: { more: { kind: flie } }",
      /feeds\.more\.kind is `flie`, and there is no such kind of feed → did you mean `file`/,
    ],
    [
      "capital: 1000",
      "capital: 1000\ncredentials: none.yaml",
      /credentials cannot be: .*none\.yaml cannot be read/,
    ],
    ["account: mine", "account: ${NOBODY}", /1:10 account refers to NOBODY, and there is no such variable/],
    ["account: mine", "account: mine\naccount: mine", /is not YAML: Map keys must be unique/],
    ["account: mine", "account: [", /is not YAML/],
  ])("is refused where %j is %j", async (before, after, expected) => {
    const lines = told(await examined(account.replace(before, after)));
    expect(lines[0]).toMatch(expected);
    if (!after.includes("[") || after.includes("]")) expect(lines).toHaveLength(1);
  });

  it("is refused where strategies hear a symbol by different bars", async () => {
    const more = `  - { program: other.bf, symbols: [BTCUSDT], interval: 5m }\n`;
    const { put } = testFolder();
    put("up.bf", up);
    put("other.bf", up.replace(" on 1m", "").replace("Up", "Other"));
    const found = await examine(put("account.yaml", account + more), keys);
    expect(told(found)).toEqual([expect.stringMatching(/^11:35 .*hears BTCUSDT by bars of 5m/)]);
  });

  it("is refused where strategies trade a symbol at two exchanges", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    const other = `  other: { venue: bybit linear }\n`;
    const text = account
      .replace("strategies:", `${other}strategies:`)
      .replace("up.bf", "up.bf\n    exchange: main");
    const more = `  - { program: up.bf, name: Second, symbols: [BTCUSDT], exchange: other, feed: main }\n`;
    const found = await examine(put("account.yaml", text + more), keys);
    expect(told(found)).toEqual([expect.stringMatching(/trades BTCUSDT at other, another strategy at main/)]);
  });

  it("needs no secrets to be checked, and says which are not there", async () => {
    const { problems, missing, ready } = await examined(account, {});
    expect(problems).toEqual([]);
    expect(missing.map(({ line, column, code, text }) => `${line}:${column} ${code} ${text}`)).toEqual([
      "6:14 BF5202 refers to KEY, and there is no such variable",
      "7:13 BF5202 refers to SECRET, and there is no such variable",
    ]);
    expect(ready).toBeDefined();
  });

  it("is one error for who needs it right, with all that is wrong", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    const path = put("account.yaml", account.replace("mine", "").replace("1000", "-1"));
    await expect(readConfiguration(path, keys)).rejects.toThrow(
      /has 2 errors\n.*account\.yaml:1:.*\n.*\n.*:2:10/,
    );
    expect(await codeOf(() => readConfiguration(path, keys))).toBe("BF5200");
  });
});

describe("secrets", () => {
  const noPermissions = platform === "win32";

  it.skipIf(noPermissions)("of a file that others may read are refused", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    put("secrets.yaml", "KEY: key-0123456789\nSECRET: secret-0123456789\n", 0o640);
    const path = put("account.yaml", `credentials: secrets.yaml\n${account}`);
    const { problems } = await examine(path, {});
    expect(problems.map(({ code, text, hint }) => [code, text, hint])).toEqual([
      ["BF5201", expect.stringContaining("its permissions are 640"), expect.stringContaining("chmod 600")],
    ]);
    expect(JSON.stringify(problems)).not.toContain("0123456789");
  });

  it.skipIf(noPermissions)("of a file that systemd hands to the service are read", async () => {
    const { put, at } = testFolder();
    put("up.bf", up);
    // As it lies there since version 254: of root, with a list of rights that looks like one of the group.
    put("handed/secrets", "KEY: key-0123456789\nSECRET: secret-0123456789\n", 0o440);
    const path = put("account.yaml", `credentials: handed/secrets\n${account}`);
    expect((await examine(path, { CREDENTIALS_DIRECTORY: at("handed") })).problems).toEqual([]);
    for (const other of [at("hand"), at("handed/secrets"), undefined])
      expect((await examine(path, { CREDENTIALS_DIRECTORY: other })).problems).toMatchObject([
        { code: "BF5201" },
      ]);
  });

  it("come from the file, unless the environment has them", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    put("secrets.yaml", "KEY: 00123456\nSECRET: of the file\n");
    const path = put("account.yaml", `credentials: secrets.yaml\n${account}`);
    const { credentials, configuration } = await readConfiguration(path, { SECRET: "of the environment" });
    const { data, missing } = credentials.resolve(configuration.exchanges?.["main"], () => true);
    expect(missing).toEqual([]);
    // A key of digits stays what it is.
    expect(data).toEqual({ venue: "binance futures", api_key: "00123456", secret: "of the environment" });
  });

  it.skipIf(noPermissions)("in the file itself make it a file of secrets", async () => {
    const text = account.replace("${SECRET}", "secret-0123456789");
    const { put } = testFolder();
    put("up.bf", up);
    expect((await examine(put("private.yaml", text), keys)).problems).toEqual([]);
    const { problems } = await examine(put("open.yaml", text, 0o644), keys);
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([["BF5140", 7, 13]]);
    expect(JSON.stringify(problems)).not.toContain("0123456789");
  });

  it("are not shown where something is wrong beside them", async () => {
    const { put } = testFolder();
    put("up.bf", up);
    const path = put("account.yaml", account.replace("api_key: ${KEY}", "api_key: [one-0123456789]"));
    const found = await examine(path, keys);
    expect(found.problems).toHaveLength(1);
    expect(JSON.stringify(found.problems)).not.toContain("0123456789");
  });

  it("print a mask, however they are printed", () => {
    const secret = new Secret("planted-0123456789");
    const printed = [String(secret), secret.toString(), JSON.stringify({ secret }), inspect({ secret })];
    expect(printed.join()).not.toContain("planted");
    expect(secret.reveal()).toBe("planted-0123456789");
  });

  it("are taken out of what comes back", () => {
    const texts = new SecretTexts();
    const { text, value } = texts;
    texts.add(new Secret('a"b&c d'));
    expect(text('x a"b&c d y')).toBe("x [redacted] y");
    expect(text("?key=a%22b%26c%20d")).toBe("?key=[redacted]");
    expect(value({ why: [JSON.stringify('a"b&c d')], at: 5 })).toEqual({ why: ['"[redacted]"'], at: 5 });
  });
});

it("a place is written as people write it", () => {
  expect(placeOf(["strategies", 0, "set", "tick"])).toBe("strategies[1].set.tick");
});

it("the published schema is that of the code, and knows the example", async () => {
  const { jsonSchema } = await import("../../src/configuration/json-schema.js");
  const file = new URL("../../../../docs/reference/account.schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(await jsonSchema())));
});

it.each([
  ["log: { level: loud }", /services\.log\.level is `?.*`? ?.*→ expected one of/],
  ["log: { levle: info }", /services\.log\.levle is not known here → did you mean `level`/],
  ["log: 5", /services\.log is .* → write a group of names/],
])("what a service is told is checked by the service: %s", async (service, expected) => {
  const [first, ...more] = told(await examined(`services: { ${service} }\n${account}`));
  expect([first, more]).toEqual([expect.stringMatching(expected), []]);
});

it("a union tells what is wrong with what the value is most like", () => {
  const schema = z.strictObject({
    to: z.union([
      z.number(),
      z.strictObject({ share: z.string({ error: "is no share; write one such as 2%" }) }),
    ]),
  });
  const problems = schemaProblems(schema, { to: { share: 5 } }, ["x"], () => true);
  expect(problems).toEqual([
    { path: ["x", "to", "share"], text: "is `5`, and is no share", hint: "write one such as 2%" },
  ]);
});
