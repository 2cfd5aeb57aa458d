import type { VenueReport, VenueTrade } from "@bitfever/runtime";
import { describe, expect, it, vi } from "vitest";
import { clientOf, order as rawOrder, apple } from "../venue-server/tws-client.js";
import { caseOf, connected, eventually, venueOf, type Case } from "./interactive-brokers-trial.js";
import { pause } from "../watched.js";

vi.setConfig({ testTimeout: 60_000 });

const tradesOf = (reports: readonly VenueReport[]): readonly VenueTrade[] =>
  reports.flatMap((each) => (each.kind === "trade" ? [each.trade] : []));

const has = ({ reports }: Case, kind: VenueReport["kind"]): boolean =>
  reports.some((each) => each.kind === kind);

/** Waits until the connection that broke is there again. */
const isBack = async (trial: Case): Promise<void> => {
  await eventually(() => has(trial, "connected"), "a connection");
  await trial.settle();
};

describe("an unlucky order at Interactive Brokers", () => {
  it("is found behind a connection that broke before anybody answered", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "lost_answer" } });
    trial.broker.submit(order);
    await isBack(trial);
    expect(trial.of(order)).toEqual(["accepted"]);
    expect(await trial.fate(order)).toBe("working");
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([1, ["accepted"]]);
  });

  it("is found that nobody speaks of", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "no_answer" } });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted"]);
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "cancelled"]);
  });

  it("is absent when its connection has broken and another one is there, and then comes once", async () => {
    const trial = await connected({ arriveMs: 60_000 });
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "lost_request" } });
    trial.broker.submit(order);
    await isBack(trial);
    expect(await trial.fate(order)).toBe("absent");
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([1, ["accepted"]]);
  });

  it("is absent over the same connection only when it can arrive no more", async () => {
    const trial = await connected({ arriveMs: 2_000 });
    const order = trial.order();
    // What was too much is left out, and nobody says what it was.
    trial.server.script({ on: "place", mishap: { kind: "refused", status: 429 } });
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

  it("is not rejected by a number that speaks of the same order sent twice, or only warns", async () => {
    const trial = await connected();
    const market = trial.order({ type: "market", price: null });
    trial.server.script({ on: "place", mishap: { kind: "doubled" } });
    trial.broker.submit(market);
    await trial.settle();
    expect(trial.of(market)).toEqual(["accepted", "trade"]);
    const warned = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "done_and_failed", status: 504 } });
    trial.broker.submit(warned);
    await trial.settle();
    expect(trial.of(warned)).toEqual(["accepted"]);
    expect(await trial.fate(warned)).toBe("working");
  });

  it("is rejected that cannot be paid, also where nobody says so", async () => {
    const trial = await connected();
    const order = trial.order({ quantity: trial.quantity * 100_000 });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["rejected"]);
    expect((await trial.look([order]))?.openOrders).toEqual([]);
    expect(await trial.fate(order)).toBe("rejected");
    const silent = trial.order({ quantity: trial.quantity * 100_000 });
    trial.server.script({ on: "place", mishap: { kind: "no_answer" } });
    trial.broker.submit(silent);
    await eventually(() => trial.of(silent).length > 0, "a word about the order");
    // It was inactive, and was taken back before it was given up.
    expect(trial.of(silent)).toEqual(["rejected"]);
    expect(trial.server.asked("cancel")).toBe(1);
  });

  it("is told to nobody who never takes, and to nobody while there is no way", async () => {
    const trial = await connected();
    const maker = trial.order({ isPostOnly: true });
    trial.broker.submit(maker);
    expect(trial.of(maker)).toEqual(["rejected"]);
    await trial.cut();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.mend();
    expect([trial.served(), await trial.fate(order)]).toEqual([0, "absent"]);
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted"]);
  });

  it("that fills in part before it is cancelled is told so, the trade first", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "cancel", mishap: { kind: "filled_before", share: 0.5 } });
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade", "cancelled"]);
    expect(tradesOf(trial.reports)).toMatchObject([
      { quantity: trial.quantity / 2, left: trial.quantity / 2 },
    ]);
    expect(await trial.fate(order)).toBe("cancelled");
  });

  it("that fills before it is cancelled has filled", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "cancel", mishap: { kind: "filled_before", share: 1 } });
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
    expect(await trial.fate(order)).toBe("filled");
  });

  it("lives that is not found when it is cancelled, and can be cancelled again", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "cancel", mishap: { kind: "not_found" } });
    trial.broker.cancel(order);
    await trial.settle();
    expect(await trial.fate(order)).toBe("working");
    trial.broker.cancel(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "cancelled"]);
  });

  it("that is nowhere is looked for once, however often it is cancelled until then", async () => {
    const trial = await connected();
    const order = trial.order();
    await trial.settle();
    const before = trial.server.asked("open_orders");
    for (let i = 0; i < 20; i++) trial.broker.cancel(order);
    await trial.settle();
    expect(trial.server.asked("open_orders") - before).toBe(1);
  });

  it("waits for its trigger, or trades at once where the market has passed it", async () => {
    const trial = await connected();
    const { price, distance } = trial;
    const stop = trial.order({ type: "stop", price: price + distance });
    const touched = trial.order({ type: "market_if_touched", price: price - distance });
    const late = trial.order({ type: "stop", price: price - distance });
    for (const each of [stop, touched, late]) trial.broker.submit(each);
    await trial.settle();
    expect(trial.of(late)).toEqual(["accepted", "trade"]);
    expect([await trial.fate(stop), await trial.fate(touched)]).toEqual(["working", "working"]);
    await trial.trade(price + distance);
    expect(trial.of(stop)).toEqual(["accepted", "trade"]);
    await trial.trade(price - distance);
    expect(trial.of(touched)).toEqual(["accepted", "trade"]);
  });

  it("goes at once or not at all", async () => {
    const trial = await connected();
    const order = trial.order({ duration: { kind: "ioc" } });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "cancelled"]);
    expect(trial.reports.at(-1)).toMatchObject({ reason: "unfilled" });
  });

  it("that may only reduce is no more than what is held, and none where nothing is", async () => {
    const trial = await connected();
    const sale = { side: "sell", purpose: "exit", quantity: 3 * trial.quantity } as const;
    const early = trial.order(sale, true);
    trial.broker.submit(early);
    await trial.settle();
    expect(trial.of(early)).toEqual(["cancelled"]);
    expect(trial.reports.at(-1)).toMatchObject({ reason: "nothing_to_close" });
    expect(await trial.fate(early)).toBe("cancelled");
    trial.broker.submit(trial.order({ type: "market", price: null }));
    await trial.settle();
    const order = trial.order({ ...sale, type: "market", price: null }, true);
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["reduced", "accepted", "trade"]);
    expect(trial.server.market("AAPL").held()).toBe("0");
  });
});

describe("what Interactive Brokers tells of trades", () => {
  it("is one trade, however often and in which order it is told", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.mishaps({ doubledMessages: 0.5, swappedMessages: 0.5, lateMessages: 0.3 });
    trial.server.market("AAPL").print(199, 4);
    trial.server.market("AAPL").print(199, 4);
    await eventually(() => tradesOf(trial.reports).length === 2, "two trades");
    trial.server.mishaps({});
    await trial.trade(trial.price - trial.distance);
    await eventually(() => tradesOf(trial.reports).length === 3, "three trades");
    await trial.settle();
    expect(tradesOf(trial.reports).map(({ quantity, left }) => [quantity, left])).toEqual([
      [4, 6],
      [4, 2],
      [2, undefined],
    ]);
  });

  it("waits for its commission, and so does whoever asks how things stand", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.holdCommissions(true);
    trial.server.market("AAPL").print(199);
    await pause(200);
    expect(trial.of(order)).toEqual(["accepted"]);
    trial.broker.snapshot({ number: 99, orders: [order], tradesFrom: 0 });
    await pause(200);
    expect(has(trial, "snapshot")).toBe(false);
    trial.server.holdCommissions(false);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
    const [{ commission }] = tradesOf(trial.reports);
    expect(trial.instrument.moneyDecimal(commission)).toBeCloseTo(10 * 199 * 0.00005, 6);
  });

  it("is asked for where it was lost", async () => {
    const trial = await connected();
    trial.server.mishaps({ lostMessages: 1 });
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).toEqual(["accepted"]);
    trial.server.market("AAPL").print(199);
    trial.server.mishaps({});
    expect(await trial.fate(order)).toBe("filled");
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
  });

  it("is corrected only before it is told", async () => {
    const trial = await connected();
    const [first, second] = [trial.order(), trial.order()];
    trial.broker.submit(first);
    await trial.settle();
    trial.server.holdCommissions(true);
    trial.server.market("AAPL").print(199);
    trial.server.correct(198);
    await trial.settle();
    trial.server.holdCommissions(false);
    await trial.settle();
    trial.broker.submit(second);
    await trial.settle();
    trial.server.market("AAPL").print(198.5);
    await trial.settle();
    trial.server.correct(197);
    const { trades = [] } = (await trial.look()) ?? {};
    const { instrument } = trial;
    expect(tradesOf(trial.reports).map(({ price }) => instrument.priceDecimal(price))).toEqual([198, 199]);
    expect(trades).toEqual(tradesOf(trial.reports));
  });

  it("costs to the last cent what it cost, also at a price between two steps", async () => {
    const trial = await connected();
    trial.broker.submit(trial.order());
    await trial.settle();
    trial.server.holdCommissions(true);
    trial.server.market("AAPL").print(199);
    trial.server.correct("198.997");
    await trial.settle();
    trial.server.holdCommissions(false);
    await trial.settle();
    const [{ price, commission }] = tradesOf(trial.reports);
    const { instrument } = trial;
    expect(instrument.priceDecimal(price)).toBe(199);
    expect(instrument.moneyDecimal(commission)).toBeCloseTo(10 * 199 * 0.00005 - 10 * 0.003, 6);
  });

  it("is of the past where it was before this life, and told to who asks for that", async () => {
    const trial = await connected();
    trial.server.skew(-3_600_000);
    const other = await clientOf(trial.server, 7);
    other.api.placeOrder(1, apple, rawOrder({ orderType: "MKT", orderRef: "old" }));
    await other.settle();
    expect((await trial.look())?.trades).toMatchObject([{ clientId: "old" }]);
    expect(has(trial, "trade")).toBe(false);
  });

  it("is told of orders of others too, who pay for themselves", async () => {
    const trial = await connected();
    const other = await clientOf(trial.server, 7);
    other.api.placeOrder(1, apple, rawOrder({ orderType: "MKT", orderRef: "theirs" }));
    other.api.placeOrder(2, apple, rawOrder({ totalQuantity: 5 }));
    await other.settle();
    const { trades = [], openOrders = [] } = (await trial.look()) ?? {};
    expect(trades).toMatchObject([{ clientId: "theirs", strategy: "", quantity: 10, commission: 0 }]);
    expect(openOrders).toMatchObject([{ strategy: "", side: "buy", left: 5 }]);
    expect(openOrders[0].clientId).toMatch(/^interactive brokers:\d+$/);
  });
});

describe("a way to Interactive Brokers", () => {
  it("that says nothing more is given up, and what happened meanwhile is told", async () => {
    const trial = await connected({ timeoutMs: 400, pollMs: 200 });
    const order = trial.order();
    trial.broker.submit(order);
    await eventually(() => trial.of(order).length > 0, "an order that works");
    trial.server.freeze(true);
    await eventually(() => has(trial, "disconnected"), "a broken connection");
    trial.server.market("AAPL").print(199);
    trial.server.freeze(false);
    await isBack(trial);
    await eventually(() => trial.of(order).includes("trade"), "a trade");
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
  });

  it.each([true, false])(
    "that ends behind the gateway is none, until it is back: data lost %s",
    async (isLost) => {
      const trial = await connected();
      const [order, late] = [trial.order(), trial.order()];
      trial.broker.submit(order);
      await trial.settle();
      trial.server.link(false);
      await eventually(() => has(trial, "disconnected"), "a lost venue");
      trial.server.market("AAPL").print(199);
      trial.broker.submit(late);
      expect(await trial.look([order])).toBeUndefined();
      expect(trial.of(order)).toEqual(["accepted"]);
      trial.server.link(true, isLost);
      await isBack(trial);
      expect(trial.of(order)).toEqual(["accepted", "trade"]);
      expect([trial.served(), await trial.fate(late)]).toEqual([1, "absent"]);
    },
  );

  it("is found again by another life, which may change what this one has sent", async () => {
    const trial = await connected();
    const [filled, resting, lost] = [
      trial.order(),
      trial.order({ price: trial.price - 5 * trial.distance }),
      trial.order(),
    ];
    for (const each of [filled, resting]) trial.broker.submit(each);
    await trial.settle();
    await trial.trade(trial.price - trial.distance);
    const [before] = tradesOf(trial.reports);
    await trial.broker.close();
    const reports: VenueReport[] = [];
    await pause(100);
    const venue = await venueOf(trial.server);
    await venue.broker.connect((report) => reports.push(report), [venue.rules("AAPL").instrument]);
    const settle = async (): Promise<void> => {
      for (let quiet = 0; quiet < 3; quiet = venue.isIdle() ? quiet + 1 : 0) await pause(8);
    };
    const next = caseOf({ ...trial, venue, reports, broker: venue.broker, settle });
    const told = await next.look([filled, resting, lost]);
    expect(told?.orders.map(({ status }) => status)).toEqual(["filled", "working", "absent"]);
    expect(told?.trades.map(({ tradeId }) => tradeId)).toEqual([before.tradeId]);
    expect(told?.openOrders.map(({ clientId }) => clientId)).toEqual([resting.clientId]);
    next.broker.submit(resting);
    next.broker.cancel(resting);
    await settle();
    expect(next.of(resting)).toContain("cancelled");
    expect(next.served()).toBe(2);
  });
});

it.each([1, 2, 3, 4])(
  "agrees with the venue in the end, whatever goes wrong between them: world %i",
  async (seed) => {
    const trial = await connected({ pollMs: 100, timeoutMs: 1_000, arriveMs: 300 }, seed);
    const { server, broker, price, distance } = trial;
    server.mishaps({
      ...{ lostRequests: 0.05, lostAnswers: 0.05, refused: 0.05, doneAndFailed: 0.1, limited: 0.05 },
      ...{ doubledRequests: 0.1, filledBefore: 0.3, lateMessages: 0.1, lostMessages: 0.1 },
      ...{ doubledMessages: 0.1, swappedMessages: 0.1, cuts: 0.01, parts: 0.5 },
    });
    const orders = Array.from({ length: 12 }, (_, i) =>
      trial.order({ side: i % 2 === 0 ? "buy" : "sell", price: price + (i % 2 === 0 ? -1 : 1) * distance }),
    );
    for (const [i, order] of orders.entries()) {
      broker.submit(order);
      await pause(20);
      server.market("AAPL").print(200 + (i % 3) - 1);
      if (i % 4 === 3) broker.cancel(orders[i - 1]);
      if (i % 5 === 4) broker.submit(orders[i - 2]);
    }
    server.mishaps({});
    // Who does not know what came of them asks again, and asks once.
    for (const order of orders) broker.submit(order);
    const ends = ["filled", "cancelled", "rejected", "absent", "working"];
    for (const order of orders)
      for (let i = 0; i < 200; i++) {
        const fate = await trial.fate(order);
        if (fate !== undefined && ends.includes(fate)) break;
        await pause(50);
      }
    const { trades = [], positions = [], openOrders = [] } = (await trial.look()) ?? {};
    const served = server.market("AAPL").orders();
    for (const order of orders) {
      const [there, ...more] = served.filter(({ clientId }) => clientId === order.clientId);
      expect(more).toEqual([]);
      const sum = (of: readonly VenueTrade[]): number =>
        [
          ...new Map(
            of.filter(({ clientId }) => clientId === order.clientId).map((each) => [each.tradeId, each]),
          ),
        ]
          .map(([, { quantity }]) => quantity)
          .reduce((total, each) => total + each, 0);
      const filled = there === undefined ? 0 : Number(there.filled);
      expect([sum(trades), sum(tradesOf(trial.reports))]).toEqual([filled, filled]);
      const isWorking = there?.status === "open";
      expect(openOrders.some(({ clientId }) => clientId === order.clientId)).toBe(isWorking);
    }
    expect(positions.find(({ symbol }) => symbol === "AAPL")?.quantity).toBe(
      Number(server.market("AAPL").held()),
    );
  },
);
