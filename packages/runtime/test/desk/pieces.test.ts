import { describe, expect, it } from "vitest";
import type { Order } from "@bitfever/engine";
import { clientIdOf, venueOrderLife, type VenueOrderState } from "../../src/index.js";
import { ClockSkew } from "../../src/desk/clock-skew.js";
import { fillsOf } from "../../src/desk/attribution.js";
import { Heard } from "../../src/desk/heard.js";
import { OrderBook, type BookedOrder } from "../../src/desk/order-book.js";
import { positionDifferences } from "../../src/desk/reconcile.js";
import { isAtRest, venueStateAfter } from "../../src/desk/venue-order-life.js";

describe("the id of an order at a venue", () => {
  it("follows from strategy, symbol and order, and from nothing else", () => {
    expect(clientIdOf("Breakout", "BTCUSDT", "1700000000000-long")).toBe("bfugD_vfw1loyw3v28cKoc_r");
    const others = [
      clientIdOf("Breakout", "BTCUSDT", "1700000000000-lon"),
      clientIdOf("BreakoutB", "TCUSDT", "1700000000000-long"),
      clientIdOf("Breakout", "ETHUSDT", "1700000000000-long"),
      // What is no stamp is not read as one.
      ...[
        "17e11-long",
        "01700000000000-long",
        "1700000000000.5-long",
        "-long",
        "1700000000000",
        "9e99-long",
      ].map((orderId) => clientIdOf("Breakout", "BTCUSDT", orderId)),
      clientIdOf("Breakout", "BTCUSDT", `${36 ** 8}-long`),
      clientIdOf("Breakout", "BTCUSDT", "1-long"),
    ];
    expect(new Set(others).size).toBe(11);
    for (const id of others) expect(id).toMatch(/^[A-Za-z0-9_-]{24}$/);
  });
});

describe("how far the clocks are apart", () => {
  const aheadAfter = (...answers: readonly (readonly [asked: number, venue: number, heard: number])[]) => {
    const skew = new ClockSkew();
    for (const each of answers) skew.answered(...each);
    return skew.aheadMs;
  };

  it("is what lies outside of question and answer, whoever is ahead", () => {
    expect(aheadAfter()).toBe(0);
    for (const within of [1_000, 1_040, 1_100]) expect(aheadAfter([1_000, within, 1_100])).toBe(0);
    expect(aheadAfter([5_000, 3_000, 5_100])).toBe(2_000);
    expect(aheadAfter([5_000, 7_000, 5_100])).toBe(-1_900);
  });

  it("is what the quickest of the last five answers says, and a late one changes nothing", () => {
    const good = [10_000, 8_000, 10_050] as const;
    const late = [20_000, 18_500, 32_000] as const;
    expect(aheadAfter(good, late)).toBe(2_000);
    expect(aheadAfter(late, good)).toBe(2_000);
    const right = [30_000, 30_020, 30_100] as const;
    expect(aheadAfter(good, right, right, right, right)).toBe(2_000);
    expect(aheadAfter(good, right, right, right, right, right)).toBe(0);
  });
});

describe("the life of an order at a venue", () => {
  const states = Object.keys(venueOrderLife) as VenueOrderState[];

  it("has for each state a sentence, and every state can be come to", () => {
    const reached = new Set(states.flatMap((state) => Object.values(venueOrderLife[state].next)));
    expect(states.filter((state) => !reached.has(state)).sort()).toEqual(["attached"]);
    for (const state of states) expect(venueOrderLife[state].summary).toMatch(/^[A-Z].*\.$/);
  });

  it("ends where it has traded, was cancelled or rejected; late news changes nothing there, but that it was found", () => {
    for (const state of ["filled", "cancelled", "rejected"] as const) {
      for (const happening of ["accept", "place", "fill_part", "lose", "miss"] as const)
        expect(venueStateAfter(state, happening)).toBe(state);
      expect(venueStateAfter(state, "find")).toBe(state === "rejected" ? state : "working");
    }
  });

  it("leaves the unknown by the word of the venue alone", () => {
    expect(venueStateAfter("unknown", "lose")).toBe("unknown");
    expect(Object.values(venueOrderLife.unknown.next)).not.toContain("unknown");
    expect(isAtRest("unknown")).toBe(false);
  });
});

describe("the fills of a trade", () => {
  const order = (given: Partial<Order>): Order => ({
    ...{
      id: "o",
      type: "market",
      side: "buy",
      purpose: "enter",
      quantity: 10,
      price: null,
      tag: "t",
      children: [],
    },
    ...given,
  });
  const told = (
    given: Partial<Order>,
    traded: { side: "buy" | "sell"; quantity: number; effect?: "open" | "close"; commission?: number },
    held: { long: number; short: number },
    hedges = false,
  ): unknown =>
    fillsOf(
      order(given),
      {
        ...{ tradeId: "1", clientId: "c", strategy: "s", symbol: "X", price: 100, commission: 0, time: 1 },
        ...traded,
      },
      held,
      hedges,
    )?.map(({ effect, reason, quantity, commission }) => [effect, reason, quantity, commission]) ?? null;

  it.each([
    ["an entry opens", {}, { side: "buy", quantity: 10 }, { long: 0, short: 0 }, [["open", "enter", 10, 0]]],
    [
      "an entry on the other side closes first",
      {},
      { side: "buy", quantity: 10, commission: 5 },
      { long: 0, short: 4 },
      [
        ["close", "reversal", 4, 2],
        ["open", "enter", 6, 3],
      ],
    ],
    [
      "a stop closes",
      { purpose: "stop" },
      { side: "sell", quantity: 3 },
      { long: 5, short: 0 },
      [["close", "stop", 3, 0]],
    ],
    [
      "a stop of what was not opened yet waits",
      { purpose: "stop" },
      { side: "sell", quantity: 3 },
      { long: 0, short: 0 },
      null,
    ],
    [
      "what the venue says has opened opens, whatever is held",
      {},
      { side: "sell", quantity: 5, effect: "open" },
      { long: 5, short: 0 },
      [["open", "enter", 5, 0]],
    ],
  ] as const)("%s", (_title, given, traded, held, expected) => {
    expect(told(given, traded, held)).toEqual(expected);
  });

  it("leaves the other side alone where positions are hedged", () => {
    expect(told({}, { side: "buy", quantity: 10 }, { long: 0, short: 4 }, true)).toEqual([
      ["open", "enter", 10, 0],
    ]);
  });
});

describe("the comparison with a venue", () => {
  const own = [
    { strategy: "A", symbol: "X", quantity: 3 },
    { strategy: "B", symbol: "X", quantity: -1 },
  ];

  it("adds strategies up where the venue does", () => {
    expect(positionDifferences(own, [{ symbol: "X", quantity: 2 }], {}, false)).toEqual([]);
    expect(positionDifferences(own, [], {}, false)).toEqual([
      { kind: "position", strategy: null, symbol: "X", ours: 2, theirs: 0 },
    ]);
  });

  it("holds them apart where the venue does", () => {
    const theirs = [
      { strategy: "A", symbol: "X", quantity: 2 },
      { strategy: "B", symbol: "X", quantity: 0 },
    ];
    expect(
      positionDifferences(own, theirs, {}, true).map((each) => each.kind === "position" && each.strategy),
    ).toEqual(["A", "B"]);
  });

  it("sees what the venue holds and nobody here trades, but for what is known to be somebody else's", () => {
    const theirs = [
      { symbol: "X", quantity: 2 },
      { symbol: "Y", quantity: 7 },
    ];
    expect(positionDifferences(own, theirs, {}, false)).toHaveLength(1);
    expect(positionDifferences(own, theirs, { Y: 7 }, false)).toEqual([]);
  });
});

describe("what was heard", () => {
  it("is new once, also when it was forgotten", () => {
    const heard = new Heard();
    expect([heard.isNew("a", 1_000), heard.isNew("a", 1_000)]).toEqual([true, false]);
    heard.isNew("c", 1_200);
    heard.forget(1_100);
    expect(heard.snapshot().ids).toEqual([["c", 1_200]]);
    expect(heard.isNew("a", 1_000)).toBe(false);
  });

  it("is new when it comes late, after newer ones", () => {
    const heard = new Heard();
    heard.isNew("before", 1_000);
    heard.isNew("after", 900_000);
    heard.forget(800_000);
    expect(heard.isNew("meanwhile", 2_000)).toBe(true);
  });
});

describe("the book of orders", () => {
  const entry = (clientId: string, given: Partial<BookedOrder> = {}): BookedOrder => ({
    ...{ clientId, member: 0, parent: null, replaces: null, signalTime: 0, state: "sent", sentAt: 0 },
    ...{
      cancelAskedAt: null,
      replacedBy: null,
      left: 1,
      of: null,
      turning: 0,
      hasOpened: false,
      reducedTo: null,
      absences: 0,
      attempts: 1,
      restedAt: null,
    },
    order: {
      id: clientId,
      type: "market",
      side: "buy",
      purpose: "enter",
      quantity: 1,
      price: null,
      tag: "t",
      children: [],
    },
    ...given,
  });

  it("is in the same order after it was restored, also one in which the dead came back", () => {
    const book = new OrderBook();
    for (const id of ["a", "b", "c"]) book.put(entry(id));
    book.hear("a", "lose", 1);
    book.hear("a", "miss", 1);
    book.hear("a", "accept", 2);
    const restored = new OrderBook();
    restored.restore(book.snapshot());
    const ids = (of: OrderBook): readonly string[] => [...of.alive()].map(({ clientId }) => clientId);
    expect(ids(book)).toEqual(["b", "c", "a"]);
    expect(ids(restored)).toEqual(ids(book));
  });

  it("forgets what came to rest long ago, and nothing else", () => {
    const book = new OrderBook();
    book.put(entry("old"));
    book.put(entry("alive"));
    book.hear("old", "fill", 5);
    book.forget(5);
    expect(book.find("old")).toBeDefined();
    book.forget(6);
    expect([book.find("old"), book.find("alive")?.clientId]).toEqual([undefined, "alive"]);
  });

  it("keeps what came with an entry for as long as that, since more of it may fill", () => {
    const book = new OrderBook();
    book.put(entry("entry"));
    book.put(entry("stop", { parent: "entry", state: "working" }));
    book.hear("stop", "fill", 5);
    book.forget(1_000);
    expect(book.find("stop")).toBeDefined();
    book.hear("entry", "fill", 2_000);
    book.forget(3_000);
    expect([...book.all()]).toEqual([]);
  });
});
