import { streaming } from "@alpacahq/alpaca-trade-api";
import { describe, expect, it } from "vitest";
import { accountStream, alpacaPair, sharesStream, until } from "./alpaca-client.js";

const buy = { symbol: "AAPL", side: "buy", timeInForce: "gtc" } as const;

describe("streams of Alpaca, by its own client library", () => {
  it("tell what happens to orders", async () => {
    const { client, server, market } = await alpacaPair();
    const { orders } = client.trading;
    const stream = await accountStream(server);
    const told: streaming.TradeUpdate[] = [];
    stream.onTradeUpdate((update) => told.push(update));
    const first = await orders.limit({ ...buy, qty: 10, limitPrice: 190 });
    market.print(190, 4);
    const second = await orders.patchOrderByOrderId({
      orderId: first.id!,
      patchOrderRequest: { qty: "6" },
    });
    await orders.deleteOrderByOrderID({ orderId: second.id! });
    await orders.market({ ...buy, qty: 1 });
    await until(() => told.length === 7);
    expect(
      told.map(({ event, order, qty, positionQty }) => [event, order.filledQty, qty, positionQty]),
    ).toEqual([
      ["new", "0", undefined, undefined],
      ["partial_fill", "4", "4", "4"],
      ["replaced", "4", undefined, undefined],
      ["new", "0", undefined, undefined],
      ["canceled", "0", undefined, undefined],
      ["new", "0", undefined, undefined],
      ["fill", "1", "1", "5"],
    ]);
    expect(told[2].order).toMatchObject({ id: first.id, replacedBy: second.id });
    expect(told[3].order).toMatchObject({ id: second.id, replaces: first.id });
    expect(told[6]).toMatchObject({ price: "190.0001" });
  });

  it("tell nothing to who is not known", async () => {
    const { server } = await alpacaPair();
    await expect(accountStream({ ...server, secret: "another" })).rejects.toThrow(/auth/);
    await expect(sharesStream(server, { secret: "another" })).rejects.toThrow(/auth/);
  });

  it("tell trades and minute bars, and a bar again that has changed", async () => {
    const { server, market } = await alpacaPair();
    const stream = await sharesStream(server);
    const told: unknown[] = [];
    stream.onTrade(({ symbol, price, size }) => told.push([symbol, price, size]));
    stream.onBar(({ close, volume, timestamp }) => told.push(["bar", close, volume, timestamp.getTime()]));
    stream.onUpdatedBar(({ close, volume }) => told.push(["updated", close, volume]));
    stream.subscribeForTrades(["AAPL"]);
    stream.subscribeForBars(["AAPL"]);
    const isTold = new Promise((resolve) => stream.on(streaming.EVENT.SUBSCRIPTION, resolve));
    stream.subscribeForUpdatedBars(["AAPL"]);
    await isTold;
    await until(() => stream.getSubscriptions().updatedBars.length === 1);
    const time = Date.UTC(2026, 0, 5, 15);
    const candle = { time, open: 1, high: 3, low: 1, close: 2, volume: 70 };
    market.print(201, 3);
    market.candle(candle);
    market.candle({ ...candle, volume: 75 });
    server.market("spot", "SPY").print(501, 3);
    await until(() => told.length === 3);
    expect(told).toEqual([
      ["AAPL", 201, 3],
      ["bar", 2, 70, time],
      ["updated", 2, 75],
    ]);
  });

  it("are one for each account, and of the feed that it has subscribed to", async () => {
    const { server } = await alpacaPair();
    const first = await sharesStream(server);
    await expect(sharesStream(server)).rejects.toThrow(/connection limit|closed/);
    await expect(sharesStream(server, { feed: "sip" })).rejects.toThrow(/subscription|closed/);
    first.disconnect();
    const again = async (): Promise<boolean> => {
      try {
        return (await sharesStream(server)) instanceof streaming.StockDataStream;
      } catch {
        return false;
      }
    };
    let isBack = false;
    for (let i = 0; i < 50 && !isBack; i++) isBack = await again();
    expect(isBack).toBe(true);
  });

  it("break, and come back with what was asked for", async () => {
    const { server, market } = await alpacaPair();
    const stream = new streaming.StockDataStream({
      ...{ credentials: { keyId: server.apiKey, secret: server.secret }, initialReconnectMs: 100 },
      url: `${server.url.replace(/^http/, "ws")}/v2/iex`,
    });
    const told: number[] = [];
    stream.onTrade(({ price }) => told.push(price));
    stream.subscribeForTrades(["AAPL"]);
    const back = new Promise((resolve) => stream.on(streaming.EVENT.RECONNECTED, resolve));
    stream.connect();
    await stream.waitForAuthentication(5_000);
    server.breakStreams();
    await back;
    await until(() => stream.getSubscriptions().trades.length === 1);
    for (let i = 1; i < 100 && told.length === 0; i++) {
      market.print(200 + i, 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    stream.disconnect();
    expect(told.length).toBeGreaterThan(0);
  });
});
