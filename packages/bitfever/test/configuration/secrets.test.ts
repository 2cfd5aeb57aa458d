import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testFolder, type TestFolder } from "./folder.js";
import { runUntil } from "./run-in.js";

/* Secrets are planted wherever one could come from, and told by whoever could tell them; then all that was written is searched. */

const secrets = ["planted-key-4711", "planted-secret-4712", "planted-token-4713"];

/** A venue that quotes its keys in everything that it says, and a service that says everything that it is told. */
const talkative = `
const schema = { safeParse: (data) => ({ success: true, data }) };
const second = 1000;
export default {
  venues: [{
    name: "chatter", summary: "Tells what it knows.", needs: null, server: null, schema,
    capabilities: { orders: ["market", "stop", "limit"], protects: false, separates: false, replaces: false },
    open: async ({ api_key, secret }) => {
      let tell;
      const quoted = "bad key " + api_key + ", signature of " + secret + " (?api=" + encodeURIComponent(secret) + ")";
      return {
        broker: {
          name: "chatter",
          capabilities: { orders: ["market", "stop", "limit"], protects: false, separates: false, replaces: false },
          connect: async (hear) => { tell = hear; },
          submit: async ({ clientId, strategy, symbol }) => {
            tell({ kind: "rejected", clientId, strategy, symbol, reason: quoted });
            throw new Error(quoted);
          },
          cancel: () => { throw new Error(quoted); },
          modify: () => { throw new Error(quoted); },
          snapshot: ({ number }) => {
            tell({ kind: "snapshot", number, time: Date.now(), positions: [], openOrders: [], trades: [], flows: [], orders: [] });
            if (number === 1) tell({ kind: "disconnected", reason: quoted });
          },
          close: async () => { throw new Error(quoted); },
        },
        rules: () => ({ instrument: { specification: { symbol: "X", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 } } }),
        async *candles() {
          for (let time = Math.floor(Date.now() / second) * second - 3 * second; ; time += second) {
            yield { kind: "bar", bar: { time, open: 10, high: 12, low: 9, close: 11, volume: 1, session_bar: 0 } };
            await new Promise((resolve) => setTimeout(resolve, second / 2));
          }
        },
      };
    },
  }],
  services: [{
    name: "parrot", summary: "Repeats.", schema,
    make: ({ token }, { log, listen, quit, state }) => ({
      start: async () => {
        log.info("started with " + token, { token, deep: { said: [token] } });
        listen((event) => {
          log.warn(JSON.stringify(event), { token });
          if (event.kind === "rejected") quit();
          if (event.kind === "notice") throw new Error("cannot bear " + token);
        });
      },
      stop: async () => { throw new Error("will not stop: " + token + JSON.stringify(state())); },
    }),
  }],
};`;

const text = `plugins: [talkative]
account: mine
journal: journal
credentials: secrets.yaml
exchanges: { main: { venue: chatter, api_key: "\${KEY}", secret: "\${SECRET}" } }
services: { parrot: { token: "\${TOKEN}" } }
strategies: [{ program: up.bf, symbols: [X], interval: 1s }]
history: 0
`;

/** With the secrets themselves instead of their names. */
const inTheFile = text
  .replace("credentials: secrets.yaml\n", "")
  .replace(/\$\{(\w+)\}/g, (_, name) => secrets[["KEY", "SECRET", "TOKEN"].indexOf(String(name))]);

function planted(folder: TestFolder, code = talkative, account = text): string {
  const { put } = folder;
  put(
    "node_modules/talkative/package.json",
    '{ "name": "talkative", "version": "1.0.0", "main": "index.mjs" }',
  );
  put("node_modules/talkative/index.mjs", code);
  const [key, secret, token] = secrets;
  put("secrets.yaml", `KEY: ${key}\nSECRET: ${secret}\nTOKEN: ${token}\n`);
  put("up.bf", 'strategy "Up" { enter long when close > open { unprotected } }');
  return put("account.yaml", account);
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map((each) => join(folder, String(each)))
    .filter((each) => statSync(each).isFile());

it.each([
  ["that is referred to", text],
  ["that stands in the file of the account", inTheFile],
])("a secret %s is in nothing that is written", { timeout: 120_000 }, async (_, account) => {
  const folder = testFolder();
  const path = planted(folder, talkative, account);
  const json = folder.at("state.json");
  const { code, out, err } = await runUntil(
    (written) => written.length > 300_000,
    ...["live", path, "--yes", "--watch", "--json", json, "--trades", folder.at("trades.csv")],
  );
  expect(code).toBe(0);
  // It was all said, and without them.
  expect(err).toContain("started with [redacted]");
  expect(err).toContain("bad key [redacted], signature of [redacted]");
  expect(err).toContain("submit has failed: bad key [redacted]");
  expect(err).toContain("parrot has failed over an event");
  expect(err).toContain("parrot did not stop as it should");
  const journal = folder.at("journal");
  const about = (command: string, ...more: readonly string[]): ReturnType<typeof runUntil> =>
    runUntil(() => false, command, journal, "--json", folder.at(`${command}.json`), ...more);
  const bars = folder.put("X.csv", "time,open,high,low,close\n2026-01-05T10:00:00Z,10,12,9,11\n");
  const told = [await about("replay"), await about("reconcile"), await about("drift", "--bars", `X=${bars}`)];
  expect(told.map((each) => each.code)).toEqual([0, 0, 0]);
  const written = [folder.at("journal"), folder.at("journal.services")].flatMap(filesBelow);
  expect(written.length).toBeGreaterThan(0);
  const texts = [
    ...[out, err, ...told.flatMap((each) => [each.out, each.err])],
    ...[...written, json, folder.at("trades.csv")].map((each) => readFileSync(each, "latin1")),
    ...["replay", "reconcile", "drift"].map((each) => readFileSync(folder.at(`${each}.json`), "latin1")),
  ];
  expect(texts.join("\n")).toContain("bad key [redacted]");
  for (const each of secrets) expect(texts.filter((one) => one.includes(each))).toEqual([]);
});

it("a secret is in no error", { timeout: 120_000 }, async () => {
  const folder = testFolder();
  const broken = talkative.replace("let tell;", "throw new Error('no ' + api_key + secret);");
  const { code, err } = await runUntil(() => false, "live", planted(folder, broken), "--yes").catch(
    (error: unknown) => ({ code: -1, err: `${String(error)} ${(error as Error).stack ?? ""}` }),
  );
  expect(code).not.toBe(0);
  expect(err).toContain("[redacted]");
  for (const each of secrets) expect(err).not.toContain(each);
});
