import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { Channel, ChannelKind, Sending } from "../../src/services/alerts/channels/channel.js";
import { channelKinds } from "../../src/services/alerts/channels/channel-kinds.js";
import type { Message } from "../../src/services/alerts/message.js";
import { httpFarEnd, smtpFarEnd, type FarEnd, type Mood } from "./far-ends.js";
import { realClock, start } from "./surroundings.js";

/* What every way to people must do, whoever is at its end; and what each does in its own way. */

const token = `123456789:${"t".repeat(35)}`;
const signing = "a-secret-to-sign-with";
const password = "a password";

const message = (change: Partial<Message> = {}): Message => ({
  ...{ id: "id-1", account: "main", level: "warning", kind: "fill", time: start },
  ...{ title: "bought 3 A at 101.5", text: "bought 3 A at 101.5" },
  ...change,
});

const live = new AbortController().signal;
const ends: FarEnd[] = [];
const written: string[] = [];
afterEach(async () => {
  written.length = 0;
  await Promise.all(ends.splice(0).map((each) => each.close()));
});

async function open(given: object): Promise<Channel> {
  const kind = channelKinds[
    (given as { kind: keyof typeof channelKinds }).kind
  ] as unknown as ChannelKind<unknown>;
  const read = kind.schema.safeParse(given);
  if (!read.success) throw new Error(JSON.stringify(read.error.issues));
  return kind.open(read.data, { write: (text) => void written.push(text), now: realClock.now });
}

interface Trial {
  readonly farEnd: () => Promise<FarEnd>;
  readonly options: (port: number) => object;
  /** The text that has arrived, and what tells one message from another. */
  readonly read: (taken: FarEnd["taken"][number]) => { readonly text: string; readonly id?: string };
  readonly tellsHowLong: boolean;
}

const trials: Readonly<Record<string, Trial>> = {
  webhook: {
    farEnd: httpFarEnd,
    options: (port) => ({
      kind: "webhook",
      url: `http://127.0.0.1:${port}/hook?key=0123456789`,
      secret: signing,
    }),
    read: ({ body, headers }) => ({
      text: (JSON.parse(body) as { text: string }).text,
      id: headers["idempotency-key"],
    }),
    tellsHowLong: true,
  },
  telegram: {
    farEnd: httpFarEnd,
    options: (port) => ({ kind: "telegram", token, chat: 4711, api_root: `http://127.0.0.1:${port}` }),
    read: ({ body }) => ({ text: (JSON.parse(body) as { text: string }).text }),
    tellsHowLong: true,
  },
  email: {
    farEnd: smtpFarEnd,
    options: (port) => ({
      ...{ kind: "email", host: "127.0.0.1", port, security: "none", user: "me", password },
      ...{ from: "bf@example.com", to: "me@example.com" },
    }),
    read: ({ body, headers }) => ({ text: body, id: headers["message-id"] }),
    tellsHowLong: false,
  },
};

describe.each(Object.entries(trials))("%s", (_, { farEnd, options, read, tellsHowLong }) => {
  async function tried(mood: Mood = "fine"): Promise<{ channel: Channel; end: FarEnd }> {
    const end = await farEnd();
    ends.push(end);
    end.mood = mood;
    return { channel: await open(options(end.port)), end };
  }

  it("delivers", async () => {
    const { channel, end } = await tried();
    expect(await channel.send(message(), live)).toEqual({ kind: "delivered" });
    expect(end.taken.map((each) => read(each).text)).toEqual([
      expect.stringContaining("bought 3 A at 101.5"),
    ]);
    channel.close();
  });

  it("says of the same that it is the same", async () => {
    const { channel, end } = await tried();
    await channel.send(message(), live);
    await channel.send(message(), live);
    await channel.send(message({ id: "id-2" }), live);
    const [first, again, other] = end.taken.map((each) => read(each).id);
    expect(again).toBe(first);
    if (first !== undefined) expect(other).not.toBe(first);
    channel.close();
  });

  it("delivers what is odd, and cuts what is long", async () => {
    const { channel, end } = await tried();
    const odd = 'ünï\n.\n"quoted" <b>&amp;\\ 📈\u0007 =3D\nlast line';
    expect(await channel.send(message({ text: odd, title: "ünï\r\nBcc: you@example.com" }), live)).toEqual({
      kind: "delivered",
    });
    const [arrived] = end.taken;
    for (const part of ["ünï", '"quoted"', "📈", "=3D", "last line"])
      expect(read(arrived).text).toContain(part);
    expect(arrived.headers).not.toHaveProperty("bcc");
    expect(await channel.send(message({ text: "long ".repeat(20_000) }), live)).toEqual({
      kind: "delivered",
    });
    channel.close();
  });

  it.each<[Mood, Partial<Extract<Sending, { kind: "failed" }>>]>([
    ["refuses", { isFinal: true }],
    ["unknown key", { isFinal: false }],
    ["busy", { isFinal: false, ...(tellsHowLong && { retryAfterMs: 7_000 }) }],
  ])("says why where the other side is: %s", async (mood, expected) => {
    const { channel, end } = await tried(mood);
    expect(await channel.send(message(), live)).toMatchObject({ kind: "failed", ...expected });
    end.mood = "fine";
    expect(await channel.send(message(), live)).toEqual({ kind: "delivered" });
    channel.close();
  });

  it("fails for now where nobody is there", async () => {
    const { channel, end } = await tried();
    await end.close();
    expect(await channel.send(message(), live)).toMatchObject({
      ...{ kind: "failed", isFinal: false, why: expect.stringMatching(/ECONNREFUSED/) },
    });
    channel.close();
  });

  it("ends when it is told to, where nobody answers", async () => {
    const { channel, end } = await tried("silent");
    const stop = new AbortController();
    const sending = channel.send(message(), stop.signal);
    while (end.asked === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    expect(await sending).toMatchObject({ kind: "failed", isFinal: false });
    channel.close();
  });
});

it("every way is tried, but for the console, which refuses nothing", () => {
  expect([...Object.keys(trials), "console"].sort()).toEqual(Object.keys(channelKinds).sort());
});

describe("console", () => {
  it("writes lines, and nothing that would move the cursor", async () => {
    const channel = await open({ kind: "console" });
    expect(await channel.send(message({ text: "first\u001b[2J\nsecond" }), live)).toEqual({
      kind: "delivered",
    });
    expect(written).toEqual(["2026-03-02T12:00:00Z  warning  main: first·[2J\n    second\n"]);
  });
});

describe("webhook", () => {
  async function sent(more: object): Promise<FarEnd["taken"][number]> {
    const end = await httpFarEnd();
    ends.push(end);
    const channel = await open({ kind: "webhook", url: `http://127.0.0.1:${end.port}/hook`, ...more });
    await channel.send(message({ text: "<@everyone> & co" }), live);
    return end.taken[0];
  }

  it("signs what it sends with the time", async () => {
    const { headers, body } = await sent({ secret: signing });
    const signed = createHmac("sha256", signing)
      .update(`${headers["x-bitfever-timestamp"]}.${body}`)
      .digest("hex");
    expect(headers["x-bitfever-signature"]).toBe(`sha256=${signed}`);
    expect(JSON.parse(body)).toEqual({
      ...{ schema: "bitfever/alert@1", id: "id-1", account: "main", level: "warning", kind: "fill" },
      ...{ time: "2026-03-02T12:00:00Z", title: "bought 3 A at 101.5", text: "<@everyone> & co" },
    });
  });

  it("says what Slack and Discord take, and calls nobody by it", async () => {
    expect(JSON.parse((await sent({ style: "slack" })).body)).toEqual({
      text: "[warning] main: &lt;@everyone&gt; &amp; co",
    });
    const discord = await sent({ style: "discord" });
    expect(JSON.parse(discord.body)).toEqual({
      content: "[warning] main: <@everyone> & co",
      allowed_mentions: { parse: [] },
    });
    expect(discord.headers).not.toHaveProperty("x-bitfever-signature");
  });

  it("is not led elsewhere", async () => {
    const { createServer } = await import("node:http");
    const server = createServer((_, response) => {
      response.writeHead(307, { location: "http://127.0.0.1:1/elsewhere" });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const channel = await open({ kind: "webhook", url: `http://127.0.0.1:${port}/` });
    expect(await channel.send(message(), live)).toMatchObject({ kind: "failed", isFinal: false });
    server.closeAllConnections();
    server.close();
  });
});

it("telegram writes to the chat of the bot, in a length that it takes", async () => {
  const end = await httpFarEnd();
  ends.push(end);
  const channel = await open({
    kind: "telegram",
    token,
    chat: "@mine",
    api_root: `http://127.0.0.1:${end.port}/`,
  });
  await channel.send(message({ text: "📈".repeat(3_000), level: "info" }), live);
  const [{ path, body }] = end.taken;
  expect(path).toBe(`/bot${token}/sendMessage`);
  const said = JSON.parse(body) as { text: string };
  expect(said).toMatchObject({ chat_id: "@mine", disable_notification: true });
  expect(said.text.length).toBeLessThanOrEqual(4_096);
  expect(said.text).toMatch(/^\[info\] main: (📈)+…$/u);
});

it("mail names its account and its level, and is no answer to anything", async () => {
  const end = await smtpFarEnd();
  ends.push(end);
  const channel = await open(trials["email"].options(end.port));
  await channel.send(message(), live);
  expect(end.taken).toMatchObject([
    {
      path: "me@example.com",
      headers: {
        subject: "[warning] main: bought 3 A at 101.5",
        "message-id": "<id-1@bitfever>",
        "auto-submitted": "auto-generated",
      },
    },
  ]);
  channel.close();
});

it("mail says no password where nothing is encrypted and it should be", async () => {
  const end = await smtpFarEnd();
  ends.push(end);
  // Who is asked to let somebody in says that it does not know them.
  end.mood = "unknown key";
  for (const security of ["starttls", "tls"]) {
    const channel = await open({ ...trials["email"].options(end.port), security });
    // A server that waits for words does not answer to the handshake of TLS.
    const sent = await channel.send(message(), AbortSignal.timeout(security === "tls" ? 1_000 : 20_000));
    expect(sent).toMatchObject({ kind: "failed", isFinal: false });
    expect(JSON.stringify(sent)).not.toContain("535");
    channel.close();
  }
  expect(end.taken).toEqual([]);
});
