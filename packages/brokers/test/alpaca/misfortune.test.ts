import type { Approved, Order, VenueOrder, VenueReport } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { utcNow } from "../../src/clock.js";
import { alpacaVenue } from "../../src/index.js";
import { questioned, type Questioned } from "../questioned.js";
import { pause } from "../watched.js";
import { alpacaTrial, lostAfterMs, type AlpacaTrial } from "./alpaca-trial.js";

interface Case extends AlpacaTrial, Questioned {
  readonly served: () => readonly string[];
  readonly held: () => string;
}

async function connected(options: Parameters<typeof alpacaTrial>[0] = {}): Promise<Case> {
  const trial = await alpacaTrial(options);
  await trial.broker.connect(() => undefined, [trial.instrument]);
  const market = trial.server.market("spot", "AAPL");
  return {
    ...trial,
    ...questioned(trial),
    served: () => market.orders().map(({ status, filled }) => `${status} ${filled}`),
    held: () => market.held(),
  };
}

const tradesOf = ({ reports }: Case) =>
  reports.flatMap((each) => (each.kind === "trade" ? [each.trade] : []));

async function entered(trial: Case): Promise<void> {
  trial.broker.submit(trial.order({ type: "market", price: null }));
  await trial.settle();
}

describe("an unlucky order at Alpaca", () => {
  it.each([
    [{ kind: "lost_answer" }],
    [{ kind: "done_and_failed", status: 504 }],
    [{ kind: "done_and_failed", status: 502 }],
    [{ kind: "doubled" }],
  ] as const)("is found that nobody answered to, or that came twice: %o", async (mishap) => {
    const trial = await connected();
    const order = trial.order();
    trial.server.script({ on: "place", mishap });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.of(order)).not.toContain("rejected");
    expect(await trial.fate(order)).toBe("working");
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.served()).toEqual(["open 0"]);
    expect(trial.of(order)).toEqual(["accepted"]);
  });

  it("whose trade is told while the venue says that it is not there has its trade", async () => {
    const trial = await connected();
    const order = trial.order({ type: "market", price: null });
    trial.server.freeze(true);
    trial.server.script({ on: "place", mishap: { kind: "lost_answer" } });
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "find_order", mishap: { kind: "not_found" } });
    await trial.look();
    await trial.look();
    expect(tradesOf(trial).map(({ clientId }) => clientId)).toEqual([order.clientId]);
  });

  it("that the venue refuses as the second of its id is the first", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.server.freeze(true);
    trial.server.script({ on: "place", mishap: { kind: "lost_answer" } });
    trial.broker.submit(order);
    await trial.settle();
    // It is looked up before it is sent again, and is not found: so it is sent.
    await pause(lostAfterMs + 100);
    trial.server.script({ on: "find_order", mishap: { kind: "not_found" } });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.server.asked("place")).toBe(2);
    expect([trial.served(), trial.of(order)]).toEqual([["open 0"], ["accepted"]]);
  });

  it("is absent only when it is taken to arrive no more, and then comes once", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.server.script({ on: "place", mishap: { kind: "lost_request" } });
    trial.broker.submit(order);
    await trial.settle();
    expect(await trial.fate(order)).toBeUndefined();
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([[], []]);
    await pause(lostAfterMs + 100);
    expect(await trial.fate(order)).toBe("absent");
    trial.broker.submit(order);
    await trial.settle();
    expect([trial.served(), trial.of(order)]).toEqual([["open 0"], ["accepted"]]);
  });

  it("is not absent while the venue does not see it yet", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "find_order", mishap: { kind: "not_found" } });
    expect(await trial.fate(order)).toBeUndefined();
    expect(await trial.fate(order)).toBe("working");
  });

  it("is not rejected where there were too many, and may come at once", async () => {
    const trial = await connected();
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

  it("is rejected that cannot be paid, in the words of the venue", async () => {
    const trial = await connected();
    const order = trial.order({ quantity: trial.quantity * 10_000 });
    trial.broker.submit(order);
    await trial.settle();
    expect(trial.reports.findLast(({ kind }) => kind === "rejected")).toMatchObject({
      ...{ clientId: order.clientId, reason: "insufficient buying power" },
    });
    expect(await trial.fate(order)).toBe("rejected");
  });

  it("that sells shares which another one binds is rejected, but a stop takes the place of what binds them", async () => {
    const trial = await connected();
    await entered(trial);
    const exit = { side: "sell", purpose: "stop" } as const;
    const stop = trial.order({ ...exit, type: "stop", price: trial.price - trial.distance }, true);
    const target = trial.order({ ...exit, purpose: "target", price: trial.price + trial.distance }, true);
    const nearer = trial.order({ ...exit, type: "stop", price: trial.price - trial.distance / 2 }, true);
    trial.broker.submit(stop);
    trial.broker.submit(target);
    trial.broker.submit(nearer);
    await trial.settle();
    expect([trial.of(stop), trial.of(target), trial.of(nearer)]).toEqual([
      ["accepted", "cancelled"],
      ["rejected"],
      ["accepted"],
    ]);
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
    expect(tradesOf(trial)).toMatchObject([{ quantity: trial.quantity / 2, left: trial.quantity / 2 }]);
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

  it("is told of though its stream is frozen, once, when the venue is asked", async () => {
    const trial = await connected();
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

  it("trades part by part, each told once, though news are lost, doubled and swapped", async () => {
    const trial = await connected();
    const market = trial.server.market("spot", "AAPL");
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    for (const kind of ["lost", "doubled", "swapped"] as const) {
      trial.server.script({ on: "message", mishap: { kind } });
      market.print(199, 1);
      market.print(199, 1);
      await pause(60);
      await trial.settle();
    }
    await trial.trade(trial.price - 2 * trial.distance);
    expect(tradesOf(trial).map(({ quantity, left = 0 }) => [quantity, left])).toEqual([
      [1, 9],
      [1, 8],
      [1, 7],
      [1, 6],
      [1, 5],
      [1, 4],
      [4, 0],
    ]);
    expect(await trial.fate(order)).toBe("filled");
  });

  it("waits for its trigger, and fills as what it is", async () => {
    const trial = await connected();
    const stop = trial.order({ type: "stop", price: trial.price + trial.distance });
    trial.broker.submit(stop);
    await trial.settle();
    expect(await trial.fate(stop)).toBe("working");
    await trial.trade(trial.price + trial.distance);
    expect(trial.of(stop)).toEqual(["accepted", "trade"]);
    const limited = trial.order({
      ...{ type: "stop_limit", price: trial.price + 2 * trial.distance },
      limit: trial.price + 3 * trial.distance,
    });
    trial.broker.submit(limited);
    await trial.settle();
    trial.broker.cancel(limited);
    await trial.settle();
    expect(trial.of(limited)).toEqual(["accepted", "cancelled"]);
  });

  it("goes at once or not at all, and is refused where it may only wait", async () => {
    const trial = await connected();
    const now = trial.order({ duration: { kind: "ioc" } });
    const maker = trial.order({ isPostOnly: true });
    trial.broker.submit(now);
    trial.broker.submit(maker);
    await trial.settle();
    expect(trial.reports.find(({ kind }) => kind === "cancelled")).toMatchObject({
      ...{ clientId: now.clientId, reason: "unfilled" },
    });
    expect(trial.of(maker)).toEqual(["rejected"]);
  });

  it("costs what was paid, to parts of a cent", async () => {
    const trial = await connected();
    await entered(trial);
    const [{ price, quantity, commission }] = tradesOf(trial);
    const { instrument } = trial;
    // The server stands a hundredth of a cent above 200, which is no tick.
    expect([instrument.priceDecimal(price), instrument.moneyDecimal(commission)]).toEqual([200, 0.001]);
    expect(instrument.moneyDecimal(instrument.notional(price, quantity) + commission)).toBeCloseTo(
      2_000.001,
      8,
    );
  });
});

describe("an order in the place of another at Alpaca", () => {
  const moved = async (
    changes: Partial<Order>,
    unlucky: (trial: Case) => void = () => undefined,
  ): Promise<readonly [Case, VenueOrder, Approved<VenueOrder>]> => {
    const trial = await connected();
    const before = trial.order();
    trial.broker.submit(before);
    await trial.settle();
    const after = trial.order({ price: trial.price - 2 * trial.distance, ...changes });
    unlucky(trial);
    trial.broker.modify(before, after);
    await trial.settle();
    return [trial, before, after];
  };

  it("has an id of its own, and is put there in one step", async () => {
    const [trial, before, after] = await moved({});
    expect([trial.of(before), trial.of(after)]).toEqual([["accepted", "cancelled"], ["accepted"]]);
    expect([trial.server.asked("amend"), trial.server.asked("cancel")]).toEqual([1, 0]);
    expect([await trial.fate(before), await trial.fate(after)]).toEqual(["cancelled", "working"]);
  });

  it("of another type comes when the first has gone", async () => {
    const [trial, before, after] = await moved({ type: "market", price: null });
    expect([trial.of(before), trial.of(after)]).toEqual([
      ["accepted", "cancelled"],
      ["accepted", "trade"],
    ]);
    expect(trial.server.asked("amend")).toBe(0);
  });

  it("of one that has filled in part comes when the rest of that has gone", async () => {
    const [trial, before, after] = await moved({}, ({ server }) => {
      server.market("spot", "AAPL").print(199, 4);
    });
    expect(trial.of(before)).toEqual(["accepted", "trade", "cancelled"]);
    expect(trial.of(after)).toEqual(["accepted"]);
    expect(trial.served()).toEqual(["cancelled 4", "open 0"]);
  });

  it("does not come where the first fills before", async () => {
    const [trial, before, after] = await moved({}, ({ server }) => {
      server.script({ on: "amend", mishap: { kind: "filled_before", share: 1 } });
    });
    expect(trial.of(before)).toEqual(["accepted", "trade"]);
    expect(["cancelled", "rejected"]).toContain(trial.of(after).at(-1));
    expect(trial.served()).toEqual(["filled 10"]);
  });

  it.each([{ kind: "lost_answer" }, { kind: "done_and_failed", status: 504 }] as const)(
    "is there once though nobody answered: %o",
    async (mishap) => {
      const [trial, before, after] = await moved({}, ({ server }) => {
        server.script({ on: "amend", mishap });
      });
      expect([await trial.fate(before), await trial.fate(after)]).toEqual(["cancelled", "working"]);
      trial.broker.modify(before, after);
      await trial.settle();
      expect(trial.served()).toEqual(["cancelled 0", "open 0"]);
      expect([trial.of(before), trial.of(after)]).toEqual([["accepted", "cancelled"], ["accepted"]]);
    },
  );

  it("keeps the place that was made for it, where its first request was lost", async () => {
    const [trial, before, after] = await moved({ type: "market", price: null }, ({ server }) => {
      server.script({ on: "place", mishap: { kind: "lost_request" } });
    });
    expect([trial.of(before), trial.of(after)]).toEqual([["accepted", "cancelled"], []]);
    await pause(lostAfterMs + 100);
    expect(await trial.fate(after)).toBe("absent");
    trial.broker.modify(before, after);
    await trial.settle();
    expect(trial.of(after)).toEqual(["accepted", "trade"]);
    expect(trial.served()).toEqual(["cancelled 0", "filled 10"]);
  });

  it("is refused where it cannot be paid, and the first one stays", async () => {
    const [trial, before, after] = await moved({ quantity: 100_000 });
    expect([trial.of(before), trial.of(after)]).toEqual([["accepted"], ["rejected"]]);
    expect(await trial.fate(before)).toBe("working");
  });

  it("is not taken for one without a place while the first is not seen", async () => {
    const [trial, before, after] = await moved({}, ({ server }) => {
      server.script({ on: "find_order", mishap: { kind: "not_found" } });
    });
    expect([trial.of(before), trial.of(after)]).toEqual([["accepted"], []]);
    expect(trial.served()).toEqual(["open 0"]);
  });
});

describe("what may only reduce at Alpaca", () => {
  it("goes at the market though a stop binds the shares, which goes first", async () => {
    const trial = await connected();
    await entered(trial);
    const exit = { side: "sell", purpose: "exit", type: "market", price: null } as const;
    const price = trial.price - trial.distance;
    const stop = trial.order({ ...exit, type: "stop", purpose: "stop", price }, true);
    const out = trial.order(exit, true);
    trial.broker.submit(stop);
    await trial.settle();
    trial.broker.submit(out);
    await trial.settle();
    expect([trial.of(stop), trial.of(out)]).toEqual([
      ["accepted", "cancelled"],
      ["accepted", "trade"],
    ]);
    expect(trial.held()).toBe("0");
  });

  it("sells what is there, and nothing where nothing is", async () => {
    const trial = await connected();
    const terms = { side: "sell", purpose: "exit", type: "market", price: null } as const;
    const early = trial.order(terms, true);
    trial.broker.submit(early);
    await trial.settle();
    expect(trial.reports.at(-1)).toMatchObject({ kind: "cancelled", reason: "nothing_to_close" });
    await entered(trial);
    const exit = trial.order({ ...terms, quantity: 25 }, true);
    trial.broker.submit(exit);
    await trial.settle();
    expect(trial.of(exit)).toEqual(["reduced", "accepted", "trade"]);
    expect(trial.held()).toBe("0");
  });

  it("covers what is owed", async () => {
    const trial = await connected();
    const market = { type: "market", price: null } as const;
    trial.broker.submit(trial.order({ ...market, side: "sell" }));
    await trial.settle();
    expect(trial.held()).toBe("-10");
    trial.broker.snapshot({ number: 1, orders: [], tradesFrom: 0 });
    await trial.settle();
    expect(trial.reports.at(-1)).toMatchObject({ positions: [{ symbol: "AAPL", quantity: -10 }] });
    trial.broker.submit(trial.order({ ...market, purpose: "exit", quantity: 15 }, true));
    await trial.settle();
    expect(trial.held()).toBe("0");
  });
});

describe("an order that turns a position round at Alpaca", () => {
  const turned = async (
    unlucky: (trial: Case) => void = () => undefined,
  ): Promise<readonly [Case, Approved<VenueOrder>]> => {
    const trial = await connected();
    await entered(trial);
    const price = trial.price - trial.distance;
    const stop = trial.order({ side: "sell", type: "stop", purpose: "stop", price }, true);
    trial.broker.submit(stop);
    await trial.settle();
    const turn = trial.order({ side: "sell", type: "market", price: null, quantity: 25 });
    unlucky(trial);
    trial.broker.submit(turn);
    await trial.settle();
    expect(trial.of(stop)).toEqual(["accepted", "cancelled"]);
    return [trial, turn];
  };

  it("closes first and opens the rest then, under one id", async () => {
    const [trial, turn] = await turned();
    expect(trial.of(turn)).toEqual(["accepted", "trade", "trade"]);
    const told = tradesOf(trial).filter(({ clientId }) => clientId === turn.clientId);
    expect(told.map(({ quantity, left }) => [quantity, left])).toEqual([
      [10, 15],
      [15, undefined],
    ]);
    expect([trial.held(), await trial.fate(turn)]).toEqual(["-15", "filled"]);
    trial.broker.submit(turn);
    await trial.settle();
    expect(trial.held()).toBe("-15");
  });

  it.each([{ kind: "lost_request" }, { kind: "lost_answer" }] as const)(
    "opens the rest once though its request went wrong: %o",
    async (mishap) => {
      const [trial, turn] = await turned(({ server }) => {
        // The first is refused, the second closes.
        for (let i = 0; i < 2; i++) server.script({ on: "place", mishap: { kind: "late_answer", ms: 1 } });
        server.script({ on: "place", mishap });
      });
      for (let i = 0; i < 300 && trial.held() !== "-15"; i++) await pause(20);
      await pause(lostAfterMs);
      await trial.settle();
      expect([trial.held(), await trial.fate(turn)]).toEqual(["-15", "filled"]);
      expect(trial.of(turn)).toEqual(["accepted", "trade", "trade"]);
    },
  );

  it("is cancelled for what cannot be opened", async () => {
    const [trial, turn] = await turned(({ server }) => {
      for (let i = 0; i < 2; i++) server.script({ on: "place", mishap: { kind: "late_answer", ms: 1 } });
      server.script({ on: "place", mishap: { kind: "refused", status: 429 } });
      server.market("spot", "AAPL").depth(0);
    });
    // Nothing was there to take: what was to close is taken back, and nothing is opened.
    expect(trial.of(turn)).toEqual(["accepted", "cancelled"]);
    expect([trial.held(), await trial.fate(turn)]).toEqual(["10", "cancelled"]);
  });

  it("is known in another life by what has become of its rest", async () => {
    const [trial, turn] = await turned();
    const { url, apiKey: keyId, secret } = trial.server;
    const second = await alpacaVenue({ url, keyId, secret, settleMs: 10 });
    const heard: VenueReport[] = [];
    await second.broker.connect((report) => heard.push(report), [trial.instrument]);
    const { clientId, strategy, symbol } = turn;
    second.broker.snapshot({ number: 1, orders: [{ clientId, strategy, symbol }], tradesFrom: 0 });
    for (let i = 0; i < 200 && !heard.some(({ kind }) => kind === "snapshot"); i++) await pause(20);
    await second.broker.close();
    const answer = heard.find(({ kind }) => kind === "snapshot");
    expect(answer).toMatchObject({ orders: [{ clientId, status: "filled" }] });
    const told = answer?.kind === "snapshot" ? answer.trades : [];
    expect(told.filter((each) => each.clientId === clientId).map(({ quantity }) => quantity)).toEqual([
      10, 15,
    ]);
  });
});

describe("a connection to Alpaca", () => {
  it("that breaks comes back, and what happened meanwhile is told once", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    await trial.cut();
    trial.server.market("spot", "AAPL").print(198);
    await pause(100);
    await trial.mend();
    await trial.settle();
    const kinds = trial.reports.map(({ kind }) => kind).filter((each) => each !== "snapshot");
    expect(kinds).toEqual(["accepted", "disconnected", "connected", "trade"]);
  });

  it("to whose keys nobody answered is made anew", async () => {
    const trial = await connected({ timeoutMs: 1_000 });
    trial.server.freeze(true);
    trial.server.breakStreams();
    // By then it is there again, and its keys were taken in silence.
    await pause(500);
    trial.server.freeze(false);
    await trial.mend();
    expect(trial.connection()).toBe("connected");
  });

  it("that has left out a trade is made anew by the next poll", async () => {
    const trial = await connected({ pollMs: 200 });
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.script({ on: "message", mishap: { kind: "lost" } });
    trial.server.market("spot", "AAPL").print(198);
    const has = (kind: string): boolean => trial.reports.some((each) => each.kind === kind);
    for (let i = 0; i < 200 && !has("connected"); i++) await pause(20);
    expect(trial.of(order)).toEqual(["accepted", "trade"]);
    expect([has("disconnected"), has("connected")]).toEqual([true, true]);
  });

  it("says when it was by the clock of the venue", async () => {
    const trial = await connected();
    trial.server.skew(3_600_000);
    await entered(trial);
    const [{ time }] = tradesOf(trial);
    expect(time).toBeGreaterThan(utcNow() + 3_500_000);
    trial.broker.snapshot({ number: 1, orders: [], tradesFrom: time });
    await trial.settle();
    expect(trial.reports.at(-1)).toMatchObject({ kind: "snapshot", trades: [{ time }] });
  });

  it("of a new process tells trades and orders of the one before under the same names", async () => {
    const trial = await connected();
    const order = trial.order();
    trial.broker.submit(order);
    await trial.settle();
    trial.server.market("spot", "AAPL").print(199, 4);
    await trial.settle();
    const { url, apiKey: keyId, secret } = trial.server;
    const second = await alpacaVenue({ url, keyId, secret, settleMs: 10 });
    const heard: VenueReport[] = [];
    await second.broker.connect((report) => heard.push(report), [trial.instrument]);
    const { clientId, strategy, symbol } = order;
    second.broker.snapshot({ number: 1, orders: [{ clientId, strategy, symbol }], tradesFrom: 0 });
    for (let i = 0; i < 200 && !heard.some(({ kind }) => kind === "snapshot"); i++) await pause(20);
    await second.broker.close();
    const [{ tradeId }] = tradesOf(trial);
    expect(heard.find(({ kind }) => kind === "snapshot")).toMatchObject({
      orders: [{ clientId, status: "working" }],
      openOrders: [{ clientId, left: 6 }],
      trades: [{ tradeId, clientId, quantity: 4 }],
    });
  });
});
