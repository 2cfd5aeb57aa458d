import { EventName, IBApi, type Contract, type Execution, type Order, type OrderState } from "@stoqey/ib";
import { createConnection } from "node:net";
import { describe, expect, it } from "vitest";
import { utcNow } from "../../src/clock.js";
import { apple, clientOf, eventually, order, pairOf, TwsClient } from "./tws-client.js";

type Open = readonly [number, Contract, Order, OrderState];

const opened = (client: TwsClient): Open[] => client.of(EventName.openOrder) as unknown as Open[];
const statuses = (client: TwsClient): unknown[] =>
  client.of(EventName.orderStatus).map(([id, status, filled, left]) => [id, status, filled, left]);

describe("TWS, by the real client library", () => {
  it("greets a client with its version, its account and the next order id", async () => {
    const { server, client } = await pairOf();
    expect(client.api.serverVersion).toBe(193);
    expect(client.of(EventName.managedAccounts)).toEqual([[server.account]]);
    expect(client.of(EventName.nextValidId)).toEqual([[1]]);
    await eventually(() => client.of(EventName.info).length === 3, "messages of farms");
    expect(client.of(EventName.info).map(([, code]) => code)).toEqual([2104, 2106, 2158]);
    client.api.reqCurrentTime();
    const [[time]] = await client.until(EventName.currentTime);
    expect(Math.abs((time as number) - utcNow() / 1_000)).toBeLessThan(60);
    expect(client.errors).toEqual([]);
  });

  it("connects an id once, until its connection has gone", async () => {
    const { server, client } = await pairOf();
    const second = new TwsClient(new IBApi({ host: server.host, port: server.port }));
    second.api.connect(1);
    await second.until(EventName.disconnected);
    expect(second.of(EventName.info)[0]?.[1]).toBe(326);
    expect(second.of(EventName.nextValidId)).toEqual([]);
    client.api.disconnect();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await clientOf(server, 1);
  });

  it("breaks a conversation that is none, or of another version", async () => {
    const { server } = await pairOf();
    const version = Buffer.from("v100..150", "utf8");
    const length = Buffer.from([0, 0, 0, version.length]);
    for (const said of [
      Buffer.from("GET / HTTP/1.1"),
      Buffer.concat([Buffer.from("API\0"), length, version]),
    ]) {
      const socket = createConnection(server.port, server.host);
      const closed = new Promise((resolve) => socket.once("close", resolve));
      // In pieces, as a network may bring it.
      socket.write(said.subarray(0, 2));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.write(said.subarray(2));
      await closed;
    }
  });

  it("tells contracts with their steps, and says where there is none", async () => {
    const { client } = await pairOf();
    client.api.reqContractDetails(500, { ...apple, symbol: "SIE", currency: "EUR" });
    client.api.reqContractDetails(501, { ...apple, symbol: "NOTHING" });
    await client.until(EventName.contractDetailsEnd);
    const [[id, details]] = client.of(EventName.contractDetails);
    expect(id).toBe(500);
    expect(details).toMatchObject({
      ...{ minTick: 0.01, sizeIncrement: 1, minSize: 1, longName: "SIEMENS AG", timeZoneId: "US/Eastern" },
      contract: { symbol: "SIE", conId: 14_111, secType: "STK", exchange: "SMART", currency: "EUR" },
    });
    const { marketRuleIds } = details as { readonly marketRuleIds: string };
    client.api.reqMarketRule(Number(marketRuleIds.split(",")[0]));
    const [[, increments]] = await client.until(EventName.marketRule);
    expect(increments).toEqual([
      { lowEdge: 0, increment: 0.01 },
      { lowEdge: 100, increment: 0.02 },
      { lowEdge: 200, increment: 0.05 },
    ]);
    expect(await client.refusal(501)).toBe(200);
  });

  it("takes an order, tells it to who asks, changes it and takes it back", async () => {
    const { client } = await pairOf();
    client.api.placeOrder(1, apple, order({ orderRef: "mine", outsideRth: true }));
    await client.settle();
    expect(opened(client)[0]).toMatchObject([
      1,
      { symbol: "AAPL", conId: 265_598 },
      {
        ...{ orderRef: "mine", action: "BUY", totalQuantity: 10, orderType: "LMT", lmtPrice: 199 },
        ...{ tif: "GTC", clientId: 1, outsideRth: true },
      },
      { status: "Submitted" },
    ]);
    client.api.placeOrder(1, apple, order({ orderRef: "other", lmtPrice: 198.5, totalQuantity: 20 }));
    await client.settle();
    client.api.reqAllOpenOrders();
    await client.until(EventName.openOrderEnd);
    // The name of an order is its own for good.
    expect(opened(client).at(-1)?.[2]).toMatchObject({
      orderRef: "mine",
      lmtPrice: 198.5,
      totalQuantity: 20,
    });
    client.api.cancelOrder(1);
    expect(await client.refusal(1)).toBe(202);
    expect(statuses(client).at(-1)).toEqual([1, "Cancelled", 0, 20]);
    client.api.reqOpenOrders();
    await client.until(EventName.openOrderEnd, 2);
    client.api.reqCompletedOrders(true);
    await client.until(EventName.completedOrdersEnd);
    expect(client.of(EventName.completedOrder)).toMatchObject([
      [
        { symbol: "AAPL" },
        { orderRef: "mine", totalQuantity: 0, filledQuantity: 0 },
        { status: "Cancelled" },
      ],
    ]);
    expect(client.errors.map(({ code }) => code)).toEqual([202]);
  });

  it("fills what rests when the market comes to it, and tells execution and commission", async () => {
    const { server, client } = await pairOf();
    const market = server.market("AAPL");
    client.api.placeOrder(1, apple, order({ orderRef: "resting" }));
    await client.settle();
    market.print(199.5);
    market.print(199, 4);
    market.print(198);
    await client.until(EventName.commissionReport, 2);
    const executions = client.of(EventName.execDetails) as unknown as [number, Contract, Execution][];
    expect(executions.map(([id, { symbol }, each]) => [id, symbol, each])).toMatchObject([
      [-1, "AAPL", { side: "BOT", shares: 4, price: 199, cumQty: 4, orderRef: "resting", orderId: 1 }],
      [-1, "AAPL", { side: "BOT", shares: 6, price: 199, cumQty: 10, avgPrice: 199, clientId: 1 }],
    ]);
    expect(executions[0][2].time).toMatch(/^\d{8} \d\d:\d\d:\d\d US\/Eastern$/);
    expect(executions[0][2].execId).toMatch(/\.01$/);
    const reports = client.of(EventName.commissionReport);
    expect(reports[0]).toMatchObject([{ execId: executions[0][2].execId, currency: "USD" }]);
    expect((reports[0][0] as { readonly commission: number }).commission).toBeCloseTo(4 * 199 * 0.00005, 8);
    expect(statuses(client).slice(-2)).toEqual([
      [1, "Submitted", 4, 6],
      [1, "Filled", 10, 0],
    ]);
    client.api.reqExecutions(700, { symbol: "AAPL" });
    await client.until(EventName.execDetailsEnd);
    expect(client.of(EventName.execDetails).filter(([id]) => id === 700).length).toBe(2);
    client.api.reqPositions();
    await client.until(EventName.positionEnd);
    expect(client.of(EventName.position)).toMatchObject([[server.account, { symbol: "AAPL" }, 10, 199]]);
    client.api.reqAccountSummary(701, "All", "NetLiquidation,TotalCashValue");
    await client.until(EventName.accountSummaryEnd);
    // Bought at 199, stands at 198.
    const worth = 1_000_000 - 10 - 10 * 199 * 0.00005;
    const values = client.of(EventName.accountSummary).map(([, , tag, value]) => [tag, Number(value)]);
    expect(values[0][1]).toBeCloseTo(worth, 5);
    expect(values[1][1]).toBeCloseTo(worth - 1_980, 5);
  });

  it("tells the orders and executions of one client to no other, but to who asks for all", async () => {
    const { server, client } = await pairOf();
    const other = await clientOf(server, 2);
    client.api.placeOrder(1, apple, order({ orderType: "MKT", orderRef: "first" }));
    client.api.placeOrder(2, apple, order({ orderRef: "second" }));
    await client.settle();
    await other.settle();
    expect(other.of(EventName.execDetails)).toEqual([]);
    expect(opened(other)).toEqual([]);
    other.api.reqOpenOrders();
    await other.until(EventName.openOrderEnd);
    expect(opened(other)).toEqual([]);
    other.api.reqAllOpenOrders();
    await other.until(EventName.openOrderEnd, 2);
    expect(opened(other)).toMatchObject([[2, {}, { orderRef: "second", clientId: 1 }, {}]]);
    other.api.reqExecutions(700, {});
    await other.until(EventName.execDetailsEnd);
    expect(other.of(EventName.execDetails)).toMatchObject([[700, {}, { orderRef: "first", clientId: 1 }]]);
    expect(other.of(EventName.commissionReport)).toEqual([]);
    other.api.cancelOrder(2);
    expect(await other.refusal(2)).toBe(10_147);
  });

  it("waits for the price of a stop, and for one to be touched", async () => {
    const { server, client } = await pairOf();
    const market = server.market("AAPL");
    client.api.placeOrder(1, apple, order({ orderType: "STP", auxPrice: 201, lmtPrice: undefined }));
    client.api.placeOrder(2, apple, order({ orderType: "STP LMT", auxPrice: 202, lmtPrice: 205 }));
    client.api.placeOrder(3, apple, order({ orderType: "MIT", auxPrice: 195, lmtPrice: undefined }));
    client.api.placeOrder(4, apple, order({ orderType: "LIT", auxPrice: 194, lmtPrice: 193 }));
    // The market has passed it.
    client.api.placeOrder(5, apple, order({ orderType: "STP", auxPrice: 190, lmtPrice: undefined }));
    await client.settle();
    const last = (): Record<string, unknown> =>
      Object.fromEntries(statuses(client).map((each) => [(each as unknown[])[0], (each as unknown[])[1]]));
    const waits = "PreSubmitted";
    expect(last()).toEqual({ 1: waits, 2: waits, 3: waits, 4: waits, 5: "Filled" });
    market.print(201);
    await client.settle();
    expect(last()).toEqual({ 1: "Filled", 2: waits, 3: waits, 4: waits, 5: "Filled" });
    market.print(203);
    market.print(194);
    await client.settle();
    expect(last()).toEqual({ 1: "Filled", 2: "Filled", 3: "Filled", 4: "Submitted", 5: "Filled" });
  });

  it("says by its numbers why it refuses", async () => {
    const { client } = await pairOf();
    const { api } = client;
    api.placeOrder(1, apple, order({ orderType: "MKT" }));
    await client.settle();
    const refused = async (
      id: number,
      changes: Record<string, unknown>,
      contract = apple,
    ): Promise<number> => {
      client.errors.length = 0;
      api.placeOrder(id, contract, order(changes));
      return client.refusal(id);
    };
    expect(await refused(1, {})).toBe(104);
    expect(await refused(2, { lmtPrice: 199.005 })).toBe(110);
    expect(await refused(3, { totalQuantity: 0.5 })).toBe(10_243);
    expect(await refused(4, { orderType: "VWAP" })).toBe(387);
    expect(await refused(5, {}, { ...apple, symbol: "NOTHING" })).toBe(200);
    expect(await refused(6, { totalQuantity: 1_000_000 })).toBe(201);
    expect(statuses(client).at(-1)).toEqual([6, "Inactive", 0, 1_000_000]);
    expect(await refused(5, {})).toBe(103);
    api.placeOrder(7, apple, order());
    await client.settle();
    expect(await refused(7, { action: "SELL" })).toBe(105);
    api.cancelOrder(99);
    expect(await client.refusal(99)).toBe(10_147);
    client.errors.length = 0;
    api.cancelOrder(1);
    expect(await client.refusal(1)).toBe(10_148);
  });

  it("goes at once or not at all", async () => {
    const { server, client } = await pairOf();
    server.market("AAPL").depth(4);
    client.api.placeOrder(1, apple, order({ lmtPrice: 201, tif: "IOC" }));
    client.api.placeOrder(2, apple, order({ lmtPrice: 201, tif: "FOK" }));
    await client.settle();
    expect(statuses(client).filter((each) => (each as unknown[])[1] === "Cancelled")).toEqual([
      [1, "Cancelled", 4, 6],
      [2, "Cancelled", 0, 10],
    ]);
  });

  it("works out what an order would cost, and places none", async () => {
    const { client } = await pairOf();
    client.api.placeOrder(1, apple, order({ whatIf: true }));
    await client.settle();
    const [, , , state] = opened(client)[0];
    expect(state.commission).toBeCloseTo(10 * 199 * 0.00005, 8);
    expect(state.commissionCurrency).toBe("USD");
    client.api.reqAllOpenOrders();
    await client.until(EventName.openOrderEnd);
    expect(opened(client).length).toBe(1);
  });

  it("tells bars of the past and goes on with them, and trades one by one", async () => {
    const { server, client } = await pairOf();
    const market = server.market("AAPL");
    const start = Math.floor(utcNow() / 300_000) * 300_000;
    const bar = (minute: number, close: number): void => {
      const time = start + minute * 60_000;
      market.candle({ time, open: close, high: close + 1, low: close - 1, close, volume: 100 });
    };
    for (const minute of [-10, -9, -8, -5, -4]) bar(minute, 200 + minute);
    type History = Parameters<typeof client.api.reqHistoricalData>;
    const ask = (id: number, end: string, size: string, isFollowed: boolean): void => {
      const terms = [id, apple, end, "3600 S", size, "TRADES", 1, 2, isFollowed];
      client.api.reqHistoricalData(...(terms as unknown as History));
    };
    const until = new Date(start - 180_000).toISOString();
    const end = `${until.slice(0, 10).replaceAll("-", "")}-${until.slice(11, 19)}`;
    ask(600, end, "5 mins", false);
    await client.until(EventName.historicalData, 3);
    expect(
      client
        .of(EventName.historicalData)
        .slice(0, 2)
        .map((said) => said.slice(0, 7)),
    ).toEqual([
      [600, String((start - 600_000) / 1_000), 190, 193, 189, 192, 300],
      [600, String((start - 300_000) / 1_000), 195, 197, 194, 196, 200],
    ]);
    expect(client.of(EventName.historicalData)[2][1]).toMatch(/^finished/);
    ask(601, "", "1 min", true);
    client.api.reqTickByTickData(602, apple, "Last" as never, 0, false);
    await client.settle();
    bar(-1, 210);
    market.print(211, 7);
    await client.until(EventName.tickByTickAllLast);
    expect(client.of(EventName.historicalDataUpdate)[0].slice(0, 7)).toEqual([
      ...[601, String((start - 60_000) / 1_000), 210, 211, 209, 210, 100],
    ]);
    expect(client.of(EventName.tickByTickAllLast)[0].slice(0, 5)).toEqual([
      ...[602, 1, expect.stringMatching(/^\d+$/), 211, 7],
    ]);
    client.api.cancelHistoricalData(601);
    client.api.cancelTickByTickData(602);
    await client.settle();
    const told = client.of(EventName.tickByTickAllLast).length;
    market.print(212);
    await client.settle();
    expect(client.of(EventName.tickByTickAllLast).length).toBe(told);
    // There is nothing so long ago.
    ask(603, "20200101-00:00:00", "1 min", false);
    expect(await client.refusal(603)).toBe(162);
  });

  it("goes away with a message, and tells behind it what has happened", async () => {
    const { server, client } = await pairOf();
    client.api.placeOrder(1, apple, order());
    await client.settle();
    server.link(false);
    server.market("AAPL").print(198);
    client.api.placeOrder(2, apple, order());
    await client.settle();
    expect(client.of(EventName.execDetails)).toEqual([]);
    server.link(true);
    await client.until(EventName.execDetails, 2);
    const codes = client.of(EventName.info).map(([, code]) => code);
    expect(codes.slice(-2)).toEqual([1100, 1102]);
  });
});

describe("what goes wrong at TWS", () => {
  it.each([
    [{ kind: "lost_request" }, 0],
    [{ kind: "lost_answer" }, 1],
  ] as const)("%o: the connection breaks, and %i orders are there", async (mishap, orders) => {
    const { server, client } = await pairOf();
    server.script({ on: "place", mishap });
    client.api.placeOrder(1, apple, order());
    await client.until(EventName.disconnected);
    expect(server.market("AAPL").orders().length).toBe(orders);
    expect(opened(client)).toEqual([]);
  });

  it("nothing is said of an order that is there, or twice, or too many", async () => {
    const { server, client } = await pairOf();
    server.script({ on: "place", mishap: { kind: "no_answer" } });
    client.api.placeOrder(1, apple, order({ orderRef: "silent" }));
    await client.settle();
    expect(opened(client)).toEqual([]);
    expect(server.market("AAPL").orders()).toMatchObject([{ clientId: "silent", status: "open" }]);
    server.script({ on: "place", mishap: { kind: "doubled" } });
    client.api.placeOrder(2, apple, order({ orderType: "MKT" }));
    // It has filled when it comes again.
    expect(await client.refusal(2)).toBe(104);
    server.script({ on: "place", mishap: { kind: "refused", status: 429 } });
    client.api.placeOrder(3, apple, order());
    await client.settle();
    expect(client.of(EventName.info).at(-1)?.[1]).toBe(100);
    server.script({ on: "place", mishap: { kind: "done_and_failed", status: 504 } });
    client.api.placeOrder(4, apple, order());
    expect(await client.refusal(4)).toBe(399);
    expect(server.market("AAPL").orders().length).toBe(3);
  });

  it("an execution is told twice, corrected, and its commission comes later", async () => {
    const { server, client } = await pairOf();
    client.api.placeOrder(1, apple, order());
    await client.settle();
    server.holdCommissions(true);
    server.script({ on: "message", mishap: { kind: "doubled" } });
    server.market("AAPL").print(199);
    await client.settle();
    const ids = (): string[] =>
      (client.of(EventName.execDetails) as unknown as [number, Contract, Execution][]).map(
        ([, , { execId }]) => execId!,
      );
    expect(ids().length).toBe(2);
    expect(new Set(ids()).size).toBe(1);
    expect(client.of(EventName.commissionReport)).toEqual([]);
    server.holdCommissions(false);
    await client.until(EventName.commissionReport);
    server.correct(198.9);
    await client.until(EventName.execDetails, 3);
    expect(ids()[2]).toBe(ids()[0].replace(/01$/, "02"));
    expect(client.of(EventName.execDetails)[2]).toMatchObject([-1, {}, { price: 198.9 }]);
  });
});
