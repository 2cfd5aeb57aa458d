import type { IBApi } from "@stoqey/ib";
import { isWarning, type TwsLibrary } from "./tws-words.js";

export interface TwsConnectionOptions {
  readonly library: TwsLibrary;
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  readonly requestsPerSecond: number;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Says that nothing more comes over it. */
  readonly onEnd: (reason: string) => void;
}

/** What the venue says no to, by its number. */
export class TwsRefusal extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(text);
    this.name = "TwsRefusal";
  }
}

type Listener = (...said: never[]) => void;

/** Something that is asked: what is sent, and what is listened to until somebody calls `end`. */
export interface Question {
  readonly send: (api: IBApi) => void;
  /** By the names that the client library has for what is told. */
  readonly on: Readonly<Record<string, Listener>>;
  /** Of the order that it is asked with: what is said no to has this number instead of that of the request. */
  readonly orderId?: number;
}

interface Emitter {
  readonly on: (name: string, listener: Listener) => unknown;
  readonly off: (name: string, listener: Listener) => unknown;
}

/** Errors say of which request or order they are by its number alone, so that the two must not meet. */
const firstRequestId = 2 ** 30;

/**
 * One connection, from its beginning to its end: never opened again, since the client library would send over the next one what
 * was meant for the last.
 */
export class TwsConnection {
  readonly api: IBApi;
  accounts: readonly string[] = [];
  firstOrderId = 0;
  private requests = firstRequestId;
  private readonly waiting = new Set<(reason: Error) => void>();
  /** One question after the other: the answers to some do not say to which. */
  private turn: Promise<unknown> = Promise.resolve();
  private isOver = false;

  /** @param number  counts connections: what was sent over an earlier one cannot come any more */
  constructor(
    readonly number: number,
    private readonly options: TwsConnectionOptions,
  ) {
    const { library, host, port, clientId, requestsPerSecond } = options;
    // What is left out here the library looks up in the environment, for which it reads a file `.env` into it.
    const all = { host, port, clientId, maxReqPerSec: requestsPerSecond };
    this.api = new library.IBApi(all);
  }

  /** Resolves when the venue takes requests; rejects with why it does not. */
  async open(): Promise<void> {
    const { clientId } = this.options;
    this.on("disconnected", () => {
      this.end("the connection was closed");
    });
    let [hasAccounts, hasIds] = [false, false];
    await this.awaited<true>((resolve, reject) => {
      const check = (): void => {
        if (hasAccounts && hasIds) resolve(true);
      };
      const stops = [
        this.on("managedAccounts", (accounts: string) => {
          this.accounts = accounts.split(",").filter((each) => each !== "");
          hasAccounts = true;
          check();
        }),
        this.on("nextValidId", (id: number) => {
          this.firstOrderId = id;
          hasIds = true;
          check();
        }),
        this.on("info", (text: string, code: number) => {
          if (code === clientIdInUse) reject(new Error(text));
        }),
        this.on("error", (error: Error, code: number) => {
          if (code === connectFailed) reject(error);
        }),
      ];
      this.api.connect(clientId);
      return stops;
    });
  }

  /** Hears all that is told under a name, until it is over; what it returns ends that before. */
  on(name: string, listener: Listener): () => void {
    const emitter = this.api as unknown as Emitter;
    const heard: Listener = (...said) => {
      if (!this.isOver || name === "disconnected") listener(...said);
    };
    emitter.on(name, heard);
    return () => {
      emitter.off(name, heard);
    };
  }

  takeRequestId(): number {
    return this.requests++;
  }

  /**
   * Asks something, when all that was asked before has been answered.
   *
   * @param make  is given the number of the request, and what to call with the answer
   * @returns rejects with a `TwsRefusal` where the venue says no; where nobody answers, the connection ends
   */
  ask<Answer>(make: (id: number, end: (answer: Answer) => void) => Question): Promise<Answer> {
    const asked = this.turn.then(() => this.askNow(make));
    this.turn = asked.catch(() => undefined);
    return asked;
  }

  /** Ends it from this side. */
  end(reason: string): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const reject of this.waiting) reject(new Error(reason));
    this.api.disconnect();
    this.options.onEnd(reason);
  }

  private askNow<Answer>(make: (id: number, end: (answer: Answer) => void) => Question): Promise<Answer> {
    if (this.isOver) throw new Error("the connection is over");
    return this.awaited<Answer>((resolve, reject) => {
      const id = this.takeRequestId();
      const { send, on, orderId } = make(id, resolve);
      const stops = Object.entries(on).map(([name, listener]) => this.on(name, listener));
      const refused = this.on("error", (error: Error, code: number, of: number) => {
        if (of === (orderId ?? id) && !isWarning(this.options.library, code, error))
          reject(new TwsRefusal(code, error.message));
      });
      send(this.api);
      return [...stops, refused];
    });
  }

  /** Waits for an answer, as long as one is waited for, and stops to listen then. */
  private async awaited<Answer>(
    ask: (resolve: (answer: Answer) => void, reject: (reason: Error) => void) => readonly (() => void)[],
  ): Promise<Answer> {
    const stops: (() => void)[] = [];
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.waiting.add(reject);
        const timer = setTimeout(() => {
          this.end("nobody answers");
        }, this.options.timeoutMs);
        stops.push(() => {
          clearTimeout(timer);
          this.waiting.delete(reject);
        });
        stops.push(...ask(resolve, reject));
      });
    } finally {
      for (const stop of stops) stop();
    }
  }
}

const [clientIdInUse, connectFailed] = [326, 502];
