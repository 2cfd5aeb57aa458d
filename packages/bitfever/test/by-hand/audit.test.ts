import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { entryOf, fileAudit, masked } from "../../src/by-hand/audit.js";
import { RateLimiter } from "../../src/services/rate-limiter.js";
import { anAccount, me, start } from "./an-account.js";

const folder = mkdtempSync(join(tmpdir(), "bitfever-audit-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("what is kept of commands", () => {
  it.each([
    ["buy btc 80 -sl 3%", "buy btc 80 -sl 3%"],
    ["confirm 7QK2M4XA", "confirm •••"],
    [" YES 7QK2M4XA and more", " YES •••"],
    ["confirm 7QK2M4XA\nagain", "confirm •••"],
    [
      "cancel 1772445780000-breakout-of-the-channel-with-a-long-name-stop",
      "cancel 1772445780000-breakout-of-the-channel-with-a-long-name-stop",
    ],
    ["why bfTpB1FHMkmk0zrd1ccKoc_r", "why bfTpB1FHMkmk0zrd1ccKoc_r"],
    ["4711:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "•••"],
    ["login abcdefghijklmnopqrstuvwxyz0123456789", "login •••"],
    ["buy btc 80 key=abcdefghijklmnopqrstuvwxyz0123456789", "buy btc 80 •••"],
    ["why 12345678901-a:b/c=abcdefghijklmnopqrstuvwxyz", "why •••"],
    ["buy ".repeat(1_000), `${"buy ".repeat(150)}…`],
  ])("has no secret in it: %j", (words, expected) => {
    expect(masked(words)).toBe(expected);
  });

  it("is a line of JSON for each, behind those that are there, for its owner alone", () => {
    const path = join(folder, "deep/audit.jsonl");
    const audit = fileAudit(path);
    audit(entryOf(start, me, "positions", { outcome: "done" }));
    audit(entryOf(start, me, "two\nlines", { outcome: "unreadable", code: "BF5330" }));
    expect(
      readFileSync(path, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      { time: "2026-03-02T10:00:00Z", mouth: "test", who: "me", words: "positions", outcome: "done" },
      {
        time: "2026-03-02T10:00:00Z",
        mouth: "test",
        who: "me",
        words: "two\nlines",
        outcome: "unreadable",
        code: "BF5330",
      },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is kept, or the command is not carried out", async () => {
    writeFileSync(join(folder, "file"), "");
    const { commands, account } = anAccount({ audit: fileAudit(join(folder, "file/audit.jsonl")) });
    for (const words of ["buy 1 eth", "halt", "positions", "nonsense"])
      expect(await commands.carryOut(words, me)).toMatchObject({ outcome: "refused", code: "BF5344" });
    expect(account.state).toMatchObject({ orders: [], state: "active" });
  });

  it("is kept before it is done, so that nothing is done without a word", async () => {
    let left = 1;
    const { commands, account } = anAccount({
      audit: () => {
        if (left-- <= 0) throw new Error("the disk is gone");
      },
    });
    await expect(commands.carryOut("buy 1 eth", me)).rejects.toThrow("the disk is gone");
    expect(account.state.orders).toHaveLength(1);
    await expect(commands.carryOut("buy 1 eth", me)).rejects.toThrow("the disk is gone");
    expect(account.state.orders).toHaveLength(1);
  });
});

describe("how often somebody may come", () => {
  it("is so many at once, and so many a minute after that", () => {
    const limiter = new RateLimiter({ perMinute: 6, burst: 2 });
    const comes = (at: number): boolean => limiter.take("me", at);
    expect([comes(0), comes(0), comes(0), comes(9_999), comes(10_000), comes(10_000)]).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(limiter.take("you", 10_000)).toBe(true);
    expect(limiter.waitMs("me", 12_500)).toBe(7_500);
    // A clock that goes back gives nothing away.
    expect([comes(0), comes(5_000)]).toEqual([false, false]);
    // And nobody saves up more than a burst.
    expect([comes(1e9), comes(1e9), comes(1e9)]).toEqual([true, true, false]);
  });

  it("is remembered of a bounded number of people", () => {
    const limiter = new RateLimiter({ perMinute: 1, burst: 1 });
    for (let i = 0; i < 25_000; i++) limiter.take(`${i}`, i);
    expect(
      (limiter as unknown as { readonly buckets: Map<string, unknown> }).buckets.size,
    ).toBeLessThanOrEqual(10_000);
  });

  it("is forgotten of who came longest ago", () => {
    const limiter = new RateLimiter({ perMinute: 1, burst: 1 });
    for (let i = 0; i < 10_000; i++) limiter.take(`${i}`, 0);
    expect(limiter.take("0", 0)).toBe(false);
    limiter.take("new", 0);
    expect([limiter.take("0", 0), limiter.take("1", 0)]).toEqual([false, true]);
  });
});
