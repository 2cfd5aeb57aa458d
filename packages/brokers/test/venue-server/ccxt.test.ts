import { describe, expect, it } from "vitest";
import { clientOf, pairOf, type Kind } from "./ccxt-client.js";

const kinds: readonly Kind[] = ["binance spot", "binance futures", "bybit spot", "bybit linear"];

describe.each(kinds)("%s, by the client library of the exchange", (kind) => {
  const isSpot = kind.endsWith("spot");
  const isBybit = kind.startsWith("bybit");

  it("tells its markets with their steps", async () => {
    const { client, symbol } = await pairOf(kind);
    const markets = await client.loadMarkets();
    const market = markets[symbol]!;
    const steps = isSpot ? { price: 0.01, amount: 0.00001 } : { price: 0.1, amount: 0.001 };
    expect(market.precision).toMatchObject(steps);
    expect(market.limits.amount!.min).toBe(isSpot ? 0.00001 : 0.001);
    expect(market.limits.cost!.min).toBe(5);
    expect(
      Math.abs((await client.fetchTime())! - Date.parse(new Date(client.milliseconds()).toISOString())),
    ).toBeLessThan(2_000);
  });

  it("tells where the market stands, and what it was", async () => {
    const { client, symbol, market } = await pairOf(kind);
    market.candle({ time: Date.UTC(2026, 0, 5), open: 1, high: 4, low: 0.5, close: 2, volume: 10 });
    market.candle({ time: Date.UTC(2026, 0, 5, 0, 1), open: 2, high: 3, low: 2, close: 3, volume: 5 });
    market.print(51_000, 1);
    expect((await client.fetchTicker(symbol)).last).toBe(51_000);
    const { bids, asks } = await client.fetchOrderBook(symbol);
    expect([bids[0][0], asks[0][0]]).toEqual(isSpot ? [50_999.99, 51_000.01] : [50_999.9, 51_000.1]);
    const trades = await client.fetchTrades(symbol);
    expect(trades.map(({ price, amount }) => [price, amount])).toEqual([[51_000, 1]]);
    const since = Date.UTC(2026, 0, 5);
    expect(await client.fetchOHLCV(symbol, "1m", since, 2)).toEqual([
      [since, 1, 4, 0.5, 2, 10],
      [since + 60_000, 2, 3, 2, 3, 5],
    ]);
    expect(await client.fetchOHLCV(symbol, "5m", since, 1)).toEqual([[since, 1, 4, 0.5, 3, 15]]);
  });

  it("takes a limit order, finds it by its client id, and takes it back", async () => {
    const { client, symbol } = await pairOf(kind);
    const placed = await client.createOrder(symbol, "limit", "buy", 0.01, 49_000, { clientOrderId: "first" });
    const open = await client.fetchOpenOrders(symbol);
    expect(open).toMatchObject([
      {
        id: placed.id,
        clientOrderId: "first",
        side: "buy",
        amount: 0.01,
        price: 49_000,
        filled: 0,
        status: "open",
      },
    ]);
    await client.cancelOrder(placed.id!, symbol);
    expect(await client.fetchOpenOrders(symbol)).toEqual([]);
    expect(await client.fetchOrder(placed.id!, symbol)).toMatchObject({ status: "canceled", filled: 0 });
  });

  it("fills what rests when the market comes to it, and tells the trade with its fee", async () => {
    const { client, symbol, market } = await pairOf(kind);
    const { id = "" } = await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, {
      clientOrderId: "resting",
    });
    market.print(49_500);
    market.print(49_000, 0.04);
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ status: "open", filled: 0.04 });
    market.print(48_000);
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ status: "closed", filled: 0.1 });
    const trades = await client.fetchMyTrades(symbol);
    expect(
      trades.map(({ price, amount, takerOrMaker, order }) => [price, amount, takerOrMaker, order]),
    ).toEqual([
      [49_000, 0.04, "maker", id],
      [49_000, 0.06, "maker", id],
    ]);
    const fees = trades.map(({ fee }) => [fee!.currency, fee!.cost]);
    // On spot the coin bought pays, on contracts the money that settles them.
    expect(fees).toEqual(
      isSpot
        ? [
            ["BTC", 0.00004],
            ["BTC", 0.00006],
          ]
        : [
            ["USDT", 0.392],
            ["USDT", 0.588],
          ],
    );
  });

  it("takes what is there at the market, and tells what is held", async () => {
    const { client, symbol, market } = await pairOf(kind);
    await client.createOrder(symbol, "market", "buy", 0.1);
    if (isSpot) {
      const balance = await client.fetchBalance();
      expect(balance["BTC"].total).toBeCloseTo(0.0999, 10);
      expect(balance["USDT"].total).toBeCloseTo(1_000_000 - 0.1 * 50_000.01, 6);
    } else {
      const positions = await client.fetchPositions([symbol]);
      expect(positions).toMatchObject([{ symbol, side: "long", contracts: 0.1 }]);
      const fee = 0.1 * 50_000.1 * 0.0005;
      expect((await client.fetchBalance())["USDT"].total).toBeCloseTo(1_000_000 - fee, 6);
    }
    await client.createOrder(symbol, "market", "sell", 0.09);
    expect(Number(market.held())).toBeCloseTo(isSpot ? 0.0099 : 0.01, 10);
  });

  it("binds money while an order rests", async () => {
    const { client, symbol } = await pairOf(kind);
    await client.createOrder(symbol, "limit", "buy", 0.1, 40_000);
    const { used } = (await client.fetchBalance())["USDT"];
    expect(used).toBeCloseTo(isSpot ? 4_000 : 400, 6);
  });

  it("knows how long an order may rest", async () => {
    const { client, symbol, market } = await pairOf(kind);
    market.depth(0.05);
    const { id = "" } = await client.createOrder(symbol, "limit", "buy", 0.1, 51_000, { timeInForce: "IOC" });
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ filled: 0.05 });
    const all = await client.createOrder(symbol, "limit", "buy", 0.1, 51_000, { timeInForce: "FOK" });
    expect(await client.fetchOrder(all.id!, symbol)).toMatchObject({ filled: 0 });
    expect(await client.fetchOpenOrders(symbol)).toEqual([]);
    const taking = client.createOrder(symbol, "limit", "buy", 0.1, 51_000, { postOnly: true });
    if (isBybit) {
      // It is taken, and taken back.
      expect(await client.fetchOrder((await taking).id!, symbol)).toMatchObject({
        status: "canceled",
        filled: 0,
      });
    } else
      await expect(taking).rejects.toMatchObject({
        name: isSpot ? "OrderImmediatelyFillable" : "OrderNotFillable",
      });
    const resting = await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, { postOnly: true });
    expect(await client.fetchOrder(resting.id!, symbol)).toMatchObject({ status: "open" });
  });

  it("holds a stop until its price comes", async () => {
    const { client, symbol, market } = await pairOf(kind);
    const isAlgo = kind === "binance futures";
    const direction = isBybit && !isSpot ? { triggerDirection: "ascending" } : {};
    const placed = await client.createOrder(symbol, "market", "buy", 0.1, undefined, {
      ...{ triggerPrice: 51_000, clientOrderId: "stop", ...direction },
    });
    const conditional = isAlgo || isBybit ? { trigger: true } : {};
    expect(await client.fetchOpenOrders(symbol, undefined, undefined, conditional)).toMatchObject([
      { clientOrderId: "stop", triggerPrice: 51_000, side: "buy" },
    ]);
    market.print(50_900);
    expect(Number(market.held())).toBe(0);
    market.print(51_000);
    expect(Number(market.held())).toBeCloseTo(isSpot ? 0.0999 : 0.1, 10);
    const [trade] = await client.fetchMyTrades(symbol);
    expect(trade).toMatchObject({ amount: 0.1, price: isSpot ? 51_000.01 : 51_000.1 });
    if (!isAlgo) expect(trade.order).toBe(placed.id);
    else {
      // What it has become has another number, and the old one says which.
      const { info } = await client.fetchOrder(placed.id!, symbol, { trigger: true });
      expect(info).toMatchObject({
        clientAlgoId: "stop",
        algoStatus: "FINISHED",
        actualOrderId: trade.order,
      });
    }
  });

  it("holds a stop with a limit, and one that takes profit", async () => {
    const { client, symbol, market } = await pairOf(kind);
    const linearBybit = isBybit && !isSpot;
    await client.createOrder(symbol, "limit", "buy", 0.1, 51_500, {
      ...{ triggerPrice: 51_000, ...(linearBybit && { triggerDirection: "ascending" }) },
    });
    market.depth(0);
    market.print(51_000, 0);
    market.depth(null);
    expect(await client.fetchOpenOrders(symbol)).toMatchObject([{ price: 51_500, status: "open" }]);
    market.print(51_400);
    const held = Number(market.held());
    expect(held).toBeCloseTo(isSpot ? 0.0999 : 0.1, 10);
    await client.createOrder(symbol, "market", "sell", 0.05, undefined, {
      ...(linearBybit
        ? { triggerPrice: 52_000, triggerDirection: "ascending" }
        : { takeProfitPrice: 52_000 }),
    });
    market.print(52_000);
    expect(Number(market.held())).toBeCloseTo(held - 0.05, 10);
  });

  it("refuses what no order may be, in the words of the exchange", async () => {
    const { client, symbol } = await pairOf(kind);
    await client.loadMarkets();
    const order = client.createOrder.bind(client);
    await expect(order(symbol, "limit", "buy", 1_000, 49_000)).rejects.toMatchObject({
      name: "InsufficientFunds",
    });
    await order(symbol, "limit", "buy", 0.01, 49_000, { clientOrderId: "same" });
    await expect(
      order(symbol, "limit", "buy", 0.01, 49_000, { clientOrderId: "same" }),
    ).rejects.toMatchObject({
      name: "InvalidOrder",
    });
    await expect(
      client.cancelOrder(isBybit ? "00000000-0000-4000-8000-000000000999" : "999", symbol),
    ).rejects.toMatchObject({
      name: "OrderNotFound",
    });
    if (!isSpot)
      await expect(
        order(symbol, "market", "sell", 0.01, undefined, { reduceOnly: true }),
      ).rejects.toMatchObject({
        name: "InvalidOrder",
      });
  });

  it("knows who asks, and what time it is", async () => {
    const { client, symbol, server } = await pairOf(kind);
    await client.loadMarkets();
    const stranger = clientOf(kind, server, { apiKey: "another" });
    await expect(stranger.fetchBalance()).rejects.toMatchObject({ name: "AuthenticationError" });
    const forger = clientOf(kind, server, { secret: "another" });
    await expect(forger.fetchBalance()).rejects.toMatchObject({ name: "AuthenticationError" });
    server.skew(60_000);
    await expect(client.fetchMyTrades(symbol)).rejects.toMatchObject({ name: "InvalidNonce" });
    server.skew(-60_000);
    await expect(client.fetchMyTrades(symbol)).rejects.toMatchObject({ name: "InvalidNonce" });
    const careful = clientOf(kind, server, { options: { adjustForTimeDifference: true } });
    await careful.loadTimeDifference();
    expect(await careful.fetchMyTrades(symbol)).toEqual([]);
  });

  it("says so where too much is asked", async () => {
    const { client, symbol, server } = await pairOf(kind, { ordersPerTenSeconds: 2 });
    await client.loadMarkets();
    const order = () => client.createOrder(symbol, "limit", "buy", 0.01, 49_000);
    await order();
    await order();
    await expect(order()).rejects.toMatchObject({ name: isBybit ? "RateLimitExceeded" : "DDoSProtection" });
    server.script({ on: "open_orders", mishap: { kind: "refused", status: 429 } });
    server.script({ on: "find_order", mishap: { kind: "refused", status: 429 } });
    await expect(client.fetchOpenOrders(symbol)).rejects.toMatchObject({
      name: isBybit ? "RateLimitExceeded" : "DDoSProtection",
    });
  });

  it("tells its fees", async () => {
    const { client, symbol } = await pairOf(kind);
    const fee = await client.fetchTradingFee(symbol);
    expect(fee).toMatchObject(isSpot ? { maker: 0.001, taker: 0.001 } : { maker: 0.0002, taker: 0.0005 });
  });

  it("changes an order that rests", async () => {
    const { client, symbol, market } = await pairOf(kind);
    const { id = "" } = await client.createOrder(symbol, "limit", "buy", 0.1, 49_000, {
      clientOrderId: "before",
    });
    const changed = await client.editOrder(id, symbol, "limit", "buy", 0.2, 48_000);
    const [open, ...others] = await client.fetchOpenOrders(symbol);
    expect(others).toEqual([]);
    expect(open).toMatchObject({ id: changed.id, price: 48_000, amount: 0.2 });
    // On spot another order takes its place, elsewhere it stays the same one.
    expect(open.id === id).toBe(kind !== "binance spot");
    market.print(48_500);
    expect(Number(market.held())).toBe(0);
  });
});
