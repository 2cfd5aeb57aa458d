/** What is asked of an exchange, whatever its protocol calls it. */
export type RequestName =
  | "time"
  | "markets"
  | "market_data"
  | "account"
  | "place"
  | "cancel"
  | "amend"
  | "find_order"
  | "open_orders"
  | "trades"
  | "session";

/** What can go wrong with a request. */
export type RequestMishap =
  /** It arrives, or is answered, so much later. */
  | { readonly kind: "late_request" | "late_answer"; readonly ms: number }
  /** The connection breaks before it arrives, or before its answer has. */
  | { readonly kind: "lost_request" | "lost_answer" }
  /** It is done, and never answered: the connection stays. */
  | { readonly kind: "no_answer" }
  /** It is not done, and answered with an HTTP status. */
  | { readonly kind: "refused"; readonly status: 418 | 429 | 500 | 502 | 503 | 504 }
  /** It is done, and answered with an HTTP status that says otherwise. */
  | { readonly kind: "done_and_failed"; readonly status: 500 | 502 | 503 | 504 }
  /** An order that lives is not found. */
  | { readonly kind: "not_found" }
  /** It arrives twice. */
  | { readonly kind: "doubled" }
  /** Of the order that it is about, a share fills before: the news of that comes behind. */
  | { readonly kind: "filled_before"; readonly share: number };

/** What can go wrong with a message of a stream; `swapped` lets the next one go first. */
export type MessageMishap =
  | { readonly kind: "late"; readonly ms: number }
  | { readonly kind: "lost" }
  | { readonly kind: "doubled" }
  | { readonly kind: "swapped" };

/** What goes wrong next, and how often. */
export type ScriptedMishap =
  | { readonly on: RequestName; readonly mishap: RequestMishap; readonly times?: number }
  | { readonly on: "message"; readonly mishap: MessageMishap; readonly times?: number };

/** How often something goes wrong by chance: shares from 0 up to 1, of requests and of messages. */
export interface MishapShares {
  readonly lateRequests: number;
  readonly lostRequests: number;
  readonly lostAnswers: number;
  readonly refused: number;
  readonly doneAndFailed: number;
  readonly limited: number;
  readonly notFound: number;
  readonly doubledRequests: number;
  readonly filledBefore: number;
  readonly lateMessages: number;
  readonly lostMessages: number;
  readonly doubledMessages: number;
  readonly swappedMessages: number;
  /** Of the messages, after which all streams break. */
  readonly cuts: number;
  /** Of the fills, that are a part of what could fill. */
  readonly parts: number;
  /** What comes late comes up to so much later, in milliseconds. */
  readonly mostMs: number;
}

export const noMishaps: MishapShares = {
  ...{ lateRequests: 0, lostRequests: 0, lostAnswers: 0, refused: 0, doneAndFailed: 0, limited: 0 },
  ...{ notFound: 0, doubledRequests: 0, filledBefore: 0 },
  ...{ lateMessages: 0, lostMessages: 0, doubledMessages: 0, swappedMessages: 0, cuts: 0, parts: 0 },
  mostMs: 20,
};
