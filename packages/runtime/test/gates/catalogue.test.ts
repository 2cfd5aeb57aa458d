import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gates, Gatekeeper, type AccountView, type GateRule, type OrderProposal } from "@bitfever/runtime";
import { accountOf, holdingOf, noon, proposalOf, ticket } from "./account.js";

/* Of each gate what it lets through just below its limit, what it refuses just beyond, and that no exit is refused. */

interface Case {
  readonly what: string;
  readonly rule: GateRule;
  readonly passes: readonly [Partial<OrderProposal>, AccountView?];
  readonly refuses: readonly [Partial<OrderProposal>, AccountView?];
  readonly reason: string;
}

const second = 1_000;
const held = (long: number, buy = 0): AccountView =>
  accountOf({}, [holdingOf({ long, entering: { buy, sell: 0 } })]);
const minutes = { hours: { zone: "Europe/Berlin", windows: [{ from: "09:00", to: "13:01" }] } };
const tech = [
  holdingOf({ symbol: "BBB", long: 50 }),
  holdingOf({ symbol: "CCC", sector: "energy", long: 900 }),
];

const entering = { buy: 40, sell: 0 };
const twoEnter = accountOf({}, [holdingOf({ entering }), holdingOf({ strategy: "swing", entering })]);
const futures = accountOf({}, [holdingOf({ short: 2, lastPrice: -40, unitWorth: 50 })]);

const cases: readonly Case[] = [
  {
    what: "what is held, what enters and the order",
    rule: { gate: "max_position", most: 100 },
    passes: [{ quantity: 30 }, held(40, 30)],
    refuses: [{ quantity: 31 }, held(40, 30)],
    reason: "units held if all entries fill: 101, at most 100",
  },
  {
    what: "the side of the order alone",
    rule: { gate: "max_position", most: 100 },
    passes: [{ side: "sell", quantity: 100 }, held(100)],
    refuses: [{ side: "sell", quantity: 101 }, held(100)],
    reason: "units held if all entries fill: 101, at most 100",
  },
  {
    what: "all strategies in a symbol, and no other symbol",
    rule: { gate: "max_position", most: 100 },
    passes: [{ quantity: 20 }, accountOf({}, [...tech, holdingOf({ strategy: "swing", long: 80 })])],
    refuses: [{ quantity: 21 }, accountOf({}, [...tech, holdingOf({ strategy: "swing", long: 80 })])],
    reason: "units held if all entries fill: 101, at most 100",
  },
  {
    what: "the larger of an entry and the one it replaces",
    rule: { gate: "max_position", most: 100 },
    passes: [{ quantity: 60, isReplacement: true, replacedQuantity: 50 }, held(40, 50)],
    refuses: [{ quantity: 61, isReplacement: true, replacedQuantity: 50 }, held(40, 50)],
    reason: "units held if all entries fill: 101, at most 100",
  },
  {
    what: "a replacement beside entries of another strategy, which it does not replace",
    rule: { gate: "max_position", most: 100 },
    passes: [{ quantity: 60, isReplacement: true, replacedQuantity: 40 }, twoEnter],
    refuses: [{ quantity: 61, isReplacement: true, replacedQuantity: 40 }, twoEnter],
    reason: "units held if all entries fill: 101, at most 100",
  },
  {
    what: "a smaller order in the place of a larger one, which makes no room before it has taken it",
    rule: { gate: "max_position", most: 100 },
    passes: [{ quantity: 10, isReplacement: true, replacedQuantity: 50 }, held(50, 50)],
    refuses: [{ quantity: 10 }, held(50, 50)],
    reason: "units held if all entries fill: 110, at most 100",
  },
  {
    what: "sums of decimals",
    rule: { gate: "max_position", most: 0.3 },
    passes: [{ quantity: 0.2 }, held(0.1)],
    refuses: [{ quantity: 0.2001 }, held(0.1)],
    reason: "units held if all entries fill: 0.3001, at most 0.3",
  },
  {
    what: "one order",
    rule: { gate: "max_order_quantity", most: 500 },
    passes: [{ quantity: 500 }, held(10_000)],
    refuses: [{ quantity: 501 }, held(10_000)],
    reason: "units of the order: 501, at most 500",
  },
  {
    what: "a market order at the last price",
    rule: { gate: "max_order_notional", most: 25_000 },
    passes: [{ quantity: 5, unitWorth: 50 }],
    refuses: [{ quantity: 6, unitWorth: 50 }],
    reason: "value of the order: 30000, at most 25000",
  },
  {
    what: "an order at its price",
    rule: { gate: "max_order_notional", most: 1_000 },
    passes: [{ quantity: 10, price: 100 }],
    refuses: [{ quantity: 10, price: 101 }],
    reason: "value of the order: 1010, at most 1000",
  },
  {
    what: "all that is held",
    rule: { gate: "max_notional", most: 96_000 },
    passes: [{ quantity: 10 }, accountOf({}, tech)],
    refuses: [{ quantity: 11 }, accountOf({}, tech)],
    reason: "value held if all entries fill: 96100, at most 96000",
  },
  {
    what: "the sector of the order",
    rule: { gate: "max_notional", most: 6_000, per: "sector" },
    passes: [{ quantity: 10 }, accountOf({}, tech)],
    refuses: [{ quantity: 11 }, accountOf({}, tech)],
    reason: "value held if all entries fill: 6100, at most 6000",
  },
  {
    what: "contracts by what a point of them is worth, also at a price below 0",
    rule: { gate: "max_notional", most: 6_000 },
    passes: [{ side: "sell", quantity: 1, unitWorth: 50, lastPrice: -40 }, futures],
    refuses: [{ side: "sell", quantity: 1.1, unitWorth: 50, lastPrice: -40 }, futures],
    reason: "value held if all entries fill: 6200, at most 6000",
  },
  {
    what: "what is held in another symbol and what the order opens in one of its own",
    rule: { gate: "max_notional", most: 6_000 },
    passes: [{ symbol: "ZZZ", quantity: 1, unitWorth: 50, lastPrice: -40 }, futures],
    refuses: [{ symbol: "ZZZ", quantity: 1.1, unitWorth: 50, lastPrice: -40 }, futures],
    reason: "value held if all entries fill: 6200, at most 6000",
  },
  {
    what: "something held of which no price is known",
    rule: { gate: "max_notional", most: 6_000 },
    passes: [{}, accountOf({}, [holdingOf({ symbol: "BBB", lastPrice: NaN })])],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", long: 0.5, lastPrice: NaN })])],
    reason: "value held if all entries fill: unknown, at most 6000",
  },
  {
    what: "units of which nobody knows how many",
    rule: { gate: "max_notional", most: 6_000 },
    passes: [{}],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", long: NaN })])],
    reason: "value held if all entries fill: unknown, at most 6000",
  },
  {
    what: "an order at a price below 0",
    rule: { gate: "max_order_notional", most: 400 },
    passes: [{ price: -40 }],
    refuses: [{ price: -41 }],
    reason: "value of the order: 410, at most 400",
  },
  {
    what: "a share of equity",
    rule: { gate: "exposure", most: "50%" },
    passes: [{ quantity: 100 }, held(300, 100)],
    refuses: [{ quantity: 101 }, held(300, 100)],
    reason: "exposure if all entries fill: 50.1%, at most 50%",
  },
  {
    what: "a turn to the other side, which adds nothing where it ends as large",
    rule: { gate: "exposure", most: "50%" },
    passes: [{ side: "sell", quantity: 500 }, held(500)],
    refuses: [{ side: "sell", quantity: 501 }, held(500)],
    reason: "exposure if all entries fill: 50.1%, at most 50%",
  },
  {
    what: "both sides where both are held",
    rule: { gate: "exposure", most: "50%" },
    passes: [{ side: "sell", quantity: 100 }, accountOf({}, [holdingOf({ long: 400, hedges: true })])],
    refuses: [{ side: "sell", quantity: 101 }, accountOf({}, [holdingOf({ long: 400, hedges: true })])],
    reason: "exposure if all entries fill: 50.1%, at most 50%",
  },
  {
    what: "an order on the side that is not held, which adds nothing to the one that is",
    rule: { gate: "exposure", most: "50%" },
    passes: [{ quantity: 500 }, accountOf({}, [holdingOf({ short: 500 })])],
    refuses: [{ quantity: 501 }, accountOf({}, [holdingOf({ short: 500 })])],
    reason: "exposure if all entries fill: 50.1%, at most 50%",
  },
  {
    what: "no equity at all",
    rule: { gate: "exposure", most: "50%" },
    passes: [{ quantity: 0.1 }, accountOf({ equity: 20 })],
    refuses: [{ quantity: 0.1 }, accountOf({ equity: 0 })],
    reason: "exposure if all entries fill: Infinity%, at most 50%",
  },
  {
    what: "positions, of which an addition opens none",
    rule: { gate: "max_open_positions", most: 1 },
    passes: [{}, held(0, 5)],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", short: 1 }), holdingOf()])],
    reason: "open positions if all entries fill: 2, at most 1",
  },
  {
    what: "positions that are long",
    rule: { gate: "max_open_positions", most: 1 },
    passes: [{}, accountOf({}, [holdingOf({ long: 0.5 }), holdingOf({ symbol: "CCC" })])],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", long: 0.5 })])],
    reason: "open positions if all entries fill: 2, at most 1",
  },
  {
    what: "positions that are short",
    rule: { gate: "max_open_positions", most: 1 },
    passes: [{}, accountOf({}, [holdingOf({ short: 0.5 }), holdingOf({ symbol: "CCC" })])],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", short: 0.5 })])],
    reason: "open positions if all entries fill: 2, at most 1",
  },
  {
    what: "positions that are entering to buy",
    rule: { gate: "max_open_positions", most: 1 },
    passes: [
      {},
      accountOf({}, [holdingOf({ entering: { buy: 0.5, sell: 0 } }), holdingOf({ symbol: "CCC" })]),
    ],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", entering: { buy: 0.5, sell: 0 } })])],
    reason: "open positions if all entries fill: 2, at most 1",
  },
  {
    what: "positions that are entering to sell",
    rule: { gate: "max_open_positions", most: 1 },
    passes: [
      {},
      accountOf({}, [holdingOf({ entering: { buy: 0, sell: 0.5 } }), holdingOf({ symbol: "CCC" })]),
    ],
    refuses: [{}, accountOf({}, [holdingOf({ symbol: "BBB", entering: { buy: 0, sell: 0.5 } })])],
    reason: "open positions if all entries fill: 2, at most 1",
  },
  {
    what: "orders that rest",
    rule: { gate: "max_open_orders", most: 3, per: "symbol" },
    passes: [{}, accountOf({}, [holdingOf({ openOrders: 2 }), holdingOf({ symbol: "BBB", openOrders: 9 })])],
    refuses: [{}, accountOf({}, [holdingOf({ openOrders: 3 })])],
    reason: "open orders with this one: 4, at most 3",
  },
  {
    what: "a replacement, which adds no order",
    rule: { gate: "max_open_orders", most: 3 },
    passes: [{ isReplacement: true }, accountOf({}, [holdingOf({ openOrders: 3 })])],
    refuses: [{}, accountOf({}, [holdingOf({ openOrders: 3 })])],
    reason: "open orders with this one: 4, at most 3",
  },
  {
    what: "a price above the last",
    rule: { gate: "price_collar", most: "5%" },
    passes: [{ price: 105 }],
    refuses: [{ price: 105.01 }],
    reason: "distance from the last price: 5.01%, at most 5%",
  },
  {
    what: "a price below the last, where that is below 0",
    rule: { gate: "price_collar", most: 0.05 },
    passes: [{ price: -42, lastPrice: -40 }],
    refuses: [{ price: -42.1, lastPrice: -40 }],
    reason: "distance from the last price: 5.25%, at most 5%",
  },
  {
    what: "a price where there is no last one",
    rule: { gate: "price_collar", most: "5%" },
    passes: [{ price: null, lastPrice: NaN }],
    refuses: [{ price: 100, lastPrice: NaN }],
    reason: "distance from the last price: unknown, at most 5%",
  },
  {
    what: "the newest bar",
    rule: { gate: "stale_data", most: "90s" },
    passes: [{ time: noon + 90 * second }],
    refuses: [{ time: noon + 91 * second }],
    reason: "age of the last bar: 91s, at most 90s",
  },
  {
    what: "a symbol of which nothing is known",
    rule: { gate: "stale_data", most: "90s" },
    passes: [{}],
    refuses: [{ symbol: "ZZZ" }],
    reason: "age of the last bar: unknown, at most 90s",
  },
  {
    what: "the bar it was decided on",
    rule: { gate: "stale_signal", most: 30_000 },
    passes: [{ signalTime: noon - 30 * second }],
    refuses: [{ signalTime: noon - 30 * second - 1 }],
    reason: "age of the signal: 30001ms, at most 30s",
  },
  {
    what: "a clock behind that of the venue",
    rule: { gate: "clock_skew", most: "1s" },
    passes: [{}, accountOf({}, [holdingOf({ clockSkewMs: -1_000 })])],
    refuses: [{}, accountOf({}, [holdingOf({ clockSkewMs: -1_001 })])],
    reason: "difference of the clocks: 1001ms, at most 1s",
  },
  {
    what: "a share of the equity of yesterday",
    rule: { gate: "daily_loss", most: "2%" },
    passes: [{}, accountOf({ equity: 98_001, highestEquity: 200_000 })],
    refuses: [{}, accountOf({ equity: 98_000, highestEquity: 200_000 })],
    reason: "loss of the day: 2%, stops at 2%",
  },
  {
    what: "a loss of 10% that rounding makes a little smaller",
    rule: { gate: "daily_loss", most: "10%" },
    passes: [{}, accountOf({ equity: 2.700_000_001, sessionEquity: 3 })],
    refuses: [{}, accountOf({ equity: 2.7, sessionEquity: 3 })],
    reason: "loss of the day: 10%, stops at 10%",
  },
  {
    what: "any loss at all",
    rule: { gate: "daily_loss", most: 0 },
    passes: [{}, accountOf()],
    refuses: [{}, accountOf({ equity: 99_999 })],
    reason: "loss of the day: 0.001%, stops at 0%",
  },
  {
    what: "money",
    rule: { gate: "daily_loss_money", most: 500 },
    passes: [{}, accountOf({ equity: 99_501 })],
    refuses: [{}, accountOf({ equity: 99_500 })],
    reason: "loss of the day: 500, stops at 500",
  },
  {
    what: "a share of the highest equity",
    rule: { gate: "drawdown", most: "15%" },
    passes: [{}, accountOf({ equity: 85_001, sessionEquity: 85_001 })],
    refuses: [{}, accountOf({ equity: 85_000, sessionEquity: 85_001 })],
    reason: "drawdown: 15%, stops at 15%",
  },
  {
    what: "an equity that nobody knows",
    rule: { gate: "drawdown", most: "15%" },
    passes: [{}],
    refuses: [{}, accountOf({ equity: NaN })],
    reason: "drawdown: unknown, stops at 15%",
  },
  {
    what: "losses",
    rule: { gate: "losses_in_a_row", most: 5 },
    passes: [{}, accountOf({ lossesInARow: 4 })],
    refuses: [{}, accountOf({ lossesInARow: 5 })],
    reason: "trades lost in a row: 5, stops at 5",
  },
  {
    what: "the end of a window, by the clocks of its zone",
    rule: { gate: "session_hours", ...minutes },
    passes: [{ time: noon + 60 * second - 1 }],
    refuses: [{ time: noon + 60 * second }],
    reason: "2026-11-30T12:01:00Z is outside the hours",
  },
  {
    what: "its beginning",
    rule: { gate: "session_hours", ...minutes },
    passes: [{ time: noon - 4 * 3_600_000 }],
    refuses: [{ time: noon - 4 * 3_600_000 - 1 }],
    reason: "2026-11-30T07:59:59.999Z is outside the hours",
  },
  {
    what: "its days",
    rule: { gate: "session_hours", ...minutes },
    passes: [{ time: noon + 4 * 86_400_000 }],
    refuses: [{ time: noon + 5 * 86_400_000 }],
    reason: "2026-12-05T12:00:00Z is outside the hours",
  },
  {
    what: "a window that lasts into the next week",
    rule: {
      gate: "session_hours",
      hours: { zone: "UTC", windows: [{ from: "22:00", to: "13:00", days: ["sun"] }] },
    },
    passes: [{ time: noon }],
    refuses: [{ time: noon + 3_600_000 }],
    reason: "2026-11-30T13:00:00Z is outside the hours",
  },
  {
    what: "a half day of a calendar",
    rule: { gate: "session_hours", hours: { calendar: "NYSE" } },
    passes: [{ time: Date.UTC(2026, 10, 27, 17, 59) }],
    refuses: [{ time: Date.UTC(2026, 10, 27, 18) }],
    reason: "2026-11-27T18:00:00Z is outside the hours",
  },
  {
    what: "the open of a calendar",
    rule: { gate: "session_hours", hours: { calendar: "NYSE" } },
    passes: [{ time: Date.UTC(2026, 10, 30, 14, 30) }],
    refuses: [{ time: Date.UTC(2026, 10, 30, 14, 30) - 1 }],
    reason: "2026-11-30T14:29:59.999Z is outside the hours",
  },
  {
    what: "the beginning of a lunch break",
    rule: { gate: "session_hours", hours: { calendar: "TSE" } },
    passes: [{ time: Date.UTC(2026, 10, 30, 2, 30) - 1 }],
    refuses: [{ time: Date.UTC(2026, 10, 30, 2, 30) }],
    reason: "2026-11-30T02:30:00Z is outside the hours",
  },
  {
    what: "the end of a lunch break",
    rule: { gate: "session_hours", hours: { calendar: "TSE" } },
    passes: [{ time: Date.UTC(2026, 10, 30, 3, 30) }],
    refuses: [{ time: Date.UTC(2026, 10, 30, 3, 30) - 1 }],
    reason: "2026-11-30T03:29:59.999Z is outside the hours",
  },
  {
    what: "a window of a whole day, and another to midnight",
    rule: {
      gate: "session_hours",
      hours: {
        zone: "UTC",
        windows: [
          { from: "10:00", to: "10:00", days: ["sun"] },
          { from: "18:00", to: "24:00", days: ["mon"] },
        ],
      },
    },
    passes: [{ time: Date.UTC(2026, 10, 30, 23, 59) }],
    refuses: [{ time: Date.UTC(2026, 10, 30, 10) }],
    reason: "2026-11-30T10:00:00Z is outside the hours",
  },
  {
    what: "limits in texts",
    rule: { gate: "stale_signal", most: " 30000 " },
    passes: [{ signalTime: noon - 30 * second }],
    refuses: [{ signalTime: noon - 31 * second }],
    reason: "age of the signal: 31s, at most 30s",
  },
  {
    what: "shares in texts",
    rule: { gate: "exposure", most: "0.5" },
    passes: [{ quantity: 500 }],
    refuses: [{ quantity: 501 }],
    reason: "exposure if all entries fill: 50.1%, at most 50%",
  },
  {
    what: "a strategy",
    rule: { gate: "max_order_quantity", most: 1, strategy: "trend" },
    passes: [{ strategy: "swing" }],
    refuses: [{ strategy: "trend" }],
    reason: "units of the order: 10, at most 1",
  },
  {
    what: "a sector",
    rule: { gate: "max_order_quantity", most: 1, sector: "tech" },
    passes: [{ sector: null }],
    refuses: [{ sector: "tech" }],
    reason: "units of the order: 10, at most 1",
  },
  {
    what: "an event that goes on while another begins and ends",
    rule: {
      gate: "event_blackout",
      events: [
        { name: "short", from: noon - 2, to: noon - 1 },
        { name: "merger", from: "2026-11-30T08:00:00+01:00", to: "2026-11-30T12:00:01Z" },
      ],
    },
    passes: [{ time: noon + second }],
    refuses: [{ time: noon + second - 1 }],
    reason: "merger from 2026-11-30T07:00:00Z to 2026-11-30T12:00:01Z",
  },
];

const answer = (rule: GateRule, order: Partial<OrderProposal>, account = accountOf()): string => {
  const decision = new Gatekeeper([rule]).propose(proposalOf(order), ticket, account);
  return "approved" in decision ? "approved" : decision.refused.reason;
};

describe.each(cases)("$rule.gate: $what", ({ rule, passes, refuses, reason }) => {
  it("lets through what is within, and refuses what is beyond", () => {
    expect(answer(rule, ...passes)).toBe("approved");
    expect(answer(rule, ...refuses)).toBe(reason);
  });

  it("refuses no exit", () => {
    const [order, account] = refuses;
    expect(answer(rule, { ...order, isReducing: true }, account)).toBe("approved");
    expect(answer(rule, { ...order, isFlattening: true }, account)).toBe("approved");
  });
});

describe("counting gates", () => {
  const many = (
    rule: GateRule,
    orders: readonly (Partial<OrderProposal> & { readonly session?: number })[],
  ): string => {
    const gatekeeper = new Gatekeeper([rule]);
    return orders
      .map(({ session = 1, ...order }) =>
        gatekeeper.propose(proposalOf(order), ticket, accountOf({ session })),
      )
      .map((each) => ("approved" in each ? "y" : "n"))
      .join("");
  };

  it("orders_per_minute: counts what was sent in the last 60 seconds, exits and replacements too", () => {
    const rule = { gate: "orders_per_minute", most: 2 };
    const at = (seconds: number): Partial<OrderProposal> => ({ time: noon + seconds * second });
    expect(many(rule, [at(0), at(1), at(59.999), at(60), at(60.5), at(61)])).toBe("yynyny");
    const exit = { ...at(0), isReducing: true };
    expect(many(rule, [exit, exit, exit, at(1), exit])).toBe("yyyny");
    expect(many(rule, [at(0), { ...at(0), isReplacement: true }, { ...at(0), isReplacement: true }])).toBe(
      "yyn",
    );
  });

  it("counts for each symbol, or strategy, for itself", () => {
    const rule = { gate: "orders_per_minute", most: 1, per: "symbol" } as const;
    expect(many(rule, [{}, { symbol: "BBB" }, {}, { symbol: "BBB" }])).toBe("yynn");
    expect(many({ ...rule, per: "strategy" }, [{}, { symbol: "BBB" }, { strategy: "swing" }])).toBe("yny");
    expect(many({ ...rule, symbol: "BBB" }, [{}, {}, { symbol: "BBB" }, { symbol: "BBB" }])).toBe("yyyn");
  });

  it("orders_per_minute: counts across the end of a session day", () => {
    expect(many({ gate: "orders_per_minute", most: 1 }, [{}, { session: 2 }])).toBe("yn");
  });

  it("orders_per_day: counts entries until the session day ends, and replacements once", () => {
    const rule = { gate: "orders_per_day", most: 2 };
    const replacement = { isReplacement: true };
    expect(many(rule, [{}, replacement, { isReducing: true }, {}, {}, replacement])).toBe("yyyyny");
    expect(many(rule, [{}, {}, {}, { session: 2 }, { session: 2 }, { session: 2 }])).toBe("yynyyn");
  });
});

describe("event_blackout", () => {
  const spans = fc.array(fc.record({ from: fc.nat({ max: 30 }), length: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 12,
  });

  it("refuses while one of its events lasts, and at no other time", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: -1, max: 45 }), (given, time) => {
        const events = given.map(({ from, length }) => ({ name: "event", from, to: from + length }));
        const lasts = events.some(({ from, to }) => time >= from && time < to);
        const said = answer({ gate: "event_blackout", events }, { time });
        expect(said !== "approved").toBe(lasts);
      }),
    );
  });
});

it("what a day has brought about ends with it", () => {
  const ofDay = gates.filter(({ lasts }) => lasts === "session").map(({ name }) => name);
  expect(ofDay).toEqual(["daily_loss", "daily_loss_money", "orders_per_day"]);
});

it("has a case for every gate", () => {
  const tried = new Set([...cases.map(({ rule }) => rule.gate), "orders_per_minute", "orders_per_day"]);
  expect(gates.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});
