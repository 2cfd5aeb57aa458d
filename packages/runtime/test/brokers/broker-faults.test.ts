import { Instrument, type Order } from "@bitfever/engine";
import { expect, it } from "vitest";
import { brokerFaults, clientIdOf, type VenueReport, type VenueTrade } from "../../src/index.js";

const [strategy, symbol] = ["trial", "AAA"];
const instrument = new Instrument({ symbol, tick: 0.01, lot: 0.1, moneyDecimals: 2, multiplier: 1 });
const idOf = (id: string): string => clientIdOf(strategy, symbol, id);
const order = (id: string, given: Partial<Order> = {}): Order => ({
  ...{ id, type: "market", side: "buy", purpose: "enter", quantity: 10, price: null, tag: id },
  ...{ children: [], ...given },
});
const stop = order("stop", { side: "sell", purpose: "stop", type: "stop", price: 900 });
const sent = [
  order("entry", { children: [stop] }),
  order("exit", { side: "sell", purpose: "exit" }),
  order("part", { side: "sell", purpose: "exit", isPartial: true }),
].map((each) => ({ clientId: idOf(each.id), strategy, symbol, order: each }));

const trade = (id: string, given: Partial<VenueTrade> = {}): VenueReport => ({
  kind: "trade",
  trade: {
    ...{ tradeId: `of ${id}`, clientId: idOf(id), strategy, symbol, side: id === "entry" ? "buy" : "sell" },
    ...{ price: 1_000, quantity: 10, commission: 0, time: 1, ...given },
  },
});
const snapshot = (given: Partial<Extract<VenueReport, { kind: "snapshot" }>>): VenueReport => ({
  ...{ kind: "snapshot", number: 1, time: 1, positions: [], openOrders: [] },
  ...{ trades: [], flows: [], orders: [], ...given },
});
const faults = (...reports: readonly VenueReport[]): string =>
  brokerFaults(reports, sent, instrument).join("\n");

it("finds nothing in what is as it has to be", () => {
  const told = trade("entry");
  expect(faults(trade("entry"), told, trade("stop"), { kind: "connected" }, snapshot({}))).toBe("");
  // What it closes on the other side is not of its quantity, and an exit takes all that there is.
  expect(faults(trade("entry"), trade("entry", { tradeId: "2", quantity: 7, effect: "close" }))).toBe("");
  expect(faults(trade("exit", { quantity: 25 }))).toBe("");
  const ofVenue = { orderId: "margin", purpose: "liquidation" } as const;
  expect(faults(trade("unknown", { ofVenue }))).toBe("");
});

it.each<[string, readonly VenueReport[]]>([
  ["the price of trade of entry is 1000.5", [trade("entry", { price: 1_000.5 })]],
  ["the quantity of trade of entry is 0.5, which", [trade("entry", { quantity: 0.5 })]],
  ["the quantity of trade of entry is -1", [trade("entry", { quantity: -1 })]],
  ["the commission of trade of entry is NaN", [trade("entry", { commission: NaN })]],
  ["the time of trade of entry is NaN", [trade("entry", { time: NaN })]],
  ["is another one when it is told again", [trade("entry"), trade("entry", { time: 2 })]],
  ["of entry is on the other side than its order", [trade("entry", { side: "sell" })]],
  ["which nobody has sent", [trade("unknown")]],
  ["20 lots of order", [trade("entry"), trade("entry", { tradeId: "2" })]],
  ["11 lots of order", [trade("stop", { quantity: 11 })]],
  ["11 lots of order", [trade("part", { quantity: 11 })]],
  ["the position in AAA is 1.5", [snapshot({ positions: [{ symbol, quantity: 1.5 }] })]],
  [
    "what is left of",
    [snapshot({ openOrders: [{ clientId: idOf("entry"), strategy, symbol, side: "buy", left: 0.5 }] })],
  ],
  ["accepted is told of order", [{ kind: "accepted", clientId: "x", strategy, symbol }]],
])("%s", (fault, reports) => {
  expect(faults(...reports)).toContain(fault);
});
