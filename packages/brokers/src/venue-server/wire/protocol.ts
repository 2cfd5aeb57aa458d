import type { RequestName } from "./mishap.js";

/** A request as it came. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** What is signed: the text behind the question mark, without it. */
  readonly queryText: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What is said in query and body together. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

export interface WireAnswer {
  readonly status: number;
  /** Told as JSON; a text as it is. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly name: RequestName;
  readonly isSigned: boolean;
  readonly run: (request: WireRequest) => unknown;
}

/** How the messages of a stream are written: as text, or as bytes. */
export interface Codec {
  readonly encode: (message: unknown) => string | Uint8Array;
  /** Null for what says nothing. */
  readonly decode: (data: Buffer) => unknown;
}

/** A client that listens to a stream. */
export interface Listener {
  /** As the codec of the stream writes it. */
  readonly send: (message: unknown) => void;
  /** Says something that no mishap touches: an answer to what the client asked. */
  readonly answer: (message: unknown) => void;
  readonly close: () => void;
}

/** A conversation over a stream: what the client says, and when it goes. */
export interface Conversation {
  readonly hear: (message: unknown) => void;
  readonly end: () => void;
}

/** How an exchange talks. */
export interface Protocol {
  /** By method and path, as in `GET /api/v3/time`. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Where there is none by that name: of a path with parts in it. */
  readonly routeOf?: (request: WireRequest) => Route | undefined;
  /** How the messages of a stream are written; left out, as JSON in text. */
  readonly codecOf?: (path: string, headers: WireRequest["headers"]) => Codec;
  /** Throws what `failure` answers with. */
  readonly authenticate: (request: WireRequest) => void;
  readonly answer: (result: unknown) => WireAnswer;
  readonly failure: (error: unknown, request: WireRequest) => WireAnswer;
  /** When an order that is asked for is not found. */
  readonly notFound: (request: WireRequest) => WireAnswer;
  readonly refusal: (status: number) => WireAnswer;
  /** The order that a request is about. */
  readonly orderOf: (request: WireRequest) => { readonly fillShare: (share: number) => void } | undefined;
  /** Undefined where nobody answers at that address. */
  readonly converse: (path: string, query: URLSearchParams, listener: Listener) => Conversation | undefined;
}

/** What a protocol says no to in its own words. */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    text: string,
  ) {
    super(text);
    this.name = "WireError";
  }
}

/** What a gateway says that knows nothing of the exchange behind it. */
export const gatewayPage = (status: number): string => `<html><body><h1>${status}</h1></body></html>`;
