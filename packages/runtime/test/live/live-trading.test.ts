import { describe, expect, it } from "vitest";
import { BitFeverError } from "@bitfever/lang";
import { defaultSettings, type OrderTypeName } from "@bitfever/engine";
import {
  Desk,
  Gatekeeper,
  Journal,
  LiveTrading,
  deskRecords,
  readJournal,
  replay,
  seatOf,
  simulatedBroker,
  type Broker,
  type ClosedBars,
  type DeskCommand,
  type DeskVenue,
  type JournalStore,
  type Lacks,
  type LiveClock,
  type Seat,
} from "../../src/index.js";
import { memoryStore } from "../journal/memory-store.js";
import { plans } from "../simulation/programs.js";

/* The shell of live trading at the simulated venue, on a clock that the test moves. */

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const settings = { ...defaultSettings, tick: 0.01, lot: 0.1, money_decimals: 2, initial_capital: 5_000 };

class ManualClock implements LiveClock {
  time = start;
  private readonly beats = new Map<() => void, { readonly ms: number; due: number }>();
  private readonly timers: { readonly at: number; readonly act: () => void }[] = [];

  readonly now = (): number => this.time;
  readonly every = (ms: number, act: () => void): (() => void) => {
    this.beats.set(act, { ms, due: this.time + ms });
    return () => this.beats.delete(act);
  };
  readonly after = (ms: number, act: () => void): void => {
    this.timers.push({ at: this.time + ms, act });
  };

  pass(ms: number): void {
    const until = this.time + ms;
    while (this.time < until) {
      this.time += 50;
      for (const { act } of this.timers.splice(0)) act();
      for (const [act, beat] of [...this.beats])
        if (this.time >= beat.due) {
          beat.due = this.time + beat.ms;
          act();
        }
    }
  }
}

interface World {
  readonly clock: ManualClock;
  readonly store: JournalStore;
  readonly seat: Seat;
  readonly venueSeat: Seat;
  readonly live: LiveTrading;
  readonly desk: Desk;
  readonly told: DeskCommand[];
  readonly texts: (what: string) => string[];
  /** Moves the market, and tells the run. */
  readonly bar: (close: number) => void;
}

function worldOf(
  given: {
    readonly plan?: (typeof plans)[number];
    readonly spoil?: (broker: Broker) => Broker;
    readonly orders?: readonly OrderTypeName[];
    readonly lacks?: Lacks;
    /** What the desk takes it to lack. */
    readonly deskLacks?: Partial<Omit<DeskVenue, "strays">>;
    readonly store?: JournalStore;
  } = {},
): World {
  const { plan = plans[0], spoil = (broker: Broker) => broker, store = memoryStore() } = given;
  const clock = new ManualClock();
  const options = { strategy: plan.name, symbol: "AAA", plan, intervalMs: minute, settings };
  const [seat, venueSeat] = [seatOf(options), seatOf(options)];
  const venue = simulatedBroker({
    markets: [venueSeat.market],
    timer: clock,
    ...(given.orders && { orders: given.orders }),
    ...(given.lacks && { lacks: given.lacks }),
  });
  const told: DeskCommand[] = [];
  const desk = new Desk({
    members: [seat.member],
    gates: new Gatekeeper([]),
    separates: true,
    ...given.deskLacks,
  });
  const live = new LiveTrading({
    ...{ desk, clock, broker: spoil(venue.broker), journal: Journal.open(store, { create: "live" }) },
    onCommand: (command) => told.push(command),
  });
  let [bars, last] = [0, 100];
  const bar = (close: number): void => {
    const bar = {
      ...{ time: start + bars * minute, open: last, close, volume: 100, session_bar: bars },
      ...{ high: Math.max(last, close) + 0.1, low: Math.min(last, close) - 0.1 },
    };
    last = close;
    bars++;
    clock.pass(minute);
    venue.bars([{ symbol: "AAA", intervalMs: minute, bar }]);
    live.bars({ closedAt: start + bars * minute, bars: [{ symbol: "AAA", intervalMs: minute, bar }] });
  };
  const texts = (what: string): string[] =>
    told.flatMap((each) => (each.kind === "notice" && each.notice.what === what ? [each.notice.text] : []));
  return { clock, store, seat, venueSeat, live, desk, told, texts, bar };
}

const rising = [101, 102, 103, 104, 102, 101, 99, 98, 100, 102, 103, 101, 98, 96, 97];

function expectSame({ seat, venueSeat, desk }: World): void {
  const { position, cash } = venueSeat.market.matching.snapshot();
  const { held } = seat.member.session;
  expect(held.long - held.short).toBe(position);
  expect(seat.member.session.snapshot().ledger.cash).toBe(cash);
  expect(desk.isSettled).toBe(true);
}

describe("live trading", () => {
  it("trades, and its journal replays", async () => {
    const world = worldOf();
    await world.live.start();
    rising.forEach(world.bar);
    expect(world.told.filter(({ kind }) => kind === "submit").length).toBeGreaterThan(2);
    expectSame(world);
    await world.live.stop();
    await expect(world.live.ended).resolves.toBeUndefined();
    const { desk } = worldOf();
    expect(replay(desk, deskRecords(readJournal(world.store))).difference).toBeNull();
  });

  it("hears each bar once, also from a feed that begins anew in another life", async () => {
    const store = memoryStore();
    const first = worldOf({ store });
    await first.live.start();
    rising.slice(0, 5).forEach(first.bar);
    await first.live.stop();
    const second = worldOf({ store });
    expect(second.live.lastBar("AAA", minute)).toBe(start + 4 * minute);
    expect(second.live.lastBar("BBB", minute)).toBe(-Infinity);
    await second.live.start();
    const { bars } = second.seat.member.session.snapshot();
    rising.slice(0, 7).forEach(second.bar);
    expect(bars).toBe(5);
    expect(second.seat.member.session.snapshot().bars).toBe(7);
    await second.live.stop();
  });

  it("knows which bars it has heard after it was killed", async () => {
    const store = memoryStore();
    const first = worldOf({ store });
    await first.live.start();
    rising.slice(0, 5).forEach(first.bar);
    store.kill();
    const second = worldOf({ store });
    expect(second.live.lastBar("AAA", minute)).toBe(start + 4 * minute);
    expect(second.live.recovered.turns).toBeGreaterThan(5);
    await second.live.stop();
  });

  it("takes bars from a feed, and says when that fails", async () => {
    const world = worldOf();
    await world.live.start();
    const bar = { time: start, open: 100, high: 101, low: 99, close: 100, volume: 1, session_bar: 0 };
    async function* feed(): AsyncGenerator<ClosedBars> {
      yield { closedAt: start + minute, bars: [{ symbol: "AAA", intervalMs: minute, bar }] };
      await Promise.reject(new Error("no more data"));
    }
    await world.live.follow(feed());
    expect(world.seat.member.session.snapshot().bars).toBe(1);
    expect(world.texts("call_failed")).toEqual(["the feed has failed: no more data"]);
    await world.live.stop();
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("HTTP 502");
      },
    ],
    ["rejects", () => Promise.reject(new Error("HTTP 502"))],
  ] as const)(
    "does not know what became of an order whose call %s, and does not lose it",
    async (_, fail) => {
      let failures = 2;
      const world = worldOf({
        plan: plans[4],
        spoil: (broker) => ({
          ...broker,
          submit: (order) => (failures-- > 0 ? fail() : broker.submit(order)),
        }),
      });
      await world.live.start();
      world.bar(101);
      await Promise.resolve();
      expect(world.desk.openOrders.map(({ state }) => state)).toContain("sent");
      world.clock.pass(8_000);
      await Promise.resolve();
      expect(world.texts("call_failed")[0]).toBe("submit has failed: HTTP 502");
      expect(world.texts("unknown")).toHaveLength(2);
      world.clock.pass(30_000);
      expect(world.texts("resent").length).toBeGreaterThan(0);
      expect(world.desk.openOrders.map(({ state }) => state)).toContain("working");
      world.bar(102);
      expectSame(world);
      await world.live.stop();
    },
  );

  it.each([
    [
      { orders: ["market", "limit"] as const },
      "BF5193",
      "Straddle on AAA may send stop orders, and simulated venue has none",
    ],
    [
      { lacks: { protects: false } },
      "BF5194",
      "the desk leaves it to simulated venue to hold stops and targets with an entry, which it does not",
    ],
    [
      { lacks: { replaces: false } },
      "BF5194",
      "the desk leaves it to simulated venue to put one order in the place of another, which it does not",
    ],
    [
      { deskLacks: { separates: false } },
      "BF5194",
      "the desk takes positions at simulated venue to be those of all strategies, and they are kept apart there",
    ],
  ])(
    "is refused where the desk cannot work at the venue, before the first order: %o",
    async (given, code, text) => {
      const world = worldOf({ plan: plans[4], ...given });
      await expect(world.live.start()).rejects.toMatchObject({ code, message: text });
      expect(world.told).toEqual([]);
    },
  );

  it("is refused where two orders of a program would wait to close the same, and only one can", async () => {
    const spoil = (broker: Broker): Broker => ({
      ...broker,
      capabilities: { ...broker.capabilities, binds: true },
    });
    const world = worldOf({ plan: plans[0], spoil });
    await expect(world.live.start()).rejects.toMatchObject({
      code: "BF5177",
      message:
        "Bracket on AAA has a stop and a target, or an exit at a price, for what it holds, and at simulated venue only one order can wait to close the same",
    });
    expect(world.told).toEqual([]);
    // One that has only stops there, on either side.
    await expect(worldOf({ plan: plans[4], spoil }).live.start()).resolves.toBeUndefined();
  });

  it.each([
    { protects: false, replaces: true },
    { protects: true, replaces: false },
    { protects: false, replaces: false },
  ])("does what the venue does not: %o", async (lacks) => {
    for (const plan of plans) {
      const world = worldOf({ plan, lacks, deskLacks: lacks });
      await world.live.start();
      rising.forEach(world.bar);
      world.clock.pass(5_000);
      if (!lacks.replaces) expect(world.told.some(({ kind }) => kind === "modify")).toBe(false);
      expect(world.seat.member.session.record.closed).toBeGreaterThan(0);
      expectSame(world);
      await world.live.stop();
    }
  });

  it("leaves orders at the venue, or takes entries back where that is asked for", async () => {
    for (const cancelsEntries of [false, true]) {
      const world = worldOf({ plan: plans[4] });
      await world.live.start();
      world.bar(100);
      const working = (): number => world.venueSeat.market.matching.snapshot().working.length;
      expect(working()).toBe(2);
      const stopped = world.live.stop({ cancelsEntries });
      // A process that ends here leaves nobody paused; a bar that comes now opens nothing.
      expect(world.desk.snapshot().paused).toEqual([]);
      if (cancelsEntries) {
        world.bar(100);
        const enter = { side: "buy", purpose: "enter", type: "market", quantity: 1, price: null } as const;
        world.live.operate({ kind: "trade", order: { strategy: "Straddle", symbol: "AAA", ...enter } });
        expect(world.texts("refused")).toEqual(["stopping: entries are taken back"]);
      }
      world.clock.pass(1_000);
      await stopped;
      expect(working()).toBe(cancelsEntries ? 0 : 2);
      // The next life is free to enter again.
      expect(world.desk.snapshot().paused).toEqual([]);
    }
  });

  it("says when the venue does not confirm that entries are gone", async () => {
    const world = worldOf({ plan: plans[4], spoil: (broker) => ({ ...broker, cancel: () => undefined }) });
    await world.live.start();
    world.bar(100);
    let isStopped = false;
    const stopped = world.live.stop({ cancelsEntries: true, waitMs: 2_000 }).then(() => (isStopped = true));
    world.clock.pass(1_500);
    await new Promise(setImmediate);
    expect(isStopped).toBe(false);
    world.clock.pass(1_500);
    await stopped;
    expect(world.texts("call_failed")).toEqual(["the venue has not confirmed that all entries are gone"]);
  });

  it("does not begin where the venue cannot be reached", async () => {
    const world = worldOf({
      spoil: (broker) => ({ ...broker, connect: () => Promise.reject(new Error("ENOTFOUND")) }),
    });
    await expect(world.live.start()).rejects.toMatchObject({
      code: "BF5191",
      message: expect.stringContaining("simulated venue cannot be reached: ENOTFOUND"),
    });
    await world.live.stop();
  });

  it("does not begin with the journal of another program", async () => {
    const store = memoryStore();
    const first = worldOf({ store });
    await first.live.start();
    rising.slice(0, 6).forEach(first.bar);
    // Killed: nothing but records are there.
    store.kill();
    expect(() => worldOf({ store, plan: plans[1] })).toThrow(
      expect.objectContaining({ code: "BF5190" }) as BitFeverError,
    );
    // And it is free for who has the right one.
    const again = worldOf({ store });
    await again.live.stop();
  });

  it("hears first that it has begun, whatever the venue says while it connects", async () => {
    const world = worldOf({
      spoil: (broker) => ({
        ...broker,
        connect: (hear, instruments) => {
          hear({ kind: "connected" });
          return broker.connect(hear, instruments);
        },
      }),
    });
    await world.live.start();
    const [first] = readJournal(world.store).records();
    expect(first.body).toMatchObject({
      in: [{ kind: "started" }, { kind: "report", report: { kind: "connected" } }],
    });
    await world.live.stop();
  });

  it("stops although the broker does not close, and hears nothing after that", async () => {
    let tell: Parameters<Broker["connect"]>[0] = () => undefined;
    const world = worldOf({
      spoil: (broker) => ({
        ...broker,
        connect: (hear, instruments) => broker.connect((tell = hear), instruments),
        close: () => Promise.reject(new Error("ECONNRESET")),
      }),
    });
    await world.live.start();
    await world.live.stop();
    expect(world.texts("call_failed")).toEqual(["simulated venue did not close: ECONNRESET"]);
    const { last } = readJournal(world.store);
    tell({ kind: "connected" });
    world.clock.pass(5_000);
    expect(readJournal(world.store).last).toBe(last);
    await expect(world.live.ended).resolves.toBeUndefined();
  });

  it("sends nothing that it could not keep", async () => {
    const disk = memoryStore();
    let isFull = false;
    const store: JournalStore = {
      ...disk,
      append: (name, bytes) => {
        if (isFull) throw new BitFeverError("BF5165", "cannot write: ENOSPC");
        disk.append(name, bytes);
      },
    };
    const world = worldOf({ store });
    await world.live.start();
    world.bar(100);
    const sent = world.told.length;
    isFull = true;
    rising.forEach(world.bar);
    expect(world.told.length).toBe(sent);
    await expect(world.live.ended).rejects.toMatchObject({ code: "BF5165" });
    await expect(world.live.stop()).rejects.toMatchObject({ code: "BF5165" });
  });
});
