import type { ZodLike } from "../../service.js";
import type { Message } from "../message.js";

/** What became of a message. */
export type Sending =
  | { readonly kind: "delivered" }
  | {
      readonly kind: "failed";
      readonly why: string;
      /** To send it again would end no better. */
      readonly isFinal: boolean;
      /** How long the other side wants to be left alone. */
      readonly retryAfterMs?: number | undefined;
    };

/** A way to people. */
export interface Channel {
  /** Never rejects; ends soon after it is told to. */
  readonly send: (message: Message, signal: AbortSignal) => Promise<Sending>;
  readonly close: () => void;
}

/** What a channel is to stand on. */
export interface ChannelSurroundings {
  /** To the terminal, or to who reads the errors of the process. */
  readonly write: (text: string) => void;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export interface ChannelKind<Options> {
  readonly name: string;
  readonly schema: ZodLike<Options>;
  /** Of its options what must never be said. */
  readonly secrets: (options: Options) => readonly string[];
  /** How many it takes at once, and how many a minute in the long run, where nothing else is said. */
  readonly pace: { readonly burst: number; readonly perMinute: number };
  /** Loads what it needs; connects to nobody. */
  readonly open: (options: Options, surroundings: ChannelSurroundings) => Promise<Channel>;
}

/** Whether an answer over HTTP says that the message itself is wrong: with keys and addresses that are put right it could arrive. */
export const isRefusedForGood = (status: number): boolean => [400, 413, 415, 422].includes(status);

/** The header `Retry-After` in milliseconds, where it is a number of seconds. */
export function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after") ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** What an error over HTTP says, with its cause, where that says more. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error ? `${error.message}: ${inner.message}` : error.message;
}

/** A text of no more than so many characters: what is cut says so. */
export const atMost = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
