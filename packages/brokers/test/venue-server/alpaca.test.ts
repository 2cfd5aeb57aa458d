import { describe, expect, it } from "vitest";
import { alpacaClient, alpacaPair } from "./alpaca-client.js";

const buy = { symbol: "AAPL", side: "buy", timeInForce: "gtc" } as const;
const sell = { ...buy, side: "sell" } as const;

interface Fill {
  readonly id: string;
  readonly transaction_time: string;
}

describe("Alpaca, by its own client library: the account", () => {
  it("tells who it is, what time it is, and what can be traded", async () => {
    const { client } = await alpacaPair({ now: () => Date.UTC(2026, 0, 5, 15) });
    const account = await client.trading.account.getAccount();
    expect(account).toMatchObject({ status: "ACTIVE", cash: "1000000", buyingPower: "1000000" });
    const clock = await client.trading.clock.legacyClock();
    expect([clock.isOpen, clock.timestamp.getTime()]).toEqual([true, Date.UTC(2026, 0, 5, 15)]);
    const assets = await client.trading.assets.getV2Assets({ status: "active" });
    expect(assets.map(({ symbol, fractionable }) => [symbol, fractionable])).toEqual([
      ["AAPL", true],
      ["SPY", true],
      ["WHOLE", false],
    ]);
    const asset = await client.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: "AAPL" });
    expect(asset).toMatchObject({ symbol: "AAPL", tradable: true, shortable: true });
    await expect(
      client.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: "NOTHING" }),
    ).rejects.toMatchObject({ name: "NotFoundError", code: 40_410_000 });
  });

  it("knows who asks", async () => {
    const { server } = await alpacaPair();
    const stranger = alpacaClient(server, { secret: "another" });
    await expect(stranger.trading.account.getAccount()).rejects.toMatchObject({ name: "AuthError" });
  });

  it("says what is held, at which price it was bought, and what of it is free", async () => {
    const { client, market } = await alpacaPair();
    const { orders, positions } = client.trading;
    expect(await positions.getAllOpenPositions()).toEqual([]);
    await orders.market({ ...buy, qty: 10 });
    market.print(210);
    await orders.market({ ...buy, qty: 10 });
    await orders.limit({ ...sell, qty: 5, limitPrice: 250 });
    expect(await positions.getAllOpenPositions()).toMatchObject([
      { symbol: "AAPL", qty: "20", qtyAvailable: "15", side: "long", avgEntryPrice: "205.0001" },
    ]);
    await expect(positions.getOpenPosition({ symbolOrAssetId: "SPY" })).rejects.toMatchObject({
      name: "NotFoundError",
    });
  });
});

describe("Alpaca, by its own client library: orders", () => {
  it("answers before anything has happened, finds by both ids, and takes back", async () => {
    const { client } = await alpacaPair();
    const { orders } = client.trading;
    const placed = await orders.limit({ ...buy, qty: 10, limitPrice: 190, clientOrderId: "first" });
    expect(placed).toMatchObject({ status: "pending_new", clientOrderId: "first", filledQty: "0" });
    const found = await orders.getOrderByClientOrderId({ clientOrderId: "first" });
    expect(found).toMatchObject({
      ...{ id: placed.id, status: "new", side: "buy", qty: "10", limitPrice: "190" },
      ...{ type: "limit", timeInForce: "gtc", symbol: "AAPL" },
    });
    await orders.deleteOrderByOrderID({ orderId: placed.id! });
    expect(await orders.getOrderByOrderID({ orderId: placed.id! })).toMatchObject({ status: "canceled" });
    await expect(orders.deleteOrderByOrderID({ orderId: placed.id! })).rejects.toMatchObject({
      ...{ name: "ValidationError", status: 422 },
    });
    await expect(orders.getOrderByClientOrderId({ clientOrderId: "never" })).rejects.toMatchObject({
      name: "NotFoundError",
    });
  });

  it("takes an id of a client once for good", async () => {
    const { client } = await alpacaPair();
    const { orders } = client.trading;
    const order = { ...buy, qty: 1, limitPrice: 190, clientOrderId: "same" };
    const { id } = await orders.limit(order);
    const again = { name: "ValidationError", code: 40_010_001 };
    await expect(orders.limit(order)).rejects.toMatchObject(again);
    await orders.deleteOrderByOrderID({ orderId: id! });
    await expect(orders.limit(order)).rejects.toMatchObject(again);
  });

  it("fills what rests when the market comes to it, and lists the trades page by page", async () => {
    const { client, market } = await alpacaPair();
    const { orders, accountActivities } = client.trading;
    const { id } = await orders.limit({ ...buy, qty: 10, limitPrice: 190 });
    market.print(195);
    market.print(190, 4);
    expect(await orders.getOrderByOrderID({ orderId: id! })).toMatchObject({
      ...{ status: "partially_filled", filledQty: "4", filledAvgPrice: "190" },
    });
    market.print(189);
    expect(await orders.getOrderByOrderID({ orderId: id! })).toMatchObject({ status: "filled" });
    // The library takes any activity for one without a trade, and leaves out what a trade says: it is read as it came.
    const page = async (more: object): Promise<Fill[]> => {
      const asked = { activityType: "FILL", direction: "asc", pageSize: 1, ...more } as const;
      const { raw } = await accountActivities.getAccountActivitiesByActivityTypeRaw(asked);
      return (await raw.json()) as Fill[];
    };
    const [first] = await page({});
    const rest = await page({ pageToken: first.id });
    expect([first, ...rest]).toMatchObject([
      { type: "partial_fill", price: "190", qty: "4", cum_qty: "4", leaves_qty: "6", order_id: id },
      { type: "fill", price: "190", qty: "6", cum_qty: "10", leaves_qty: "0", order_id: id },
    ]);
    const after = new Date(first.transaction_time);
    const behind = await page({ after });
    expect(behind.every((each) => new Date(each.transaction_time) > after)).toBe(true);
  });

  it("takes what is there at the market, a part of a penny beside it, and parts of a share for the day", async () => {
    const { client, market } = await alpacaPair();
    const { orders } = client.trading;
    const { id } = await orders.market({ ...buy, timeInForce: "day", qty: "0.5" });
    expect(await orders.getOrderByOrderID({ orderId: id! })).toMatchObject({
      ...{ status: "filled", filledQty: "0.5", filledAvgPrice: "200.0001" },
    });
    await orders.market({ ...buy, timeInForce: "day", notional: "100" });
    expect(Number(market.held())).toBeCloseTo(0.5 + 100 / 200.0001, 8);
    await expect(orders.market({ ...buy, qty: "0.5" })).rejects.toMatchObject({
      message: "fractional orders must be DAY orders",
    });
    await expect(
      orders.market({ ...buy, timeInForce: "day", qty: "0.5", symbol: "WHOLE" }),
    ).rejects.toMatchObject({ name: "ValidationError" });
  });

  it("knows how long an order may rest", async () => {
    const { client, market } = await alpacaPair();
    const { orders } = client.trading;
    market.depth(3);
    const some = await orders.limit({ ...buy, qty: 10, limitPrice: 201, timeInForce: "ioc" });
    expect(await orders.getOrderByOrderID({ orderId: some.id! })).toMatchObject({
      ...{ status: "canceled", filledQty: "3" },
    });
    const none = await orders.limit({ ...buy, qty: 10, limitPrice: 201, timeInForce: "fok" });
    expect(await orders.getOrderByOrderID({ orderId: none.id! })).toMatchObject({
      ...{ status: "canceled", filledQty: "0" },
    });
  });

  it("holds a stop until its price comes, with a limit or without; one that was passed goes at once", async () => {
    const { client, market } = await alpacaPair();
    const { orders } = client.trading;
    await orders.stop({ ...buy, qty: 10, stopPrice: 210 });
    await orders.stopLimit({ ...buy, qty: 10, stopPrice: 210, limitPrice: 205 });
    market.print(209.99);
    expect(market.held()).toBe("0");
    market.print(210);
    expect(market.held()).toBe("10");
    market.print(205);
    expect(market.held()).toBe("20");
    await orders.stop({ ...buy, qty: 10, stopPrice: 200 });
    expect(market.held()).toBe("30");
  });

  it("puts an order with another id in the place of one, which stays where that cannot be", async () => {
    const { client, market } = await alpacaPair();
    const { orders } = client.trading;
    const { id: orderId = "" } = await orders.limit({ ...buy, qty: 10, limitPrice: 190 });
    const patchOrderRequest = { qty: "20", limitPrice: "191.5", clientOrderId: "after" };
    const after = await orders.patchOrderByOrderId({ orderId, patchOrderRequest });
    expect(after).toMatchObject({ qty: "20", limitPrice: "191.5", replaces: orderId, type: "limit" });
    expect(await orders.getOrderByOrderID({ orderId })).toMatchObject({
      ...{ status: "replaced", replacedBy: after.id },
    });
    await expect(orders.patchOrderByOrderId({ orderId, patchOrderRequest: {} })).rejects.toMatchObject({
      status: 422,
    });
    const tooMuch = { qty: "1000000" };
    await expect(
      orders.patchOrderByOrderId({ orderId: after.id!, patchOrderRequest: tooMuch }),
    ).rejects.toMatchObject({ name: "PermissionError", message: "insufficient buying power" });
    market.print(191.5);
    expect(market.held()).toBe("20");
  });

  it("lists them by state, time and way", async () => {
    let now = Date.UTC(2026, 0, 5, 15);
    const { client } = await alpacaPair({ now: () => now });
    const { orders } = client.trading;
    for (const clientOrderId of ["one", "two", "three"]) {
      await orders.limit({ ...buy, qty: 1, limitPrice: 190, clientOrderId });
      now += 1_000;
    }
    await orders.limit({ ...buy, qty: 1, limitPrice: 400, symbol: "SPY", clientOrderId: "other" });
    const names = async (asked: Parameters<typeof orders.getAllOrders>[0]): Promise<string> =>
      (await orders.getAllOrders(asked)).map(({ clientOrderId }) => clientOrderId).join();
    const { id } = await orders.getOrderByClientOrderId({ clientOrderId: "two" });
    await orders.deleteOrderByOrderID({ orderId: id! });
    expect(await names({})).toBe("other,three,one");
    expect(await names({ status: "closed" })).toBe("two");
    expect(await names({ status: "all", direction: "asc", symbols: "AAPL" })).toBe("one,two,three");
    expect(await names({ status: "all", limit: 2 })).toBe("other,three");
    const after = new Date(Date.UTC(2026, 0, 5, 15)).toISOString();
    expect(await names({ status: "all", direction: "asc", after })).toBe("two,three,other");
  });

  it("takes no order that could meet one of the other side", async () => {
    const { client } = await alpacaPair();
    const { orders } = client.trading;
    const refused = { name: "PermissionError", message: "potential wash trade detected. use complex orders" };
    const { id: orderId = "" } = await orders.limit({ ...buy, qty: 10, limitPrice: 190 });
    await expect(orders.limit({ ...sell, qty: 10, limitPrice: 190 })).rejects.toMatchObject(refused);
    await expect(orders.market({ ...sell, qty: 10 })).rejects.toMatchObject(refused);
    await expect(orders.stop({ ...sell, qty: 10, stopPrice: 180 })).rejects.toMatchObject(refused);
    await orders.limit({ ...sell, qty: 10, limitPrice: 210 });
    const patchOrderRequest = { limitPrice: "210" };
    await expect(orders.patchOrderByOrderId({ orderId, patchOrderRequest })).rejects.toMatchObject(refused);
  });

  it("sells what is held and no other order binds, and nobody turns round with one order", async () => {
    const { client, market } = await alpacaPair();
    const { orders, positions } = client.trading;
    await orders.market({ ...buy, qty: 10 });
    await orders.stop({ ...sell, qty: 10, stopPrice: 180 });
    const bound = "insufficient qty available for order (requested: 10, available: 0)";
    await expect(orders.limit({ ...sell, qty: 10, limitPrice: 220 })).rejects.toMatchObject({
      ...{ name: "PermissionError", message: bound },
    });
    market.print(179);
    expect(market.held()).toBe("0");
    await orders.market({ ...sell, qty: 5 });
    expect(await positions.getAllOpenPositions()).toMatchObject([{ qty: "-5", side: "short" }]);
    await expect(orders.market({ ...buy, qty: 10 })).rejects.toMatchObject({ name: "PermissionError" });
    await orders.market({ ...buy, qty: 5 });
    expect(await positions.getAllOpenPositions()).toEqual([]);
  });

  it.each([
    ["a price of parts of a penny", { qty: 1, limitPrice: 190.123 }, /sub-penny/],
    ["more than can be paid", { qty: 100_000, limitPrice: 190 }, /buying power/],
    ["nothing", { qty: 0, limitPrice: 190 }, /qty/],
    ["a share that there is not", { qty: 1, limitPrice: 190, symbol: "NOTHING" }, /not found/],
    ["hours beside the hours", { qty: 1, limitPrice: 190, extendedHours: true }, /not offered here/],
  ])("refuses %s", async (_what, terms, text) => {
    const { client } = await alpacaPair();
    await expect(client.trading.orders.limit({ ...buy, ...terms })).rejects.toMatchObject({
      message: expect.stringMatching(text) as string,
    });
  });

  it("refuses groups of orders, which it does not hold", async () => {
    const { client } = await alpacaPair();
    const bracket = client.trading.orders.bracket({
      ...{ ...buy, type: "market", qty: 1 },
      ...{ takeProfit: { limitPrice: 220 }, stopLoss: { stopPrice: 180 } },
    });
    await expect(bracket).rejects.toMatchObject({ message: "order_class bracket is not offered here" });
  });
});

describe("Alpaca, by its own client library: the market", () => {
  const time = Date.UTC(2026, 0, 5, 15);
  const candle = (minute: number, close: number) => ({
    ...{ time: time + minute * 60_000, open: close, high: close + 1, low: close - 1, close, volume: 100 },
  });

  it("tells bars page by page, of any length", async () => {
    const { client, market } = await alpacaPair();
    for (let i = 0; i < 7; i++) market.candle(candle(i, 200 + i));
    const { stocks } = client.marketData;
    const asked = {
      symbols: "AAPL",
      timeframe: "1Min",
      start: new Date(time),
      end: new Date(time + 300_000),
    };
    const first = await stocks.stockBars({ ...asked, limit: 4 });
    const second = await stocks.stockBars({ ...asked, limit: 4, pageToken: first.nextPageToken! });
    const bars = [...first.bars["AAPL"], ...second.bars["AAPL"]];
    expect(bars.map(({ t, c }) => [(new Date(t).getTime() - time) / 60_000, c])).toEqual([
      [0, 200],
      [1, 201],
      [2, 202],
      [3, 203],
      [4, 204],
      [5, 205],
    ]);
    expect(second.nextPageToken).toBeNull();
    const long = await stocks.stockBarSingle({ symbol: "AAPL", timeframe: "5Min", start: new Date(time) });
    expect(long.bars.map(({ o, h, l, c, v }) => [o, h, l, c, v])).toEqual([
      [200, 205, 199, 204, 500],
      [205, 207, 204, 206, 200],
    ]);
  });

  it("tells trades, and the last one", async () => {
    const { client, market } = await alpacaPair();
    market.print(201, 3);
    market.print(202, 4);
    const { trades } = await client.marketData.stocks.stockTrades({ symbols: "AAPL" });
    expect(trades["AAPL"].map(({ p, s }) => [p, s])).toEqual([
      [201, 3],
      [202, 4],
    ]);
    const latest = await client.marketData.stocks.stockLatestTrades({ symbols: "AAPL" });
    expect(latest.trades["AAPL"]).toMatchObject({ p: 202 });
  });
});

describe("what goes wrong at Alpaca", () => {
  it.each([
    [{ kind: "lost_request" }, "FetchError", 0],
    [{ kind: "lost_answer" }, "FetchError", 1],
    [{ kind: "no_answer" }, "FetchError", 1],
    [{ kind: "refused", status: 429 }, "RateLimitError", 0],
    [{ kind: "refused", status: 503 }, "ApiError", 0],
    [{ kind: "done_and_failed", status: 504 }, "ApiError", 1],
  ] as const)("%o: the client says %s, and %i orders are there", async (mishap, name, count) => {
    const { client, market, server } = await alpacaPair();
    server.script({ on: "place", mishap });
    const order = client.trading.orders.limit({ ...buy, qty: 1, limitPrice: 190 });
    await expect(order).rejects.toMatchObject({ name });
    expect(market.orders().length).toBe(count);
  });

  it("an order fills in part before it is replaced, in whole shares, or before it is cancelled", async () => {
    const { client, market, server } = await alpacaPair();
    const { orders } = client.trading;
    const first = await orders.limit({ ...buy, qty: 5, limitPrice: 190 });
    server.script({ on: "amend", mishap: { kind: "filled_before", share: 0.5 } });
    const second = await orders.patchOrderByOrderId({ orderId: first.id!, patchOrderRequest: {} });
    expect(market.held()).toBe("3");
    server.script({ on: "cancel", mishap: { kind: "filled_before", share: 1 } });
    await expect(orders.deleteOrderByOrderID({ orderId: second.id! })).rejects.toMatchObject({ status: 422 });
    expect(market.held()).toBe("8");
  });
});
