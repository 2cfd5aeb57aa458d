import { wait } from "../wait.js";
import { TwsConnection, type TwsConnectionOptions } from "./tws-connection.js";
import { timeQuestion } from "./questions.js";

export interface TwsLinkOptions extends Omit<TwsConnectionOptions, "onEnd"> {
  /** How often the venue is asked whether it is there, in milliseconds. */
  readonly heartbeatMs: number;
}

/** What becomes of the way to the venue. */
export interface LinkListener {
  /** It is there. @param isNew  nothing is left of what was followed before */
  readonly up: (connection: TwsConnection, isNew: boolean) => void;
  readonly down: (reason: string) => void;
}

const [firstPauseMs, longestPauseMs] = [100, 10_000];
/** The program that we are connected to has lost the venue behind it, or has it back. */
const [lostBehind, backWithoutData, backWithData] = [1_100, 1_101, 1_102];

/** Keeps a connection to the venue: where one ends, the next is made. */
export class TwsLink {
  private readonly listeners = new Set<LinkListener>();
  private connection: TwsConnection | null = null;
  private isBehindThere = true;
  private isClosed = false;
  private made = 0;
  private orderIds = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: TwsLinkOptions) {}

  get clientId(): number {
    return this.options.clientId;
  }

  get library(): TwsLinkOptions["library"] {
    return this.options.library;
  }

  /** Null while there is no way to the venue. */
  get current(): TwsConnection | null {
    return this.isBehindThere ? this.connection : null;
  }

  /** The first connection; rejects with why there is none. */
  async start(): Promise<TwsConnection> {
    const connection = await this.open();
    this.beat();
    return connection;
  }

  /** Calls at once where there is a way, and from then on; what it returns ends that. */
  follow(listener: LinkListener): () => void {
    this.listeners.add(listener);
    if (this.current !== null) listener.up(this.current, true);
    return () => this.listeners.delete(listener);
  }

  /** Never given twice, also when nobody knows whether the last one has arrived. */
  takeOrderId(): number {
    return this.orderIds++;
  }

  /** The venue says which id is the next that was not used. */
  private skipOrderIds(next: number): void {
    this.orderIds = Math.max(this.orderIds, next);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.listeners.clear();
    this.connection?.end("closed");
  }

  private async open(): Promise<TwsConnection> {
    const connection: TwsConnection = new TwsConnection(++this.made, {
      ...this.options,
      onEnd: (reason) => {
        if (this.connection === connection) this.lose(reason);
      },
    });
    try {
      await connection.open();
    } catch (error) {
      connection.end("it could not be opened");
      throw error;
    }
    if (this.isClosed) {
      connection.end("closed");
      throw new Error("closed");
    }
    connection.on("info", (text: string, code: number) => {
      this.hearInfo(text, code);
    });
    connection.on("nextValidId", (id: number) => {
      this.skipOrderIds(id);
    });
    this.connection = connection;
    this.isBehindThere = true;
    this.skipOrderIds(connection.firstOrderId);
    for (const each of this.listeners) each.up(connection, true);
    return connection;
  }

  private hearInfo(text: string, code: number): void {
    if (code === lostBehind && this.isBehindThere) {
      this.isBehindThere = false;
      for (const each of this.listeners) each.down(text);
    }
    const isBack = code === backWithoutData || code === backWithData;
    if (!isBack || this.connection === null || (this.isBehindThere && code === backWithData)) return;
    this.isBehindThere = true;
    for (const each of this.listeners) each.up(this.connection, code === backWithoutData);
  }

  private lose(reason: string): void {
    const wasUp = this.current !== null;
    this.connection = null;
    if (this.isClosed) return;
    if (wasUp) for (const each of this.listeners) each.down(reason);
    void this.reopen();
  }

  private async reopen(): Promise<void> {
    for (let pauseMs = firstPauseMs; !this.isClosed; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      await wait(pauseMs);
      try {
        if (!this.isClosed) await this.open();
        return;
      } catch {
        // The next one may.
      }
    }
  }

  /** A connection that says nothing more is over, though nobody has closed it. */
  private beat(): void {
    this.timer = setTimeout(() => {
      void this.connection?.ask(timeQuestion).catch(() => undefined);
      this.beat();
    }, this.options.heartbeatMs);
  }
}
