import { BitFeverError } from "@bitfever/runtime";
import type { AlpacaKeys } from "./alpaca-rest.js";
import { LiveSocket, type SocketOptions } from "./live-socket.js";
import type { AlpacaBar, AlpacaTrade } from "./payloads.js";

export type MarketChannel = "bars" | "updatedBars" | "trades";

/** What a stream says of a symbol: a minute that is over, one that has changed since, a trade. */
export type MarketNews =
  | ({ readonly T: "b" | "u"; readonly S: string } & AlpacaBar)
  | ({ readonly T: "t"; readonly S: string } & AlpacaTrade);

export interface MarketListener {
  readonly symbol: string;
  readonly channels: readonly MarketChannel[];
  readonly heard: (news: MarketNews) => void;
  /** From now on all is told; what was told before this may have left something out. */
  readonly listening: () => void;
  /** It does not tell, and will not. */
  readonly failed: (error: BitFeverError) => void;
}

type Said =
  | MarketNews
  | { readonly T: "success"; readonly msg: string }
  | ({ readonly T: "subscription" } & Readonly<Partial<Record<MarketChannel, readonly string[]>>>)
  | { readonly T: "error"; readonly code: number; readonly msg: string };

/** What the venue will not take the next time either: keys, a feed, more symbols than the account may listen to. */
const finalCodes = [402, 403, 405, 409, 410];

/**
 * Trades and minutes of shares, for as many as listen: an account may be connected once. It is open as long as somebody listens.
 */
export class MarketStream {
  private readonly listeners = new Map<MarketListener, { isTold: boolean }>();
  private socket: LiveSocket | undefined;
  private isKnown = false;

  constructor(
    private readonly options: SocketOptions,
    private readonly keys: AlpacaKeys,
  ) {}

  /** Tells until what it returns is called. */
  listen(listener: MarketListener): () => void {
    this.listeners.set(listener, { isTold: false });
    if (this.socket === undefined) this.open();
    else if (this.isKnown) this.subscribe([listener]);
    return () => {
      this.leave(listener);
    };
  }

  private leave(listener: MarketListener): void {
    if (!this.listeners.delete(listener)) return;
    if (this.listeners.size === 0) {
      this.socket?.close();
      this.socket = undefined;
      this.isKnown = false;
      return;
    }
    const still = wanted(this.listeners.keys());
    const { symbol } = listener;
    const channels = listener.channels.filter((each) => still[each]?.includes(symbol) !== true);
    if (this.isKnown && channels.length > 0)
      this.socket?.say({ action: "unsubscribe", ...wanted([{ symbol, channels }]) });
  }

  private open(): void {
    const { keyId, secret } = this.keys;
    const socket = new LiveSocket(this.options, {
      opened: () => {
        socket.say({ action: "auth", key: keyId, secret });
      },
      heard: (messages) => {
        for (const each of Array.isArray(messages) ? (messages as Said[]) : []) this.hear(each);
      },
      ended: () => {
        this.isKnown = false;
        for (const state of this.listeners.values()) state.isTold = false;
      },
    });
    this.socket = socket;
    socket.open();
  }

  private subscribe(listeners: Iterable<MarketListener>): void {
    this.socket?.say({ action: "subscribe", ...wanted(listeners) });
  }

  private hear(said: Said): void {
    switch (said.T) {
      case "success":
        if (said.msg !== "authenticated") return;
        this.isKnown = true;
        this.subscribe(this.listeners.keys());
        return;
      case "subscription":
        this.socket?.settled();
        for (const [listener, state] of this.listeners) {
          const isTold = listener.channels.every((each) => said[each]?.includes(listener.symbol) === true);
          if (isTold && !state.isTold) listener.listening();
          state.isTold = isTold;
        }
        return;
      case "error":
        if (finalCodes.includes(said.code)) this.fail(said.msg);
        // Another connection of the account may not be gone yet: the next one is tried later.
        else if (!this.isKnown) this.socket?.renew();
        return;
      default:
        for (const listener of [...this.listeners.keys()])
          if (listener.symbol === said.S) listener.heard(said);
    }
  }

  private fail(reason: string): void {
    const error = new BitFeverError("BF5307", `alpaca does not tell of the market: ${reason}`, {
      hint: "check the keys, and whether the account has subscribed to the feed; `iex` is free",
    });
    // Who is told already stays: it is about those who asked last.
    for (const [listener, { isTold }] of [...this.listeners]) {
      if (isTold) continue;
      this.leave(listener);
      listener.failed(error);
    }
  }
}

function wanted(
  listeners: Iterable<Pick<MarketListener, "symbol" | "channels">>,
): Partial<Record<MarketChannel, string[]>> {
  const all: Partial<Record<MarketChannel, string[]>> = {};
  for (const { symbol, channels } of listeners)
    for (const each of channels) if (all[each]?.includes(symbol) !== true) (all[each] ??= []).push(symbol);
  return all;
}
