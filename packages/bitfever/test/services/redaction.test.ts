import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitFeverError } from "@bitfever/lang";
import { redacted, redaction, together } from "../../src/services/redaction.js";

const secret = "s3cr3t+/key==";
const hook = "https://hooks.example.com/services/T0000/B0000/abcdefghijklmnop?sign=0123456789";
const { text, value } = redaction([secret, hook, "short"]);

describe("a text", () => {
  it.each([
    [`wrong key ${secret}!`, `wrong key ${redacted}!`],
    [`/login?k=${encodeURIComponent(secret)}`, `/login?k=${redacted}`],
    ["POST /services/T0000/B0000/abcdefghijklmnop failed", `POST ${redacted} failed`],
    ["abcdefghijklmnop", redacted],
    ["sign=0123456789", redacted],
    ["shortened", `${redacted}ened`],
    // By how they look, whoever they belong to.
    ["redis://user:pass@host:1/2", `redis://${redacted}@host:1/2`],
    [
      `https://api.telegram.org/bot123456789:${"a".repeat(35)}/sendMessage`,
      `https://api.telegram.org/${redacted}/sendMessage`,
    ],
    ["Authorization: Bearer abcdef123456", `Authorization: Bearer ${redacted}`],
    ["GET /x?symbol=A&signature=deadbeefdeadbeef&n=1", `GET /x?symbol=A&signature=${redacted}&n=1`],
    ['{"apiKey":"abcdefgh12"}', `{"apiKey":"${redacted}"}`],
    // What is none stays.
    ["https://hooks.example.com/other", "https://hooks.example.com/other"],
    ["the token has expired", "the token has expired"],
    ["order bfugD_vfw1loyw3v28cKoc_r at 12:30", "order bfugD_vfw1loyw3v28cKoc_r at 12:30"],
  ])("%s", (given, said) => {
    expect(text(given)).toBe(said);
  });

  it("has no secret in base64, wherever in a longer text it stood", () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 8, maxLength: 40, unit: "grapheme" })
          .filter((each) => Buffer.from(each).length >= 8),
        fc.uint8Array({ maxLength: 9 }),
        fc.uint8Array({ maxLength: 9 }),
        (planted, before, after) => {
          const whole = Buffer.concat([before, Buffer.from(planted), after]);
          for (const encoding of ["base64", "base64url"] as const)
            expect(redaction([planted]).text(whole.toString(encoding))).toContain(redacted);
        },
      ),
    );
  });

  it("has no secret, whatever that is and whatever stands around it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 }),
        fc.string(),
        (planted, around) => {
          // What stands in its place may hold a very short one by chance.
          const secrets = planted.filter((each) => !redacted.includes(each));
          const said = redaction(secrets).text(`${around} ${secrets.join(" ")} ${around}`);
          for (const each of secrets)
            if (each.trim().length > 1) expect(said.replaceAll(redacted, "")).not.toContain(each);
        },
      ),
    );
  });

  it("is left alone where nothing is secret", () => {
    expect(redaction([]).text("bought 3 A at 10")).toBe("bought 3 A at 10");
    expect(redaction([""]).text("abc")).toBe("abc");
  });

  it("is asked for by two", () => {
    const both = together(redaction(["first-one"]), redaction(["second-one"]));
    expect(both.text("first-one second-one")).toBe(`${redacted} ${redacted}`);
    expect(together(undefined, redaction(["first-one"])).value(["first-one"])).toEqual([redacted]);
  });
});

describe("data", () => {
  it("is told without secrets, however deep, and by what its keys say", () => {
    expect(
      value({
        list: [secret, new Set([`a ${secret}`]), new Map([["api_key", "anything"]])],
        password: "anything",
        accessToken: { nested: 1 },
        "x-api-key": "anything",
        token: null,
        isSecret: true,
        tokens: 3,
        key: "fill:1",
        big: 12n,
        bytes: Buffer.from(secret),
        where: new URL(hook),
        act: () => secret,
        [secret]: 1,
      }),
    ).toEqual({
      list: [redacted, [`a ${redacted}`], { api_key: redacted }],
      password: redacted,
      accessToken: redacted,
      "x-api-key": redacted,
      token: null,
      isSecret: true,
      tokens: 3,
      key: "fill:1",
      big: "12",
      bytes: "[13 bytes]",
      where: redacted,
      act: "[function]",
      [redacted]: 1,
    });
  });

  it("tells an error with its causes, and no stack of a mistake in what was given", () => {
    const cause = new Error(`inner ${secret}`, { cause: new AggregateError([new Error(secret)], "all") });
    const told = value(new BitFeverError("BF5302", `outer ${secret}`, { cause, hint: `not ${secret}` }));
    expect(told).toMatchObject({
      ...{ code: "BF5302", message: `outer ${redacted}`, hint: `not ${redacted}` },
      cause: { message: `inner ${redacted}`, cause: { errors: [{ message: redacted }] } },
    });
    expect(told).not.toHaveProperty("stack");
    expect(JSON.stringify(told)).not.toContain(secret);
    expect((told as { cause: { stack: string } }).cause.stack).toContain("redaction.test");
  });

  it("ends where data holds itself, or goes on for ever", () => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(value(ring)).toEqual({ self: "[itself]" });
    let deep: unknown = secret;
    for (let i = 0; i < 20; i++) deep = [deep];
    expect(JSON.stringify(value(deep))).toContain("[and so on]");
  });
});
