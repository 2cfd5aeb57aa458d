import { Instrument, type Order, type VenueOrder } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import { placedOrder, whyNot } from "../../src/interactive-brokers/placed-order.js";
import { contractOf, onStep, type TradedContract } from "../../src/interactive-brokers/traded-contract.js";
import { timeOf, utcText, zonedText } from "../../src/interactive-brokers/tws-time.js";

describe("times of TWS", () => {
  it.each([
    ["20260105 10:30:00 US/Eastern", Date.UTC(2026, 0, 5, 15, 30)],
    ["20260705 10:30:00 US/Eastern", Date.UTC(2026, 6, 5, 14, 30)],
    ["20260105-15:30:00", Date.UTC(2026, 0, 5, 15, 30)],
    ["20260105  23:59:59 Europe/Berlin", Date.UTC(2026, 0, 5, 22, 59, 59)],
    // Nobody says in which zone, or there is no such zone, or it is no time.
    ["20260105 10:30:00", NaN],
    ["20260105 10:30:00 Nowhere/Land", NaN],
    ["soon", NaN],
  ])("%s", (text, time) => {
    expect(timeOf(text)).toBe(time);
  });

  it("are written as they are read", () => {
    const time = Date.UTC(2026, 6, 5, 14, 30, 7);
    expect(utcText(time)).toBe("20260705-14:30:07");
    expect(zonedText(time, "US/Eastern")).toBe("20260705 10:30:07 US/Eastern");
  });
});

describe("a contract", () => {
  const future = {
    ...{ minTick: 0.25, validExchanges: "CME,QBALGO", marketRuleIds: "67,67", minSize: 1, sizeIncrement: 1 },
    contract: { conId: 1, exchange: "CME", currency: "USD", multiplier: 50, secType: "FUT" as never },
  };

  it("is worth its multiplier a point, and less where prices are told in hundredths", () => {
    const { instrument, contract } = contractOf("ES", future, [{ lowEdge: 0, increment: 0.25 }]);
    expect(instrument.specification).toMatchObject({ symbol: "ES", tick: 0.25, lot: 1, multiplier: 50 });
    expect(contract).toEqual({
      conId: 1,
      exchange: "CME",
      currency: "USD",
      secType: "FUT",
      symbol: undefined,
    });
    const share = { ...future, priceMagnifier: 100, contract: { ...future.contract, multiplier: 0 } };
    expect(contractOf("VOD", share, []).instrument.specification.multiplier).toBe(0.01);
  });

  it("has the finest of its steps as its tick, and orders on those of their price", () => {
    const steps = [
      { lowEdge: 0, increment: 0.0001 },
      { lowEdge: 1, increment: 0.01 },
    ];
    const contract = contractOf("AAPL", { ...future, minTick: 0.01 }, steps);
    expect(contract.instrument.tickSize).toBe(0.0001);
    expect(onStep(contract, new Decimal("0.12345"), "down").toFixed()).toBe("0.1234");
    expect(onStep(contract, new Decimal("123.456"), "down").toFixed()).toBe("123.45");
    expect(onStep(contract, new Decimal("123.456"), "up").toFixed()).toBe("123.46");
  });
});

describe("an order", () => {
  const traded: TradedContract = {
    ...{ symbol: "SIE", contractId: 1, contract: {}, currency: "EUR", minimumQuantity: 1 },
    instrument: new Instrument({ symbol: "SIE", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 6 }),
    steps: [{ lowEdge: 0, increment: 0.02 }],
  };
  const order = (changes: Partial<Order>): VenueOrder => ({
    ...{ clientId: "id", strategy: "s", symbol: "SIE" },
    order: {
      ...{ id: "o", type: "limit", side: "buy", purpose: "enter", quantity: 7, price: 15_001, tag: "" },
      ...{ children: [], ...changes },
    },
  });
  const terms = { account: "DU1", outsideRegularHours: false };

  it.each([
    [{}, { orderType: "LMT", lmtPrice: "150", tif: "GTC", action: "BUY", totalQuantity: "7" }],
    [{ side: "sell" }, { lmtPrice: "150.02", action: "SELL" }],
    [{ type: "stop" }, { orderType: "STP", auxPrice: "150.02", lmtPrice: undefined }],
    [{ type: "stop", side: "sell" }, { auxPrice: "150" }],
    [
      { type: "stop_limit", limit: 15_003 },
      { orderType: "STP LMT", auxPrice: "150.02", lmtPrice: "150.02" },
    ],
    [{ type: "market_if_touched" }, { orderType: "MIT", auxPrice: "150" }],
    [
      { type: "limit_if_touched", side: "sell", limit: 14_999 },
      { orderType: "LIT", auxPrice: "150.02", lmtPrice: "150" },
    ],
    [
      { type: "market", price: null },
      { orderType: "MKT", tif: "DAY", lmtPrice: undefined },
    ],
    [{ duration: { kind: "ioc" } }, { tif: "IOC" }],
    [{ duration: { kind: "fok" } }, { tif: "FOK" }],
  ] as const)("%o goes out as %o", (changes, expected) => {
    const placed = placedOrder(order(changes), traded, terms);
    expect(placed).toMatchObject({ ...expected, orderRef: "id", account: "DU1", outsideRth: false });
  });

  it.each([
    [{ type: "trailing_stop" }, "interactive brokers has no trailing_stop orders"],
    [{ type: "market_on_close" }, "interactive brokers has no market_on_close orders"],
    [{ isPostOnly: true }, "interactive brokers has no orders that never take"],
    [{ quantity: 0 }, "an order of nothing"],
    [{}, null],
  ] as const)("%o: %s", (changes, reason) => {
    expect(whyNot(order(changes))).toBe(reason);
  });
});
