import type { Addresses, ShareFeed } from "./addresses.js";
import { AlpacaFailure, isNotFound } from "./failure.js";
import {
  timeOf,
  type AlpacaAccount,
  type AlpacaAsset,
  type AlpacaBar,
  type AlpacaFill,
  type AlpacaOrder,
  type AlpacaPosition,
  type AlpacaTrade,
} from "./payloads.js";
import type { OrderBody, OrderChanges } from "./order-body.js";

export interface AlpacaKeys {
  readonly keyId: string;
  readonly secret: string;
}

interface RestOptions extends AlpacaKeys {
  readonly addresses: Pick<Addresses, "trading" | "data">;
  readonly feed: ShareFeed;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
}

type Query = Readonly<Record<string, string | number | undefined>>;

const [ordersPerPage, fillsPerPage, rowsPerPage] = [500, 100, 10_000];

/** What Alpaca is asked over HTTP. All of it rejects with an `AlpacaFailure` where there was an answer that says no. */
export class AlpacaRest {
  constructor(private readonly options: RestOptions) {}

  account(): Promise<AlpacaAccount> {
    return this.trading("GET", "/v2/account");
  }

  /** Of the venue, in milliseconds UTC. */
  async time(): Promise<number> {
    const { timestamp } = await this.trading<{ timestamp: string }>("GET", "/v2/clock");
    return timeOf(timestamp);
  }

  /** The shares that there are. */
  assets(): Promise<readonly AlpacaAsset[]> {
    return this.trading("GET", "/v2/assets", { status: "active", asset_class: "us_equity" });
  }

  positions(): Promise<readonly AlpacaPosition[]> {
    return this.trading("GET", "/v2/positions");
  }

  /** Below zero, short; a decimal string. */
  async held(symbol: string): Promise<string> {
    const path = `/v2/positions/${encodeURIComponent(symbol)}`;
    const found = await orNull(this.trading<AlpacaPosition>("GET", path));
    return found?.qty ?? "0";
  }

  place(body: OrderBody): Promise<AlpacaOrder> {
    return this.trading("POST", "/v2/orders", {}, body);
  }

  /** Puts an order, which has ids of its own, in the place of another. */
  replace(orderId: string, changes: OrderChanges): Promise<AlpacaOrder> {
    return this.trading("PATCH", `/v2/orders/${orderId}`, {}, changes);
  }

  async cancel(orderId: string): Promise<void> {
    await this.trading("DELETE", `/v2/orders/${orderId}`);
  }

  /** Null where the venue knows nothing of it. */
  find(clientId: string): Promise<AlpacaOrder | null> {
    return orNull(
      this.trading<AlpacaOrder>("GET", "/v2/orders:by_client_order_id", { client_order_id: clientId }),
    );
  }

  findByNumber(orderId: string): Promise<AlpacaOrder | null> {
    return orNull(this.trading<AlpacaOrder>("GET", `/v2/orders/${orderId}`));
  }

  /** All that live, oldest first. */
  async open(): Promise<readonly AlpacaOrder[]> {
    const found = new Map<string, AlpacaOrder>();
    for (let after: string | undefined; ;) {
      const asked = { status: "open", direction: "asc", limit: ordersPerPage, after };
      const page = await this.trading<readonly AlpacaOrder[]>("GET", "/v2/orders", asked);
      const { size } = found;
      for (const each of page) found.set(each.id, each);
      const last = page.at(-1);
      if (last === undefined || page.length < ordersPerPage || found.size === size)
        return [...found.values()];
      // Several may have come in one instant, which `after` leaves out.
      after = new Date(timeOf(last.submitted_at) - 1).toISOString();
    }
  }

  /** All trades of the account from a time on, oldest first; in milliseconds UTC. */
  async fills(from: number): Promise<readonly AlpacaFill[]> {
    const all: AlpacaFill[] = [];
    // `after` leaves out its own instant.
    const after = from > 0 ? new Date(from - 1).toISOString() : undefined;
    for (let token: string | undefined; ;) {
      const asked = { direction: "asc", page_size: fillsPerPage, after, page_token: token };
      const page = await this.trading<readonly AlpacaFill[]>("GET", "/v2/account/activities/FILL", asked);
      all.push(...page);
      token = page.at(-1)?.id;
      if (page.length < fillsPerPage) return all;
    }
  }

  /** The minutes that open from one time up to another, in milliseconds UTC, as they were traded. */
  minutes(symbol: string, from: number, to: number): Promise<readonly AlpacaBar[]> {
    const span = { start: new Date(from).toISOString(), end: new Date(to - 1).toISOString() };
    return this.rows<AlpacaBar>("bars", symbol, { ...span, timeframe: "1Min", adjustment: "raw" });
  }

  /** The trades of everybody from a time on, in milliseconds UTC. */
  trades(symbol: string, from: number): Promise<readonly AlpacaTrade[]> {
    return this.rows<AlpacaTrade>("trades", symbol, { start: new Date(from).toISOString() });
  }

  private async rows<T>(what: "bars" | "trades", symbol: string, terms: Query): Promise<readonly T[]> {
    const { feed, addresses } = this.options;
    const all: T[] = [];
    for (let token: string | undefined; ;) {
      const asked = { symbols: symbol, feed, limit: rowsPerPage, page_token: token, ...terms };
      const page = await this.ask<Page<T>>(addresses.data, "GET", `/v2/stocks/${what}`, asked);
      all.push(...(page[what]?.[symbol] ?? []));
      if (page.next_page_token === null) return all;
      token = page.next_page_token;
    }
  }

  private trading<T>(method: string, path: string, query: Query = {}, body?: unknown): Promise<T> {
    return this.ask(this.options.addresses.trading, method, path, query, body);
  }

  private async ask<T>(host: string, method: string, path: string, query: Query, body?: unknown): Promise<T> {
    const { keyId, secret, timeoutMs } = this.options;
    const url = new URL(`${host}${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method,
      headers: {
        ...{ "APCA-API-KEY-ID": keyId, "APCA-API-SECRET-KEY": secret, Accept: "application/json" },
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Keys go nowhere else.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok) throw failed(answer.status, text);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

interface Page<T> {
  readonly bars?: Readonly<Record<string, readonly T[]>> | null;
  readonly trades?: Readonly<Record<string, readonly T[]>> | null;
  readonly next_page_token: string | null;
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

const longestText = 200;

function failed(status: number, text: string): AlpacaFailure {
  try {
    const { code, message } = JSON.parse(text) as { readonly code?: unknown; readonly message?: unknown };
    const said = typeof message === "string" ? message : text.slice(0, longestText);
    return new AlpacaFailure(status, typeof code === "number" ? code : null, said);
  } catch {
    return new AlpacaFailure(status, null, `HTTP ${status}: ${text.slice(0, longestText)}`);
  }
}
