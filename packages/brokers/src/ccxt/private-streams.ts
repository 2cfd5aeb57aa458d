import { textOfError } from "@bitfever/runtime";
import { wait } from "../wait.js";
import type { CcxtOrder, CcxtTrade, VenueClient } from "./venue-client.js";

export interface PrivateNews {
  readonly order: (order: CcxtOrder) => void;
  readonly trade: (trade: CcxtTrade) => void;
  readonly lost: (reason: string) => void;
  readonly back: () => void;
}

/** What of the client library is not in its types: the caches that its streams fill. */
interface Insides {
  handleMessage: (client: unknown, message: unknown) => void;
  onConnected: (client: { readonly url: string }, message?: unknown) => void;
  readonly orders?: readonly CcxtOrder[];
  readonly myTrades?: readonly CcxtTrade[];
  readonly clients: Readonly<Record<string, { readonly close: () => unknown } | undefined>>;
}

const [firstPauseMs, longestPauseMs] = [100, 5_000];

/**
 * The news of an account, over the streams of the client library. It answers only who waits, and what comes while nobody does is
 * in its caches: these are looked through after each message.
 */
export class PrivateStreams {
  /** What each entry of the caches has come with, as it was looked at. */
  private readonly seen = new WeakMap<object, unknown>();
  private readonly toldTrades = new WeakSet<CcxtTrade>();
  /** How each was when it was told of. */
  private readonly toldOrders = new WeakMap<CcxtOrder, string>();
  private readonly insides: Insides;
  private isClosed = false;
  private isBack = true;
  private isBreaking = false;

  constructor(
    private readonly client: VenueClient,
    private readonly news: PrivateNews,
  ) {
    this.insides = client as unknown as Insides;
  }

  /** Resolves when the venue has been asked to tell. */
  async start(): Promise<void> {
    await this.client.loadHttpProxyAgent();
    const { insides } = this;
    const original = insides.handleMessage.bind(this.client);
    insides.handleMessage = (client, message): void => {
      original(client, message);
      this.look();
    };
    const opened = new Promise<void>((resolve) => {
      insides.onConnected = () => {
        resolve();
      };
    });
    const loops = [
      this.follow(() => this.client.watchOrders()),
      this.follow(() => this.client.watchMyTrades()),
    ];
    await Promise.race([opened, Promise.all(loops)]);
  }

  /** Breaks the streams, so that they are made anew. */
  renew(reason: string): void {
    if (this.isBreaking) return;
    this.lose(reason);
    for (const each of Object.values(this.insides.clients)) void each?.close();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.client.close();
  }

  private async follow(watch: () => Promise<unknown>): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.isClosed) {
      try {
        if (!this.isBack) await this.client.fetchTime();
        const watched = watch();
        // It answers at the first news alone: that it waits is enough.
        if (!this.isBack) void this.comeBack(watched);
        await watched;
        pauseMs = firstPauseMs;
      } catch (error) {
        if (this.hasClosed()) return;
        this.lose(textOfError(error));
        await wait(pauseMs);
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
    }
  }

  /** It is back when it still waits a moment later: a venue that refuses does so at once. */
  private async comeBack(watched: Promise<unknown>): Promise<void> {
    let hasFailed = false;
    watched.catch(() => {
      hasFailed = true;
    });
    await wait(firstPauseMs);
    if (hasFailed || this.isBack || this.isClosed) return;
    this.isBack = true;
    this.isBreaking = false;
    this.news.back();
  }

  private lose(reason: string): void {
    if (!this.isBack || this.isClosed) return;
    this.isBack = false;
    this.isBreaking = true;
    this.news.lost(reason);
  }

  /** Another thread of this may have closed it meanwhile. */
  private hasClosed(): boolean {
    return this.isClosed;
  }

  private look(): void {
    const { myTrades = [], orders = [] } = this.insides;
    for (const trade of this.fresh(myTrades)) {
      if (this.toldTrades.has(trade)) continue;
      this.toldTrades.add(trade);
      this.news.trade(trade);
    }
    for (const order of this.fresh(orders)) {
      const state = JSON.stringify([order.status, order.filled, order.info]);
      if (this.toldOrders.get(order) === state) continue;
      this.toldOrders.set(order, state);
      this.news.order({ ...order });
    }
  }

  /** What of a cache a message has come with since it was looked through: the client library puts that at its end. */
  private fresh<Kept extends { readonly info: unknown }>(cache: readonly Kept[]): readonly Kept[] {
    const fresh: Kept[] = [];
    for (let i = cache.length - 1; i >= 0 && this.seen.get(cache[i]) !== cache[i].info; i--) {
      this.seen.set(cache[i], cache[i].info);
      fresh.unshift(cache[i]);
    }
    return fresh;
  }
}
