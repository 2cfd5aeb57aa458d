import { describe, expect, it } from "vitest";
import { compile, specialise, type Plan } from "@bitfever/lang";
import {
  daysOf,
  timingOf,
  catalogue,
  defaultSettings,
  Instrument,
  type Command,
  type Fill,
  type Settings,
} from "@bitfever/engine";
import { Session, simulateBar, simulation, type ClosedBar } from "../src/index.js";

/* The session alone: what it asks for, when, and what it believes after being answered. */

function planOf(body: string): Plan {
  const { program, diagnostics } = compile(
    { name: "case.bf", text: `strategy "Case" {\n${body}\n}` },
    catalogue,
  );
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return specialise(program, catalogue);
}

const timing = timingOf(daysOf({ zone: "UTC" }), 60_000);
const instrument = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
const sessionOf = (body: string): Session =>
  new Session({ plan: planOf(body), instrument, initialCapital: 10_000, timing, longestBlock: 1 });

/** A bar that closes at `close`, a minute after the one before. */
const bar = (index: number, close: number, range = 1): ClosedBar => ({
  time: index * 60_000,
  open: close,
  high: close + range,
  low: close - range,
  close,
  volume: 1,
  session_bar: index,
});

const tell = (session: Session, closes: readonly number[]): (readonly Command[])[] =>
  closes.map((close) => session.on({ kind: "bar", bar: bar(session.bars, close) }));

const fill = (given: Partial<Fill>): Fill => ({
  orderId: "?",
  side: "buy",
  effect: "open",
  reason: "enter",
  tag: "long",
  price: 10,
  quantity: 5,
  commission: 0,
  time: 0,
  ambiguous: false,
  ...given,
});

const orderOf = (commands: readonly Command[]): Extract<Command, { kind: "submit" }>["order"] => {
  const [command] = commands;
  if (command?.kind !== "submit") throw new Error("no order was submitted");
  return command.order;
};

describe("a session", () => {
  it("asks for nothing before every rule is warmed up, also one that needs no history", () => {
    const session = sessionOf(`
      enter long when true { size 1 unprotected }
      exit long when close > sma(close, 3)`);
    expect(tell(session, [10, 11, 12]).map((each) => each.length)).toEqual([0, 0, 1]);
  });

  it("places an entry with its protection, sized at the close", () => {
    const session = sessionOf(
      `enter long "go" when true { size 50% of equity stop at close - 2 target at close + 4 }`,
    );
    const order = orderOf(session.on({ kind: "bar", bar: bar(0, 10) }));
    expect(order).toMatchObject({
      id: "0-go",
      type: "market",
      side: "buy",
      purpose: "enter",
      quantity: 500,
      tag: "go",
    });
    expect(order.children).toMatchObject([
      { id: "0-go-stop", type: "stop", side: "sell", purpose: "stop", price: 8 },
      { id: "0-go-target", type: "limit", side: "sell", purpose: "target", price: 14 },
    ]);
  });

  it("sizes by the risk to the stop, under a cap", () => {
    const risk = sessionOf(`enter short when true { size risk(1%) stop at close + 2 }`);
    expect(orderOf(risk.on({ kind: "bar", bar: bar(0, 10) })).quantity).toBe(50);
    const capped = sessionOf(`enter short when true { size risk(1%) capped 2% of equity stop at close + 2 }`);
    expect(orderOf(capped.on({ kind: "bar", bar: bar(0, 10) })).quantity).toBe(20);
  });

  it("sends no second entry while the first is unanswered, and one again after a rejection", () => {
    const session = sessionOf(`enter long when true { size 1 unprotected }`);
    const [first, second] = tell(session, [10, 10]);
    expect(second).toEqual([]);
    session.on({ kind: "rejected", id: orderOf(first).id, reason: "no" });
    expect(session.on({ kind: "bar", bar: bar(2, 10) })).toHaveLength(1);
    expect(session.counts.rejectedOrders).toBe(1);
  });

  it("still waits for the answer after it was stopped and restored", () => {
    const body = `
      enter long when close > 10 { size 5 unprotected }
      exit long when close < 9`;
    const session = sessionOf(body);
    tell(session, [11]);
    const restored = sessionOf(body);
    restored.restore(structuredClone(session.snapshot()));
    expect(tell(restored, [12])).toEqual([[]]);

    restored.on({ kind: "fill", fill: fill({ orderId: "0-long" }) });
    expect(tell(restored, [8])[0]).toHaveLength(1);
    const again = sessionOf(body);
    again.restore(structuredClone(restored.snapshot()));
    expect(tell(again, [7])).toEqual([[]]);
  });

  it("follows with its trail an entry that fills while it is on its way out, also after it was restored", () => {
    const body = `
      enter long at limit close - 1 when close > 10 { size 5 trail by 2 }
      cancel when close < 10`;
    const session = sessionOf(body);
    const [entry, taken] = tell(session, [12, 9]);
    expect(taken).toEqual([{ kind: "cancel", id: orderOf(entry).id }]);
    const restored = sessionOf(body);
    restored.restore(structuredClone(session.snapshot()));
    for (const each of [session, restored]) {
      each.on({ kind: "fill", fill: fill({ orderId: orderOf(entry).id, price: 11 }) });
      each.on({ kind: "cancelled", id: orderOf(entry).id, reason: "asked" });
      expect(orderOf(tell(each, [9.5])[0])).toMatchObject({
        type: "stop",
        side: "sell",
        quantity: 5,
        price: 9,
      });
    }
  });

  it("sends a stop anew, and puts none in the place of one whose end was told before the fill of its entry", () => {
    const session = sessionOf(`enter long when close > 10 { size 5 stop at close - 4 trail by 2 }`);
    const [entry] = tell(session, [12]);
    const { id, children } = orderOf(entry);
    session.on({ kind: "cancelled", id: children[0].id, reason: "nothing_to_close" });
    session.on({ kind: "fill", fill: fill({ orderId: id, price: 12 }) });
    expect(orderOf(tell(session, [13])[0])).toMatchObject({ type: "stop", quantity: 5, price: 12 });
  });

  it("leaves when an exit holds, once, and not on the other side", () => {
    const session = sessionOf(`
      enter long when close > 10 { size 5 unprotected }
      exit short when true
      exit long "out" when close < 9`);
    const [entry] = tell(session, [11]);
    session.on({ kind: "fill", fill: fill({ orderId: orderOf(entry).id }) });
    expect(session.position).toBe(5);
    const [, out, again] = tell(session, [10, 8, 7]);
    expect(orderOf(out)).toMatchObject({
      side: "sell",
      purpose: "exit",
      quantity: 5,
      tag: "out",
      children: [],
    });
    expect(again).toEqual([]);
    session.on({
      kind: "fill",
      fill: fill({ orderId: orderOf(out).id, side: "sell", effect: "close", reason: "exit", price: 7 }),
    });
    expect(session.position).toBe(0);
    expect(session.trades(7)).toMatchObject([
      { side: "long", entryPrice: 10, exitPrice: 7, profit: -15, exitReason: "signal" },
    ]);
  });

  it("turns round with one order when an entry and an exit come together", () => {
    const session = sessionOf(`
      enter long when close > 10 { size 5 unprotected }
      enter short when close < 10 { size 5 unprotected }
      exit when close < 10`);
    const [entry] = tell(session, [11]);
    session.on({ kind: "fill", fill: fill({ orderId: orderOf(entry).id }) });
    const [turn] = tell(session, [9]);
    expect(turn).toHaveLength(1);
    expect(orderOf(turn)).toMatchObject({ side: "sell", purpose: "enter", quantity: 5 });
  });

  it.each([
    ["a stop above the price", `stop at close + 1`, "rejectedOrders"],
    ["a stop at the price", `stop at close`, "rejectedOrders"],
    ["a target below the price", `target at close - 1 unprotected`, "rejectedOrders"],
    ["no size left", `size volume - 1 unprotected`, "rejectedOrders"],
    ["an absent stop", `stop at close / 0 * 1`, "absentOrders"],
    ["an absent size", `size position_size / 0 unprotected`, "absentOrders"],
  ] as const)("sends nothing for a long entry with %s, and counts it", (_title, clauses, counted) => {
    const session = sessionOf(`enter long when true { ${clauses} }`);
    expect(session.on({ kind: "bar", bar: bar(0, 10) })).toEqual([]);
    expect(session.counts[counted]).toBe(1);
  });

  it("lets a program see the account as it is after the fills of the bar", () => {
    const session = sessionOf(`
      enter long when position_size == 0 { size 5 unprotected }
      exit long when position_bars >= 2 and position_price == 10 and equity > cash`);
    const [entry] = tell(session, [11]);
    session.on({ kind: "fill", fill: fill({ orderId: orderOf(entry).id }) });
    expect(tell(session, [12, 12, 12]).map((each) => each.length)).toEqual([0, 0, 1]);
  });

  it("refuses a snapshot in the middle of a prepared block", () => {
    const session = new Session({
      plan: planOf("enter long when true { unprotected }"),
      instrument,
      initialCapital: 1,
      timing,
      longestBlock: 2,
    });
    const two = Float64Array.of(1, 2);
    session.prepare(
      { time: two, open: two, high: two, low: two, close: two, volume: two, session_bar: two },
      0,
      2,
    );
    expect(() => session.snapshot()).toThrow(/middle of a prepared block/);
  });
});

describe("a session on the simulated venue", () => {
  const settings: Settings = { ...defaultSettings, initial_capital: 1_000 };

  it("fills at the next open, and a stop inside the bar of its entry", () => {
    const { session, venue } = simulation(
      { plan: planOf(`enter long when close > 10 { size 5 stop at close - 2 }`), symbol: "X", settings },
      1,
    );
    simulateBar(session, venue, { ...bar(0, 11), open: 10 });
    expect(session.position).toBe(0);
    simulateBar(session, venue, { ...bar(1, 9.5), open: 12, high: 13, low: 8 });
    expect(session.trades(9.5)).toMatchObject([
      {
        entryBar: 1,
        entryTime: 60_000,
        entryPrice: 12,
        exitBar: 1,
        exitTime: 60_000,
        exitPrice: 9,
        exitReason: "stop",
        profit: -15,
      },
    ]);
  });
});

describe("a session that is steered", () => {
  it("puts an order in the place of the one before in one step, and takes back what is on the other side", () => {
    const session = sessionOf("enter long when false { unprotected }");
    tell(session, [10]);
    expect(session.steer(5, "a", "rebalance")).toMatchObject([{ kind: "submit", order: { id: "a" } }]);
    // By two messages both could work at once, should the first be lost.
    expect(session.steer(7, "b", "rebalance")).toMatchObject([
      { kind: "replace", id: "a", order: { id: "b", quantity: 7 } },
    ]);
    expect(session.steer(0, "c", "rebalance")).toEqual([{ kind: "cancel", id: "b" }]);
    session.on({ kind: "fill", fill: fill({ tag: "other", quantity: 4 }) });
    expect(session.steer(6, "d", "rebalance")).toMatchObject([{ kind: "submit", order: { id: "d" } }]);
    expect(session.steer(1, "e", "rebalance")).toMatchObject([
      { kind: "cancel", id: "d" },
      { kind: "submit", order: { id: "e", purpose: "exit", quantity: 3 } },
    ]);
  });
});
