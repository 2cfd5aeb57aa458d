import type * as ws from "ws";

/** What is done with a connection. */
export interface SocketTalk {
  /** It is open: who it is wants to be said. */
  readonly opened: () => void;
  readonly heard: (message: unknown) => void;
  /** It is gone; another one is opened soon. */
  readonly ended: (reason: string) => void;
}

export interface SocketOptions {
  readonly sockets: typeof ws;
  readonly url: string;
  /** How often the other side has to show that it is there, and how long it may take to settle, in milliseconds. */
  readonly beatMs: number;
}

const [firstPauseMs, longestPauseMs] = [100, 10_000];

/** A connection over which JSON goes both ways, which is made anew when it breaks or falls silent. */
export class LiveSocket {
  private socket: ws.WebSocket | undefined;
  private pauseMs = firstPauseMs;
  private again: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly options: SocketOptions,
    private readonly talk: SocketTalk,
  ) {}

  open(): void {
    const { sockets, url, beatMs } = this.options;
    const socket = new sockets.WebSocket(url, { perMessageDeflate: false, handshakeTimeout: beatMs });
    this.socket = socket;
    let isThere = true;
    let reason = "the connection was closed";
    const beat = setInterval(() => {
      if (socket.readyState !== socket.OPEN) return;
      if (!isThere) {
        reason = "nothing was heard any more";
        socket.terminate();
        return;
      }
      isThere = false;
      socket.ping();
    }, beatMs);
    socket.on("open", () => {
      // An answer that was lost never comes, though the other side is there.
      this.settling = setTimeout(() => {
        reason = "nobody answered";
        socket.terminate();
      }, beatMs);
      this.talk.opened();
    });
    socket.on("pong", () => {
      isThere = true;
    });
    socket.on("message", (data: Buffer) => {
      isThere = true;
      const said = jsonOf(data.toString("utf8"));
      if (said !== null && !this.isClosed) this.talk.heard(said);
    });
    socket.on("error", (error) => {
      reason = error.message;
    });
    socket.on("close", () => {
      clearInterval(beat);
      clearTimeout(this.settling);
      if (this.isClosed) return;
      this.again = setTimeout(() => {
        this.open();
      }, this.pauseMs);
      this.pauseMs = Math.min(2 * this.pauseMs, longestPauseMs);
      this.talk.ended(reason);
    });
  }

  /** All that was asked first is answered: where it breaks, the next one is opened at once. */
  settled(): void {
    clearTimeout(this.settling);
    this.pauseMs = firstPauseMs;
  }

  say(message: unknown): void {
    const { socket } = this;
    if (socket?.readyState === socket?.OPEN) socket?.send(JSON.stringify(message));
  }

  /** Breaks the connection, so that it is made anew. */
  renew(): void {
    this.socket?.terminate();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.again);
    clearTimeout(this.settling);
    this.socket?.terminate();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
