import { z } from "zod";
import { atMost, isRefusedForGood, retryAfterOf, whyOf, type ChannelKind } from "./channel.js";

const schema = z.strictObject({
  kind: z.literal("telegram"),
  /** Of the bot, as BotFather gives it. */
  token: z.string().regex(/^\d+:[\w-]+$/, { error: "is no token of a bot; it looks like 123456:ABC-def" }),
  /** A number, or the `@name` of a channel. */
  chat: z.union([z.number().transform(String), z.string().regex(/^(-?\d+|@\w+)$/)], {
    error: "is no chat; write its number, or the @name of a channel",
  }),
  /** Another server of the Bot API. */
  api_root: z.url({ protocol: /^https?$/ }).default("https://api.telegram.org"),
});

/** A chat, by the Bot API. */
export const telegramChannel: ChannelKind<z.infer<typeof schema>> = {
  name: "telegram",
  schema,
  secrets: ({ token }) => [token],
  // Telegram refuses more than about one a second to a chat, and twenty a minute to a group.
  pace: { burst: 5, perMinute: 20 },
  open: async ({ token, chat, api_root: root }) => ({
    send: async ({ account, level, text }, signal) => {
      try {
        const answer = await fetch(`${root.replace(/\/$/, "")}/bot${token}/sendMessage`, {
          ...{ method: "POST", signal, redirect: "error" },
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            chat_id: chat,
            text: atMost(`[${level}] ${account}: ${text}`, 4_096),
            link_preview_options: { is_disabled: true },
            disable_notification: level === "info",
          }),
        });
        const said = (await answer.json().catch(() => ({}))) as TelegramAnswer;
        if (answer.ok && said.ok === true) return { kind: "delivered" };
        const wait = said.parameters?.retry_after;
        return {
          kind: "failed",
          why: `HTTP ${answer.status} ${atMost(said.description ?? "", 300)}`.trim(),
          // A chat that there is not yet may be there once somebody has written to the bot.
          isFinal: isRefusedForGood(answer.status) && !/chat not found/i.test(said.description ?? ""),
          retryAfterMs: typeof wait === "number" ? wait * 1_000 : retryAfterOf(answer.headers),
        };
      } catch (error) {
        return { kind: "failed", why: whyOf(error), isFinal: false };
      }
    },
    close: () => undefined,
  }),
};

interface TelegramAnswer {
  readonly ok?: boolean;
  readonly description?: string;
  readonly parameters?: { readonly retry_after?: number };
}
