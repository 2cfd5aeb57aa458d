import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { log as logService } from "../../src/services/log-service.js";
import { openLog, type LogOptions } from "../../src/services/log.js";
import { redaction } from "../../src/services/redaction.js";
import { toldCommands } from "../../src/services/told-commands.js";
import type { AccountEvent } from "../../src/trading/account-event.js";
import { codeOf } from "../code-of.js";
import {
  accepted,
  barsAt,
  fill,
  HandClock,
  MadeUpAccount,
  notice,
  order,
  rejected,
  start,
} from "./surroundings.js";

/* Lines of JSON in which one can follow an order from the bar to the fill, and a command to what it has done. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-log-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let files = 0;
async function opened(change: Partial<LogOptions> = {}) {
  const file = join(folder, `sub/${files++}.log`);
  const log = await openLog({
    ...{
      account: "main",
      to: { file },
      level: "debug",
      now: () => start,
      redaction: redaction(["planted-secret"]),
    },
    ...change,
  });
  const lines = async (): Promise<Record<string, unknown>[]> => {
    await log.close();
    return linesIn(file);
  };
  return { log, lines, file };
}

const linesIn = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((each) => each !== "")
    .map((each) => JSON.parse(each) as Record<string, unknown>);

describe("a log", () => {
  it("has an order from the bar that decided it to its fill", async () => {
    const { log, lines } = await opened();
    const events = [
      barsAt(start),
      order("bf-1"),
      notice("refused", "exposure"),
      barsAt(start + 900_000),
      accepted("bf-1"),
    ];
    for (const event of [...events, fill("1"), rejected("no", "bf-9")]) log.hear(event);
    const all = await lines();
    const bar = "2026-03-02T12:00:00Z";
    expect(
      all.filter(({ clientId }) => clientId === "bf-1").map((each) => [each["event"], each["bar"]]),
    ).toEqual([
      ...[
        ["order", bar],
        ["accepted", bar],
        ["fill", bar],
      ],
    ]);
    expect(all.filter((each) => each["bar"] === bar).map(({ event }) => event)).toEqual([
      ...["bars", "order", "notice", "accepted", "fill"],
    ]);
    expect(all[1]).toEqual({
      ...{
        level: "info",
        time: bar,
        account: "main",
        event: "order",
        at: bar,
        bar,
        strategy: "Cross",
        symbol: "A",
      },
      ...{
        clientId: "bf-1",
        orderId: `${start}-up`,
        side: "buy",
        type: "market",
        purpose: "enter",
        tag: "up",
      },
      ...{ quantity: 3, price: null, replaces: null },
    });
    // Of an order of another life nobody knows the bar.
    expect(all.at(-1)).not.toHaveProperty("bar");
    expect(all.map(({ level }) => level)).toEqual(["debug", "info", "warn", "debug", "info", "info", "warn"]);
  });

  it("has what a command has brought about under its id, and not what happened beside it", async () => {
    const { log, lines } = await opened();
    let id = 0;
    const service = log.of("http");
    let goOn = (): void => undefined;
    const waits = new Promise<void>((resolve) => (goOn = resolve));
    const command = toldCommands({
      carryOut: async (words) => {
        if (words === "fail") throw new Error("no");
        log.hear(notice("operator", words));
        await waits;
        service.info("carried out", { words });
        return { outcome: "done", text: "done", code: "BF1" };
      },
      ...{ now: () => start, newId: () => `c${++id}`, tell: log.hear },
    });
    const by = { mouth: "http", who: "token ops" };
    const answers = [command("halt", by), command("pause", by)];
    log.hear(fill("1"));
    goOn();
    await Promise.all(answers);
    await expect(command("fail", by)).rejects.toThrow("no");
    const all = await lines();
    const of = (each: string) =>
      all
        .filter(({ command: c, id: i }) => c === each || i === each)
        .map(({ event, text, outcome, what }) => (event === "command" ? outcome : (what ?? text)));
    expect(of("c1")).toEqual([null, "operator", "carried out", "done"]);
    expect(of("c2")).toEqual([null, "operator", "carried out", "done"]);
    expect(of("c3")).toEqual([null, "failed"]);
    expect(all.find(({ event }) => event === "fill")).not.toHaveProperty("command");
    expect(all.find(({ outcome }) => outcome === "done")).toMatchObject({
      ...by,
      words: "halt",
      code: "BF1",
    });
  });

  it("has no secret, in texts, data, errors and keys", async () => {
    const { log, lines, file } = await opened({ account: "planted-secret" });
    const service = log.of("planted-secret");
    service.error("planted-secret", {
      error: new Error("planted-secret", { cause: new Error("planted-secret") }),
      nested: { list: ["planted-secret"], password: "something" },
      "planted-secret": 1,
    });
    log.hear(rejected("the key planted-secret is wrong"));
    log.hear(notice("call_failed", "https://u:planted-secret@host/?token=abcdefgh1234"));
    expect(await lines()).toHaveLength(3);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain("planted-secret");
    expect(text).not.toContain("abcdefgh1234");
    expect(text).not.toContain("something");
  });

  it("leaves out what is below its level", async () => {
    const { log, lines } = await opened({ level: "warn" });
    log.hear(barsAt(start));
    log.hear(fill("1"));
    log.hear(rejected("no"));
    log.of("alerts").info("said");
    log.of("alerts").warn("heard");
    expect((await lines()).map(({ text, event }) => text ?? event)).toEqual(["rejected", "heard"]);
  });

  it("goes on behind what was written before", async () => {
    const { log, lines, file } = await opened();
    log.hear(fill("1"));
    await lines();
    const again = await opened({ to: { file } });
    again.log.hear(fill("2"));
    await again.log.close();
    expect(linesIn(file).map(({ tradeId }) => tradeId)).toEqual(["1", "2"]);
  });

  it("says where it cannot be written", async () => {
    mkdirSync(join(folder, "a-folder"));
    expect(await codeOf(() => opened({ to: { file: join(folder, "a-folder") } }))).toBe("BF5348");
  });
});

it("the service of an account writes what happens until it is stopped", async () => {
  const own = join(folder, "service");
  const account = new MadeUpAccount({ clock: new HandClock(start), folder: own });
  const service = logService.make({ level: "info" }, account.context);
  await service.start();
  const event: AccountEvent = fill("1");
  account.tell(event);
  await service.stop();
  account.tell(event);
  expect(linesIn(join(own, "account.log"))).toHaveLength(1);
  expect(account.isHeard).toBe(false);
});
