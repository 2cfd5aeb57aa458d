import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { AlertService } from "../../src/services/alerts/alert-service.js";
import { alertsSchema } from "../../src/services/alerts/options.js";
import { codeOf } from "../code-of.js";
import { programs } from "../optimize/queue/built-programs.js";
import { httpFarEnd, type FarEnd } from "./far-ends.js";
import {
  fill,
  HandClock,
  holdBy,
  MadeUpAccount,
  notice,
  ownAlert,
  realClock,
  rejected,
  start,
  stateOf,
  until,
} from "./surroundings.js";

/* The service as an account has it: from what happens to what people are told. */

const root = mkdtempSync(join(tmpdir(), "bitfever-alerts-"));
const built = fileURLToPath(new URL("../../.bitfever-alerts", import.meta.url));
const ends: FarEnd[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((each) => each.close()));
});
afterAll(() => {
  for (const each of [root, built]) rmSync(each, { recursive: true, force: true });
});

let folders = 0;
const newFolder = (): string => join(root, `${folders++}`);

interface World {
  readonly clock: HandClock;
  readonly account: MadeUpAccount;
  readonly service: AlertService;
  /** What the console has, without its times. */
  readonly told: () => readonly string[];
}

/** An account whose alerts go to a console, unless something else is said. */
function world(
  options: object,
  { folder = null, at = start }: { folder?: string | null; at?: number } = {},
): World {
  const clock = new HandClock(at);
  const account = new MadeUpAccount({ clock, folder });
  const written: string[] = [];
  let id = 0;
  const parsed = alertsSchema.parse({
    channels: { screen: { kind: "console" } },
    rules: [{ when: "all", to: "screen" }],
    ...options,
  });
  const service = new AlertService(parsed, account.context, {
    write: (text) => void written.push(text),
    random: () => 0,
    newId: () => `${at}-${id++}`,
  });
  return { clock, account, service, told: () => written.splice(0).map((each) => each.slice(22).trimEnd()) };
}

describe("alerts", () => {
  it("tell of what happens, the same once, and of the beginning and the end", async () => {
    const { service, account, clock, told } = world({ stale_after: "off" });
    await service.start();
    await clock.pass(0);
    expect(told()).toEqual(["info  main: Started for the first time: active, equity 100000.00"]);
    account.tell(fill("1"), fill("2"), rejected("no money"), notice("call_failed", "timeout"));
    account.tell(notice("call_failed", "timeout"), notice("call_failed", "timeout"), ownAlert("look here"));
    account.state = stateOf({ state: "reducing", holds: [holdBy("daily_loss", "reducing")] });
    account.tell(notice("halted", "daily_loss: too much. Take entries back."));
    await clock.pass(0);
    expect(told()).toEqual([
      "critical  main: The account is reducing: daily_loss: too much. Take entries back.",
      "info  main: Cross A: bought 3 at 101.5",
      "info  main: Cross A: bought 3 at 101.5",
      "warning  main: Cross A: the venue has rejected an order: no money",
      "warning  main: timeout",
      "warning  main: Cross A: look here",
    ]);
    await clock.pass(310_000);
    expect(told()).toEqual(["warning  main: timeout (2 more times)"]);
    await service.stop();
    expect(told()).toEqual(["info  main: Stopped: reducing, equity 100000.00"]);
    await clock.pass(0);
    expect([account.isHeard, clock.waiting]).toEqual([false, 0]);
  });

  it("do nothing for what no rule is about", async () => {
    const { service, account, clock, told } = world({ rules: [{ when: ["rejected"], to: "screen" }] });
    await service.start();
    account.tell(fill("1"), notice("difference", "3 of A"));
    await clock.pass(0);
    expect(told()).toEqual([]);
    await service.stop();
    expect(told()).toEqual([]);
  });

  it("miss bars that were due, once, and say when they are back", async () => {
    const { service, account, clock, told } = world({
      rules: [{ when: ["feed_stale", "feed_back"], to: "screen" }],
    });
    await service.start();
    // Due in a quarter of an hour, and missed five minutes later.
    await clock.pass(1_199_000);
    expect(told()).toEqual([]);
    await clock.pass(600_000);
    expect(told()).toEqual(["warning  main: No bars of A, 5 min after they were due"]);
    account.state = stateOf({
      feeds: [{ symbol: "A", closedAt: start + 900_000, nextCloseAt: start + 1_800_000 }],
    });
    await clock.pass(10_000);
    expect(told()).toEqual(["info  main: Bars of A are back"]);
    await service.stop();
  });

  it("do not miss in the first minutes of a life what was due before it", async () => {
    const { service, clock, told } = world(
      { rules: [{ when: ["feed_stale"], to: "screen" }] },
      { at: start + 86_400_000 },
    );
    await service.start();
    await clock.pass(290_000);
    expect(told()).toEqual([]);
    await clock.pass(20_000);
    expect(told()).toEqual(["warning  main: No bars of A, 5 min after they were due"]);
    await service.stop();
  });

  it("tell of a daily loss at each limit once, whatever is paid in, and anew the next day", async () => {
    const { service, account, clock, told } = world({
      ...{ rules: [{ when: ["daily_loss"], to: "screen" }], daily_loss: ["2%", "4%"], stale_after: "off" },
      zone: "America/New_York",
    });
    await service.start();
    account.state = stateOf({ equity: 108_001, capital: 110_000 });
    await clock.pass(6_000);
    expect(told()).toEqual([]);
    account.state = stateOf({ equity: 107_900, capital: 110_000 });
    await clock.pass(60_000);
    expect(told()).toEqual([
      "warning  main: Down 2.1% today (2100.00), which is 2% or more; equity 107900.00",
    ]);
    account.state = stateOf({ equity: 105_000, capital: 110_000 });
    await clock.pass(60_000);
    expect(told()).toEqual(["warning  main: Down 5% today (5000.00), which is 4% or more; equity 105000.00"]);
    // From the next midnight in New York it is counted from there.
    await clock.pass(20 * 3_600_000);
    expect(told()).toEqual([]);
    account.state = stateOf({ equity: 102_800, capital: 110_000 });
    await clock.pass(6_000);
    expect(told()).toEqual([
      "warning  main: Down 2.1% today (2200.00), which is 2% or more; equity 102800.00",
    ]);
    await service.stop();
  });

  it("sum the day up at its hour, once, also where the process ended in between", async () => {
    const folder = newFolder();
    const options = { rules: [{ when: ["day_summary", "started"], to: "screen" }], summary: { at: "12:05" } };
    const first = world(options, { folder });
    await first.service.start();
    first.account.tell(fill("1"), rejected("no"), notice("refused", "exposure"));
    first.account.state = stateOf({ equity: 101_000 });
    await first.clock.pass(10_000);
    await first.service.stop();
    const second = world(options, { folder, at: start + 60_000 });
    second.account.state = stateOf({ equity: 101_500, capital: 100_000 });
    await second.service.start();
    second.account.tell(fill("2"));
    await second.clock.pass(900_000);
    expect(second.told()).toEqual([
      "info  main: Started after it had been stopped: active, equity 101500.00",
      "info  main: The day: 1500.00 (1.5%), equity 101500.00; 0 orders, 2 fills, 1 refused, 1 rejected; 3 A; active",
    ]);
    await second.service.stop();
    const third = world(options, { folder, at: start + 1_200_000 });
    await third.service.start();
    await third.clock.pass(60_000);
    expect(third.told()).toEqual(["info  main: Started after it had been stopped: active, equity 100000.00"]);
    await third.service.stop();
  });

  it("that a channel refuses are kept, and told of by the others", async () => {
    const end = await httpFarEnd();
    ends.push(end);
    end.mood = "refuses";
    // It knows its own secrets, whoever else does.
    end.complaint = "hook-with-a-token is unknown";
    const folder = newFolder();
    const account = new MadeUpAccount({ clock: realClock, folder });
    const written: string[] = [];
    const options = alertsSchema.parse({
      channels: {
        hook: { kind: "webhook", url: `http://127.0.0.1:${end.port}/hook-with-a-token` },
        screen: { kind: "console" },
      },
      rules: [
        { when: ["fill"], to: "hook" },
        { when: ["undelivered"], to: ["hook", "screen"] },
      ],
      stale_after: "off",
    });
    const around = {
      write: (text: string) => void written.push(text),
      random: () => 0,
      newId: () => `${written.length}`,
    };
    const service = new AlertService(options, account.context, around);
    await service.start();
    account.tell(fill("1"));
    await until("the other channel is told", () => written.length > 0);
    expect(written[0]).toContain("hook has not taken an alert, which is kept as undelivered: HTTP 400");
    const [kept] = readFileSync(join(folder, "undelivered.jsonl"), "utf8").split("\n");
    expect(JSON.parse(kept)).toMatchObject({ channel: "hook", text: "Cross A: bought 3 at 101.5" });
    expect(account.lines.filter(({ level }) => level === "error")).toHaveLength(1);
    const all =
      JSON.stringify([written, account.lines]) + readFileSync(join(folder, "undelivered.jsonl"), "utf8");
    expect(all).toContain("[redacted] is unknown");
    expect(all).not.toContain("hook-with-a-token");
    await service.stop();
  });

  it("are of one process at a time", async () => {
    const folder = newFolder();
    const first = world({}, { folder });
    await first.service.start();
    const { service } = world({}, { folder });
    expect(await codeOf(() => service.start())).toBe("BF5161");
    await first.service.stop();
    await service.start();
    await service.stop();
  });

  it("do not end what trades where their disk cannot be written", async () => {
    const { service, account, clock } = world({}, { folder: newFolder() });
    await service.start();
    const store = (service as unknown as { store: { append: () => void } }).store;
    store.append = () => {
      throw new Error("ENOSPC");
    };
    account.tell(fill("1"));
    await clock.pass(10_000);
    expect(account.lines.map(({ text }) => text)).toContain("an alert cannot be kept: ENOSPC");
    await service.stop();
  });

  it("say that they are kept nowhere where there is no folder", async () => {
    const { service, account } = world({});
    await service.start();
    expect(account.lines).toMatchObject([{ level: "warn", text: expect.stringContaining("kept nowhere") }]);
    await service.stop();
  });
});

describe("a process that is killed in the middle of its work", () => {
  it("loses no alert", { timeout: 240_000 }, async () => {
    const program = join(built, "alerting-process.cjs");
    await build({
      ...programs,
      entryPoints: [fileURLToPath(new URL("alerting-process.ts", import.meta.url))],
      outfile: program,
      outExtension: {},
    });
    const end = await httpFarEnd();
    ends.push(end);
    const folder = newFolder();
    const url = `http://127.0.0.1:${end.port}/`;
    let next = 0;
    for (const life of [0, 1, 2, 3, 4]) {
      // In every second life nobody takes anything.
      end.mood = life % 2 === 0 ? "fine" : "busy";
      const child = spawn(process.execPath, [program, folder, url, String(next)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      child.stdout.on("data", (part: Buffer) => {
        said += part.toString();
        if (said.split("\n").length > 40 + life * 7) child.kill("SIGKILL");
      });
      await once(child, "close");
      expect(child.signalCode).toBe("SIGKILL");
      next = Number(said.trimEnd().split("\n").at(-1)) + 1;
    }
    end.mood = "fine";
    // Who comes after it delivers what is left.
    const account = new MadeUpAccount({ clock: realClock, folder });
    const options = alertsSchema.parse({
      channels: { hook: { kind: "webhook", url, throttle: { burst: 10_000, per_minute: 10_000 } } },
      rules: [{ when: ["alert"], to: "hook" }],
    });
    const around = { write: () => undefined, random: () => 0, newId: () => "last" };
    const service = new AlertService(options, account.context, around);
    await service.start();
    await until(
      "all is delivered",
      () => existsSync(join(folder, "waiting.jsonl")) && numbers(end).size >= next,
    );
    await service.stop();
    expect([...numbers(end)].sort((a, b) => a - b)).toEqual(Array.from({ length: next }, (_, i) => i));
    expect(next).toBeGreaterThan(200);
  });
});

/** Which alerts have arrived. */
function numbers({ taken }: FarEnd): Set<number> {
  const texts = taken.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  return new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/number (\d+)\./g), ([, each]) => Number(each))),
  );
}
