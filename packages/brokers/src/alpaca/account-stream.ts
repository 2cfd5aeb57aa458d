import type { AlpacaKeys } from "./alpaca-rest.js";
import { LiveSocket, type SocketOptions } from "./live-socket.js";
import type { AlpacaTradeUpdate } from "./payloads.js";

export interface AccountNews {
  readonly update: (update: AlpacaTradeUpdate) => void;
  readonly lost: (reason: string) => void;
  readonly back: () => void;
}

interface Said {
  readonly stream?: string;
  readonly data?: { readonly status?: string; readonly streams?: readonly string[] };
}

/** What happens to the orders of the account, as long as it is open. What it has missed while it was broken it does not tell. */
export class AccountStream {
  private readonly socket: LiveSocket;
  private isListening = false;
  private isStarted = false;
  private start: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor(
    options: SocketOptions,
    { keyId, secret }: AlpacaKeys,
    private readonly news: AccountNews,
  ) {
    this.socket = new LiveSocket(options, {
      opened: () => {
        this.socket.say({ action: "auth", key: keyId, secret });
      },
      heard: (message) => {
        this.hear(message);
      },
      ended: (reason) => {
        this.end(reason);
      },
    });
  }

  /** Resolves when the venue tells; rejects where it does not. */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => {
      this.start = { resolve, reject };
    });
    this.socket.open();
    await opened;
  }

  /** Breaks it, so that it is made anew. */
  renew(): void {
    this.socket.renew();
  }

  close(): void {
    this.socket.close();
  }

  private hear(message: unknown): void {
    const { stream, data } = message as Said;
    if (stream === "authorization" && data?.status === "authorized")
      this.socket.say({ action: "listen", data: { streams: ["trade_updates"] } });
    else if (stream === "authorization") this.fail("alpaca does not know these keys");
    else if (stream === "listening" && data?.streams?.includes("trade_updates") === true) this.listens();
    else if (stream === "trade_updates") this.news.update(data as unknown as AlpacaTradeUpdate);
  }

  private listens(): void {
    this.socket.settled();
    this.isListening = true;
    if (this.isStarted) {
      this.news.back();
      return;
    }
    this.isStarted = true;
    this.start?.resolve();
  }

  private end(reason: string): void {
    if (!this.isStarted) this.fail(reason);
    else if (this.isListening) this.news.lost(reason);
    this.isListening = false;
  }

  /** At the start there is somebody to whom it can be said; later it is tried again. */
  private fail(reason: string): void {
    if (this.isStarted) return;
    this.close();
    this.start?.reject(new Error(`alpaca tells no news of the account: ${reason}`));
  }
}
