import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSettings, randomOf, type OrderTypeName } from "@bitfever/engine";
import {
  clientIdOf,
  Desk,
  Gatekeeper,
  joinedBroker,
  Journal,
  LiveTrading,
  netMarketOf,
  seatOf,
  simulatedBroker,
  testBroker,
  type Broker,
  type BrokerTrial,
  type DeskCommand,
  type VenueOrder,
  type VenueReport,
  type VenueSnapshot,
} from "../../src/index.js";
import { memoryStore } from "../journal/memory-store.js";
import { minutePlan, plans } from "../simulation/programs.js";
import { simulatedTrial } from "./simulated-trial.js";

/* Brokers of several venues as one: it conforms, each symbol goes as at its venue alone, and what is not known of all is not told. */

const few = ["market", "limit", "stop"] as const;

type Circumstances = NonNullable<Parameters<typeof simulatedTrial>[0]>;

/** On trial is what is traded at one of two venues; the other stands beside it, and goes through the same. */
function joinedTrial(given: Circumstances = {}): BrokerTrial {
  const [own, other] = [simulatedTrial(given), simulatedTrial({ ...given, symbol: "BBB" })];
  return {
    ...own,
    broker: joinedBroker([
      { name: "second", broker: other.broker, symbols: ["BBB"] },
      { name: "first", broker: own.broker, symbols: ["AAA"] },
    ]),
    settle: async () => {
      // Who has told more meanwhile is asked again.
      for (let i = 0; i < 3; i++) {
        await own.settle();
        await other.settle();
      }
    },
  };
}

describe("a joined broker conforms", () => {
  it.each([
    ["holds all", {}],
    ["fills in parts", { volume: 20 }],
    ["holds nothing with an entry", { lacks: { protects: false } }],
    ["has one position for all", { nets: true }],
    ["has one position for all and does nothing else", { nets: true, lacks: { replaces: false } }],
  ] as const)("where each of its venues %s", async (_, given) => {
    expect(await testBroker(() => joinedTrial({ orders: few, ...given }))).toEqual([]);
  });

  it("in misfortune", async () => {
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.nat()), async (seed) => {
        const draw = randomOf(seed);
        const misfortune = {
          ...{ latencyMs: [1, 400] as const, lost: draw() * 0.2, doubled: draw() * 0.4 },
          ...{ cut: draw() * 0.02, cutMs: 3_000 },
        };
        const [nets, protects, replaces] = [draw() < 0.4, draw() < 0.5, draw() < 0.5];
        const make = () =>
          joinedTrial({ misfortune, draw, orders: few, volume: 40, nets, lacks: { protects, replaces } });
        expect(await testBroker(make, { attempts: 120 })).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

const orderOf = (symbol: string, id: string, terms: Partial<VenueOrder["order"]> = {}): VenueOrder => ({
  ...{ clientId: clientIdOf("trial", symbol, id), strategy: "trial", symbol },
  order: {
    ...{ id, type: "limit", side: "buy", purpose: "enter", quantity: 40, price: 9_900, tag: id },
    ...{ children: [], entries: 9, ...terms },
  },
});

/** What can be done to a venue, and what happens there. */
type Step =
  | { readonly kind: "submit"; readonly id: number; readonly price: number; readonly isSale: boolean }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "modify"; readonly id: number; readonly to: number; readonly price: number }
  | { readonly kind: "trade"; readonly price: number }
  | { readonly kind: "cut" }
  | { readonly kind: "mend" }
  | { readonly kind: "ask" };

const price = fc.integer({ min: 9_700, max: 10_300 });
const id = fc.integer({ min: 1, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("submit"), id, price, isSale: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("trade"), price }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel"), id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("modify"), id, to: id, price }) },
  { weight: 3, arbitrary: fc.constant({ kind: "ask" } as const) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "cut" } as const, { kind: "mend" } as const) },
);
const symbols = ["AAA", "BBB"] as const;

async function take(each: Step, symbol: string, trial: BrokerTrial, broker: Broker): Promise<void> {
  switch (each.kind) {
    case "submit": {
      const side = each.isSale ? "sell" : "buy";
      broker.submit(orderOf(symbol, String(each.id), { side, price: each.price }) as never);
      return;
    }
    case "cancel":
      broker.cancel(orderOf(symbol, String(each.id)));
      return;
    case "modify":
      broker.modify(
        orderOf(symbol, String(each.id)),
        orderOf(symbol, String(each.to), { price: each.price }) as never,
      );
      return;
    case "trade":
      await trial.trade(each.price);
      return;
    case "cut":
      await trial.cut();
      return;
    case "mend":
      await trial.mend();
      return;
    case "ask":
  }
}

/** As a venue says it of its own: with its name before ids and reasons. */
const named = (name: string, report: VenueReport): VenueReport => {
  const own = <Told extends { readonly id: string }>(told: Told): Told => ({
    ...told,
    id: `${name}/${told.id}`,
  });
  const trade = (told: VenueSnapshot["trades"][number]) => ({ ...told, tradeId: `${name}/${told.tradeId}` });
  switch (report.kind) {
    case "trade":
      return { ...report, trade: trade(report.trade) };
    case "cash":
    case "split":
      return own(report);
    case "disconnected":
      return { ...report, reason: `${name}: ${report.reason}` };
    case "snapshot":
      return { ...report, trades: report.trades.map(trade), flows: report.flows.map(own) };
    default:
      return report;
  }
};

const partOf = (symbol: string, told: VenueSnapshot): Omit<VenueSnapshot, "time"> => {
  const isOwn = (each: { readonly symbol: string }): boolean => each.symbol === symbol;
  const { time: _, ...rest } = told;
  return {
    ...rest,
    positions: told.positions.filter(isOwn),
    openOrders: told.openOrders.filter(isOwn),
    trades: told.trades.filter(isOwn),
    flows: told.flows.filter(isOwn),
    orders: told.orders.filter(isOwn),
  };
};

it("orders of a symbol go as at its venue alone", async () => {
  const script = fc.array(fc.record({ at: fc.constantFrom(0, 1), step }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(script, fc.boolean(), async (steps, nets) => {
      const make = (symbol: string) => simulatedTrial({ symbol, nets, volume: 200 });
      const together = symbols.map(make);
      const alone = symbols.map(make);
      const joined = joinedBroker(
        together.map(({ broker }, i) => ({ name: `venue ${i}`, broker, symbols: [symbols[i]] })),
      );
      const heard: VenueReport[] = [];
      const apart: VenueReport[] = [];
      await joined.connect(
        (report) => heard.push(report),
        together.map(({ instrument }) => instrument),
      );
      const answers: (VenueSnapshot | undefined)[] = [];
      for (const [i, { broker, instrument }] of alone.entries())
        await broker.connect(
          (report) => {
            if (report.kind === "snapshot") answers[i] = report;
            else apart.push(named(`venue ${i}`, report));
          },
          [instrument],
        );
      for (const [number, { at, step: each }] of steps.entries()) {
        await take(each, symbols[at], together[at], joined);
        await take(each, symbols[at], alone[at], alone[at].broker);
        if (each.kind !== "ask") continue;
        const orders = symbols.flatMap((symbol) => [orderOf(symbol, "1"), orderOf(symbol, "2")]);
        const request = { number, orders, tradesFrom: 0 };
        answers.splice(0);
        const before = heard.length;
        joined.snapshot(request);
        for (const [i, { broker }] of alone.entries())
          broker.snapshot({ ...request, orders: orders.filter(({ symbol }) => symbol === symbols[i]) });
        const told = heard.splice(before);
        // Of two of which one is cut off nothing is known that could be taken for all.
        expect(told).toHaveLength(answers.filter((one) => one !== undefined).length === 2 ? 1 : 0);
        for (const one of told)
          for (const [i, symbol] of symbols.entries())
            expect(partOf(symbol, one as VenueSnapshot)).toEqual(
              partOf(symbol, named(`venue ${i}`, answers[i] as VenueSnapshot) as VenueSnapshot),
            );
      }
      expect(heard).toEqual(apart);
    }),
    { numRuns: 60 },
  );
});

/** A broker of which a test says what it tells. */
function spoken(
  given: { readonly orders?: readonly OrderTypeName[]; readonly separates?: boolean } & Partial<Broker> = {},
) {
  const { orders = few, separates = false, ...rest } = given;
  const calls: string[] = [];
  let hear: (report: VenueReport) => void = () => undefined;
  const broker: Broker = {
    name: "spoken",
    capabilities: { orders, separates, protects: false, replaces: false },
    connect: (listener) => {
      hear = listener;
      return Promise.resolve();
    },
    submit: ({ clientId }) => calls.push(`submit ${clientId}`),
    cancel: ({ clientId }) => calls.push(`cancel ${clientId}`),
    modify: ({ clientId }) => calls.push(`modify ${clientId}`),
    snapshot: ({ number, orders: asked }) => calls.push(`ask ${number} of ${asked.length}`),
    close: () => {
      calls.push("close");
      return Promise.resolve();
    },
    ...rest,
  };
  const answer = (number: number, time: number, told: Partial<VenueSnapshot> = {}): void => {
    const nothing = { positions: [], openOrders: [], trades: [], flows: [], orders: [] };
    hear({ kind: "snapshot", number, time, ...nothing, ...told });
  };
  return {
    broker,
    calls,
    answer,
    tell: (report: VenueReport): void => {
      hear(report);
    },
  };
}

async function two(): Promise<{
  readonly first: ReturnType<typeof spoken>;
  readonly second: ReturnType<typeof spoken>;
  readonly joined: Broker;
  readonly heard: VenueReport[];
}> {
  const [first, second] = [spoken(), spoken()];
  const joined = joinedBroker([
    { name: "first", broker: first.broker, symbols: ["AAA"] },
    { name: "second", broker: second.broker, symbols: ["BBB"] },
  ]);
  const heard: VenueReport[] = [];
  await joined.connect((report) => heard.push(report), []);
  return { first, second, joined, heard };
}

describe("how everything stands", () => {
  const orders = [orderOf("BBB", "1"), orderOf("AAA", "1")];

  it("is told once all have said it, as of the earliest time", async () => {
    const { first, second, joined, heard } = await two();
    joined.snapshot({ number: 7, orders, tradesFrom: 0 });
    expect([first.calls, second.calls]).toEqual([["ask 7 of 1"], ["ask 7 of 1"]]);
    first.answer(6, 900);
    first.answer(7, 1_000, { positions: [{ symbol: "AAA", quantity: 3 }] });
    first.answer(7, 1_001, { positions: [{ symbol: "AAA", quantity: 4 }] });
    expect(heard).toEqual([]);
    second.answer(7, 1_500, { positions: [{ symbol: "BBB", quantity: -2 }] });
    second.answer(7, 1_600);
    expect(heard).toMatchObject([
      {
        ...{ kind: "snapshot", number: 7, time: 1_001 },
        positions: [
          { symbol: "AAA", quantity: 4 },
          { symbol: "BBB", quantity: -2 },
        ],
      },
    ]);
  });

  it("is asked again of who has told more since", async () => {
    const { first, second, joined, heard } = await two();
    joined.snapshot({ number: 1, orders, tradesFrom: 0 });
    first.answer(1, 1_000, { orders: [{ ...orderOf("AAA", "1"), status: "absent" }] });
    first.tell({ kind: "accepted", ...orderOf("AAA", "1") });
    second.answer(1, 1_100);
    expect(heard.map(({ kind }) => kind)).toEqual(["accepted"]);
    expect(first.calls).toEqual(["ask 1 of 1", "ask 1 of 1"]);
    expect(second.calls).toEqual(["ask 1 of 1"]);
    first.answer(1, 1_200, { orders: [{ ...orderOf("AAA", "1"), status: "working" }] });
    expect(heard.slice(1)).toMatchObject([{ time: 1_100, orders: [{ status: "working" }] }]);
  });

  it("of an older question is not told", async () => {
    const { first, second, joined, heard } = await two();
    joined.snapshot({ number: 1, orders, tradesFrom: 0 });
    first.answer(1, 1_000);
    joined.snapshot({ number: 2, orders, tradesFrom: 0 });
    second.answer(1, 1_000);
    second.answer(2, 1_100);
    expect(heard).toEqual([]);
    first.answer(2, 1_200);
    expect(heard).toMatchObject([{ number: 2 }]);
  });
});

it("a request that fails at a venue has failed, now or later, and the other venue is asked all the same", async () => {
  const asked: string[] = [];
  const venue = (name: string, fail: () => unknown): Parameters<typeof joinedBroker>[0][number] => ({
    ...{ name, symbols: [name] },
    broker: {
      ...{ name, capabilities: { orders: few, protects: true, separates: true, replaces: true } },
      ...{ connect: () => Promise.resolve(), close: () => Promise.resolve() },
      ...{ submit: fail, cancel: fail, modify: fail },
      snapshot: () => {
        asked.push(name);
        return fail();
      },
    },
  });
  const broker = joinedBroker([
    venue("AAA", () => Promise.reject(new Error("later"))),
    venue("BBB", () => {
      throw new Error("now");
    }),
  ]);
  const order = orderOf("AAA", "1");
  await expect(broker.submit(order as never)).rejects.toThrow("later");
  await expect(broker.cancel(order)).rejects.toThrow("later");
  await expect(broker.modify(order, order as never)).rejects.toThrow("later");
  expect(() => broker.submit(orderOf("BBB", "1") as never)).toThrow("now");
  await expect(broker.snapshot({ number: 1, orders: [], tradesFrom: 0 })).rejects.toThrow(
    "AAA: later; BBB: now",
  );
  expect(asked).toEqual(["AAA", "BBB"]);
});

it("two venues that count their trades alike are not taken for one", async () => {
  const { first, second, heard } = await two();
  for (const [venue, symbol] of [[first, "AAA"] as const, [second, "BBB"] as const]) {
    const { clientId } = orderOf(symbol, "1");
    const terms = { side: "buy", price: 1, quantity: 1, commission: 0, time: 0 } as const;
    venue.tell({ kind: "trade", trade: { tradeId: "1", clientId, strategy: "trial", symbol, ...terms } });
  }
  const ids = heard.map((each) => (each.kind === "trade" ? each.trade.tradeId : each.kind));
  expect(ids).toEqual(["first/1", "second/1"]);
});

it("all are closed, also where one fails, and where one cannot be reached", async () => {
  const [broken, whole] = [spoken({ close: () => Promise.reject(new Error("no end")) }), spoken()];
  const venues = [
    { name: "broken", broker: broken.broker, symbols: ["AAA"] },
    { name: "whole", broker: whole.broker, symbols: ["BBB"] },
  ];
  await expect(joinedBroker(venues).close()).rejects.toThrow("broken: no end");
  expect(whole.calls).toEqual(["close"]);
  const far = spoken({ connect: () => Promise.reject(new Error("no way")) });
  const near = spoken();
  const joined = joinedBroker([
    { name: "far", broker: far.broker, symbols: ["AAA"] },
    { name: "near", broker: near.broker, symbols: ["BBB"] },
  ]);
  await expect(joined.connect(() => undefined, [])).rejects.toThrow("far: no way");
  expect([far.calls, near.calls]).toEqual([["close"], ["close"]]);
});

it("who trades nothing is asked for nothing", async () => {
  const { joined } = await two();
  expect(() => {
    joined.cancel(orderOf("CCC", "1"));
  }).toThrow("no venue trades CCC");
});

it.each([
  [
    "two are called a",
    [
      ["a", "AAA", false],
      ["a", "BBB", false],
    ],
  ],
  [
    "AAA is traded at a and at b",
    [
      ["a", "AAA", false],
      ["b", "AAA", false],
    ],
  ],
  [
    "a keeps positions of strategies apart, and b does not",
    [
      ["a", "AAA", true],
      ["b", "BBB", false],
    ],
  ],
] as const)("refuses venues of which %s", (text, given) => {
  const venues = given.map(([name, symbol, separates]) => ({
    ...{ name, symbols: [symbol] },
    broker: spoken({ separates }).broker,
  }));
  expect(() => joinedBroker(venues)).toThrow(
    expect.objectContaining({ code: "BF5195", message: expect.stringContaining(text) as string }),
  );
});

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const settings = { ...defaultSettings, tick: 0.01, lot: 0.1, money_decimals: 2, initial_capital: 5_000 };

/** Strategies, each on a symbol at a venue of its own, on one account or on one each; bars come at once. */
function traded(wanted: readonly { readonly plan: (typeof plans)[number]; readonly symbol: string }[]) {
  let now = start;
  const timer = {
    now: () => now,
    after: (_: number, act: () => void): void => {
      act();
    },
  };
  const options = wanted.map(({ plan, symbol }) => ({
    ...{ strategy: plan.name, symbol, plan, intervalMs: minute, settings },
  }));
  const seats = options.map(seatOf);
  // One puts orders in the place of others, and the others do not.
  const venues = options.map((each) =>
    simulatedBroker({
      ...{ timer, markets: [], netMarkets: [netMarketOf([each])], name: `venue of ${each.symbol}` },
      lacks: { replaces: each.symbol === "AAA" },
    }),
  );
  const [only] = venues;
  const broker =
    venues.length === 1
      ? only.broker
      : joinedBroker(
          venues.map((each, i) => ({
            name: each.broker.name,
            broker: each.broker,
            symbols: [wanted[i].symbol],
          })),
        );
  const desk = new Desk({
    ...broker.capabilities,
    ...{ members: seats.map(({ member }) => member), gates: new Gatekeeper([]) },
  });
  const told: DeskCommand[] = [];
  const beats: (() => void)[] = [];
  const live = new LiveTrading({
    ...{ desk, broker, journal: Journal.open(memoryStore(), { create: "joined" }) },
    clock: {
      now: () => now,
      every: (_, act) => {
        beats.push(act);
        return () => undefined;
      },
    },
    onCommand: (command) => told.push(command),
  });
  let [bars, last] = [0, 100];
  const bar = (close: number): void => {
    const prices = { open: last, close, high: Math.max(last, close) + 0.1, low: Math.min(last, close) - 0.1 };
    const own = { time: start + bars * minute, ...prices, volume: 100, session_bar: bars++ };
    last = close;
    now = start + bars * minute;
    const all = wanted.map(({ symbol }) => ({ symbol, intervalMs: minute, bar: own }));
    for (const each of venues) each.bars(all);
    // While one of them is in doubt nobody opens anything: all of that is over before the next decision.
    for (let i = 0; i < 4; i++) pass(10_000);
    live.bars({ closedAt: start + bars * minute, bars: all });
  };
  const pass = (ms: number): void => {
    now += ms;
    for (const beat of beats) beat();
  };
  const ledgers = (): readonly unknown[] =>
    seats.map(({ member: { symbol, session } }) => [symbol, session.held, session.snapshot().ledger]);
  const notices = (what: string): readonly string[] =>
    told.flatMap((each) => (each.kind === "notice" && each.notice.what === what ? [each.notice.text] : []));
  return { desk, live, venues, told, bar, pass, ledgers, notices };
}

it("an account at two venues trades as one at each", async () => {
  const closes = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 5, maxLength: 60 });
  const plan = fc.constantFrom(...plans);
  await fc.assert(
    fc.asyncProperty(closes, plan, plan, async (moves, one, other) => {
      const named = (each: typeof one, name: string): typeof one => ({ ...each, name });
      const wanted = [
        { plan: named(one, "one"), symbol: "AAA" },
        { plan: named(other, "other"), symbol: "BBB" },
      ];
      const worlds = [traded(wanted), ...wanted.map((each) => traded([each]))];
      for (const { live } of worlds) await live.start();
      let close = 100;
      for (const move of moves) {
        close = Math.round(Math.max(20, close + move / 10) * 100) / 100;
        for (const each of worlds) each.bar(close);
      }
      const [together, ...apart] = worlds;
      expect(together.ledgers()).toEqual(apart.flatMap((each) => each.ledgers()));
      expect(worlds.map(({ desk }) => desk.isSettled)).toEqual([true, true, true]);
      for (const { live } of worlds) await live.stop();
    }),
    { numRuns: 40 },
  );
});

describe("while one of two venues is cut off", () => {
  it("its orders are not taken for gone, nothing is opened anywhere, and what is held at the other is left as it should be", async () => {
    const body = "enter long when close > open { size 10 stop at close - 2 }";
    const world = traded([
      { plan: minutePlan("one", body), symbol: "AAA" },
      { plan: minutePlan("other", body), symbol: "BBB" },
    ]);
    await world.live.start();
    for (const close of [101, 101.5]) world.bar(close);
    const held = (): readonly number[] =>
      world.desk.members.map(({ session }) => session.held.long - session.held.short);
    expect(held()).toEqual([100, 100]);
    const before = world.desk.openOrders.map(({ clientId }) => clientId);

    world.venues[1].cut("the line is dead");
    expect(world.notices("disconnected")).toEqual(["venue of BBB: the line is dead"]);
    for (let i = 0; i < 30; i++) world.pass(10_000);
    expect(world.desk.isSettled).toBe(false);
    expect(world.notices("given_up")).toEqual([]);
    expect(world.notices("resent")).toEqual([]);
    expect(world.desk.openOrders.map(({ clientId }) => clientId)).toEqual(before);

    // The stop of the one is met, and neither enters again.
    for (const close of [97, 98, 99]) world.bar(close);
    expect(held()).toEqual([0, 100]);
    expect(world.notices("refused").every((text) => text.startsWith("unsettled"))).toBe(true);
    expect(world.notices("refused")).not.toEqual([]);

    world.venues[1].mend();
    world.pass(10_000);
    expect(world.desk.isSettled).toBe(true);
    expect(held()).toEqual([0, 0]);
    expect(world.notices("difference")).toEqual([]);
    world.bar(99.5);
    world.bar(100);
    expect(held()).toEqual([100, 100]);
    await world.live.stop();
  });
});

it("a program starts where the venue of its symbol has the orders that it may send", async () => {
  const plan = plans[4];
  const make = (orders: readonly OrderTypeName[]) => {
    const venues = [
      { name: "first", broker: spoken({ orders }).broker, symbols: ["AAA"] },
      { name: "second", broker: spoken({ orders: ["market"] }).broker, symbols: ["BBB"] },
    ];
    const broker = joinedBroker(venues);
    const seat = seatOf({ strategy: plan.name, symbol: "AAA", plan, intervalMs: minute, settings });
    const desk = new Desk({ ...broker.capabilities, members: [seat.member], gates: new Gatekeeper([]) });
    const clock = { now: () => start, every: () => () => undefined };
    return new LiveTrading({
      ...{ desk, broker, clock },
      journal: Journal.open(memoryStore(), { create: "orders" }),
    });
  };
  await expect(make(few).start()).resolves.toBeUndefined();
  await expect(make(["market"]).start()).rejects.toMatchObject({
    code: "BF5193",
    message: "Straddle on AAA may send stop orders, and first has none",
  });
});
