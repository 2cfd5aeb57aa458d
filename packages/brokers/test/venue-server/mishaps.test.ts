import { describe, expect, it } from "vitest";
import type { RequestMishap } from "../../src/venue-server/wire/mishap.js";
import { pairOf, type Kind, type Pair } from "./ccxt-client.js";

const kinds: readonly Kind[] = ["binance spot", "binance futures", "bybit spot", "bybit linear"];

describe.each(kinds)("what goes wrong at %s", (kind) => {
  const isBybit = kind.startsWith("bybit");
  const place = ({ client, symbol }: Pair, clientOrderId = "unlucky") =>
    client.createOrder(symbol, "limit", "buy", 0.1, 49_000, { clientOrderId });
  const ready = async (): Promise<Pair> => {
    const pair = await pairOf(kind);
    await pair.client.loadMarkets();
    return pair;
  };
  const unlucky = async (mishap: RequestMishap): Promise<Pair> => {
    const pair = await ready();
    pair.server.script({ on: "place", mishap });
    return pair;
  };

  it.each([
    [{ kind: "lost_request" }, "NetworkError", 0],
    [{ kind: "lost_answer" }, "NetworkError", 1],
    [{ kind: "refused", status: 503 }, isBybit ? "ExchangeNotAvailable" : "OperationFailed", 0],
    [{ kind: "refused", status: 502 }, "ExchangeNotAvailable", 0],
    [{ kind: "done_and_failed", status: 504 }, "RequestTimeout", 1],
  ] as const)("%o: the client says %s, and %i orders are there", async (mishap, error, orders) => {
    const pair = await unlucky(mishap);
    await expect(place(pair)).rejects.toMatchObject({ name: error });
    expect(pair.market.orders().length).toBe(orders);
    // It was once only.
    await place(pair, "lucky");
  });

  it("an answer that never comes is a timeout, and the order is there", async () => {
    const pair = await unlucky({ kind: "no_answer" });
    pair.client.timeout = 150;
    await expect(place(pair)).rejects.toMatchObject({ name: "RequestTimeout" });
    expect(pair.market.orders()).toMatchObject([{ clientId: "unlucky", status: "open" }]);
  });

  it("a request that comes after its time does nothing", async () => {
    const pair = await unlucky({ kind: "late_request", ms: 300 });
    pair.client.options["recvWindow"] = 100;
    await expect(place(pair)).rejects.toMatchObject({ name: "InvalidNonce" });
    expect(pair.market.orders()).toEqual([]);
  });

  it("a request that comes twice is one order", async () => {
    const pair = await unlucky({ kind: "doubled" });
    await place(pair);
    expect(pair.market.orders().length).toBe(1);
  });

  it("an order that lives is not found", async () => {
    const pair = await ready();
    const { id } = await place(pair);
    pair.server.script({ on: "find_order", mishap: { kind: "not_found" } });
    await expect(pair.client.fetchOrder(id!, pair.symbol)).rejects.toMatchObject({ name: "OrderNotFound" });
    expect(await pair.client.fetchOrder(id!, pair.symbol)).toMatchObject({ status: "open" });
  });

  it("an order fills before it is cancelled", async () => {
    const pair = await ready();
    const { client, symbol, server } = pair;
    const part = await place(pair, "part");
    server.script({ on: "cancel", mishap: { kind: "filled_before", share: 0.5 } });
    await client.cancelOrder(part.id!, symbol);
    expect(await client.fetchOrder(part.id!, symbol)).toMatchObject({
      // ccxt has one word for what has filled and for what has filled in part and is gone.
      status: kind === "bybit spot" ? "closed" : "canceled",
      filled: 0.05,
    });
    const all = await place(pair, "all");
    server.script({ on: "cancel", mishap: { kind: "filled_before", share: 1 } });
    await expect(client.cancelOrder(all.id!, symbol)).rejects.toMatchObject({ name: "OrderNotFound" });
    expect(await client.fetchOrder(all.id!, symbol)).toMatchObject({ status: "closed", filled: 0.1 });
  });

  it("an id may come again where the exchange forgets it", async () => {
    const pair = await ready();
    const { id } = await place(pair, "again");
    await pair.client.cancelOrder(id!, pair.symbol);
    if (isBybit) await expect(place(pair, "again")).rejects.toMatchObject({ name: "InvalidOrder" });
    else expect((await place(pair, "again")).id).not.toBe(id);
  });

  it("messages are lost, doubled and swapped", async () => {
    const pair = await ready();
    const { client, symbol, server, market } = pair;
    const told: number[] = [];
    const watching = async (): Promise<void> => {
      for (;;) for (const { price } of await client.watchTrades(symbol)) told.push(price!);
    };
    watching().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const next = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 40));
    server.script({ on: "message", mishap: { kind: "lost" } });
    for (const price of [50_001, 50_002]) market.print(price);
    await next();
    server.script({ on: "message", mishap: { kind: "doubled" } });
    market.print(50_003);
    await next();
    server.script({ on: "message", mishap: { kind: "swapped" } });
    for (const price of [50_004, 50_005]) {
      market.print(price);
    }
    await next();
    server.script({ on: "message", mishap: { kind: "late", ms: 20 } });
    market.print(50_006);
    await next();
    await next();
    expect(told).toEqual([50_002, 50_003, 50_003, 50_005, 50_004, 50_006]);
  });
});

describe("a seed", () => {
  const fates = async (seed: number): Promise<string> => {
    const pair = await pairOf("bybit linear", { seed });
    await pair.client.loadMarkets();
    pair.server.mishaps({ lostRequests: 0.2, lostAnswers: 0.2, refused: 0.2 });
    let text = "";
    for (let i = 0; i < 20; i++)
      text += await pair.client
        .createOrder(pair.symbol, "limit", "buy", 0.1, 49_000, { clientOrderId: `order-${i}` })
        .then(
          () => "+",
          (error: unknown) => (error as Error).name.slice(0, 1),
        );
    return `${text} ${pair.market.orders().length}`;
  };

  it("says what goes wrong by chance", async () => {
    const first = await fates(7);
    expect(first).toMatch(/N/);
    expect(await fates(7)).toBe(first);
    expect(await fates(8)).not.toBe(first);
  });
});
