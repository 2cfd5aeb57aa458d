import { isoTime } from "@bitfever/engine";
import { z } from "zod";
import { peer } from "../../peers.js";
import { atMost, whyOf, type ChannelKind, type Sending } from "./channel.js";

const address = z.string().regex(/^[^\s@,;<>]+@[^\s@,;<>]+$/, { error: "is no address of a mailbox" });

const schema = z
  .strictObject({
    kind: z.literal("email"),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).optional(),
    /** `starttls` begins in the clear and goes no further so; `tls` is encrypted from the start; `none` is for servers on this machine. */
    security: z.enum(["starttls", "tls", "none"]).default("starttls"),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    from: address,
    to: z.union([address.transform((each) => [each]), z.array(address).min(1)]),
  })
  .superRefine(({ security, host, user, password }, context) => {
    if (security === "none" && !isThisMachine(host))
      context.addIssue({
        code: "custom",
        path: ["security"],
        message: "is `none`: what is written would travel in the clear; take starttls or tls",
      });
    if ((user === undefined) !== (password === undefined))
      context.addIssue({
        code: "custom",
        path: ["user"],
        message: "and `password` are given both or neither",
      });
  });

/** Mail by SMTP. */
export const emailChannel: ChannelKind<z.infer<typeof schema>> = {
  name: "email",
  schema,
  secrets: ({ password }) => (password === undefined ? [] : [password]),
  pace: { burst: 5, perMinute: 2 },
  async open({ host, port, security, user, password, from, to }) {
    const { createTransport } = await peer("nodemailer", "e-mail", () => import("nodemailer"));
    const transport = createTransport({
      host,
      port: port ?? { starttls: 587, tls: 465, none: 25 }[security],
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
      // Nothing of a text of somebody else's is taken for a file or an address to be read.
      disableFileAccess: true,
      disableUrlAccess: true,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
    });
    return {
      send: async (message, signal) => {
        const sending = transport
          .sendMail({
            ...{ from, to: [...to] },
            subject: atMost(`[${message.level}] ${message.account}: ${message.title}`, 200).replace(
              /\s+/g,
              " ",
            ),
            text: `${message.text}\n\n${isoTime(message.time)}  ${message.account}  ${message.kind}\n`,
            messageId: `<${message.id}@bitfever>`,
            headers: { "auto-submitted": "auto-generated" },
          })
          .then((): Sending => ({ kind: "delivered" }), failure);
        return Promise.race([sending, aborted(signal)]);
      },
      close: () => {
        transport.close();
      },
    };
  },
};

const patienceMs = 20_000;

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

/** By SMTP 5xx is said of what will not be taken; of who may not come in it is said too, and a password can be put right. */
function failure(error: unknown): Sending {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return { kind: "failed", why: whyOf(error), isFinal: responseCode >= 550 && code !== "EAUTH" };
}

/** What was begun goes on by itself, up to its patience. */
const aborted = (signal: AbortSignal): Promise<Sending> =>
  new Promise((resolve) => {
    const end = (): void => {
      resolve({ kind: "failed", why: "the mail server has not answered in time", isFinal: false });
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
