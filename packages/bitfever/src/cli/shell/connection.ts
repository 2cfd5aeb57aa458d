import { setTimeout as pause } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import type { CommandAnswer } from "../../services/service.js";
import type { AccountState } from "../../trading/account-state.js";
import type { CommandWords } from "./completions.js";

const nothing: CommandWords = { symbols: [], strategies: [], orders: [] };

/** An account in another process, by the service `http` beside it. */
export class Connection {
  /** What may be meant there, as it was when it was asked last. */
  words = nothing;

  private constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
    /** What the account there is called. */
    readonly account: string,
  ) {}

  /** @throws BitFeverError BF5345 where nobody answers, or does not know the token */
  static async open(url: string, token: string, signal: AbortSignal): Promise<Connection> {
    const { protocol, hostname } = addressOf(url);
    const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
    if (protocol !== "https:" && !(protocol === "http:" && isLocal))
      throw unconnected(
        `a token would go to ${hostname} for all to read`,
        "write https://, or connect through a tunnel to this machine",
      );
    const state = await ask<AccountState>(`${url}/state`, token, signal);
    const connection = new Connection(url, token, signal, state.account);
    connection.words = wordsOf(state);
    return connection;
  }

  /** Waits where it comes too fast. */
  async carryOut(command: string): Promise<CommandAnswer> {
    const { url, token, signal } = this;
    for (;;) {
      const answer = await asked(`${url}/command`, token, signal, JSON.stringify({ command }));
      if (answer.status !== tooMany) return read(answer);
      const seconds = Number(answer.headers.get("retry-after")) || 1;
      await answer.body?.cancel();
      // Whoever stops it meanwhile stops what is asked next.
      await pause(1_000 * seconds, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Asks what may be meant now, for who completes words: what it was is better than nothing. */
  renewWords(): void {
    const { url, token, signal } = this;
    ask<AccountState>(`${url}/state`, token, signal).then(
      (state) => {
        this.words = wordsOf(state);
      },
      () => undefined,
    );
  }
}

function addressOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw unconnected(`\`${url}\` is no address`, "write it as http://127.0.0.1:8787");
}

const wordsOf = ({ seats, orders }: AccountState): CommandWords => ({
  symbols: [...new Set(seats.map(({ symbol }) => symbol))],
  strategies: [...new Set(seats.map(({ strategy }) => strategy.replace(/\s+/gu, "-")))],
  orders: orders.map(({ orderId }) => orderId),
});

const tooMany = 429;

const ask = async <Answer>(url: string, token: string, signal: AbortSignal): Promise<Answer> =>
  read(await asked(url, token, signal));

async function asked(url: string, token: string, signal: AbortSignal, body?: string): Promise<Response> {
  try {
    return await fetch(url, {
      ...(body !== undefined && { method: "POST", body }),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      redirect: "error",
      signal,
    });
  } catch (cause) {
    throw unconnected(
      `nobody answers at ${url}`,
      "look whether the account runs there with the service `http`",
      cause,
    );
  }
}

async function read<Answer>(answer: Response): Promise<Answer> {
  if (answer.status === 401)
    throw unconnected("the token is not known there", "it is one of `services.http.callers`");
  const said: unknown = await answer.json().catch(() => null);
  if (isAnswer(said) || (answer.ok && typeof said === "object" && said !== null)) return said as Answer;
  // Too many, or a fault on the other side.
  const { error } = (said ?? {}) as { readonly error?: unknown };
  throw unconnected(
    `${new URL(answer.url).host} says ${answer.status}${typeof error === "string" ? `: ${error}` : ""}`,
    "try again in a moment",
  );
}

const isAnswer = (said: unknown): boolean =>
  typeof said === "object" && said !== null && "outcome" in said && "text" in said;

const unconnected = (what: string, hint: string, cause?: unknown): BitFeverError =>
  new BitFeverError("BF5345", what, { hint, ...(cause !== undefined && { cause }) });
