import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { serviceKinds } from "../../src/services/catalogue.js";
import { alertNames, commonValues, kindOf } from "../../src/services/alerts/alert-kinds.js";
import { alertNameOf, alertOfEvent } from "../../src/services/alerts/alert-of-event.js";
import { alertsSchema } from "../../src/services/alerts/options.js";
import { routesOf, textOf } from "../../src/services/alerts/routing.js";
import { fillIn, unknownNames } from "../../src/services/alerts/template.js";
import { quietUntil } from "../../src/services/alerts/quiet-hours.js";
import { backoffMs } from "../../src/services/alerts/backoff.js";
import { TokenBucket } from "../../src/services/alerts/token-bucket.js";
import { Repeats } from "../../src/services/alerts/repeats.js";
import { digestOf } from "../../src/services/alerts/digest.js";
import { durationText } from "../../src/services/duration.js";
import { accepted, barsAt, fill, notice, order, ownAlert, rejected, start } from "./surroundings.js";

/* What is told, to whom, in which words, and when: all of it without anybody who is told. */

const screen = { channels: { screen: { kind: "console" } } };
const rule = { when: ["fill"], to: "screen" };

describe("a configuration", () => {
  it("is read, with what is usual where nothing is said", () => {
    expect(alertsSchema.parse({ ...screen, rules: [rule] })).toMatchObject({
      channels: [{ name: "screen", options: { kind: "console" } }],
      rules: [{ when: ["fill"], to: ["screen"], at_least: "info" }],
      ...{ repeat_after: 300_000, stale_after: 300_000, zone: "UTC", daily_loss: [] },
      retry: { first: 2_000, longest: 300_000, give_up_after: 86_400_000 },
    });
    const all = alertsSchema.parse({
      ...screen,
      rules: [{ when: "all", to: ["screen"] }],
      quiet_hours: { from: "22:30", to: "07:00", zone: "Europe/Berlin" },
      ...{ daily_loss: ["2%", "4.5%"], stale_after: "off", summary: { at: "23:55" } },
    });
    expect(all.rules[0].when).toEqual(alertNames);
    expect(all).toMatchObject({
      quiet_hours: { from: 81_000_000, to: 25_200_000, breaks: "critical" },
      ...{ daily_loss: [0.02, 0.045], stale_after: null, summary: { at: 86_100_000 } },
    });
  });

  it.each<[string, object, PropertyKey[], RegExp]>([
    [
      "a name that no template has",
      { rules: [{ ...rule, template: "{strategy} {sid}" }] },
      ["rules", 0, "template"],
      /\{sid\}.*known.*account, .*side, quantity/,
    ],
    [
      "a name that only one of two kinds has",
      { rules: [{ ...rule, when: ["fill", "rejected"], template: "{price}" }] },
      ["rules", 0, "template"],
      /\{price\}.*count, strategy, symbol$/,
    ],
    [
      "a channel there is not",
      { rules: [{ ...rule, to: ["screen", "phone"] }] },
      ["rules", 0, "to"],
      /names phone, and the channels are screen/,
    ],
    [
      "a kind there is not",
      { rules: [{ ...rule, when: ["filled"] }] },
      ["rules", 0, "when"],
      /neither `all` nor a list of order, fill, /,
    ],
    ["no rule", { rules: [] }, ["rules"], /./],
    [
      "a channel that nobody knows",
      { channels: { a: { kind: "fax" } } },
      ["channels", "a", "kind"],
      /webhook/,
    ],
    [
      "a channel of which something is missing",
      { channels: { screen: { kind: "console" }, a: { kind: "webhook" } } },
      ["channels", "a", "url"],
      /https/,
    ],
    [
      "a token that is none",
      { channels: { screen: { kind: "telegram", token: "x", chat: 1 } } },
      ["channels", "screen", "token"],
      /123456:ABC-def/,
    ],
    [
      "mail in the clear",
      {
        channels: {
          screen: { kind: "email", host: "mail.example.com", security: "none", from: "a@b.c", to: "a@b.c" },
        },
      },
      ["channels", "screen", "security"],
      /clear/,
    ],
    [
      "a user without a password",
      { channels: { screen: { kind: "email", host: "localhost", user: "me", from: "a@b.c", to: "a@b.c" } } },
      ["channels", "screen", "user"],
      /both/,
    ],
    [
      "what a channel does not have",
      { channels: { screen: { kind: "console", colour: "red" } } },
      ["channels", "screen"],
      /colour/,
    ],
    [
      "a zone there is not",
      { quiet_hours: { from: "22:00", to: "07:00", zone: "Berlin" } },
      ["quiet_hours", "zone"],
      /Europe\/Berlin/,
    ],
    [
      "a time that is none",
      { quiet_hours: { from: "25:00", to: "07:00", zone: "UTC" } },
      ["quiet_hours", "from"],
      /22:30/,
    ],
    ["a time that YAML takes for a number", { summary: { at: 1_350 } }, ["summary", "at"], /in quotes/],
    ["a length of time that is none", { repeat_after: "5 minutes" }, ["repeat_after"], /5m/],
    ["a share that is none", { daily_loss: ["200%"] }, ["daily_loss", 0], /2%/],
    ["a loss that nobody is told", { daily_loss: ["2%"] }, ["daily_loss"], /name daily_loss in a rule/],
    [
      "a summary that its rule holds back",
      { rules: [{ when: "all", to: "screen", at_least: "warning" }], summary: { at: "22:00" } },
      ["summary"],
      /name day_summary in a rule/,
    ],
    [
      "a summary that nobody is told",
      { summary: { at: "22:00" } },
      ["summary"],
      /name day_summary in a rule/,
    ],
    ["a word that nobody knows", { quiet: {} }, [], /quiet/],
  ])("is refused with its place: %s", (_, change, path, message) => {
    const read = alertsSchema.safeParse({ ...screen, rules: [rule], ...change });
    expect(read.error?.issues).toContainEqual(
      expect.objectContaining({ path, message: expect.stringMatching(message) }),
    );
  });

  it("is that of a kind of service, by its name", async () => {
    for (const [name, load] of Object.entries(serviceKinds)) {
      const kind = await load();
      expect(kind.name).toBe(name);
      expect(kind.schema.safeParse({ nobody: "knows this" }).success).toBe(false);
      // Editors are told what may be written.
      expect(() => z.toJSONSchema(kind.schema as z.ZodType, { io: "input" })).not.toThrow();
    }
  });

  it.each(["alerts", "operation"])("is as docs/%s.md has it", async (page) => {
    const docs = readFileSync(new URL(`../../../../docs/${page}.md`, import.meta.url), "utf8");
    const [, block] = /```yaml\n([\s\S]*?)```/.exec(docs) ?? [];
    const { services } = parse(block) as { readonly services: Record<string, unknown> };
    for (const [name, options] of Object.entries(services)) {
      const given = JSON.stringify(options)
        .replace("${TELEGRAM_TOKEN}", "123456:ABC-def")
        .replace("${HOOK_URL}", "https://example.com");
      expect((await serviceKinds[name]()).schema.safeParse(JSON.parse(given)), name).toMatchObject({
        success: true,
      });
    }
  });
});

describe("a template", () => {
  it.each([
    ["{side} {quantity}", { side: "bought", quantity: "3" }, "bought 3"],
    ["{{side}} }} {{", { side: "bought" }, "{side} } {"],
    // What somebody else has written is no template.
    ["{text}", { text: "{side}", side: "no" }, "{side}"],
    ["{text}", { text: "$& $1" }, "$& $1"],
    ["{toString} {nobody}", {}, "{toString} {nobody}"],
  ])("%s", (template, values, text) => {
    expect(fillIn(template, values as Record<string, string>)).toBe(text);
  });

  it("says which of its names nobody knows", () => {
    expect(unknownNames("{a} {b} {c} {b} {{d}}", ["a"])).toEqual(["b", "c"]);
  });

  it("of every kind uses what its kind has", () => {
    for (const name of alertNames) {
      const { template, values } = kindOf(name);
      expect(unknownNames(template, [...commonValues, ...values])).toEqual([]);
    }
  });
});

describe("an event", () => {
  it("is an alert with all values that its kind promises", () => {
    const events = [
      ...[
        order("bf-1"),
        fill("1"),
        rejected("no money"),
        ownAlert("look"),
        notice("halted", "too much. Take entries back."),
      ],
      ...[notice("refused", "exposure"), notice("unknown", "no answer"), notice("difference", "3 of A")],
    ];
    for (const event of events) {
      const name = alertNameOf(event);
      if (name === null) throw new Error("it is an alert");
      const { values } = alertOfEvent(event, name, () => "halted");
      for (const each of kindOf(name).values) expect(values, `${name} has ${each}`).toHaveProperty(each);
    }
    for (const event of [accepted("bf-1"), barsAt(start)]) expect(alertNameOf(event)).toBeNull();
  });

  it("is the same as another where it says the same, and no fill is", () => {
    const keyOf = (event: Parameters<typeof alertNameOf>[0]): string =>
      alertOfEvent(event, alertNameOf(event) ?? "fill", () => "").key;
    expect(keyOf(notice("call_failed", "timeout"))).toBe(keyOf(notice("call_failed", "timeout")));
    expect(keyOf(notice("call_failed", "timeout"))).not.toBe(keyOf(notice("call_failed", "refused")));
    expect(keyOf(fill("1"))).not.toBe(keyOf(fill("2")));
    expect(keyOf(fill("1"))).toBe(keyOf(fill("1", { time: start + 1 })));
  });
});

it("a rule says who is told, and of several about one channel the first says how", () => {
  const { rules } = alertsSchema.parse({
    channels: { a: { kind: "console" }, b: { kind: "console" }, c: { kind: "console" } },
    rules: [
      { when: ["fill"], to: "a", strategy: "Other", template: "not this" },
      { when: ["fill"], to: ["a"], strategy: ["Cross"], level: "critical", template: "{price}!" },
      { when: "all", to: ["a", "b"] },
      { when: "all", to: "c", at_least: "warning" },
    ],
  });
  const alert = alertOfEvent(fill("1"), "fill", () => "");
  expect(routesOf(rules, alert)).toEqual([
    { channel: "a", level: "critical", template: "{price}!" },
    { channel: "b", level: "info", template: kindOf("fill").template },
  ]);
  expect(
    routesOf(
      rules,
      alertOfEvent(rejected("no"), "rejected", () => ""),
    ).map(({ channel }) => channel),
  ).toEqual([...["a", "b", "c"]]);
  expect(textOf("{price}!", alert.values, 0)).toBe("101.5!");
  expect(textOf("{price}!", alert.values, 1)).toBe("101.5! (once more)");
  expect(textOf("{price}!", alert.values, 4)).toBe("101.5! (4 more times)");
  expect(textOf("{price} x{count}", alert.values, 4)).toBe("101.5 x4");
});

describe("quiet hours", () => {
  const night = { from: 22 * 3_600_000, to: 7 * 3_600_000, zone: "Europe/Berlin" };
  it.each([
    ["2026-03-02T20:59:59Z", null],
    ["2026-03-02T21:00:00Z", "2026-03-03T06:00:00Z"],
    ["2026-03-03T05:59:59Z", "2026-03-03T06:00:00Z"],
    ["2026-03-03T06:00:00Z", null],
    // The night in which clocks go forward is an hour shorter, and the one in which they go back an hour longer.
    ["2026-03-28T21:30:00Z", "2026-03-29T05:00:00Z"],
    ["2026-10-24T20:30:00Z", "2026-10-25T06:00:00Z"],
  ])("by the clocks of a zone: %s", (now, end) => {
    expect(quietUntil(night, Date.parse(now))).toBe(end === null ? null : Date.parse(end));
  });

  it("may lie within a day", () => {
    const noon = { from: 12 * 3_600_000, to: 13 * 3_600_000, zone: "UTC" };
    expect(quietUntil(noon, start)).toBe(start + 3_600_000);
    expect(quietUntil(noon, start - 1)).toBeNull();
    expect(quietUntil(noon, start + 3_600_000)).toBeNull();
  });
});

it("a retry comes later each time, and never all at one time", () => {
  const given = { firstMs: 2_000, longestMs: 300_000 };
  expect([1, 2, 3, 8, 9, 1_000].map((failures) => backoffMs(given, failures, 0))).toEqual([
    ...[1_000, 2_000, 4_000, 128_000, 150_000, 150_000],
  ]);
  expect(backoffMs(given, 1_000, 0.999_999)).toBe(300_000);
});

it("a bucket gives no more than its burst and its pace", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 60 }),
      (burst, perMinute, pauses) => {
        const bucket = new TokenBucket(burst, perMinute);
        let [now, taken] = [start, 0];
        for (const pause of pauses) {
          now += pause;
          if (bucket.count(now) >= 1) {
            bucket.take(now);
            taken++;
          }
          expect(taken).toBeLessThanOrEqual(burst + ((now - start) / 60_000) * perMinute + 1e-3);
        }
        const wait = bucket.waitMs(now);
        expect(bucket.count(now + wait)).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});

describe("what repeats", () => {
  const alert = (key: string) => ({ kind: "call_failed" as const, key, time: start, values: { text: key } });

  it("is told once, and once more with its number when a while is over", () => {
    const repeats = new Repeats(60_000);
    expect([0, 1, 2].map((at) => repeats.hear(alert("a"), start + at))).toEqual([true, false, false]);
    expect(repeats.hear(alert("b"), start + 3)).toBe(true);
    expect(repeats.due(start + 59_999)).toEqual([]);
    expect(repeats.due(start + 60_000)).toEqual([[alert("a"), 2]]);
    // And is held back anew.
    expect(repeats.hear(alert("a"), start + 60_001)).toBe(false);
    expect(repeats.hear(alert("b"), start + 60_004)).toBe(true);
    expect(repeats.due(Infinity)).toEqual([[alert("a"), 1]]);
    expect(repeats.hear(alert("a"), start + 60_005)).toBe(true);
  });

  it("loses no number where the while was over before anybody looked", () => {
    const repeats = new Repeats(60_000);
    repeats.hear(alert("a"), start);
    repeats.hear(alert("a"), start + 1);
    expect(repeats.hear(alert("a"), start + 61_000)).toBe(false);
    expect(repeats.due(start + 61_001)).toEqual([[alert("a"), 2]]);
  });

  it("is told each time where that is asked for", () => {
    const repeats = new Repeats(0);
    expect([repeats.hear(alert("a"), start), repeats.hear(alert("a"), start)]).toEqual([true, true]);
  });

  it("does not fill the memory, and what is let go was told", () => {
    const repeats = new Repeats(1e12);
    for (let i = 0; i < 1_500; i++) {
      repeats.hear(alert(`${i}`), start);
      repeats.hear(alert(`${i}`), start);
    }
    expect(repeats.due(start)).toHaveLength(500);
    expect(repeats.due(Infinity)).toHaveLength(1_000);
  });
});

it("a digest says how many of what, in their own words up to a number", () => {
  const waiting = Array.from({ length: 60 }, (_, i) => ({
    ...{
      id: `${i}`,
      channel: "a",
      account: "main",
      time: start + i,
      since: start,
      title: `no ${i}`,
      text: `no ${i}`,
    },
    ...(i === 7 ? { level: "critical" as const, kind: "halted" } : { level: "info" as const, kind: "fill" }),
  }));
  const digest = digestOf(waiting);
  expect(digest).toMatchObject({ level: "critical", kind: "digest", time: start + 59 });
  expect(digest.text.split("\n").slice(0, 3)).toEqual([
    "60 alerts were held back: 59 fill, 1 halted",
    "(10 older ones are left out)",
    "2026-03-02T12:00:00.010Z no 10",
  ]);
  expect(digestOf(waiting).id).toBe(digest.id);
  expect(digestOf(waiting.slice(1)).id).not.toBe(digest.id);
});

it.each([
  [90_000, "90 s"],
  [300_000, "5 min"],
  [7_200_000, "2 h"],
  [259_200_000, "3 days"],
])("%d ms are %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
