import { clientIdOf, type Approved, type Order, type VenueOrder } from "@bitfever/runtime";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ccxtVenues } from "../../src/ccxt/venues/index.js";
import type { VenueDefinition } from "../../src/ccxt/venues/venue-definition.js";
import { utcNow } from "../../src/clock.js";
import { startVenueServer, type CcxtVenueName, type VenueServer } from "../../src/index.js";
import { questioned, type Questioned } from "../questioned.js";
import { pause } from "../watched.js";
import { ccxtTrial, type CcxtTrial } from "./ccxt-trial.js";

const venues: readonly CcxtVenueName[] = ["binance spot", "binance futures", "bybit spot", "bybit linear"];

interface Case extends CcxtTrial, Questioned {
  readonly served: () => number;
}

async function connected(venue: CcxtVenueName, given?: VenueServer): Promise<Case> {
  const trial = await ccxtTrial(venue, given);
  await trial.broker.connect(() => undefined, [trial.instrument]);
  const market = trial.server.market(venue.endsWith("spot") ? "spot" : "linear", "BTCUSDT");
  return { ...trial, ...questioned(trial), served: () => market.orders().length };
}

/** Sends an order, and then another one in its place. */
async function replaced(
  trial: Case,
  before: Approved<VenueOrder>,
  after: Approved<VenueOrder>,
): Promise<void> {
  trial.broker.submit(before);
  await trial.settle();
  const { clientId, strategy, symbol } = before;
  trial.broker.modify({ clientId, strategy, symbol }, after);
  await trial.settle();
}

describe.each<CcxtVenueName>(["binance futures", "bybit linear"])("funding at %s", (venue) => {
  it("is told as money that came or went, each once, and none of before", async () => {
    const server = await startVenueServer({ exchange: venue.startsWith("binance") ? "binance" : "bybit" });
    const market = server.market("linear", "BTCUSDT");
    const { broker, settle, instrument, reports, strategy, quantity } = await ccxtTrial(venue, server);
    await broker.connect(() => undefined, [instrument]);
    const order: Order = {
      ...{ id: "held", type: "market", side: "buy", purpose: "enter", quantity, price: null },
      ...{ tag: "held", children: [] },
    };
    const clientId = clientIdOf(strategy, "BTCUSDT", "held");
    broker.submit({ clientId, strategy, symbol: "BTCUSDT", order } as unknown as Approved<VenueOrder>);
    await settle();
    market.fund("0.0001");
    market.fund("-0.0002");
    const flowsOf = async (number: number, tradesFrom: number) => {
      broker.snapshot({ number, orders: [], tradesFrom });
      await settle();
      const found = reports.findLast((each) => each.kind === "snapshot");
      return found?.kind === "snapshot" && found.number === number ? found.flows : null;
    };
    const flows = await flowsOf(1, -Infinity);
    // A hundredth of a coin at 50,000.
    const amounts = flows?.map(({ flow }) => instrument.moneyDecimal(flow.amount));
    expect(new Set(amounts)).toEqual(new Set([-0.05, 0.1]));
    expect(flows?.every(({ flow, symbol }) => flow.reason === "funding" && symbol === "BTCUSDT")).toBe(true);
    const ids = (await flowsOf(2, utcNow()))?.map(({ id }) => id);
    expect(ids).toEqual(flows?.map(({ id }) => id));
    const other = await ccxtTrial(venue, server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await other.broker.connect(() => undefined, [instrument]);
    other.broker.snapshot({ number: 1, orders: [], tradesFrom: -Infinity });
    await other.settle();
    expect(other.reports.at(-1)).toMatchObject({ kind: "snapshot", flows: [] });
  });
});

describe.each(venues)("a trade at %s", (venue) => {
  it("is told to who was away for longer than a week", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    await trial.trade(trial.price - 2 * trial.distance);
    const life = await ccxtTrial(venue, trial.server);
    const since = utcNow() - 10 * 86_400_000;
    await life.broker.connect(() => undefined, [life.instrument]);
    life.broker.snapshot({ number: 1, orders: [], tradesFrom: since });
    await life.settle();
    const [told] = life.reports.flatMap((each) => (each.kind === "snapshot" ? [each.trades] : []));
    expect(told.reduce((sum, each) => sum + each.quantity, 0)).toBe(trial.quantity);
  });
});

describe.each(venues)("an unlucky order at %s", (venue) => {
  it.each([
    [{ kind: "lost_answer" }],
    [{ kind: "done_and_failed", status: 504 }],
    [{ kind: "done_and_failed", status: 502 }],
  ] as const)("is found that nobody answered to: %o", async (mishap) => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.server.script({ on: "place", mishap });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).not.toContain("rejected");
    expect(await trial.fate(order)).toBe("working");
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.served()).toBe(1);
    expect(trial.of(order)).toEqual(["accepted"]);
  });

  it("is absent only when it can arrive no more, and then comes once", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "lost_request" } });
    trial.broker.submit(order);
    await trial.settle();
    expect(await trial.fate(order)).toBeUndefined();
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([0, []]);
    await pause(2_100);
    expect(await trial.fate(order)).toBe("absent");
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([1, ["accepted"]]);
  });

  it("that another process has sent is not absent while it may arrive, and comes once", async () => {
    const trial = await connected(venue);
    const order = trial.order({ type: "market", price: null });
    trial.server.script({ on: "place", mishap: { kind: "late_request", ms: 700 } });
    trial.broker.submit(order);
    const life = await connected(venue, trial.server);
    expect(await life.fate(order)).not.toBe("absent");
    life.broker.submit(order);
    await trial.settle();
    expect(trial.served()).toBe(1);
    // It has filled: an id that the venue has forgotten is not free.
    life.broker.submit(order);
    await life.settle();
    expect(await life.fate(order)).toBe("filled");
    expect(trial.served()).toBe(1);
  });

  it("is not rejected where there were too many, and may come at once", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "refused", status: 429 } });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual([]);
    expect(await trial.fate(order)).toBe("absent");
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted"]);
  });

  it("is rejected that cannot be paid", async () => {
    const trial = await connected(venue);
    const order = trial.order({ quantity: trial.quantity * 100_000 });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["rejected"]);
    expect(await trial.fate(order)).toBe("rejected");
  });

  it("that fills in part before it is cancelled is told so, the trade first", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "cancel", mishap: { kind: "filled_before", share: 0.5 } });
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade", "cancelled"]);
    const told = trial.reports.flatMap((each) => (each.kind === "trade" ? [each.trade] : []));
    expect(told).toMatchObject([{ quantity: trial.quantity / 2, left: trial.quantity / 2 }]);
  });

  it("that fills before it is cancelled has filled", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "cancel", mishap: { kind: "filled_before", share: 1 } });
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
    expect(await trial.fate(order)).toBe("filled");
  });

  it("is told of though its streams are frozen, once, when the venue is asked", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.freeze(true);
    await trial.trade(trial.price - 2 * trial.distance);
    expect(trial.of(order)).toEqual(["accepted"]);
    expect(await trial.fate(order)).toBe("filled");
    trial.server.freeze(false);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
  });

  it("is told as it was sent though it was triggered while its process was gone", async () => {
    const trial = await connected(venue);
    const stop = trial.order({ type: "stop", price: trial.price + trial.distance });
    trial.broker.submit(stop);
    await trial.settle();
    await trial.broker.close();
    await trial.trade(trial.price + trial.distance);
    const life = await connected(venue, trial.server);
    expect(await life.fate(stop)).toBe("filled");
    const told = life.reports.flatMap((each) => (each.kind === "trade" ? [each.trade.clientId] : []));
    expect(told).toEqual([stop.clientId]);
  });

  it("waits for its trigger, and fills as what it is", async () => {
    const trial = await connected(venue);
    const stop = trial.order({ type: "stop", price: trial.price + trial.distance });
    trial.broker.submit(stop);
    await trial.settle();
    expect(await trial.fate(stop)).toBe("working");
    await trial.trade(trial.price + trial.distance);
    expect(trial.of(stop)).toEqual(["accepted", "trade"]);
    expect(await trial.fate(stop)).toBe("filled");
    const limited = trial.order({
      ...{
        type: "stop_limit",
        price: trial.price + 2 * trial.distance,
        limit: trial.price + 3 * trial.distance,
      },
    });
    trial.broker.submit(limited);
    await trial.settle();
    trial.broker.cancel(limited);
    await trial.settle();
    expect(trial.of(limited)).toEqual(["accepted", "cancelled"]);
  });

  it("that is triggered is not looked for among all that have ended", async () => {
    const trial = await connected(venue);
    for (let i = 0; i < 12; i++) {
      const ended = trial.order({ type: "stop", price: trial.price + 5 * trial.distance });
      trial.broker.submit(ended);
      await trial.settle();
      trial.broker.cancel(ended);
      await trial.settle();
    }
    const stop = trial.order({ type: "stop", price: trial.price + trial.distance });
    trial.broker.submit(stop);
    await trial.settle();
    const definition = ccxtVenues.find(({ name }) => name === venue) as VenueDefinition;
    const find = vi.spyOn(definition, "find");
    onTestFinished(() => {
      find.mockRestore();
    });
    // Nobody tells what it is called once it is triggered.
    trial.server.freeze(true);
    await trial.trade(trial.price + trial.distance);
    await trial.look();
    expect(trial.of(stop)).toEqual(["accepted", "trade"]);
    expect(find.mock.calls.length).toBeLessThan(6);
  });

  it("whose trigger the market has passed trades at once", async () => {
    const trial = await connected(venue);
    const late = trial.order({ type: "stop", price: trial.price - trial.distance });
    trial.broker.submit(late);
    await trial.settle();
    expect(trial.of(late)).toEqual(["accepted", "trade"]);
  });

  it("whose trigger the market has passed trades at once in the place of another, too", async () => {
    const trial = await connected(venue);
    if (!trial.broker.capabilities.replaces) return;
    const before = trial.order({ type: "stop", price: trial.price + 3 * trial.distance });
    const after = trial.order({ type: "stop", price: trial.price - trial.distance });
    await replaced(trial, before, after);
    expect([trial.of(before), trial.of(after)]).toEqual([
      ["accepted", "cancelled"],
      ["accepted", "trade"],
    ]);
  });

  it.each([
    ["stop", 1, null],
    ["stop_limit", 1, 2],
    ["market_if_touched", -1, null],
    ["limit_if_touched", -1, -0.5],
  ] as const)("is what it was in the place of another, with another price: %s", async (type, at, limit) => {
    const trial = await connected(venue);
    if (!trial.broker.capabilities.replaces) return;
    const priced = (steps: number): Approved<VenueOrder> =>
      trial.order({
        ...{ type, price: trial.price + steps * at * trial.distance },
        ...(limit !== null && { limit: trial.price + steps * limit * trial.distance }),
      });
    const [before, after] = [priced(2), priced(3)];
    await replaced(trial, before, after);
    expect([trial.of(before), trial.of(after)]).toEqual([["accepted", "cancelled"], ["accepted"]]);
    await trial.trade(trial.price + 2 * at * trial.distance);
    expect(await trial.fate(after)).toBe("working");
    await trial.trade(trial.price + 3 * at * trial.distance);
    expect(trial.of(after).at(-1)).toBe("trade");
  });

  it("never takes in the place of one that does not, either", async () => {
    const trial = await connected(venue);
    if (!trial.broker.capabilities.replaces) return;
    const before = trial.order({ isPostOnly: true });
    const after = trial.order({ price: trial.price + trial.distance, isPostOnly: true });
    await replaced(trial, before, after);
    expect(["cancelled", "rejected"]).toContain(trial.of(after).at(-1));
    expect(trial.reports.some(({ kind }) => kind === "trade")).toBe(false);
  });

  it("goes at once or not at all, or never takes", async () => {
    const trial = await connected(venue);
    const now = trial.order({ duration: { kind: "ioc" } });
    const maker = trial.order({ price: trial.price + trial.distance, isPostOnly: true });
    trial.broker.submit(now);
    trial.broker.submit(maker);
    await trial.settle();
    expect(trial.of(now).at(-1)).toBe("cancelled");
    expect(["cancelled", "rejected"]).toContain(trial.of(maker).at(-1));
    expect(trial.reports.some(({ kind }) => kind === "trade")).toBe(false);
  });

  it("goes out by the new time when the clock of the venue was moved", async () => {
    const trial = await connected(venue);
    trial.server.skew(10_000);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual([]);
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted"]);
  });

  it("pays its fee in the money of the account", async () => {
    const trial = await connected(venue);
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    await trial.trade(trial.price - trial.distance);
    const [trade] = trial.reports.flatMap((each) => (each.kind === "trade" ? [each.trade] : []));
    // Spot pays a thousandth in another coin, contracts two of ten thousand.
    const rate = venue.endsWith("spot") ? 0.001 : 0.0002;
    const { instrument } = trial;
    const worth = instrument.priceDecimal(trade.price) * instrument.quantityDecimal(trade.quantity);
    expect(instrument.moneyDecimal(trade.commission)).toBeCloseTo(worth * rate, 5);
  });
});
