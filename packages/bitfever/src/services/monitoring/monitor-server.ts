import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { BitFeverError } from "@bitfever/lang";

/** What is said at a path. */
interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface MonitorServer {
  /** Where it can be reached, such as `http://127.0.0.1:9464`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a few pages that can only be read.
 *
 * @throws BitFeverError BF5347 where it cannot have the port
 */
export async function serveMonitor(
  host: string,
  port: number,
  pages: Readonly<Record<string, () => Page | Promise<Page>>>,
): Promise<MonitorServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 });
  server.on("request", (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const answer = ({ status, type, body }: Page): void => {
      response.writeHead(status, {
        "content-type": type,
        "content-length": Buffer.byteLength(body),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        ...(status === 405 && { allow: "GET, HEAD" }),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (page === undefined) answer(plain(404, `there are ${Object.keys(pages).join(", ")}`));
    else if (request.method !== "GET" && request.method !== "HEAD")
      answer(plain(405, "this can only be read"));
    else
      Promise.resolve()
        .then(page)
        .catch(() => plain(500, "this cannot be told now"))
        .then(answer)
        // Who asked has gone.
        .catch(() => response.destroy());
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new BitFeverError(
      "BF5347",
      `a monitor cannot listen on ${host}:${port}: ${(cause as NodeJS.ErrnoException).code ?? ""}`,
      { cause, hint: "give another `port`, or end what has this one; `host` is an address of this machine" },
    );
  }
  // Who asks badly is not worth more than an end.
  server.on("error", () => undefined);
  return { url: urlOf(server), close: () => closed(server) };
}

const plain = (status: number, body: string): Page => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${body}\n`,
});

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Who holds a connection open does not hold the end up. */
async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeAllConnections();
  await end;
}
