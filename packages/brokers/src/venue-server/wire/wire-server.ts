import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { Timers } from "../../timers.js";
import { listenHere } from "./listen-here.js";
import type { Mishaps } from "./mishaps.js";
import type { RequestMishap } from "./mishap.js";
import type { Codec, Protocol, Route, WireAnswer, WireRequest } from "./protocol.js";
import { RequestLimit } from "./request-limit.js";
import { SpoiledStream } from "./spoiled-stream.js";

export interface WireServerOptions {
  readonly protocol: Protocol;
  readonly mishaps: Mishaps;
  readonly sockets: WebSocketServer;
  readonly now: () => number;
  readonly requestsPerMinute: number;
  readonly ordersPerTenSeconds: number;
  /** Counts what was asked for, by name. */
  readonly onRequest: (name: Route["name"]) => void;
}

/** Carries a protocol over HTTP and WebSockets on this machine alone, and spoils what it carries. */
export class WireServer {
  private readonly server: Server;
  private readonly timers = new Timers();
  private readonly streams = new Map<WebSocket, SpoiledStream<Written>>();
  private readonly requests: RequestLimit;
  private readonly orders: RequestLimit;
  private isCut = false;
  private isFrozen = false;

  constructor(private readonly options: WireServerOptions) {
    this.requests = new RequestLimit(options.requestsPerMinute, 60_000);
    this.orders = new RequestLimit(options.ordersPerTenSeconds, 10_000);
    this.server = createServer((request, response) => {
      void this.take(request, response);
    });
    this.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
  }

  /** @param port  0 for one that is free */
  listen(port: number): Promise<number> {
    return listenHere(this.server, port);
  }

  /** Breaks all connections, and takes no more. */
  cut(): void {
    this.isCut = true;
    this.breakStreams();
    this.server.closeAllConnections();
  }

  mend(): void {
    this.isCut = false;
  }

  /** Connections stay, and nothing comes over streams, not even an answer to a ping. */
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
  }

  breakStreams(): void {
    for (const socket of this.streams.keys()) socket.terminate();
  }

  async close(): Promise<void> {
    this.timers.clear();
    this.cut();
    this.options.sockets.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await requestOf(incoming);
    const { protocol, mishaps, onRequest, now } = this.options;
    if (this.isCut) {
      incoming.socket.destroy();
      return;
    }
    const named = protocol.routes[`${request.method} ${request.path}`] as Route | undefined;
    const route = named ?? protocol.routeOf?.(request);
    if (route === undefined) {
      reply(response, {
        status: 404,
        body: { msg: `${request.method} ${request.path} is not offered here` },
      });
      return;
    }
    onRequest(route.name);
    const isTooMuch =
      this.requests.isExceeded(now()) || (route.name === "place" && this.orders.isExceeded(now()));
    if (isTooMuch) {
      reply(response, protocol.refusal(429));
      return;
    }
    const mishap = mishaps.ofRequest(route.name);
    if (mishap?.kind === "late_request") await this.timers.pause(mishap.ms);
    const answer = this.answer(route, request, mishap);
    if (mishap?.kind === "late_answer") await this.timers.pause(mishap.ms);
    if (answer === "break" || this.isCut) incoming.socket.destroy();
    else if (answer !== "nothing") reply(response, answer);
  }

  private answer(
    route: Route,
    request: WireRequest,
    mishap: RequestMishap | null,
  ): WireAnswer | "break" | "nothing" {
    const { protocol } = this.options;
    switch (mishap?.kind) {
      case "lost_request":
        return "break";
      case "refused":
        return protocol.refusal(mishap.status);
      case "not_found":
        return protocol.notFound(request);
      case "lost_answer":
        this.run(route, request);
        return "break";
      case "no_answer":
        this.run(route, request);
        return "nothing";
      case "done_and_failed":
        this.run(route, request);
        return protocol.refusal(mishap.status);
      case "doubled": {
        const first = this.run(route, request);
        this.run(route, request);
        return first;
      }
      case "filled_before":
        return this.run(route, request, () => {
          for (const each of this.streams.values()) each.swapNext();
          protocol.orderOf(request)?.fillShare(mishap.share);
        });
      case "late_request":
      case "late_answer":
      case undefined:
        return this.run(route, request);
    }
  }

  private run(route: Route, request: WireRequest, before = (): void => undefined): WireAnswer {
    const { protocol } = this.options;
    try {
      if (route.isSigned) protocol.authenticate(request);
      before();
      return protocol.answer(route.run(request));
    } catch (error) {
      return protocol.failure(error, request);
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { sockets } = this.options;
    if (this.isCut) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const codec = this.options.protocol.codecOf?.(url.pathname, request.headers) ?? jsonText;
      this.converse(opened, url, codec);
    });
  }

  private converse(socket: WebSocket, { pathname, searchParams }: URL, codec: Codec): void {
    const { protocol, mishaps } = this.options;
    const stream = new SpoiledStream<Written>({
      send: (text) => {
        if (socket.readyState === socket.OPEN && !this.isFrozen) socket.send(text);
      },
      later: (ms, act) => {
        this.timers.later(ms, act);
      },
    });
    const conversation = protocol.converse(pathname, searchParams, {
      send: (message) => {
        stream.tell(codec.encode(message), mishaps.ofMessage());
        if (mishaps.cuts()) this.breakStreams();
      },
      answer: (message) => {
        stream.tell(codec.encode(message), null);
      },
      close: () => {
        socket.close();
      },
    });
    if (conversation === undefined) {
      socket.close(1008, "nobody answers here");
      return;
    }
    this.streams.set(socket, stream);
    socket.on("message", (data: Buffer) => {
      const said = codec.decode(data);
      if (said !== null) conversation.hear(said);
    });
    socket.on("ping", (data: Buffer) => {
      if (!this.isFrozen) socket.pong(data);
    });
    socket.on("error", () => {
      socket.terminate();
    });
    socket.on("close", () => {
      this.streams.delete(socket);
      conversation.end();
    });
  }
}

type Written = ReturnType<Codec["encode"]>;

const jsonText: Codec = {
  encode: (message) => JSON.stringify(message),
  decode: (data) => jsonOf(data.toString("utf8")),
};

async function requestOf(incoming: IncomingMessage): Promise<WireRequest> {
  const parts: Buffer[] = [];
  try {
    for await (const part of incoming) parts.push(part as Buffer);
  } catch {
    // The client has gone: nobody will read an answer.
  }
  const body = Buffer.concat(parts).toString("utf8");
  const { pathname, search } = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const queryText = search.slice(1);
  return {
    method: incoming.method ?? "GET",
    path: pathname,
    queryText,
    body,
    headers: incoming.headers,
    fields: { ...Object.fromEntries(new URLSearchParams(queryText)), ...fieldsOf(body) },
  };
}

function fieldsOf(body: string): Record<string, string> {
  if (body === "") return {};
  if (!body.startsWith("{")) return Object.fromEntries(new URLSearchParams(body));
  const said = jsonOf(body) ?? {};
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function reply(response: ServerResponse, { status, body, headers }: WireAnswer): void {
  if (response.destroyed) return;
  const isText = typeof body === "string";
  response.writeHead(status, { "Content-Type": isText ? "text/html" : "application/json", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** The object that a text says; null for any other text. */
function jsonOf(text: string): Record<string, unknown> | null {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" ? (said as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
