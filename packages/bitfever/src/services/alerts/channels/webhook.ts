import { createHmac } from "node:crypto";
import { isoTime } from "@bitfever/engine";
import { z } from "zod";
import type { Message } from "../message.js";
import { atMost, isRefusedForGood, retryAfterOf, whyOf, type ChannelKind } from "./channel.js";

const schema = z.strictObject({
  kind: z.literal("webhook"),
  url: z.url({ protocol: /^https?$/, error: "is no address; write one that begins with https://" }),
  /** Signs what is sent, so that who hears it knows from whom it comes. */
  secret: z.string().min(16, { error: "is too short to sign with; take 16 characters or more" }).optional(),
  /** `slack` and `discord` are what these take; `json` is all there is to say. */
  style: z.enum(["json", "slack", "discord"]).default("json"),
});

/** JSON to an address. */
export const webhookChannel: ChannelKind<z.infer<typeof schema>> = {
  name: "webhook",
  schema,
  secrets: ({ url, secret }) => [url, ...(secret === undefined ? [] : [secret])],
  pace: { burst: 10, perMinute: 30 },
  open: async ({ url, secret, style }, { now }) => ({
    send: async (message, signal) => {
      const body = JSON.stringify(bodies[style](message));
      try {
        const answer = await fetch(url, {
          ...{ method: "POST", body, signal, redirect: "error" },
          headers: {
            "content-type": "application/json",
            "idempotency-key": message.id,
            ...(secret !== undefined && signatureOf(secret, now(), body)),
          },
        });
        // Left unread, the connection would stay taken.
        const said = atMost(await answer.text(), 300);
        if (answer.ok) return { kind: "delivered" };
        return {
          kind: "failed",
          why: `HTTP ${answer.status} ${said}`.trim(),
          isFinal: isRefusedForGood(answer.status),
          retryAfterMs: retryAfterOf(answer.headers),
        };
      } catch (error) {
        return { kind: "failed", why: whyOf(error), isFinal: false };
      }
    },
    close: () => undefined,
  }),
};

/** The time is signed too, so that who hears it can refuse what somebody has kept and sends again. */
function signatureOf(secret: string, time: number, body: string): Readonly<Record<string, string>> {
  const timestamp = String(time);
  const digest = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { "x-bitfever-timestamp": timestamp, "x-bitfever-signature": `sha256=${digest}` };
}

const bodies: Readonly<Record<z.infer<typeof schema>["style"], (message: Message) => unknown>> = {
  json: ({ time, ...message }) => ({ schema: "bitfever/alert@1", ...message, time: isoTime(time) }),
  // Both would make mentions and links of a text that somebody else has written.
  slack: ({ account, level, text }) => ({
    text: atMost(`[${level}] ${account}: ${text}`, 4_000)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;"),
  }),
  discord: ({ account, level, text }) => ({
    content: atMost(`[${level}] ${account}: ${text}`, 2_000),
    allowed_mentions: { parse: [] },
  }),
};
