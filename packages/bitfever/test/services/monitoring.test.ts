import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { journalComplaints, readinessComplaints } from "../../src/services/monitoring/health.js";
import { metrics } from "../../src/services/monitoring/metrics-service.js";
import { redaction } from "../../src/services/redaction.js";
import type { Service } from "../../src/services/service.js";
import { codeOf } from "../code-of.js";
import {
  accepted,
  barsAt,
  fill,
  gateUse,
  HandClock,
  holdBy,
  MadeUpAccount,
  notice,
  order,
  rejected,
  start,
  stateOf,
} from "./surroundings.js";

/* Figures for Prometheus, and whether an account lives and can trade. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-monitoring-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const journal = join(folder, "journal");
mkdirSync(journal);
writeFileSync(join(journal, "journal-1.jsonl"), "x".repeat(1_000));
writeFileSync(join(journal, "snapshot-1.json"), "x".repeat(234));

const services: Service[] = [];
afterEach(async () => {
  for (const each of services.splice(0)) await each.stop();
});

interface Served {
  readonly account: MadeUpAccount;
  readonly clock: HandClock;
  readonly url: string;
  readonly get: (
    path: string,
    method?: string,
  ) => Promise<{ status: number; type: string | null; body: string }>;
}

async function served(options: object = {}, more: { journal?: string } = { journal }): Promise<Served> {
  const clock = new HandClock(start + 1_000);
  const account = new MadeUpAccount({ clock, ...more, redaction: redaction(["planted-secret"]) });
  const service = metrics.make(
    { host: "127.0.0.1", port: 0, stale_after: 300_000, ...options },
    account.context,
  );
  await service.start();
  services.push(service);
  const url = String(account.lines[0]?.data?.["url"]);
  const get: Served["get"] = async (path, method = "GET") => {
    const answer = await fetch(url + path, { method });
    return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() };
  };
  return { account, clock, url, get };
}

/** The lines of one figure, without their help. */
const linesOf = (body: string, name: string): string[] =>
  body
    .split("\n")
    .filter((line) => line.startsWith(`bitfever_${name}{`) || line.startsWith(`bitfever_${name}_`));

describe("figures", () => {
  it("say how the account stands", async () => {
    const { account, get } = await served();
    account.state = stateOf({
      ...{
        equity: 100_250.5,
        state: "reducing",
        isSettled: false,
        paused: ["Cross"],
        gates: [gateUse, { ...gateUse, most: "30%" }],
      },
      universes: [{ strategy: "Best", members: 3, capital: 1, equity: 60_000, cash: 1, closedTrades: 0 }],
      orders: [
        {
          ...{
            strategy: "Cross",
            symbol: "A",
            clientId: "bf-1",
            orderId: "1",
            price: 99,
            left: 3,
            state: "working",
          },
          ...{ side: "sell", type: "stop", purpose: "stop", tag: "up" },
        },
      ],
    });
    const { status, type, body } = await get("/metrics");
    expect([status, type]).toEqual([200, expect.stringContaining("text/plain")]);
    const of = (name: string): string[] => linesOf(body, name).sort();
    const main = 'account="main"';
    expect(of("account_equity")).toEqual([`bitfever_account_equity{${main}} 100250.5`]);
    expect(of("account_capital")).toEqual([`bitfever_account_capital{${main}} 100000`]);
    expect(of("settled")).toEqual([`bitfever_settled{${main}} 0`]);
    expect(of("paused_strategies")).toEqual([`bitfever_paused_strategies{${main}} 1`]);
    expect(of("trading_state")).toEqual([
      `bitfever_trading_state{state="active",${main}} 0`,
      `bitfever_trading_state{state="halted",${main}} 0`,
      `bitfever_trading_state{state="reducing",${main}} 1`,
    ]);
    const seat = `strategy="Cross",symbol="A",${main}`;
    expect(of("position_units")).toEqual([`bitfever_position_units{${seat}} 3`]);
    expect(of("strategy_equity")).toEqual([`bitfever_strategy_equity{${seat}} 100000`]);
    expect(of("universe_equity")).toEqual([`bitfever_universe_equity{strategy="Best",${main}} 60000`]);
    expect(of("symbol_price")).toEqual([`bitfever_symbol_price{symbol="A",${main}} 101.5`]);
    expect(of("open_orders")).toEqual([`bitfever_open_orders{state="working",${main}} 1`]);
    // Two rules of one gate are one figure.
    expect(of("gate_firings")).toEqual([`bitfever_gate_firings{gate="exposure",action="refuse",${main}} 8`]);
    expect(of("feed_age_seconds")).toEqual([`bitfever_feed_age_seconds{symbol="A",${main}} 1`]);
    expect(of("feed_overdue_seconds")).toEqual([`bitfever_feed_overdue_seconds{symbol="A",${main}} 0`]);
    expect(of("journal_bytes")).toEqual([`bitfever_journal_bytes{${main}} 1234`]);
    expect(of("journal_last_write_timestamp_seconds")[0]).toMatch(/ 1\d{9}/);
    expect(body).toContain("process_cpu_seconds_total");
    expect(body).toContain("nodejs_eventloop_lag_seconds");
    // What is no more is told no more.
    account.state = stateOf({ seats: [], feeds: [{ symbol: "A", closedAt: null, nextCloseAt: null }] });
    const after = (await get("/metrics")).body;
    for (const name of ["position_units", "open_orders", "feed_age_seconds", "gate_firings"])
      expect(linesOf(after, name)).toEqual([]);
  });

  it("count what happens, and time what takes a while", async () => {
    const { account, get, clock } = await served({}, {});
    account.tell(barsAt(start, start + 250), barsAt(start + 900_000, start + 903_000));
    account.tell(order("bf-1"), order("bf-2"), order("bf-3"), accepted("bf-1"), fill("1"), fill("2"));
    account.tell(rejected("no", "bf-2"), {
      ...rejected("no", "bf-3"),
      kind: "cancelled",
      reason: "expired",
    } as never);
    account.tell(
      notice("refused", "exposure"),
      notice("difference", "3 of A"),
      notice("call_failed", "timeout"),
    );
    account.tell({ kind: "snapshot", time: start });
    const command = {
      kind: "command",
      time: start,
      id: "1",
      mouth: "telegram",
      who: "me",
      words: "halt",
      code: null,
    } as const;
    account.tell({ ...command, outcome: null }, { ...command, outcome: "done" });
    await clock.pass(0);
    const { body } = await get("/metrics");
    const valueOf = (start: string): number[] =>
      body
        .split("\n")
        .flatMap((line) => (line.startsWith(`bitfever_${start}`) ? [Number(line.split(" ").at(-1))] : []));
    expect({
      ...{
        bars: valueOf("bars_total"),
        orders: valueOf("orders_total"),
        accepted: valueOf("orders_accepted_total"),
      },
      ...{
        fills: valueOf("fills_total"),
        rejected: valueOf("orders_rejected_total"),
        commission: valueOf("commission_total"),
      },
      ...{ cancelled: valueOf("orders_cancelled_total"), refused: valueOf("orders_refused_total") },
      ...{ differences: valueOf("differences_total"), snapshots: valueOf("reconciliations_total") },
      ...{ commands: valueOf("commands_total"), late: valueOf('bar_lateness_seconds_bucket{le="1"') },
      ...{
        acceptance: valueOf("order_acceptance_seconds_count"),
        execution: valueOf("order_execution_seconds_count"),
      },
      notices: valueOf("notices_total").length,
    }).toEqual({
      ...{
        bars: [2],
        orders: [3],
        accepted: [1],
        fills: [2],
        rejected: [1],
        commission: [0.6],
        cancelled: [1],
      },
      ...{ refused: [1], differences: [1], snapshots: [1], commands: [1], late: [1], notices: 3 },
      // Of an order that trades in parts the first counts.
      ...{ acceptance: [1], execution: [1] },
    });
    expect(body).not.toContain("journal_bytes");
  });

  it("have no label that grows with what is traded", async () => {
    const { account, get } = await served();
    for (let i = 0; i < 50; i++)
      account.tell(order(`bf-${i}`), accepted(`bf-${i}`), fill(`${i}`), notice("call_failed", `no ${i}`));
    // What Node tells of itself begins with other names, and has lines for what has happened to it by then.
    const ours = async (): Promise<number> =>
      (await get("/metrics")).body.split("\n").filter((each) => each.startsWith("bitfever_")).length;
    const count = await ours();
    expect(count).toBeGreaterThan(20);
    for (let i = 50; i < 200; i++)
      account.tell(order(`bf-${i}`), accepted(`bf-${i}`), fill(`${i}`), notice("call_failed", `no ${i}`));
    expect(await ours()).toBe(count);
  });
});

describe("health", () => {
  it("is whether the journal can be written", async () => {
    const { get } = await served();
    expect(await get("/health")).toMatchObject({
      status: 200,
      body: '{"status":"ok","account":"main","complaints":[]}\n',
    });
    const gone = await served({}, { journal: join(folder, "gone") });
    expect(await gone.get("/health")).toMatchObject({ status: 503, body: expect.stringContaining("ENOENT") });
    expect((await gone.get("/ready")).status).toBe(503);
    expect(journalComplaints(undefined)).toEqual([]);
  });
});

describe("readiness", () => {
  const complaints = (
    change: Parameters<typeof stateOf>[0],
    now = start,
    staleAfter: number | null = 300_000,
  ) => readinessComplaints(stateOf(change), now, staleAfter, start - 1e9);

  it.each<[string, readonly string[], readonly string[]]>([
    ["all is well", complaints({}), []],
    ["nothing was heard", complaints({ time: null, feeds: [] }), ["no bar was heard of yet"]],
    [
      "nobody knows how it stands",
      complaints({ isSettled: false }),
      ["positions and orders are not known to be those of the venue"],
    ],
    ["an operator has halted it", complaints({ state: "halted", holds: [holdBy("operator")] }), []],
    [
      "something else has halted it",
      complaints({ state: "halted", holds: [holdBy("operator"), holdBy("drawdown")] }),
      ["halted: drawdown: too much"],
    ],
    ["it may only reduce", complaints({ state: "reducing", holds: [holdBy("daily_loss", "reducing")] }), []],
    ["a bar is late, and not yet missed", complaints({}, start + 1_200_000), []],
    ["a bar is missed", complaints({}, start + 1_200_001), ["bars of A are missing for 5 min"]],
    ["a bar of a history is not missed", complaints({}, start + 1e9, null), []],
    [
      "bars of several are missed",
      complaints(
        { feeds: ["A", "B", "C"].map((symbol) => ({ symbol, closedAt: start, nextCloseAt: start })) },
        start + 400_000,
      ),
      ["bars of A and of 2 more are missing for 7 min"],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it("is served, without what is secret", async () => {
    const { account, get } = await served();
    expect(await get("/ready")).toMatchObject({ status: 200, type: "application/json; charset=utf-8" });
    account.state = stateOf({ state: "halted", holds: [holdBy("planted-secret")] });
    const { status, body } = await get("/ready");
    expect([status, JSON.parse(body)]).toEqual([
      503,
      { status: "failing", account: "main", complaints: ["halted: [redacted]: too much"] },
    ]);
  });
});

describe("the server", () => {
  it("has these pages, and they can only be read", async () => {
    const { get } = await served();
    expect(await get("/")).toMatchObject({ status: 404, body: "there are /metrics, /health, /ready\n" });
    expect(await get("/toString")).toMatchObject({ status: 404 });
    expect(await get("/metrics", "POST")).toMatchObject({ status: 405 });
    expect(await get("/health", "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(await get("/health?from=probe")).toMatchObject({ status: 200 });
  });

  it("says that it cannot tell, and goes on, where something is wrong within", async () => {
    const { account, get } = await served();
    const { state } = account;
    Object.defineProperty(account, "state", {
      configurable: true,
      get: () => {
        throw new Error("planted-secret");
      },
    });
    for (const path of ["/metrics", "/ready"])
      expect(await get(path)).toEqual({
        status: 500,
        type: "text/plain; charset=utf-8",
        body: "this cannot be told now\n",
      });
    Object.defineProperty(account, "state", { value: state });
    expect((await get("/metrics")).status).toBe(200);
  });

  it("does not start where the port is taken, and lets it go at its end", async () => {
    const { url, account } = await served();
    const port = Number(new URL(url).port);
    const second = metrics.make({ host: "127.0.0.1", port, stale_after: null }, account.context);
    expect(await codeOf(() => second.start())).toBe("BF5347");
    await services.pop()?.stop();
    expect(account.isHeard).toBe(false);
    await second.start();
    await second.stop();
  });
});
