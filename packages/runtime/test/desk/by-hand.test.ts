import { describe, expect, it } from "vitest";
import type { HandOrder } from "../../src/index.js";
import { aDesk, always, trade, type TestDesk } from "./a-desk.js";

/* Orders that people give: what the desk makes of them, told line by line. */

/** A program that never trades by itself. */
const idle = "enter long when false { unprotected }";

const buy: HandOrder = {
  ...{ strategy: "by hand", symbol: "X", side: "buy", purpose: "enter" },
  ...{ type: "market", quantity: 5, price: null },
};
const sell: HandOrder = { ...buy, side: "sell", purpose: "exit" };

function begun(...[bodies = {}, given]: Partial<Parameters<typeof aDesk>>): TestDesk {
  const desk = aDesk({ ...bodies, "by hand": idle }, given);
  desk.started();
  desk.answer();
  desk.bar(10);
  return desk;
}

const give = (desk: TestDesk, order: HandOrder): readonly string[] =>
  desk.operate({ kind: "trade", order }).slice(1);

const held = ({ desk }: TestDesk): readonly number[] => desk.members.map(({ session }) => session.position);

describe("an order by hand", () => {
  it("is booked on an account of its own beside that of a strategy in the same symbol", () => {
    const desk = begun({ A: always });
    desk.report(trade(desk.request("0-long"), { side: "buy", quantity: 5 }));
    expect(desk.operate({ kind: "trade", order: { ...buy, quantity: 7 } })).toEqual([
      "operator: buy 7 lots of X for by hand, market",
      "submit 60000-hand-1 buy 7",
    ]);
    desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 7 }));
    expect(held(desk)).toEqual([5, 7]);
    expect(give(desk, { ...sell, quantity: 3 })).toEqual(["submit 60000-hand-2 sell 3"]);
    desk.report(trade(desk.request("60000-hand-2"), { side: "sell", quantity: 3 }));
    expect(held(desk)).toEqual([5, 4]);
  });

  it("is refused by the gates that refuse those of strategies, and that counts", () => {
    const desk = begun({}, { rules: [{ gate: "max_position", most: 4 }] });
    expect(give(desk, buy)).toEqual([expect.stringMatching(/^refused: position_too_large: .* 5, at most 4/)]);
    expect(desk.desk.snapshot().gates.rules[0].fired).toBe(1);
    expect(give(desk, { ...buy, quantity: 4 })).toEqual(["submit 60000-hand-2 buy 4"]);
  });

  it("is judged without anything coming of it: the desk stays as it is to the byte", () => {
    const rules = [
      { gate: "max_position", most: 4 },
      { gate: "orders_per_day", most: 1 },
      { gate: "orders_per_minute", most: 1 },
      { gate: "drawdown", most: "5%", action: "halt" },
      { gate: "max_notional", most: 45, action: "flatten" },
    ] as const;
    const desk = begun({}, { rules });
    give(desk, { ...buy, quantity: 1 });
    const before = JSON.stringify(desk.desk.snapshot());
    const judged = desk.desk.judge(buy, 60_000);
    expect(judged).toMatchObject({
      orderId: "60000-hand-2",
      refusal: expect.stringMatching(/^\w+: /) as string,
    });
    expect(desk.desk.judge({ ...buy, quantity: 1 }, 200_000).refusal).toMatch(
      /^too_many_orders|^\w+: orders/,
    );
    expect(desk.desk.judge({ ...buy, symbol: "Y" }, 60_000).refusal).toBe(
      "seatless: nobody trades Y for by hand",
    );
    expect(JSON.stringify(desk.desk.snapshot())).toBe(before);
  });

  it("is judged as it is decided then", () => {
    const desk = begun({}, { rules: [{ gate: "max_position", most: 8 }] });
    for (const quantity of [5, 9, 3, 1, 4]) {
      const order = { ...buy, quantity };
      const { refusal, orderId } = desk.desk.judge(order, 60_000);
      const told = give(desk, order);
      expect(told).toEqual([refusal === null ? `submit ${orderId} buy ${quantity}` : `refused: ${refusal}`]);
    }
  });

  it("brings a stop and a target, and a trail that follows the close", () => {
    const desk = begun();
    const order = { ...buy, trail: 0.2, target: { price: 20 } };
    expect(give(desk, order)).toEqual(["submit 60000-hand-1 buy 5"]);
    desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 5 }));
    desk.report({
      kind: "placed",
      ...desk.request("60000-hand-1"),
      clientId: childId(desk, "60000-hand-1-stop"),
    });
    expect(desk.bar(15)).toEqual(["modify 60000-hand-1-stop to 60000-hand-1-stop-60000"]);
    expect(desk.desk.openOrders.at(-1)?.order).toMatchObject({
      price: 12,
      quantity: 5,
      parent: "60000-hand-1",
    });
  });

  it("brings what the venue does not hold when it has filled", () => {
    const desk = begun({}, { protects: false });
    expect(
      give(desk, { ...buy, stop: { price: 8 }, target: { offset: { distance: 0.5, unit: "ratio" } } }),
    ).toEqual(["submit 60000-hand-1 buy 5"]);
    expect(desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 5 }))).toEqual([
      "submit 60000-hand-1-stop sell 5",
      "submit 60000-hand-1-target sell 5",
    ]);
    expect(desk.desk.openOrders.map(({ order }) => order.price)).toEqual([8, 15]);
  });

  it("takes the place of no other, and adds to what is held", () => {
    const desk = begun();
    const limit = { ...buy, type: "limit", price: 9, quantity: 1 } as const;
    expect([...give(desk, limit), ...give(desk, limit)]).toEqual([
      "submit 60000-hand-1 buy 1",
      "submit 60000-hand-2 buy 1",
    ]);
    for (const id of ["60000-hand-1", "60000-hand-2"])
      desk.report(trade(desk.request(id), { side: "buy", quantity: 1 }));
    expect(held(desk)).toEqual([2]);
  });

  it("turns round at a venue with one position what was bought by hand, and not what a strategy holds", () => {
    const desk = begun({ A: always }, { separates: false });
    desk.report(trade(desk.request("0-long"), { side: "buy", quantity: 5 }));
    give(desk, { ...buy, quantity: 2 });
    desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 2 }));
    const order = { ...sell, purpose: "enter", quantity: 1 } as const;
    expect(desk.desk.judge(order, 60_000).refusal).toBeNull();
    expect(give(desk, order)).toEqual(["submit 60000-hand-2 sell 3"]);
    desk.report(trade(desk.request("60000-hand-2"), { side: "sell", quantity: 3 }));
    expect(held(desk)).toEqual([5, -1]);
  });

  it("closes while all is halted, and opens nothing then", () => {
    const desk = begun();
    give(desk, buy);
    desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 5 }));
    desk.operate({ kind: "halt" });
    expect(give(desk, buy)).toEqual([expect.stringMatching(/^refused: halted: /)]);
    expect(give(desk, sell)).toEqual(["submit 60000-hand-3 sell 5"]);
  });

  it("goes on while strategies are paused, and is paused by its name", () => {
    const desk = begun({ A: always });
    desk.operate({ kind: "pause" });
    expect(desk.desk.paused).toEqual(["A"]);
    const limit = { ...buy, type: "limit", price: 9 } as const;
    expect(give(desk, limit)).toEqual(["submit 60000-hand-1 buy 5"]);
    expect(desk.operate({ kind: "pause", strategy: "by hand" })).toContain("cancel 60000-hand-1");
    expect(give(desk, buy)).toEqual(["refused: paused: by hand is paused"]);
  });

  it("is of a type that the venue takes", () => {
    const desk = begun({}, { orders: ["market", "limit"] });
    expect(give(desk, { ...buy, type: "stop", price: 12 })).toEqual([
      "refused: unable: the venue takes no stop orders",
    ]);
    expect(give(desk, { ...buy, stop: { price: 9 } })).toEqual([
      "refused: unable: the venue takes no stop orders",
    ]);
    expect(give(desk, { ...buy, type: "limit", price: 9 })).toEqual(["submit 60000-hand-3 buy 5"]);
  });

  it("brings a stop or a target where only one order can wait to close the same", () => {
    const desk = begun({}, { binds: true });
    const stop = { offset: { distance: 2, unit: "price" } } as const;
    expect(give(desk, { ...buy, stop, target: { price: 14 } })).toEqual([
      "refused: unable: at the venue only one order can wait to close the same: give a stop or a target",
    ]);
    expect(give(desk, { ...buy, stop })).toEqual(["submit 60000-hand-2 buy 5"]);
    const there = { name: "one of two", orders: ["market", "limit", "stop"], binds: true } as const;
    const bySymbol = { X: { ...there, replaces: true } };
    expect(give(begun({}, { bySymbol }), { ...buy, stop, target: { price: 14 } })).toEqual([
      expect.stringMatching(/^refused: unable: at the venue only one order/),
    ]);
  });

  it("goes on counting in another life", () => {
    const desk = begun();
    give(desk, buy);
    const other = begun();
    other.desk.restore(structuredClone(desk.desk.snapshot()));
    expect(give(other, buy)).toEqual(["submit 60000-hand-2 buy 5"]);
  });
});

describe("an order that is taken back by hand", () => {
  const clientIdOf = (desk: TestDesk, id: string): string =>
    desk.desk.openOrders.find(({ order }) => order.id === id)?.clientId ?? "";

  it("is any that rests, also of a strategy", () => {
    const desk = begun({ A: `enter long at limit 9 when bar_index == 0 { size 5 unprotected }` });
    give(desk, { ...buy, type: "limit", price: 9 });
    for (const id of ["0-long", "60000-hand-1"])
      expect(desk.operate({ kind: "cancel", clientId: clientIdOf(desk, id) })).toContain(`cancel ${id}`);
    // What nobody knows is gone already.
    expect(desk.operate({ kind: "cancel", clientId: "nobody's" })).toEqual(["operator: cancel nobody's"]);
  });

  it.each([[true], [false]])(
    "does not come back with the next close, where it is a stop of a trail: %s",
    (protects) => {
      const desk = begun({}, { protects });
      give(desk, { ...buy, trail: 0.2 });
      desk.report(trade(desk.request("60000-hand-1"), { side: "buy", quantity: 5 }));
      desk.bar(15);
      const { clientId, order } = desk.desk.openOrders.at(-1) ?? {};
      expect(order?.purpose).toBe("stop");
      const asked = desk.operate({ kind: "cancel", clientId: clientId ?? "" });
      expect(asked.filter((each) => each.startsWith("cancel "))).not.toEqual([]);
      const told = desk.desk.openOrders.map((each) => ({ ...each }));
      for (const each of told)
        desk.report({
          kind: "cancelled",
          reason: "asked",
          clientId: each.clientId,
          strategy: "by hand",
          symbol: "X",
        });
      expect(desk.bar(20)).toEqual([]);
      expect(desk.desk.openOrders).toEqual([]);
    },
  );
});

function childId({ desk }: TestDesk, id: string): string {
  const found = desk.openOrders.find(({ order }) => order.id === id);
  if (found === undefined) throw new Error(`no order ${id}`);
  return found.clientId;
}
