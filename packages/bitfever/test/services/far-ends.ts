import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from "node:net";

/* Those whom alerts are sent to, as they are on a good day and on others. */

/** What the other side does with what comes. */
export type Mood = "fine" | "refuses" | "unknown key" | "busy" | "silent";

export interface FarEnd {
  readonly port: number;
  /** What it has taken, in order. */
  readonly taken: readonly Taken[];
  /** How often it was asked, whatever came of it. */
  readonly asked: number;
  mood: Mood;
  /** What it says where it does not take something. */
  complaint: string;
  readonly close: () => Promise<void>;
}

export interface Taken {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes JSON as a webhook and as the Bot API of Telegram. */
export async function httpFarEnd(): Promise<FarEnd> {
  const taken: Taken[] = [];
  const end = { mood: "fine" as Mood, complaint: "Bad Request", asked: 0 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      end.asked++;
      const answer = (status: number, body: object, headers = {}): void => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(JSON.stringify(body));
      };
      switch (end.mood) {
        case "silent":
          return;
        case "busy":
          answer(
            429,
            { ok: false, description: "Too Many Requests", parameters: { retry_after: 7 } },
            { "retry-after": "7" },
          );
          return;
        case "refuses":
          answer(400, { ok: false, description: end.complaint });
          return;
        case "unknown key":
          answer(401, { ok: false, description: end.complaint });
          return;
        case "fine": {
          const body = Buffer.concat(parts).toString();
          taken.push({ path: request.url ?? "", headers: request.headers as Record<string, string>, body });
          answer(200, { ok: true });
        }
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.defineProperties(end as typeof end & FarEnd, {
    port: { value: (server.address() as AddressInfo).port },
    taken: { value: taken },
    close: {
      value: async () => {
        server.closeAllConnections();
        await ended(server);
      },
    },
  });
}

/** Takes mail by SMTP, without encryption. */
export async function smtpFarEnd(): Promise<FarEnd> {
  const taken: Taken[] = [];
  const sockets = new Set<Socket>();
  const end = { mood: "fine" as Mood, complaint: "no such mailbox", asked: 0 };
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    end.asked++;
    if (end.mood === "silent") return;
    const say = (text: string): void => void socket.write(`${text}\r\n`);
    say("220 far.end ESMTP");
    let [rest, path, isData] = ["", "", false];
    socket.on("data", (part: Buffer) => {
      rest += part.toString();
      for (;;) {
        const mark = isData ? "\r\n.\r\n" : "\r\n";
        const at = rest.indexOf(mark);
        if (at < 0) return;
        const line = rest.slice(0, at);
        rest = rest.slice(at + mark.length);
        if (isData) {
          isData = false;
          taken.push(mailOf(path, line));
          say("250 2.0.0 taken");
        } else if (/^EHLO/i.test(line))
          say("250-far.end\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN");
        else if (/^AUTH/i.test(line))
          say(end.mood === "unknown key" ? `535 5.7.8 ${end.complaint}` : "235 2.7.0 welcome");
        else if (/^STARTTLS/i.test(line)) say("502 5.5.1 not here");
        else if (/^MAIL/i.test(line)) say(end.mood === "busy" ? "451 4.3.0 later" : "250 2.1.0 go on");
        else if (/^RCPT/i.test(line)) {
          path = /<(.*?)>/.exec(line)?.[1] ?? "";
          say(end.mood === "refuses" ? `550 5.1.1 ${end.complaint}` : "250 2.1.5 go on");
        } else if (/^DATA/i.test(line)) {
          isData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) {
          say("221 2.0.0 bye");
          socket.end();
        } else say("250 2.0.0 fine");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.defineProperties(end as typeof end & FarEnd, {
    port: { value: (server.address() as AddressInfo).port },
    taken: { value: taken },
    close: {
      value: async () => {
        for (const each of sockets) each.destroy();
        await ended(server);
      },
    },
  });
}

async function ended(server: Server): Promise<void> {
  if (!server.listening) return;
  const end = once(server, "close");
  server.close();
  await end;
}

function mailOf(path: string, text: string): Taken {
  const [head, ...body] = text.split("\r\n\r\n");
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { path, headers, body: decoded(headers["content-transfer-encoding"] ?? "", body.join("\r\n\r\n")) };
}

function decoded(encoding: string, body: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString();
  if (!/quoted-printable/i.test(encoding)) return body.replaceAll("\r\n", "\n");
  const bytes = body
    .replace(/=\r\n/g, "")
    .replaceAll("\r\n", "\n")
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
