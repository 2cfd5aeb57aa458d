import { describe, expect, test } from "vitest";
import type { CostModel } from "@bitfever/lang";
import { daysOf } from "../../src/calendar.js";
import { Conversion } from "../../src/conversion.js";
import { free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import type { FillRules } from "../../src/fill-rules.js";
import { Matching, type MatchedBar } from "../../src/matching.js";
import type { Fill, Order, VenueEvent } from "../../src/order.js";
import { drawFor } from "../../src/random.js";
import { timingOf } from "../../src/trading-calendar.js";

// What a market does besides the fills of the tables: each rule on the smallest story that shows it.

const halves = new Instrument({ symbol: "T", tick: 0.5, lot: 1, multiplier: 1, moneyDecimals: 2 });

interface Given {
  readonly rules?: Partial<FillRules>;
  readonly commissions?: readonly CostModel[];
  readonly capital?: number;
}

const open = ({ rules = {}, commissions = [], capital = 1_000_000 }: Given = {}): Matching =>
  new Matching(halves, { ...free, commissions }, "ohlc", halves.money(capital), {
    explains: true,
    ...rules,
  });

const ticks = (decimal: number): number => halves.price(decimal, "nearest");

const order = ({ price = null, ...given }: Partial<Order>): Order => ({
  ...{ id: "in", type: "market", side: "buy", purpose: "enter", quantity: 1, tag: "", children: [] },
  ...given,
  price: price === null ? null : ticks(price),
});

const exit = (given: Partial<Order>): Order => order({ id: "out", side: "sell", purpose: "exit", ...given });

type Prices = readonly [open: number, high: number, low: number, close: number];

const bar = (time: number, [open, high, low, close]: Prices, volume = 1_000): MatchedBar => ({
  ...{ time, open, high, low, close, volume },
});
const flat = (time: number, price: number, volume = 1_000): MatchedBar =>
  bar(time, [price, price, price, price], volume);

const send = (market: Matching, ...orders: readonly Order[]): readonly VenueEvent[] =>
  orders.flatMap((each) => market.command({ kind: "submit", order: each }));

const fillsIn = (events: readonly VenueEvent[]): readonly Fill[] =>
  events.flatMap((each) => (each.kind === "fill" ? [each.fill] : []));

const told = (events: readonly VenueEvent[]): readonly string[] =>
  events.map((each) => {
    if (each.kind === "cash") return each.flow.reason;
    if (each.kind === "split") return "split";
    if (each.kind === "cancelled") return `${each.id} cancelled: ${each.reason}`;
    return each.kind === "fill"
      ? `${each.fill.orderId} ${each.fill.quantity} at ${halves.priceDecimal(each.fill.price)}`
      : `${each.id} ${each.kind}`;
  });

/** A market that holds something since an open of 100. */
function holding(quantity: number, given: Given = {}, children: readonly Order[] = []): Matching {
  const market = open(given);
  const side = quantity > 0 ? "buy" : "sell";
  send(market, order({ id: "held", side, quantity: Math.abs(quantity), children }));
  market.bar(flat(1, 100));
  return market;
}

test("an order for no lot at all is not taken, and costs nothing", () => {
  const market = holding(3, { commissions: [{ model: "per_order", parameters: [1] }] });
  expect(told(send(market, exit({ id: "part", quantity: 0, isPartial: true })))).toEqual([
    "part cancelled: no_lot",
  ]);
  expect(told(send(market, order({ id: "none", side: "sell", quantity: 0 })))).toEqual([
    "none cancelled: no_lot",
  ]);
  expect(market.bar(flat(2, 100))).toEqual([]);
});

test("what takes the place of an order that is over is not taken either", () => {
  const market = open();
  expect(told(market.command({ kind: "replace", id: "gone", order: order({}) }))).toEqual([
    "in cancelled: asked",
  ]);
});

test("a part of an entry that is no lot has no target", () => {
  const market = open();
  const target = (id: string, share: number): Order =>
    order({ id, type: "limit", side: "sell", purpose: "target", price: 110, share });
  send(market, order({ quantity: 3, children: [target("third", 0.3), target("half", 0.5)] }));
  expect(told(market.bar(flat(1, 100)))).toEqual(["in 3 at 100", "third cancelled: no_lot"]);
});

test("an entry that has turned round more than it was placed for enters nothing", () => {
  const market = holding(2, { rules: { settlesEntries: "at_placement" } });
  send(market, order({ id: "turn", type: "stop", side: "sell", price: 95, quantity: 3 }));
  send(market, order({ id: "more", quantity: 4, entries: 2 }));
  market.bar(flat(2, 100));
  // Placed for the 2 that were held and 3 beyond them.
  expect(told(market.bar(flat(3, 90)))).toEqual(["turn 5 at 90", "turn cancelled: no_lot"]);
});

test("what is left of a turn, counted when it was placed, counts what it has yet to close", () => {
  const market = holding(4, { rules: { settlesEntries: "at_placement", volume: 0.5 } });
  send(market, order({ id: "turn", type: "stop", side: "sell", price: 95, quantity: 3 }));
  // Placed for 7, of which each bar allows 2, until the last allows all that is left.
  const sold = [4, 4, 4, 100].map((volume, i) => told(market.bar(flat(2 + i, 90, volume))));
  expect(sold).toEqual([["turn 2 at 90"], ["turn 2 at 90"], ["turn 2 at 90"], ["turn 1 at 90"]]);
  expect(market.position).toBe(-3);
});

test("of what does not wait, the volume cancels the rest", () => {
  const market = open({ rules: { volume: 0.5 } });
  send(market, order({ quantity: 5, duration: { kind: "ioc" } }));
  expect(told(market.bar(flat(1, 100, 4)))).toEqual(["in 2 at 100", "in cancelled: unfilled"]);
});

test("a stop closes no more than is left of its own entry", () => {
  const market = open();
  const stop = order({ id: "stop", type: "stop", side: "sell", purpose: "stop", price: 95, quantity: 3 });
  send(market, order({ id: "a", quantity: 3, children: [{ ...stop, parent: "a" }] }));
  send(market, order({ id: "b", quantity: 2, entries: 2 }));
  market.bar(flat(1, 100));
  send(market, exit({ quantity: 2, isPartial: true }));
  market.bar(flat(2, 100));
  expect(told(market.bar(flat(3, 90)))).toEqual(["stop 1 at 90"]);
  expect(market.snapshot().position).toBe(2);
});

test("of several liquidations in a bar each is an order of its own, and pays for itself", () => {
  const market = open({
    ...{ capital: 1_000, rules: { margin: { initial: 0.2, maintenance: 0.1, call: "reduce" } } },
    commissions: [{ model: "per_order", parameters: [1] }],
  });
  send(market, order({ id: "held", quantity: 40 }));
  market.bar(flat(1, 100));
  const fills = fillsIn(market.bar(bar(2, [95, 96, 70, 75])));
  expect(fills.map(({ orderId }) => orderId)).toEqual(["2-liquidation", "2-liquidation-2"]);
  expect(fills.map(({ commission }) => commission)).toEqual([100, 100]);
});

describe("the nearest stop", () => {
  const stopAt = (id: string, side: "buy" | "sell", price: number, type: Order["type"] = "stop"): Order =>
    order({ id, side, price, type, purpose: "stop", limit: ticks(price) });

  test("is none without a position", () => {
    const market = open();
    send(market, order({ type: "stop", price: 120 }));
    expect(market.stopPrice).toBeNaN();
  });

  test.each([
    [1, [90, 95.5], 95.5],
    [1, [95.5, 90], 95.5],
    [-1, [110, 104.5], 104.5],
    [-1, [104.5, 110], 104.5],
  ] as const)("of %d, stopped at %j, is at %d", (quantity, prices, nearest) => {
    const back = quantity > 0 ? "sell" : "buy";
    const stops = prices.map((price, i) => stopAt(`stop ${i}`, back, price, i === 0 ? "stop" : "stop_limit"));
    const market = holding(quantity, {}, stops);
    send(market, order({ id: "more", side: "buy", type: "stop", price: 101, entries: 2 }));
    send(market, order({ id: "less", side: "sell", type: "stop", price: 99, entries: 2 }));
    expect(market.stopPrice).toBe(nearest);
  });

  test("is no target, and a trail once it stands somewhere", () => {
    const target = order({ id: "target", side: "sell", type: "limit", price: 99.5, purpose: "target" });
    const trail = { distance: 4, after: null };
    const market = open();
    const child = order({ id: "trail", side: "sell", type: "trailing_stop", purpose: "stop", trail });
    const late = { ...child, id: "late", trail: { distance: 1, after: { times: 1, stop: ticks(80) } } };
    send(market, order({ children: [late, { ...target, price: ticks(130) }, child] }));
    market.bar(flat(1, 100));
    expect(market.stopPrice).toBe(98);
  });

  test("is none where the only trail has not started, or where as much is long as short", () => {
    const trail = { distance: 1, after: { times: 1, stop: ticks(80) } };
    const late = order({ id: "late", side: "sell", type: "trailing_stop", purpose: "stop", trail });
    expect(holding(1, {}, [late]).stopPrice).toBeNaN();
    const both = holding(1, { rules: { hedges: true } }, [stopAt("stop", "sell", 95)]);
    send(both, order({ id: "short", side: "sell", children: [stopAt("other", "buy", 105)] }));
    both.bar(flat(2, 100));
    expect(both.stopPrice).toBeNaN();
  });
});

test("a copy knows the whole bar it has seen: what a close costs, and what of its volume is left", () => {
  const slippages = [{ model: "volume_share", parameters: [0.1] }];
  const make = (): Matching =>
    new Matching(halves, { ...free, slippages }, "ohlc", halves.money(1_000_000), {
      onClose: true,
      volume: 0.5,
    });
  const [market, copy] = [make(), make()];
  market.bar(bar(1, [99, 104, 98, 100], 8));
  // An eighth of the volume: 0.1 / 64 of the price, up to half a point.
  expect(told(send(market, order({ quantity: 1 })))).toEqual(["in 1 at 100.5"]);
  copy.restore(structuredClone(market.snapshot()));
  for (const each of [market, copy]) {
    // Larger than the volume: a tenth of the price. Of four lots three are left.
    expect(told(send(each, order({ id: "more", quantity: 10, entries: 2 })))).toEqual(["more 3 at 110"]);
    // Half of the volume: 0.1 / 4 of the price.
    expect(told(each.closeAtEnd("open"))).toEqual(["more cancelled: ended", "end 4 at 96.5"]);
  }
});

test("a copy knows the range of the bar it has seen, which slippage may go by", () => {
  const slippages = [{ model: "square_root", parameters: [1] }];
  const make = (): Matching =>
    new Matching(halves, { ...free, slippages }, "ohlc", halves.money(1_000_000), { onClose: true });
  const [market, copy] = [make(), make()];
  market.bar(bar(1, [99, 104, 98, 100], 8));
  copy.restore(structuredClone(market.snapshot()));
  // ln(104 / 98) / √(4 ln 2) = 0.0357; × √(1/8) = 0.0126: 1.26 of 100, up to 1.5.
  for (const each of [market, copy]) expect(told(send(each, order({})))).toEqual(["in 1 at 101.5"]);
});

test("the second part of an entry moves no stop that its first has set", () => {
  const offset = { distance: ticks(5), unit: "price" } as const;
  const stop = order({ id: "stop", side: "sell", type: "stop", purpose: "stop", offset });
  const market = open({ rules: { volume: 0.5 } });
  send(market, order({ quantity: 3, children: [stop] }));
  market.bar(flat(1, 100, 4));
  market.bar(flat(2, 104, 4));
  // Five below the first 100, and not below 104.
  expect(market.bar(bar(3, [104, 104, 96, 96]))).toEqual([]);
  expect(told(market.bar(bar(4, [96, 96, 94, 94])))).toEqual(["stop 3 at 95"]);
});

describe("at the end of the data", () => {
  test("one lot is closed as many are, and nobody has waited for it", () => {
    const [fill] = fillsIn(holding(1).closeAtEnd("close"));
    expect(fill).toMatchObject({ quantity: 1, why: { type: "market", level: null, waited: 0 } });
  });

  test("what rests is taken back, and what is held is closed, whatever the volume was", () => {
    const market = open({ rules: { volume: 0.5 } });
    send(market, order({ quantity: 4 }));
    market.bar(bar(1, [100, 104, 98, 103], 8));
    send(market, order({ id: "rests", type: "limit", price: 90, entries: 2 }));
    const events = market.closeAtEnd("close");
    expect(told(events)).toEqual(["rests cancelled: ended", "end 4 at 103"]);
    expect(fillsIn(events)[0]).toMatchObject({
      ...{ effect: "close", reason: "exit", tag: "end", side: "sell" },
      ...{ isAtEnd: true, ambiguous: false, isInside: undefined },
    });
    expect(market.closeAtEnd("close")).toEqual([]);
  });

  test("a short position is bought back, at the open where that is asked for", () => {
    const market = open();
    send(market, order({ side: "sell", quantity: 3 }));
    market.bar(bar(1, [100, 104, 98, 103]));
    expect(told(market.closeAtEnd("open"))).toEqual(["end 3 at 100"]);
    expect(market.snapshot().position).toBe(0);
  });
});

describe("finer bars", () => {
  const day = bar(2, [100, 110, 90, 100]);
  const downFirst = [bar(2, [100, 101, 90, 90]), bar(2, [90, 110, 90, 100])];

  test("say which of stop and target came first", () => {
    const children = [
      order({ id: "stop", side: "sell", type: "stop", price: 95, purpose: "stop" }),
      order({ id: "target", side: "sell", type: "limit", price: 105, purpose: "target" }),
    ];
    expect(told(holding(1, {}, children).bar(day))[0]).toBe("target 1 at 105");
    expect(told(holding(1, {}, children).bar(day, downFirst))[0]).toBe("stop 1 at 95");
  });

  test("have one first price: what does not wait is over after it", () => {
    const market = open();
    const duration = { kind: "ioc" } as const;
    send(market, order({ type: "limit", price: 95, duration }));
    expect(told(market.bar(day, downFirst))).toEqual(["in cancelled: unfilled"]);
  });

  test("what rests waits through all of them, though something else does not", () => {
    const market = open();
    send(market, order({ id: "rests", type: "limit", price: 91, duration: { kind: "bars", count: 5 } }));
    expect(told(market.bar(day, [flat(2, 100), ...downFirst]))).toEqual(["rests 1 at 91"]);
  });
});

describe("a limit that is touched", () => {
  const rules = (chance: number, through = 0): Given => ({ rules: { touch: { chance, seed: 0 }, through } });
  const fills = (given: Given, low: number, sent: Partial<Order> = {}): number => {
    const market = open(given);
    send(market, order({ type: "limit", price: 98, ...sent }));
    return fillsIn(market.bar(bar(1, [100, 100, low, 100]))).length;
  };

  test("and no more fills as likely as is said", () => {
    expect(fills(rules(0), 98)).toBe(0);
    expect(fills(rules(1), 98)).toBe(1);
    expect(fills(rules(0), 97.5)).toBe(1);
    expect(fills(rules(0, 2), 97)).toBe(1);
  });

  test("is one on the other side too", () => {
    const sell = (high: number): number => {
      const market = open(rules(0));
      send(market, order({ side: "sell", type: "limit", price: 102 }));
      return fillsIn(market.bar(bar(1, [100, high, 100, 100]))).length;
    };
    expect([sell(102), sell(102.5)]).toEqual([0, 1]);
  });

  test("at the close, where it is touched by the last price as well, is passed over too", () => {
    const market = open(rules(0));
    send(market, order({ type: "limit", price: 98 }));
    expect(told(market.bar(bar(1, [100, 100, 98, 98])))).toEqual([]);
  });

  test("fills where the draw for its order and bar is below the chance", () => {
    const draw = drawFor(7, "in", 1);
    const touched = (chance: number): number => {
      const market = open({ rules: { touch: { chance, seed: 7 } } });
      send(market, order({ type: "limit", price: 98 }));
      return fillsIn(market.bar(bar(1, [100, 100, 98, 100]))).length;
    };
    expect([touched(draw), touched(draw + 1e-9)]).toEqual([0, 1]);
  });

  test("is no stop, which fills where it is touched", () => {
    const stop = { type: "stop", side: "sell" } as const;
    expect(fills(rules(0), 98, stop)).toBe(1);
  });
});

describe("all or none", () => {
  const duration = { kind: "fok" } as const;
  const volume = { volume: 1 };

  test.each([
    [3, "out 3 at 100"],
    [2, "out cancelled: unfilled"],
  ] as const)("leaves 3 where %d can be traded: %s", (traded, answer) => {
    const market = holding(3, { rules: volume });
    send(market, exit({ quantity: 3, duration }));
    expect(told(market.bar(flat(2, 100, traded)))).toEqual([answer]);
  });

  test.each([
    [5, ["turn 2 at 100", "turn 3 at 100"]],
    [4, ["turn cancelled: unfilled"]],
  ] as const)("turns 2 round to 3 where %d can be traded: %j", (traded, answer) => {
    const market = holding(2, { rules: volume });
    send(market, order({ id: "turn", side: "sell", quantity: 3, duration }));
    expect(told(market.bar(flat(2, 100, traded)))).toEqual(answer);
  });

  test.each([1, -1])("pays for the other side with what it closes, of %d times ten", (sign) => {
    const side = sign > 0 ? "sell" : "buy";
    const turn = (quantity: number, capital: number, commissions: readonly CostModel[] = []): string => {
      const market = holding(sign * 10, { capital, commissions });
      send(market, order({ id: "turn", side, quantity, duration }));
      return told(market.bar(flat(2, 100)))[0];
    };
    expect(turn(10, 1_000)).toBe("turn 10 at 100");
    expect(turn(11, 1_000)).toBe("turn cancelled: unfilled");
    // Each order pays one: 1,000 in all are left for ten, a cent less is not enough.
    const one = [{ model: "per_order", parameters: [1] }];
    expect(turn(10, 1_002, one)).toBe("turn 10 at 100");
    expect(turn(10, 1_001.99, one)).toBe("turn cancelled: unfilled");
    const unit = [{ model: "per_unit", parameters: [0.1, 0, null] }];
    // Ten pay one as they are opened, as they are closed, and as ten more are opened.
    expect(turn(10, 1_003, unit)).toBe("turn 10 at 100");
    expect(turn(10, 1_002.99, unit)).toBe("turn cancelled: unfilled");
    const share = [{ model: "share", parameters: [0.01, 0, null] }];
    expect(turn(10, 1_030, share)).toBe("turn 10 at 100");
    expect(turn(10, 1_029.99, share)).toBe("turn cancelled: unfilled");
    // It takes what there is, and so pays 1% as well.
    const taker = [{ model: "maker_taker", parameters: [0, 0.01] }];
    expect(turn(10, 1_030, taker)).toBe("turn 10 at 100");
    expect(turn(10, 1_029.99, taker)).toBe("turn cancelled: unfilled");
  });

  test("is taken back where the account can pay for a part only", () => {
    const market = open({ capital: 250 });
    send(market, order({ quantity: 3, duration }));
    expect(told(market.bar(flat(1, 100)))).toEqual(["in cancelled: unfilled"]);
  });
});

test("all or none of a first entry, or of one more, pays no fee for closing what it does not", () => {
  const duration = { kind: "fok" } as const;
  const fee = [{ model: "per_order", parameters: [1] }];
  const first = (capital: number): readonly string[] => {
    const market = open({ capital, commissions: fee });
    send(market, order({ quantity: 10, duration }));
    return told(market.bar(flat(1, 100)));
  };
  expect([first(1_001), first(1_000.99)]).toEqual([["in 10 at 100"], ["in cancelled: unfilled"]]);
  const more = holding(10, { capital: 1_000 });
  send(more, order({ id: "more", quantity: 1, duration, entries: 2 }));
  expect(told(more.bar(flat(2, 100)))).toEqual(["more cancelled: unfilled"]);
  // One that is turned round brings what it is worth, as ten do.
  const turn = holding(1, { capital: 1_000 });
  send(turn, order({ id: "turn", side: "sell", quantity: 10, duration }));
  expect(told(turn.bar(flat(2, 100)))).toEqual(["turn 1 at 100", "turn 10 at 100"]);
});

test("all or none beside a hedge asks for the volume of its own side only", () => {
  const market = holding(2, { rules: { hedges: true, volume: 1 } });
  send(market, order({ id: "short", side: "sell", quantity: 3, duration: { kind: "fok" } }));
  expect(told(market.bar(flat(2, 100, 3)))).toEqual(["short 3 at 100"]);
});

test("an entry that waits beside a target in its bar is no other way out, and makes nothing ambiguous", () => {
  const target = order({ id: "target", side: "sell", type: "limit", price: 105, purpose: "target" });
  const market = holding(1, {}, [target]);
  send(market, order({ id: "more", type: "limit", price: 95, entries: 2 }));
  const fills = fillsIn(market.bar(bar(2, [100, 106, 94, 100])));
  expect(fills.map(({ orderId, ambiguous }) => [orderId, ambiguous])).toEqual([
    ["target", false],
    ["more", false],
  ]);
});

test("a trail beside a stop at a distance starts from where its entry has filled", () => {
  const offset = { distance: 8, unit: "price" } as const;
  const trail = { distance: 2, after: { times: 1, stop: offset } };
  const stop = order({ id: "stop", side: "sell", type: "trailing_stop", purpose: "stop", trail, offset });
  const market = holding(1, {}, [stop]);
  // 4.00 of risk: the stop is at 96, and the trail starts at 104.
  expect(market.stopPrice).toBe(96);
  market.bar(bar(2, [100, 103.5, 100, 103.5]));
  expect(market.stopPrice).toBe(96);
  market.bar(bar(3, [103.5, 104, 103.5, 104]));
  expect(market.stopPrice).toBe(103);
});

test("as given, an exit of what two entries hold but for the last bit closes all of it", () => {
  const coin = new Instrument({ symbol: "C", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const market = new Matching(coin, free, "ohlc", 1_000);
  send(market, order({ quantity: 0.1 }), order({ id: "more", quantity: 0.2, entries: 2 }));
  market.bar(flat(1, 100));
  send(market, exit({ quantity: 0.3, isPartial: true }));
  expect(fillsIn(market.bar(flat(2, 100))).map(({ quantity }) => quantity)).toEqual([0.1 + 0.2]);
});

describe("why a fill came about", () => {
  test("says what waited for which price, from where to where, and for how long", () => {
    const market = open();
    send(market, order({ type: "limit", price: 98 }));
    market.bar(flat(1, 100));
    const [{ why }] = fillsIn(market.bar(bar(2, [100, 100, 97, 99])));
    expect(why).toEqual({
      ...{ type: "limit", from: ticks(100), to: ticks(97), level: ticks(98), quoted: ticks(98) },
      ...{ isMaker: true, waited: 2 },
    });
  });

  test("says of the rest of a stop that it waits for no price", () => {
    const market = open({ rules: { volume: 0.5 } });
    send(market, order({ type: "stop", price: 101, quantity: 2 }));
    const [met] = fillsIn(market.bar(bar(1, [100, 102, 100, 101], 2)));
    const [rest] = fillsIn(market.bar(flat(2, 101, 2)));
    expect(met.why).toMatchObject({ type: "stop", level: ticks(101), waited: 1 });
    expect(rest.why).toMatchObject({ type: "market", level: null, waited: 2 });
  });

  test("at the close it is sent, or waits for, it is certain; the latter has seen the bar", () => {
    const atOnce = open({ rules: { onClose: true } });
    atOnce.bar(flat(1, 100));
    expect(fillsIn(send(atOnce, order({})))[0]).toMatchObject({ ambiguous: false, isAtClose: true });
    const market = open();
    send(market, order({ type: "market_on_close" }));
    expect(fillsIn(market.bar(flat(1, 100)))[0]).toMatchObject({ ambiguous: false, isInside: true });
  });
});

describe("who makes and who takes", () => {
  const limit = { type: "limit", price: 98 } as const;
  const isMaker = (market: Matching, ...bars: readonly MatchedBar[]): boolean | undefined =>
    fillsIn(bars.flatMap((each) => market.bar(each)))[0]?.why?.isMaker;
  const sent = (given: Partial<Order>, rules: Partial<FillRules> = {}): Matching => {
    const market = open({ rules });
    send(market, order(given));
    return market;
  };

  test("a limit met on its way makes, on its first bar too", () => {
    expect(isMaker(sent(limit), bar(1, [100, 100, 97, 100]))).toBe(true);
  });

  test("one that finds its price or a better one as it arrives takes", () => {
    expect(isMaker(sent(limit), flat(1, 97))).toBe(false);
    expect(isMaker(sent(limit), flat(1, 98))).toBe(false);
  });

  test("one that rested and finds a gap makes", () => {
    expect(isMaker(sent(limit), flat(1, 100), flat(2, 97))).toBe(true);
  });

  test("as many bars later as it was on its way", () => {
    const late = { latency: 2 };
    expect(isMaker(sent(limit, late), flat(1, 97), flat(2, 97), flat(3, 97))).toBe(false);
    expect(isMaker(sent(limit, late), flat(1, 97), flat(2, 97), flat(3, 100), flat(4, 97))).toBe(true);
  });

  test("a target behind the price at which its entry fills takes", () => {
    const target = order({ id: "target", side: "sell", type: "limit", price: 101, purpose: "target" });
    const market = sent({ type: "stop", price: 102, children: [target] });
    const fills = fillsIn(market.bar(bar(1, [100, 103, 100, 100])));
    expect(fills.map(({ why }) => why?.isMaker)).toEqual([false, false]);
  });

  test("market orders and stops take", () => {
    expect(isMaker(sent({}), flat(1, 100))).toBe(false);
    expect(isMaker(sent({ type: "stop", price: 101 }), flat(1, 100), flat(2, 101))).toBe(false);
  });
});

describe("rules that cannot be", () => {
  test.each<[string, Partial<FillRules>]>([
    ["through", { through: -1 }],
    ["latency", { latency: 0.5 }],
    ["latency", { latency: -1 }],
    ["volume", { volume: 0 }],
    ["volume", { volume: -0.5 }],
    ["volume", { volume: 1.5 }],
    ["volume", { volume: NaN }],
    ["touch", { touch: { chance: -0.1, seed: 0 } }],
    ["touch", { touch: { chance: 1.1, seed: 0 } }],
    ["margin", { margin: { initial: 0, maintenance: 0 } }],
    ["margin", { margin: { initial: 1.5, maintenance: 0 } }],
    ["margin", { margin: { initial: 0.5, maintenance: 0.6 } }],
    ["margin", { margin: { initial: 0.5, maintenance: -0.1 } }],
    ["margin", { margin: { initial: -0.5, maintenance: -0.6 } }],
  ])("%s: %j", (_what, rules) => {
    expect(() => open({ rules })).toThrow(expect.objectContaining({ code: "BF5013" }));
  });

  test("the largest and the smallest that can be", () => {
    for (const rules of [
      { volume: 1, touch: { chance: 1, seed: 0 } },
      { touch: { chance: 0, seed: 0 }, margin: { initial: 0.5, maintenance: 0.5 } },
    ])
      expect(open({ rules }).isIdle).toBe(true);
  });

  test("a limit to the volume of bars that have none", () => {
    const market = open({ rules: { volume: 0.5 } });
    send(market, order({}));
    expect(() => market.bar(flat(1, 100, NaN))).toThrow(expect.objectContaining({ code: "BF5066" }));
  });
});

describe("what is ambiguous", () => {
  /** Whether the first fill of two entries in a bar from 90 to 110 is. */
  const isAmbiguous = (one: Partial<Order>, other: Partial<Order>): boolean | undefined => {
    const market = open();
    send(market, order({ id: "one", ...one }), order({ id: "other", ...other }));
    return fillsIn(market.bar(bar(1, [100, 110, 90, 100])))[0]?.ambiguous;
  };

  test.each<[Order["type"], "buy" | "sell", number]>([
    ["limit", "buy", 95],
    ["market_if_touched", "buy", 95],
    ["limit_if_touched", "buy", 95],
    ["stop", "sell", 95],
    ["limit", "sell", 105],
    ["market_if_touched", "sell", 105],
    ["stop", "buy", 105],
  ])(
    "a %s to %s at %d beside one that waits on the other side, and not beside its like",
    (type, side, price) => {
      const given = { type, side, price, limit: ticks(price) };
      const below = { type: "limit", side: "buy", price: 94 } as const;
      const above = { type: "limit", side: "sell", price: 106 } as const;
      const [like, unlike] = price < 100 ? [below, above] : [above, below];
      expect(isAmbiguous(given, unlike)).toBe(true);
      expect(isAmbiguous(given, like)).toBe(false);
    },
  );

  test("nothing beside one whose price the bar does not come to", () => {
    expect(isAmbiguous({ type: "limit", price: 95 }, { type: "stop", price: 111 })).toBe(false);
    expect(isAmbiguous({ type: "limit", price: 95 }, { type: "stop", price: 110 })).toBe(true);
    expect(isAmbiguous({ type: "stop", price: 105 }, { type: "limit", price: 89 })).toBe(false);
    expect(isAmbiguous({ type: "stop", price: 105 }, { type: "limit", price: 90 })).toBe(true);
  });
});

describe("the close of a bar", () => {
  test("is over with it: an order for the next close does not trade at the next open", () => {
    const market = open();
    send(market, order({ type: "market_on_close" }));
    expect(told(market.bar(bar(1, [100, 105, 95, 103])))).toEqual(["in 1 at 103"]);
    send(market, exit({ type: "market_on_close" }));
    expect(told(market.bar(bar(2, [101, 105, 95, 98])))).toEqual(["out 1 at 98"]);
  });

  test("takes back what does not wait and found no volume there", () => {
    const market = open({ rules: { volume: 1 } });
    send(market, order({ type: "market_on_close", duration: { kind: "ioc" } }));
    expect(told(market.bar(flat(1, 100, 0)))).toEqual(["in cancelled: unfilled"]);
  });
});

describe("what the volume does not allow", () => {
  test.each<[Order["type"], "buy" | "sell", number]>([
    ["market_if_touched", "buy", 98],
    ["stop", "buy", 102],
  ])("of a %s that was met waits as a market order", (type, side, price) => {
    const market = open({ rules: { volume: 1 } });
    send(market, order({ type, side, price, quantity: 5 }));
    expect(told(market.bar(bar(1, [100, 103, 97, 100], 2)))).toEqual([`in 2 at ${price}`]);
    expect(told(market.bar(flat(2, 100, 9)))).toEqual(["in 3 at 100"]);
  });

  test("of a trailing stop likewise", () => {
    const trail = { distance: 4, after: null };
    const child = order({ id: "trail", side: "sell", type: "trailing_stop", purpose: "stop", trail });
    const market = holding(5, { rules: { volume: 1 } }, [child]);
    expect(told(market.bar(bar(2, [100, 100, 97, 97], 2)))).toEqual(["trail 2 at 98"]);
    expect(told(market.bar(flat(3, 120, 9)))).toEqual(["trail 3 at 120"]);
  });

  test("of a turn with nothing left to open waits too", () => {
    const market = holding(2, { rules: { volume: 1 } });
    send(market, order({ id: "turn", side: "sell", quantity: 3 }));
    expect(told(market.bar(flat(2, 100, 2)))).toEqual(["turn 2 at 100"]);
    expect(told(market.bar(flat(3, 101, 9)))).toEqual(["turn 3 at 101"]);
  });

  test("of a limit waits at its price", () => {
    const market = open({ rules: { volume: 1 } });
    send(market, order({ type: "limit", price: 98, quantity: 5 }));
    expect(told(market.bar(bar(1, [100, 100, 97, 99], 2)))).toEqual(["in 2 at 98"]);
    expect(market.bar(flat(2, 100, 9))).toEqual([]);
  });

  test("one lot is enough to go on with", () => {
    const market = open({ rules: { volume: 1 } });
    send(market, order({ quantity: 3 }));
    expect([1, 1, 1].map((traded, i) => told(market.bar(flat(i, 100, traded)))[0])).toEqual(
      Array(3).fill("in 1 at 100"),
    );
  });
});

describe("ways out that go before the open", () => {
  const children = [
    order({ id: "stop", side: "sell", type: "stop", price: 95, purpose: "stop" }),
    order({ id: "target", side: "sell", type: "limit", price: 105, purpose: "target" }),
  ];
  const fill = (prices: Prices): Fill => {
    const market = holding(1, { rules: { protectionFirst: true } }, children);
    return fillsIn(market.bar(bar(2, prices)))[0];
  };

  test("are met inside the bar, seen from its open", () => {
    expect(fill([100, 106, 99, 100])).toMatchObject({
      ...{ orderId: "target", price: ticks(105), isInside: true, ambiguous: false },
      why: { from: ticks(100), to: ticks(106) },
    });
    expect(fill([100, 106, 94, 100])).toMatchObject({ orderId: "stop", price: ticks(95), isInside: true });
  });

  test("and at the open where a gap has gone through them", () => {
    const gap = fill([94, 99, 93, 98]);
    expect(gap).toMatchObject({ orderId: "stop", price: ticks(94), why: { from: ticks(94), to: ticks(94) } });
    expect(gap.isInside).toBeUndefined();
  });
});

test("of a group the first takes back the others, and nothing else", () => {
  const market = open();
  send(
    market,
    order({ id: "a", type: "stop", price: 101, group: "g" }),
    order({ id: "b", side: "sell", type: "stop", price: 90, group: "g" }),
    order({ id: "c", type: "limit", price: 80 }),
    order({ id: "d", type: "limit", price: 70, group: "other" }),
  );
  expect(told(market.bar(bar(1, [100, 102, 100, 100])))).toEqual(["a 1 at 101", "b cancelled: group"]);
});

test("the turnover of an account is part of its copy", () => {
  const commissions = [
    { model: "tiered", parameters: [0.01, 150, 0.001, null, null, null, null, null, null] },
  ];
  const first = open({ commissions });
  send(first, order({ quantity: 2 }));
  first.bar(flat(1, 100));
  const second = open({ commissions });
  second.restore(first.snapshot());
  for (const each of [first, second]) send(each, exit({ quantity: 2 }));
  const paid = (market: Matching): number => fillsIn(market.bar(flat(2, 100)))[0].commission;
  expect([paid(first), paid(second)]).toEqual([20, 20]);
});

test("a commission with a most goes by all that an order has traded, from its first cent on", () => {
  const commissions = [{ model: "share", parameters: [0.01, 0, 100] }];
  const market = open({ commissions, rules: { volume: 1 } });
  send(market, order({ quantity: 2 }));
  // Half a cent each: nothing, and then one cent for both.
  const paid = [1, 2].map((time) => fillsIn(market.bar(flat(time, 0.5, 1)))[0].commission);
  expect(paid).toEqual([0, 1]);
});

test("what an account has traded is kept only where a commission goes by it", () => {
  const turnoverOf = (commissions: readonly CostModel[]): number =>
    holding(1, { commissions }).snapshot().turnover.length;
  expect(turnoverOf([{ model: "share", parameters: [0.01, 0, null] }])).toBe(0);
  expect(turnoverOf([{ model: "tiered", parameters: [0.01] }])).toBe(1);
});

describe("a market is quiet", () => {
  const carrying = (...models: readonly CostModel["model"][]): Matching => {
    const carries = models.map((model) => ({ model, parameters: [0.05] }));
    return new Matching(halves, { ...free, carries }, "ohlc", halves.money(1_000));
  };

  test("while no order rests and nothing is held", () => {
    const market = open();
    expect(market.isQuiet).toBe(true);
    send(market, order({ type: "limit", price: 90 }));
    expect(market.isQuiet).toBe(false);
    market.command({ kind: "cancel", id: "in" });
    expect(market.isQuiet).toBe(true);
    expect(holding(1).isQuiet).toBe(false);
    expect(holding(-1).isQuiet).toBe(false);
  });

  test("unless it moves the time at which money is converted, or charges what the account owes", () => {
    const conversion = new Conversion([], timingOf(daysOf({ zone: "UTC" }), 3_600_000));
    expect(new Matching(halves, free, "ohlc", 1_000, {}, conversion).isQuiet).toBe(false);
    expect(carrying("borrow").isQuiet).toBe(true);
    expect(carrying("interest").isQuiet).toBe(false);
    expect(carrying("borrow", "interest").isQuiet).toBe(false);
  });
});

describe("an order sets money free", () => {
  const limitAt = (price: number, given: Partial<Order>): Order => order({ type: "limit", price, ...given });

  test("where it closes something of what is held, whatever rests beside it", () => {
    const market = holding(1);
    send(market, limitAt(90, { id: "more", entries: 2 }));
    expect(market.isReducing).toBe(false);
    send(market, limitAt(110, { id: "out", side: "sell", purpose: "exit" }));
    expect(market.isReducing).toBe(true);
    const turning = holding(-1);
    send(turning, limitAt(90, { id: "turn" }));
    expect(turning.isReducing).toBe(true);
  });

  test("but not where nothing is held, nor what protects an entry", () => {
    const market = open();
    send(market, limitAt(110, { side: "sell" }));
    expect(market.isReducing).toBe(false);
    const stop = order({ id: "stop", type: "stop", side: "sell", purpose: "stop", price: 90 });
    expect(holding(1, {}, [{ ...stop, parent: "held" }]).isReducing).toBe(false);
  });
});

test("orders of before a bar are forgotten, those of it and after it are known", () => {
  const market = open();
  const asked = (id: string): Order => order({ id, type: "limit", price: 90 });
  send(market, asked("0"));
  for (const time of [1, 2, 3]) {
    market.bar(flat(time, 100));
    send(market, asked(`${time}`));
  }
  expect(market.snapshot().heard.map(([id]) => id)).toEqual(["0", "1", "2", "3"]);
  market.forget(2);
  expect(market.snapshot().heard.map(([id]) => id)).toEqual(["2", "3"]);
});
