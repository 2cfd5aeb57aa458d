import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { http, HttpService } from "../../src/services/http.js";
import { signatureOf } from "../../src/services/signatures.js";
import { codeOf } from "../code-of.js";
import { aContext, type TestContext } from "./a-context.js";

const token = "a-token-of-more-than-16";
const hmac = "a-secret-of-more-than-16";
const alertSecret = "an-alert-secret-of-more";
const running: HttpService[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

interface Asked {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

interface TestServer {
  readonly context: TestContext;
  readonly url: string;
  ask(path: string, body?: string, headers?: Record<string, string>): Promise<Asked>;
}

async function served(given: Record<string, unknown> = {}): Promise<TestServer> {
  const context = aContext();
  const read = http.schema.safeParse({
    ...{
      port: 0,
      callers: [
        { name: "bot", token, hmac_secret: hmac },
        { name: "other", token: `${token}-2` },
      ],
    },
    ...{ tradingview: { secret: alertSecret }, ...given },
  });
  if (!read.success) throw new Error(JSON.stringify(read.error.issues));
  const service = new HttpService(read.data, context);
  await service.start();
  running.push(service);
  const { url } = service;
  return {
    context,
    url,
    ask: async (path, body, headers = {}) => {
      const answer = await fetch(`${url}${path}`, {
        ...(body !== undefined && { method: "POST", body }),
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      });
      return { status: answer.status, body: (await answer.json()) as Asked["body"], headers: answer.headers };
    },
  };
}

const bearer = { authorization: `Bearer ${token}` };
const command = (words: string): string => JSON.stringify({ command: words });

function signed(
  context: TestContext,
  body: string,
  given: { nonce?: string; at?: number; secret?: string } = {},
) {
  const { nonce = "nonce-0001", at = context.clock.now(), secret = hmac } = given;
  const timestamp = String(at);
  return {
    ...{ "x-bitfever-key": "bot", "x-bitfever-timestamp": timestamp, "x-bitfever-nonce": nonce },
    "x-bitfever-signature": signatureOf(secret, { timestamp, nonce, body }),
  };
}

describe("commands over HTTP", { timeout: 60_000 }, () => {
  it("are carried out for who has a token, and answered as programs like it", async () => {
    const { ask, context } = await served();
    expect(await ask("/command", command("buy btc 80"), bearer)).toMatchObject({
      status: 200,
      body: { outcome: "done" },
    });
    expect(context.given).toEqual([{ mouth: "http", who: "bot", words: "buy btc 80" }]);
    for (const [outcome, status] of [
      ["confirm", 202],
      ["unreadable", 400],
      ["refused", 422],
    ] as const) {
      context.answer({ outcome, text: outcome, code: "BF5335" });
      expect(await ask("/command", command("buy btc 80"), bearer)).toMatchObject({
        status,
        body: { outcome, code: "BF5335" },
      });
    }
    expect(await ask("/state", undefined, bearer)).toMatchObject({ status: 200, body: { equity: 1_000 } });
  });

  it.each([
    ["no token", {}],
    ["a wrong one", { authorization: "Bearer a-token-of-more-than-17" }],
    ["the beginning of one", { authorization: `Bearer ${token.slice(0, -1)}` }],
    ["no scheme", { authorization: token }],
    ["a secret for signatures in its place", { authorization: `Bearer ${hmac}` }],
    ["somebody's name", { "x-bitfever-key": "bot" }],
  ])("are refused and written down: %s", async (_name, headers) => {
    const { ask, context } = await served();
    for (const [path, body] of [
      ["/command", command("buy btc 80")],
      ["/state", undefined],
    ] as const)
      expect(await ask(path, body, headers as Record<string, string>)).toMatchObject({
        status: 401,
        body: { code: "BF5338" },
      });
    expect(context.given).toEqual([]);
    expect(context.turned).toMatchObject([
      { mouth: "http", code: "BF5338", words: "buy btc 80" },
      { code: "BF5338", words: "" },
    ]);
    expect(context.logged.join()).not.toContain(token);
  });

  it("are carried out once for a signature, and soon", async () => {
    const { ask, context } = await served();
    const body = command("positions");
    const right = signed(context, body);
    expect((await ask("/command", body, right)).status).toBe(200);
    expect((await ask("/command", body, right)).status).toBe(401);
    const now = context.clock.now();
    const wrong = [
      signed(context, body, { nonce: "nonce-0002", at: now - 31_000 }),
      signed(context, body, { nonce: "nonce-0003", at: now + 31_000 }),
      signed(context, body, { nonce: "nonce-0004", secret: `${hmac}!` }),
      signed(context, command("flatten all"), { nonce: "nonce-0005" }),
      signed(context, body, { nonce: "x" }),
      { ...signed(context, body, { nonce: "nonce-0006" }), "x-bitfever-key": "other" },
      { ...signed(context, body, { nonce: "nonce-0007" }), "x-bitfever-signature": "" },
      { ...signed(context, body, { nonce: "nonce-0008" }), "x-bitfever-timestamp": "1e12" },
    ];
    for (const each of wrong) expect((await ask("/command", body, each)).status).toBe(401);
    expect((await ask("/state", undefined, signed(context, "", { nonce: "nonce-0009" }))).status).toBe(200);
    expect(context.given).toHaveLength(1);
  });

  it("are taken no faster than was agreed, and nobody guesses", async () => {
    const { ask, context } = await served({ rate: { per_minute: 60, burst: 3 } });
    for (let i = 0; i < 3; i++) expect((await ask("/command", command("status"), bearer)).status).toBe(200);
    const late = await ask("/command", command("status"), bearer);
    expect(late).toMatchObject({ status: 429, body: { code: "BF5339" } });
    expect(late.headers.get("retry-after")).toBe("1");
    // Others are others.
    expect((await ask("/command", command("status"), { authorization: `Bearer ${token}-2` })).status).toBe(
      200,
    );
    context.pass(1_000);
    expect((await ask("/command", command("status"), bearer)).status).toBe(200);
    expect(context.turned).toEqual([{ mouth: "http", who: "bot", words: "status", code: "BF5339" }]);
    const wrong = { authorization: "Bearer wrong" };
    for (let i = 0; i < 10; i++) expect((await ask("/state", undefined, wrong)).status).toBe(401);
    expect((await ask("/state", undefined, wrong)).status).toBe(429);
    expect(context.turned).toHaveLength(11);
    // Nobody is locked out by who guesses beside them.
    context.pass(1_000);
    expect((await ask("/state", undefined, bearer)).status).toBe(200);
    context.pass(60_000);
    expect((await ask("/state", undefined, wrong)).status).toBe(401);
  });

  it.each([
    ["no JSON", "buy btc 80", 400],
    ["another shape", '{"cmd":"buy btc 80"}', 400],
    ["null", "null", 400],
    ["a list", '["buy btc 80"]', 400],
    ["a number", '{"command":1}', 400],
    ["more than anybody types", JSON.stringify({ command: "x".repeat(20_000) }), 413],
  ])("have to be in a body of one shape: %s", async (_name, body, status) => {
    const { ask, context } = await served();
    expect((await ask("/command", body, bearer)).status).toBe(status);
    expect(context.given).toEqual([]);
  });

  it("says nothing of what went wrong on this side", async () => {
    const { ask, context } = await served();
    context.command = () => Promise.reject(new Error("a secret path"));
    const { status, body } = await ask("/command", command("status"), bearer);
    expect([status, body]).toEqual([500, { error: "a fault of BitFever, which is logged" }]);
    expect(context.logged.join()).toContain("a secret path");
    expect((await ask("/nothing")).status).toBe(404);
    expect(
      (await ask("/command", command("status"), { ...bearer, "content-type": "application/xml" })).status,
    ).toBe(415);
  });

  it("listens to this machine alone where nobody says otherwise", async () => {
    const { url } = await served();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("says which port it cannot have", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      expect(await codeOf(() => served({ port }))).toBe("BF5341");
    } finally {
      taken.close();
    }
  });

  it("is told its secrets in full", () => {
    for (const callers of [[{ name: "x" }], [{ name: "x", token: "short" }], [{ token }]])
      expect(http.schema.safeParse({ callers }).success).toBe(false);
    expect(http.schema.safeParse({ cors: true }).success).toBe(false);
  });

  it("end, whoever holds a connection open", async () => {
    const { url } = await served();
    const sockets = ["", "POST /command HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"].map((begun) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      socket.on("error", () => undefined).write(begun);
      return socket;
    });
    await Promise.all(sockets.map((each) => once(each, "connect")));
    const closed = sockets.map((each) => new Promise((resolve) => each.on("close", resolve)));
    for (const each of running.splice(0)) await each.stop();
    await Promise.all(closed);
  });
});

describe("an alert of TradingView", { timeout: 60_000 }, () => {
  const alert = (context: TestContext, given: Record<string, unknown>): string =>
    JSON.stringify({ secret: alertSecret, time: new Date(context.clock.now()).toISOString(), ...given });

  it.each([
    [{ command: "buy btc 80 -sl 3%" }, "buy btc 80 -sl 3%"],
    [{ action: "buy", ticker: "BTCUSDT", contracts: "0.5" }, "buy 0.5 BTCUSDT"],
    [{ action: "SELL", ticker: "BINANCE:ETHUSDT.P", contracts: 2 }, "sell 2 ETHUSDT"],
    [
      { action: "buy", ticker: "BTCUSDT", money: 80, stop: "3%", target: "2:1" },
      "buy BTCUSDT 80 -sl 3% -tp 2:1",
    ],
    [
      { action: "buy", ticker: "BTCUSDT", contracts: 1, price: 64000, trail: "2%" },
      "buy 1 BTCUSDT @ 64000 -tsl 2%",
    ],
    [{ action: "close", ticker: "BTCUSDT" }, "close BTCUSDT"],
    [{ action: "close", ticker: "BTCUSDT", contracts: "50%" }, "close BTCUSDT 50%"],
  ])("is a command: %j", async (given, words) => {
    const { ask, context } = await served();
    expect(
      (await ask("/webhook/tradingview", alert(context, given), { "content-type": "text/plain" })).status,
    ).toBe(200);
    expect(context.given).toEqual([{ mouth: "tradingview", who: "alert", words }]);
  });

  it.each([
    ["no action", { ticker: "BTCUSDT", contracts: 1 }],
    ["another action", { action: "flatten", ticker: "BTCUSDT", contracts: 1 }],
    ["no amount", { action: "buy", ticker: "BTCUSDT" }],
    ["two amounts", { action: "buy", ticker: "BTCUSDT", contracts: 1, money: 1 }],
    ["an option in a field", { action: "buy", ticker: "BTCUSDT -s other", contracts: 1 }],
    ["a sign in front", { action: "buy", ticker: "BTCUSDT", contracts: "-1" }],
    ["a line more", { action: "buy", ticker: "BTCUSDT\nkill", contracts: 1 }],
    ["a list", { action: ["buy"], ticker: "BTCUSDT", contracts: 1 }],
  ])("is refused where it does not say one thing: %s", async (_name, given) => {
    const { ask, context } = await served();
    expect(await ask("/webhook/tradingview", alert(context, given))).toMatchObject({
      status: 400,
      body: { code: "BF5330" },
    });
    expect(context.given).toEqual([]);
  });

  it("is taken once, soon, and with its secret", async () => {
    const { ask, context } = await served();
    const given = { command: "buy btc 80" };
    const right = alert(context, given);
    expect((await ask("/webhook/tradingview", right)).status).toBe(200);
    const refused = [
      right,
      alert(context, { ...given, time: undefined }),
      alert(context, { ...given, time: new Date(context.clock.now() - 301_000).toISOString() }),
      alert(context, { ...given, time: "{{timenow}}" }),
      alert(context, { ...given, secret: "another-secret-of-more-than-16" }),
      alert(context, { ...given, secret: undefined }),
      "buy btc 80",
      "",
    ];
    for (const each of refused) expect((await ask("/webhook/tradingview", each)).status).toBe(401);
    expect(context.given).toHaveLength(1);
    expect(context.turned.map(({ code }) => code)).toEqual(refused.map(() => "BF5338"));
    expect(JSON.stringify([context.turned, context.logged])).not.toContain(alertSecret);
    context.pass(60_000);
    expect((await ask("/webhook/tradingview", alert(context, given))).status).toBe(200);
  });

  it("may be signed in place of a secret", async () => {
    const { ask, context } = await served();
    const body = JSON.stringify({ command: "close btc" });
    expect((await ask("/webhook/tradingview", body, signed(context, body))).status).toBe(200);
    expect((await ask("/webhook/tradingview", body, signed(context, body))).status).toBe(401);
    // What callers have to confirm is asked of who signs, too.
    expect(context.given).toEqual([{ mouth: "http", who: "bot", words: "close btc" }]);
  });

  it("is for nobody where none is configured", async () => {
    const { ask, context } = await served({ tradingview: undefined });
    expect((await ask("/webhook/tradingview", alert(context, { command: "positions" }))).status).toBe(404);
  });
});
