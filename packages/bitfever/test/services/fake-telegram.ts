import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/* As much of the Bot API as a bot needs, on this machine. */

export interface FakeTelegram {
  readonly url: string;
  readonly sent: { readonly chat_id: number; readonly text: string; readonly reply_markup?: unknown }[];
  readonly calls: string[];
  /** Somebody writes; of updates that lie there before the bot starts the dates may be old. */
  write(
    text: string,
    given?: { readonly chat?: number; readonly user?: number; readonly date?: number },
  ): void;
  press(data: string, given?: { readonly chat?: number; readonly user?: number }): void;
  close(): Promise<void>;
}

export const botToken = "4711:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

export async function fakeTelegram(now: () => number): Promise<FakeTelegram> {
  const sent: FakeTelegram["sent"] = [];
  const calls: string[] = [];
  let updates: { readonly update_id: number }[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const [, method] = new RegExp(`^/bot${botToken}/(\\w+)$`).exec(request.url ?? "") ?? [];
      const body = await read(request);
      const answer = (result: unknown): void => {
        response.setHeader("content-type", "application/json").end(JSON.stringify({ ok: true, result }));
      };
      if (method === undefined) {
        response.statusCode = 401;
        response.end(JSON.stringify({ ok: false, error_code: 401, description: "Unauthorized" }));
        return;
      }
      calls.push(method);
      if (method === "getMe")
        answer({ id: 4711, is_bot: true, first_name: "BitFever", username: "bitfever_bot" });
      else if (method === "deleteWebhook") {
        if (body["drop_pending_updates"] === true) updates = [];
        answer(true);
      } else if (method === "getUpdates") {
        const from = Number(body["offset"] ?? 0);
        updates = updates.filter(({ update_id: id }) => id >= from);
        // A poll that waits for something, but not for long.
        if (updates.length === 0) await new Promise((resolve) => setTimeout(resolve, 30));
        answer(updates.filter(({ update_id: id }) => id >= from));
      } else if (method === "sendMessage") {
        sent.push(body as unknown as FakeTelegram["sent"][number]);
        answer({
          message_id: sent.length,
          date: 0,
          chat: { id: body["chat_id"], type: "private" },
          text: "",
        });
      } else answer(true);
    })();
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const from = (user: number) => ({ id: user, is_bot: false, first_name: "Somebody" });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ sent, calls },
    write: (text, { chat = 1, user = 7, date = now() } = {}) => {
      const message = {
        ...{ message_id: ++count, date: Math.floor(date / 1_000), text, from: from(user) },
        chat: { id: chat, type: "private", first_name: "Somebody" },
      };
      updates = [...updates, { update_id: count, message } as { readonly update_id: number }];
    },
    press: (data, { chat = 1, user = 7 } = {}) => {
      const message = { message_id: ++count, date: 0, chat: { id: chat, type: "private" }, text: "" };
      const pressed = { id: `press${count}`, from: from(user), chat_instance: "x", data, message };
      updates = [...updates, { update_id: count, callback_query: pressed } as { readonly update_id: number }];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
