import { describe, expect, it } from "vitest";
import { KnownOrders, type KnownOrder } from "../../src/ccxt/known-orders.js";

const order = (clientId: string, state: KnownOrder["state"] = "taken"): KnownOrder => ({
  ...{ request: { clientId, strategy: "trial", symbol: "BTCUSDT" }, order: undefined },
  ...{ state, sentAt: 0, wasCancelAsked: false },
});

const names = (listed: ReturnType<KnownOrders["atWork"]>): string[] => listed.map(([clientId]) => clientId);

function several(...clientIds: readonly string[]): KnownOrders {
  const known = new KnownOrders();
  for (const each of clientIds) known.put(each, order(each));
  return known;
}

describe("of the orders that are known", () => {
  it("those work that the venue has taken, until they end", () => {
    const known = several("a", "b");
    known.put("c", order("c", "asked"));
    expect(names(known.atWork())).toEqual(["a", "b"]);
    known.change("c", { state: "taken" });
    known.change("b", { state: "unsure" });
    known.end("a", 10);
    known.change("a", { state: "taken", wasCancelAsked: true });
    expect(names(known.atWork())).toEqual(["c"]);
  });

  it("one works that was taken for refused and that the venue has all the same", () => {
    const known = new KnownOrders();
    known.put("a", order("a", "refused"));
    known.end("a", 10);
    known.change("a", { state: "taken" });
    expect(names(known.atWork())).toEqual(["a"]);
    expect(known.forget(20)).toEqual([]);
  });

  it("what may go on comes first, then what ended last, and nothing that ended before a time", () => {
    const known = several("a", "b", "c", "d");
    known.put("e", order("e", "unsure"));
    known.end("b", 10);
    known.end("a", 20);
    known.end("c", 30);
    known.end("b", 40);
    expect(names(known.since(15))).toEqual(["d", "e", "c", "a"]);
  });

  it("those are forgotten that ended before a time, with their numbers", () => {
    const known = several("a", "b", "c");
    for (const [number, clientId] of [
      ["1", "a"],
      ["2", "b"],
      ["3", "c"],
    ] as const)
      known.learn(number, clientId);
    known.end("a", 10);
    known.end("c", 20);
    expect(known.forget(15)).toEqual([{ clientId: "a", number: "1" }]);
    expect([known.has("a"), known.clientIdOf("1"), known.numberOf("a")]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect([known.clientIdOf("3"), known.numberOf("b")]).toEqual(["c", "2"]);
    expect(known.forget(15)).toEqual([]);
    known.put("a", order("a"));
    expect(names(known.atWork())).toEqual(["b", "a"]);
  });
});
