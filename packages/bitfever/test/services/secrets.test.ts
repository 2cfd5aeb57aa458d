import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as api from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterAll, expect, it } from "vitest";
import { BitFeverError } from "@bitfever/lang";
import { defaultSettings, instantsOf, setUp, TradingAccount } from "../../src/index.js";
import { accountJson } from "../../src/cli/account-outputs.js";
import { AlertService } from "../../src/services/alerts/alert-service.js";
import { alertsSchema } from "../../src/services/alerts/options.js";
import { openLog } from "../../src/services/log.js";
import { metrics } from "../../src/services/monitoring/metrics-service.js";
import { redaction, type Redaction } from "../../src/services/redaction.js";
import type { ServiceContext } from "../../src/services/service.js";
import { toldCommands } from "../../src/services/told-commands.js";
import { traces } from "../../src/services/traces-service.js";
import type { AccountEvent } from "../../src/trading/account-event.js";
import { cross, walk } from "../trading/made-up.js";
import { httpFarEnd, smtpFarEnd } from "./far-ends.js";
import { holdBy, notice, order, ownAlert, realClock, rejected, until } from "./surroundings.js";

/*
 * Secrets are planted wherever a configuration has them, and then all goes wrong that could bring one out: the venue, a strategy and those
 * who are sent alerts say them back. Whatever was written after that is searched for them, also as they travel: in addresses, in base64.
 */

const planted = {
  apiKey: "PLANTED-api-key-1x9",
  apiSecret: "PLANTED/api+secret=2y8",
  token: `4815162342:${"PLANTEDtelegramtoken".repeat(2)}`,
  webhook: "PLANTED-webhook-path-3z7",
  query: "PLANTED-webhook-query-4w6",
  signing: "PLANTED-signing-secret-5v5",
  password: "PLANTED mail password 6u4",
};

const root = mkdtempSync(join(tmpdir(), "bitfever-secrets-"));
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
afterAll(async () => {
  rmSync(root, { recursive: true });
  await provider.shutdown();
  api.trace.disable();
  api.context.disable();
  api.propagation.disable();
});

/** How each of them may look. */
const looks = Object.entries(planted).flatMap(([name, secret]) =>
  [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    // Without the first and the last signs, which depend on what stands beside it.
    ...[0, 1, 2].map((shift) =>
      Buffer.from(`${"x".repeat(shift)}${secret}`)
        .toString("base64")
        .slice(4, -4),
    ),
  ].map((look) => [name, look] as const),
);

const foundIn = (text: string): string[] => [
  ...new Set(looks.flatMap(([name, look]) => (text.includes(look) ? [name] : []))),
];

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** All that was written, by where. */
async function everythingOf(folder: string, known: Redaction): Promise<Readonly<Record<string, string>>> {
  const written: Record<string, string> = { console: "", errors: "", answers: "" };
  const [hook, bot, mail] = [await httpFarEnd(), await httpFarEnd(), await smtpFarEnd()];
  // They say back what they were given.
  const complaint = `${planted.token} ${planted.webhook} ${planted.query} ${planted.signing} ${planted.password}`;
  Object.assign(hook, { mood: "refuses", complaint });
  Object.assign(bot, { mood: "unknown key", complaint });
  Object.assign(mail, { mood: "unknown key", complaint });

  const setup = setUp({
    strategies: [{ source: cross }],
    symbols: [walk("A", 160, 7)],
    settings: { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 },
  });
  const listeners = new Set<(event: AccountEvent) => void>();
  const tell = (event: AccountEvent): void => {
    for (const hear of listeners) hear(event);
  };
  const journal = join(folder, "journal");
  const account = TradingAccount.open({ setup, journal, onEvent: tell });
  const log = await openLog({
    ...{ account: "main", to: { file: join(folder, "account.log") }, level: "debug", now: realClock.now },
    redaction: known,
  });
  listeners.add(log.hear);
  let state = account.state;
  const contextOf = (name: string): ServiceContext => ({
    ...{
      account: "main",
      clock: realClock,
      log: log.of(name),
      folder: join(folder, name),
      journal,
      redaction: known,
    },
    state: () => state,
    listen: (hear) => {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    command: async () => ({ outcome: "done", text: "" }),
    quit: () => undefined,
  });
  const options = alertsSchema.parse({
    channels: {
      hook: {
        kind: "webhook",
        url: `http://127.0.0.1:${hook.port}/${planted.webhook}?key=${planted.query}`,
        secret: planted.signing,
      },
      bot: { kind: "telegram", token: planted.token, chat: 1, api_root: `http://127.0.0.1:${bot.port}` },
      mail: {
        ...{ kind: "email", host: "127.0.0.1", port: mail.port, security: "none", user: "me" },
        ...{ password: planted.password, from: "a@example.com", to: "b@example.com" },
      },
      screen: { kind: "console" },
    },
    rules: [{ when: "all", to: ["hook", "bot", "mail", "screen"] }],
    retry: { first: "20ms", longest: "100ms" },
  });
  let id = 0;
  const alerts = new AlertService(options, contextOf("alerts"), {
    write: (text) => void (written["console"] += text),
    random: () => 0.5,
    newId: () => `${++id}`,
  });
  const monitor = metrics.make({ host: "127.0.0.1", port: 0, stale_after: null }, contextOf("metrics"));
  const spans = traces.make({}, contextOf("traces"));
  const services = [alerts, monitor, spans];
  for (const each of services) await each.start();

  for (const instant of instantsOf([walk("A", 160, 7)], account)) account.tell(instant);
  const venueSays = `401 for key ${planted.apiKey}, signed with ${encodeURIComponent(planted.apiSecret)}`;
  tell(order("bf-1"));
  tell(rejected(venueSays));
  for (const what of ["call_failed", "halted", "refused", "difference", "disconnected"] as const)
    tell(notice(what, venueSays));
  tell(ownAlert(`${planted.apiKey} ${planted.password}`));
  const basic = Buffer.from(`\0me\0${planted.password}`).toString("base64");
  log.of("venue").error(`Authorization: ${basic}`, {
    error: new BitFeverError("BF5302", venueSays, { cause: new Error(complaint), hint: planted.apiSecret }),
    request: { url: `http://127.0.0.1/${planted.webhook}?key=${planted.query}`, apiKey: planted.apiKey },
    [planted.apiKey]: [planted.apiSecret],
  });
  const command = toldCommands({
    carryOut: async (words) => ({ outcome: "unreadable", text: words }),
    ...{ now: realClock.now, newId: () => "c1", tell },
  });
  await command(`login ${planted.apiSecret}`, { mouth: "telegram", who: planted.token });
  state = { ...account.state, state: "halted", holds: [{ ...holdBy(venueSays), reason: venueSays }] };
  await until("all have been asked", () => hook.asked > 0 && bot.asked > 1 && mail.asked > 1);
  await until("the console has what was told", () => written["console"].includes("venue has rejected"));

  const [url] =
    /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(readFileSync(join(folder, "account.log"), "utf8")) ?? [];
  for (const path of ["/metrics", "/health", "/ready", "/nowhere"])
    written["answers"] += await (await fetch(`${String(url)}${path}`)).text();
  // Now all of them take what was held back, so that what they are sent can be looked at too.
  for (const each of [hook, bot, mail]) each.mood = "fine";
  await until("it is delivered", () => [hook, bot, mail].every(({ taken }) => taken.length > 0));
  for (const each of services) await each.stop();
  written["sent"] = JSON.stringify([hook, bot, mail].map(({ taken }) => taken.map(({ body }) => body)));

  const second = new AlertService(options, contextOf("alerts"), {
    write: () => undefined,
    random: () => 0,
    newId: () => "",
  });
  const third = new AlertService(options, contextOf("alerts"), {
    write: () => undefined,
    random: () => 0,
    newId: () => "",
  });
  await second.start();
  try {
    await third.start();
  } catch (error) {
    written["errors"] += JSON.stringify([
      error,
      (error as Error).message,
      (error as Error).stack,
      String((error as Error).cause),
    ]);
  }
  await second.stop();
  // What people are told of a configuration that is wrong has its place, and not its value.
  const wrong = { kind: "telegram", token: `${planted.token} `, chat: 1 };
  const mistaken = alertsSchema.safeParse({
    channels: { bot: wrong, hook: { kind: "webhook", url: planted.webhook, secret: "short" } },
    rules: [{ when: "all", to: "bot" }],
  });
  expect(mistaken.success).toBe(false);
  written["errors"] += JSON.stringify(mistaken.error?.issues);
  written["report"] = JSON.stringify(
    accountJson(account, { told: 1, known: 0, orders: 0, fills: 0, refused: 0, isStopped: true, journal }),
  );
  account.close();
  await log.close();
  for (const each of [hook, bot, mail]) await each.close();
  written["spans"] = JSON.stringify(
    exporter
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );
  for (const path of filesIn(folder)) written[path.slice(folder.length + 1)] = readFileSync(path, "latin1");
  return written;
}

it(
  "a secret is nowhere in what logs, journal, alerts, figures, spans, errors and reports say",
  { timeout: 180_000 },
  async () => {
    provider.register();
    const everything = await everythingOf(join(root, "redacted"), redaction(Object.values(planted)));
    for (const [where, text] of Object.entries(everything))
      expect([where, foundIn(text)]).toEqual([where, []]);
    expect(Object.keys(everything)).toEqual(
      expect.arrayContaining([
        "account.log",
        "alerts/undelivered.jsonl",
        "alerts/waiting.jsonl",
        "alerts/day.json",
      ]),
    );
    expect(Object.keys(everything).some((name) => name.startsWith("journal/"))).toBe(true);
    for (const name of ["console", "answers", "sent", "account.log", "spans"])
      expect(everything[name], name).toContain("[redacted]");
  },
);

it("is found by this search where nobody takes it out", { timeout: 180_000 }, async () => {
  exporter.reset();
  const nothing: Redaction = { text: (text) => text, value: (value) => value };
  const everything = await everythingOf(join(root, "plain"), nothing);
  expect(foundIn(everything["account.log"])).toEqual(expect.arrayContaining(["apiKey", "apiSecret"]));
  for (const name of ["console", "answers", "sent", "spans"])
    expect(foundIn(everything[name]), name).toContain("apiKey");
});
