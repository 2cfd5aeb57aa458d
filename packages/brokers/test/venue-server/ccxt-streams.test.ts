import { describe, expect, it } from "vitest";
import { pairOf, type Kind } from "./ccxt-client.js";

const kinds: readonly Kind[] = ["binance spot", "binance futures", "bybit spot", "bybit linear"];

/** Waits until what is watched has come to a state. */
async function seen<T>(
  watch: () => Promise<readonly T[]>,
  isSeen: (all: readonly T[]) => boolean,
): Promise<readonly T[]> {
  const all: T[] = [];
  while (!isSeen(all)) all.push(...(await watch()));
  return all;
}

/** Listens, and does something once the exchange has answered that it tells. */
async function whileWatching<T>(watched: Promise<T>, act: () => void): Promise<T> {
  const timer = setTimeout(act, 150);
  try {
    return await watched;
  } finally {
    clearTimeout(timer);
  }
}

/** Begins to watch, and gives the exchange time to answer that it tells. */
async function started<T>(watched: Promise<T>): Promise<{ readonly next: Promise<T> }> {
  watched.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 150));
  return { next: watched };
}

describe.each(kinds)("streams of %s", (kind) => {
  it("tell trades and candles of the market", async () => {
    const { client, symbol, market } = await pairOf(kind);
    await client.loadMarkets();
    const trades = await whileWatching(client.watchTrades(symbol), () => market.print(50_100, 2));
    expect(trades).toMatchObject([{ price: 50_100, amount: 2, symbol, side: "buy" }]);
    const time = Date.UTC(2026, 0, 5, 10);
    const candles = await whileWatching(client.watchOHLCV(symbol, "1m"), () =>
      market.candle({ time, open: 1, high: 3, low: 1, close: 2, volume: 7 }),
    );
    expect(candles).toEqual([[time, 1, 3, 1, 2, 7]]);
  });

  it("tell orders and trades of the account", async () => {
    const { client, symbol, market } = await pairOf(kind);
    await client.loadMarkets();
    await started(client.watchOrders(symbol));
    const tradesComing = client.watchMyTrades(symbol);
    tradesComing.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { id } = await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, { clientOrderId: "told" });
    market.print(49_000, 0.06);
    const [trade] = await tradesComing;
    expect(trade).toMatchObject({
      order: id,
      price: 49_000,
      amount: 0.06,
      side: "buy",
      takerOrMaker: "maker",
    });
    const orders = client.orders as unknown as readonly {
      status: string;
      clientOrderId: string;
      filled: number;
    }[];
    expect(orders).toMatchObject([{ status: "open", clientOrderId: "told", filled: 0.06 }]);
    market.print(48_000);
    await seen(
      () => client.watchOrders(symbol),
      (all) => all.some(({ status }) => status === "closed"),
    );
    expect((client.myTrades as unknown as unknown[]).length).toBe(2);
  });

  it("tell whose order was cancelled", async () => {
    const { client, symbol } = await pairOf(kind);
    await client.loadMarkets();
    await started(client.watchOrders(symbol));
    const { id } = await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, { clientOrderId: "gone" });
    const ended = seen(
      () => client.watchOrders(symbol),
      (all) => all.some(({ status }) => status === "canceled"),
    );
    await client.cancelOrder(id!, symbol);
    expect((await ended).at(-1)).toMatchObject({ clientOrderId: "gone", status: "canceled", id });
  });

  it("break when the connection does, and come back", async () => {
    const { client, symbol, server, market } = await pairOf(kind);
    await client.loadMarkets();
    const broken = await started(client.watchOrders(symbol));
    server.cut();
    await expect(broken.next).rejects.toMatchObject({ name: "NetworkError" });
    await expect(client.fetchTime()).rejects.toMatchObject({ name: "NetworkError" });
    server.mend();
    const again = await started(client.watchMyTrades(symbol));
    await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, { clientOrderId: "back" });
    market.print(48_000);
    expect(await again.next).toMatchObject([{ amount: 0.1 }]);
  });

  it("say nothing once they are frozen, though they are open", async () => {
    const { client, symbol, server, market } = await pairOf(kind);
    await client.loadMarkets();
    let isTold = false;
    await started(client.watchTrades(symbol).then(() => (isTold = true)));
    server.freeze(true);
    market.print(50_100);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isTold).toBe(false);
    server.freeze(false);
    market.print(50_200);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isTold).toBe(true);
  });
});
