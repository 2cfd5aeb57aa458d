import { afterEach, describe, expect, it } from "vitest";
import { partsOf, telegram } from "../../src/services/telegram.js";
import type { Service } from "../../src/services/service.js";
import { codeOf } from "../code-of.js";
import { aContext, until, type TestContext } from "./a-context.js";
import { botToken, fakeTelegram, type FakeTelegram } from "./fake-telegram.js";

const open: { readonly service: Service; readonly api: FakeTelegram }[] = [];

afterEach(async () => {
  for (const { service, api } of open.splice(0)) {
    await service.stop();
    await api.close();
  }
});

async function chatting(
  given: Record<string, unknown> = {},
  before: (api: FakeTelegram) => void = () => undefined,
): Promise<{ readonly context: TestContext; readonly api: FakeTelegram }> {
  const context = aContext();
  const api = await fakeTelegram(() => context.clock.now());
  before(api);
  const read = telegram.schema.safeParse({ token: botToken, chats: [1], api_root: api.url, ...given });
  if (!read.success) throw new Error(JSON.stringify(read.error.issues));
  const service = telegram.make(read.data, context);
  open.push({ service, api });
  await service.start();
  return { context, api };
}

describe("a bot in Telegram", { timeout: 60_000 }, () => {
  it("carries out what is written in its chats, and answers there", async () => {
    const { context, api } = await chatting();
    context.answer({ outcome: "done", text: "a < b & c\nsecond" });
    api.write("buy btc 80");
    await until(() => api.sent.length === 1);
    expect(context.given).toEqual([{ mouth: "telegram", who: "chat 1 user 7", words: "buy btc 80" }]);
    expect(api.sent[0]).toMatchObject({ chat_id: 1, text: "<pre>a &lt; b &amp; c\nsecond</pre>" });
    api.write("/status@bitfever_bot");
    await until(() => context.given.length === 2);
    expect(context.given[1].words).toBe("status");
  });

  it("leaves to another bot what is meant for that", async () => {
    const { context, api } = await chatting();
    for (const each of ["/flatten@paper_bot all", "/status@BitFever_bot now", "/positions"]) api.write(each);
    await until(() => api.sent.length === 2);
    expect(context.given.map(({ words }) => words)).toEqual(["status now", "positions"]);
  });

  it("says nothing to others, and writes that down", async () => {
    const { context, api } = await chatting({ users: [7] });
    api.write("flatten all", { chat: 2 });
    api.write("flatten all", { user: 8 });
    api.press("confirm ABCDEFGH", { chat: 2 });
    api.write("status");
    await until(() => api.sent.length === 1);
    expect(context.given).toEqual([{ mouth: "telegram", who: "chat 1 user 7", words: "status" }]);
    expect(context.turned).toEqual([
      { mouth: "telegram", who: "chat 2 user 7", words: "flatten all", code: "BF5338" },
      { mouth: "telegram", who: "chat 1 user 8", words: "flatten all", code: "BF5338" },
      { mouth: "telegram", who: "chat 2 user 7", words: "confirm ABCDEFGH", code: "BF5338" },
    ]);
    expect(api.sent.map((each) => each.chat_id)).toEqual([1]);
  });

  it("has a button to confirm", async () => {
    const { context, api } = await chatting();
    context.answer({ outcome: "confirm", text: "buy 1", confirm: { token: "ABCDEFGH", until: 0 } });
    api.write("buy 1 eth");
    await until(() => api.sent.length === 1);
    expect(api.sent[0].reply_markup).toEqual({
      inline_keyboard: [[{ text: "confirm", callback_data: "confirm ABCDEFGH" }]],
    });
    context.answer({ outcome: "done", text: "sent" });
    api.press("confirm ABCDEFGH");
    await until(() => api.sent.length === 2);
    expect(context.given[1]).toEqual({ mouth: "telegram", who: "chat 1 user 7", words: "confirm ABCDEFGH" });
    expect(api.calls).toContain("answerCallbackQuery");
  });

  it("does not carry out what was written before it listened, or came late", async () => {
    const { context, api } = await chatting({}, (before) => {
      before.write("flatten all");
    });
    api.write("flatten all", { date: context.clock.now() - 121_000 });
    await until(() => api.sent.length === 1);
    expect(api.sent[0].text).toContain("is not carried out");
    expect(context.given).toEqual([]);
    expect(context.turned).toMatchObject([{ words: "flatten all", code: "BF5338" }]);
  });

  it("takes no more than so many commands", async () => {
    const { context, api } = await chatting({ rate: { per_minute: 60, burst: 2 } });
    for (const words of ["one", "two", "three", "four"]) api.write(words);
    await until(() => context.turned.length === 2);
    expect(context.given.map(({ words }) => words)).toEqual(["one", "two"]);
    expect(context.turned.map(({ words, code }) => `${words} ${code}`)).toEqual([
      "three BF5339",
      "four BF5339",
    ]);
    context.pass(1_000);
    api.write("five");
    await until(() => context.given.length === 3);
  });

  it("cuts long answers between lines, and loses nothing", async () => {
    const { context, api } = await chatting();
    const text = Array.from({ length: 900 }, (_, i) => `line ${i}`).join("\n");
    context.answer({ outcome: "done", text });
    api.write("orders");
    await until(() => api.sent.length === 3);
    expect(api.sent.map((each) => each.text.slice(5, -6)).join("\n")).toBe(text);
    expect(partsOf("x".repeat(8_000)).join("")).toBe("x".repeat(8_000));
    expect(partsOf("")).toEqual(["–"]);
  });

  it("goes on when an answer cannot be sent or a command is a fault of ours", async () => {
    const { context, api } = await chatting();
    const command = context.command;
    context.command = () => Promise.reject(new Error(`no luck at /bot${botToken}/`));
    api.write("status");
    await until(() => context.logged.some((each) => each.includes("no luck")));
    expect(context.logged.join()).not.toContain(botToken);
    context.command = command;
    api.write("status");
    await until(() => api.sent.length === 1);
  });

  it("says that it cannot be reached, without its token", async () => {
    const wrong = botToken.replace(/A$/, "B");
    expect(await codeOf(() => chatting({ token: wrong }))).toBe("BF5343");
    await expect(chatting({ token: wrong })).rejects.not.toThrow(wrong);
  });

  it("needs chats and the token of a bot", () => {
    for (const given of [{ token: botToken }, { token: botToken, chats: [] }, { token: "x", chats: [1] }])
      expect(telegram.schema.safeParse(given).success).toBe(false);
  });
});
