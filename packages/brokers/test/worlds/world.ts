import {
  brokerFaults,
  Desk,
  deskRecords,
  Gatekeeper,
  isApproved,
  randomOf,
  readJournal,
  replay,
  seatOf,
  textOf,
  type Broker,
  type ClosedBars,
  type DeskCommand,
  type VenueOrder,
  type VenueReport,
} from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { utcNow } from "../../src/clock.js";
import { startVenueServer, type CcxtVenueName, type VenueServer } from "../../src/index.js";
import type { MarketSpecification } from "../../src/venue-server/exchange/market.js";
import { plainSettings } from "../../../../test/support/plain-settings.js";
import { Life } from "./life.js";
import { memoryStore } from "./memory-store.js";
import { plansOfCoins, plansOfContracts, unprotected } from "./programs.js";

/*
 * A world drawn from one seed: a venue behind its own wire protocol on this machine, prices, strategies, and all that goes wrong between
 * the two, with processes that end without a word and others that go on from their journal. What is drawn is the same from the same
 * seed; how threads and sockets of the machine fall in with it is not. At the end all is mended, and both sides must be the same.
 */

/** A mistake that one could make in an adapter; each must be found. */
export type Mistake = "sends again under a new id" | "forgets a trade" | "sends twice";

export interface Outcome {
  readonly seed: number;
  readonly venue: CcxtVenueName;
  /** What must not be; empty where all is well. */
  readonly problems: readonly string[];
  readonly counts: Readonly<Record<"lives" | "trades" | "orders" | "unknown" | "resent" | "mishaps", number>>;
}

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const symbol = "AAAUSDT";
const venues: readonly CcxtVenueName[] = ["binance spot", "binance futures", "bybit spot", "bybit linear"];

/** How long both sides may take to agree once all is mended, in milliseconds: far longer than they need on a quiet machine. */
const deadlineMs = 180_000;

/** Two sides that a mistake keeps apart are given no longer, in milliseconds. */
const foundOutMs = 8_000;

/** For so long nothing may change then: longer than anything was late, in milliseconds. */
const quietMs = 1_200;

const patience = {
  ...{ answerMs: 600, askAgainMs: 400, graceMs: 3_500, reconcileMs: 600 },
  ...{ maxSignalAgeMs: 5_000, attempts: 8 },
};

const settings = {
  ...plainSettings,
  ...{ tick: 0.01, lot: 0.1, money_decimals: 8, initial_capital: 100_000 },
};

const marketsOf = (kind: MarketSpecification["kind"]): readonly MarketSpecification[] => {
  const rates = { makerRate: "0.0002", takerRate: "0.0005" };
  const coin = { base: "AAA", quote: "USDT", tick: "0.01", lot: "0.1", minimumQuantity: "0.1" };
  const feeCoin = { base: "BNB", quote: "USDT", tick: "0.01", lot: "0.001", minimumQuantity: "0.001" };
  return [
    { id: symbol, kind, ...coin, ...rates, minimumNotional: "1", price: "100" },
    { id: "BNBUSDT", kind: "spot", ...feeCoin, ...rates, minimumNotional: "1", price: "500" },
  ];
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class World {
  readonly venue: CcxtVenueName;
  private readonly random: () => number;
  private readonly kind: MarketSpecification["kind"];
  private readonly seats: readonly Parameters<typeof seatOf>[0][];
  private readonly problems: string[] = [];
  private readonly counts = { lives: 0, trades: 0, orders: 0, unknown: 0, resent: 0, mishaps: 0 };
  private readonly store = memoryStore();
  private readonly bars: ClosedBars[] = [];
  /** By what a strategy calls an order, under which ids it was sent; and all orders by their ids. */
  private readonly ids = new Map<string, Set<string>>();
  private readonly sent = new Map<string, VenueOrder>();
  private readonly excused = new Set<string>();
  readonly lives: Life[] = [];
  private server!: VenueServer;
  private life: Life | null = null;
  private isRising = false;
  private isMended = false;
  private age = 0;

  constructor(
    readonly seed: number,
    private readonly mistake: Mistake | null = null,
  ) {
    this.random = randomOf(seed);
    const { random } = this;
    this.venue = venues[Math.floor(random() * venues.length)];
    this.kind = this.venue.endsWith("spot") ? "spot" : "linear";
    const plans = this.kind === "spot" ? plansOfCoins : plansOfContracts;
    const chosen = plans.filter(() => random() < 0.4);
    this.seats = (chosen.length === 0 ? [plans[0]] : chosen).map((plan) => ({
      ...{ strategy: plan.name, symbol, plan, intervalMs: minute, settings },
    }));
  }

  async run(): Promise<Outcome> {
    const { seed, venue } = this;
    this.server = await startVenueServer({
      ...{ exchange: venue.startsWith("binance") ? "binance" : "bybit", seed, feeAsset: "BNB" },
      ...{ markets: marketsOf(this.kind), balances: { USDT: "1000000", AAA: "0", BNB: "1000" } },
    });
    try {
      await this.happen();
      await this.agree();
      await this.judge();
    } finally {
      await Promise.all(this.lives.map((each) => each.end()));
      await this.server.close();
    }
    return { seed, venue, problems: this.problems, counts: this.counts };
  }

  /** The market goes on, and what is drawn goes wrong on the way. */
  private async happen(): Promise<void> {
    const { random, server } = this;
    const market = server.market(this.kind, symbol);
    const count = 6 + Math.floor(random() * 8);
    const stepMs = 25 + Math.floor(random() * 30);
    const steps = count * 5;
    const acts = this.drawnActs(steps);
    this.spoil();
    await this.rise();
    let last = 100;
    for (let i = 0; i < count; i++) {
      const prices = this.drawnPrices(last);
      for (const [k, price] of prices.entries()) {
        for (const act of acts.get(i * 5 + k) ?? []) act();
        const isThin = random() < 0.15;
        market.print(price.toFixed(2), isThin ? (1 + Math.floor(random() * 40)) / 10 : undefined);
        await pause(stepMs);
      }
      const [open, close] = [prices[0], prices[prices.length - 1]];
      last = close;
      const bar = {
        ...{ time: start + i * minute, open, high: Math.max(...prices), low: Math.min(...prices), close },
        ...{ volume: 100, session_bar: i },
      };
      const closed = { closedAt: utcNow(), bars: [{ symbol, intervalMs: minute, bar }] };
      this.bars.push(closed);
      this.life?.bars(closed);
    }
  }

  /** Open, somewhere, one end, the other end, close. */
  private drawnPrices(last: number): readonly number[] {
    const { random } = this;
    const cents = (price: number): number => Math.round(price * 100) / 100;
    const leap = random() < 0.1 ? (random() - 0.5) * 4 : 0;
    const open = cents(last + leap + (100 - last) * 0.05);
    const close = cents(open + (random() - 0.5) * 4);
    const high = cents(Math.max(open, close) + random() * 1.5);
    const low = cents(Math.min(open, close) - random() * 1.5);
    return random() < 0.5
      ? [open, cents((open + high) / 2), high, low, close]
      : [open, cents((open + low) / 2), low, high, close];
  }

  /** What goes wrong by chance, from the first message on; one world in eight is quiet. */
  private spoil(): void {
    const { random } = this;
    if (random() < 0.12) return;
    const share = (most: number): number => (random() < 0.5 ? random() * most : 0);
    // A venue that forgets an id once its order has gone buys twice what comes twice: nobody can do anything about that.
    const doubled = this.venue.startsWith("binance") ? 0 : share(0.15);
    this.server.mishaps({
      ...{ lateRequests: share(0.3), lostRequests: share(0.1), lostAnswers: share(0.1) },
      ...{ refused: share(0.08), doneAndFailed: share(0.15), limited: share(0.1), notFound: share(0.08) },
      ...{ doubledRequests: doubled, filledBefore: share(0.3) },
      ...{ lateMessages: share(0.3), lostMessages: share(0.2), doubledMessages: share(0.2) },
      ...{ swappedMessages: share(0.2), cuts: share(0.03), parts: share(0.5) },
      mostMs: 20 + random() * 600,
    });
  }

  /** What goes wrong at a time, by the steps of the market. */
  private drawnActs(steps: number): ReadonlyMap<number, readonly (() => void)[]> {
    const { random, server } = this;
    const market = server.market(this.kind, symbol);
    const acts = new Map<number, (() => void)[]>();
    const at = (step: number, act: () => void): void => {
      acts.set(step, [...(acts.get(step) ?? []), act]);
    };
    const possible: readonly ((step: number, lasts: number) => void)[] = [
      (step) => {
        at(step, () => void this.crash());
      },
      (step, lasts) => {
        at(step, server.cut);
        at(step + lasts, server.mend);
      },
      (step, lasts) => {
        at(step, () => {
          server.freeze(true);
        });
        at(step + lasts, () => {
          server.freeze(false);
        });
      },
      (step) => {
        at(step, server.breakStreams);
      },
      (step) => {
        const ms = Math.round((random() - 0.5) * 8_000);
        at(step, () => {
          server.skew(ms);
        });
      },
      (step, lasts) => {
        const depth = Math.floor(random() * 60) / 10;
        at(step, () => {
          market.depth(depth);
        });
        at(step + lasts, () => {
          market.depth(null);
        });
      },
      (step) => {
        const rate = (random() - 0.5) / 500;
        at(step, () => {
          market.fund(rate.toFixed(6));
        });
      },
      (step) => {
        const ms = random() * 900;
        at(step, () => {
          server.script({ on: "place", mishap: { kind: "late_answer", ms } });
        });
      },
      (step) => {
        at(step, () => {
          server.script({ on: "place", mishap: { kind: "no_answer" } });
        });
      },
      (step) => {
        at(step, () => {
          server.script({ on: "place", mishap: { kind: "done_and_failed", status: 502 }, times: 2 });
        });
      },
      (step) => {
        at(step, () => {
          server.script({ on: "find_order", mishap: { kind: "not_found" } });
        });
      },
    ];
    for (let i = Math.floor(random() * 6); i > 0; i--) {
      const draw = possible[Math.floor(random() * random() * possible.length)];
      draw(Math.floor(random() * steps), 2 + Math.floor(random() * 20));
      this.counts.mishaps++;
    }
    return acts;
  }

  private newDesk({ capabilities }: Pick<Broker, "capabilities">): Desk {
    const members = this.seats.map((each) => seatOf(each).member);
    const gates = new Gatekeeper([
      { gate: "max_position", most: 60 },
      { gate: "stale_signal", most: "2s" },
    ]);
    return new Desk({ ...capabilities, members, gates, patience });
  }

  /** A process begins, again and again until one lives; it is told the bars that it has missed. */
  private async rise(): Promise<void> {
    if (this.isRising || this.life !== null) return;
    this.isRising = true;
    const { url, apiKey, secret } = this.server;
    const age = ++this.age;
    const isWanted = (): boolean => age === this.age;
    while (isWanted()) {
      const life = await Life.begin(
        {
          ...{ venue: this.venue, url, apiKey, secret, store: this.store },
          newDesk: (broker) => this.newDesk(broker),
          onOrder: (order) => {
            this.watch(order);
          },
          onCommand: (command) => {
            this.note(command);
          },
          spoilt: (broker) => spoilt(broker, this.mistake),
        },
        isWanted,
      );
      if (life === null) {
        await pause(20);
        continue;
      }
      this.counts.lives++;
      this.life = life;
      this.lives.push(life);
      for (const closed of this.bars) life.bars(closed);
      break;
    }
    this.isRising = false;
  }

  /** The process ends without a word, and of its disk what was not synced. */
  private async crash(): Promise<void> {
    if (this.isMended) return;
    const downMs = this.random() * 500;
    this.age++;
    const ended = this.life;
    this.life = null;
    await ended?.end();
    while (this.isRising) await pause(5);
    this.store.crash(this.random);
    await pause(downMs);
    await this.rise();
  }

  /** All is mended; both sides have until a deadline. */
  private async agree(): Promise<void> {
    const { server } = this;
    this.isMended = true;
    server.mishaps({});
    server.mend();
    server.freeze(false);
    server.market(this.kind, symbol).depth(null);
    const until = utcNow() + (this.mistake === null ? deadlineMs : foundOutMs);
    let quietSince = Infinity;
    while (utcNow() < until && !(utcNow() - quietSince >= quietMs)) {
      if (this.life === null && !this.isRising) void this.rise();
      await pause(50);
      if (!this.isQuiet()) quietSince = Infinity;
      else quietSince = Math.min(quietSince, utcNow());
    }
  }

  private isQuiet(): boolean {
    const { life } = this;
    return life?.isIdle === true && this.differences(life).length === 0;
  }

  private watch(order: VenueOrder): void {
    const { strategy, symbol: of, clientId, order: what } = order;
    this.counts.orders++;
    if (!isApproved(order) && this.mistake === null) this.problems.push(`order ${what.id} was sent unvetted`);
    const key = `${strategy} ${of} ${what.id}`;
    this.ids.set(key, (this.ids.get(key) ?? new Set()).add(clientId));
    this.sent.set(clientId, order);
  }

  private note(command: DeskCommand): void {
    if (command.kind !== "notice") return;
    const { what, text, strategy = "" } = command.notice;
    if (what === "unknown" || what === "resent") this.counts[what]++;
    // A trail ends with its position: of one that was flat between two trades of an accident nobody moves a stop any more.
    if (what === "unprotected" || (what === "stray" && strategy === "Trail")) this.excused.add(strategy);
    if (what === "halted") this.problems.push(`halted: ${text}`);
  }

  /** What keeps both sides from being the same. */
  private differences({ desk }: Life): readonly string[] {
    const { server } = this;
    const market = server.market(this.kind, symbol);
    const found: string[] = [];
    if (!desk.isSettled) found.push("the desk is not settled");
    const theirs = market.orders().filter(({ status }) => status === "open" || status === "waiting");
    const ours = desk.openOrders.filter(({ state }) => state !== "attached");
    for (const { order, state, cancelAskedAt } of ours)
      if (state !== "working" || cancelAskedAt !== null)
        found.push(`order ${order.id} is ${state}${cancelAskedAt === null ? "" : " and on its way out"}`);
    const [there, here] = [theirs, ours].map((each) => each.map(({ clientId }) => clientId).sort());
    if (there.join() !== here.join())
      found.push(`orders ${this.named(here)}, and at the venue ${this.named(there)}`);
    const { instrument } = this.lives[0];
    const held = desk.members.reduce((sum, { session }) => sum + session.held.long - session.held.short, 0);
    if (held !== instrument.quantity(Number(market.held())))
      found.push(`${instrument.quantityDecimal(held)} are held, and at the venue ${market.held()}`);
    const [cash, venueCash] = [this.cashOf(desk), this.venueCash()];
    if (!cash.eq(venueCash)) found.push(`cash ${cash.toString()}, and at the venue ${venueCash.toString()}`);
    return found;
  }

  private named(clientIds: readonly string[]): string {
    return clientIds.map((each) => this.sent.get(each)?.order.id ?? each).join() || "none";
  }

  /** What the strategies have gained in cash, where all that is held was paid for. */
  private cashOf(desk: Desk): Decimal {
    return desk.members
      .reduce((sum, { session, instrument }) => {
        const { cash } = session.snapshot().ledger;
        return sum.plus(instrument.moneyDecimal(cash)).minus(settings.initial_capital);
      }, new Decimal(0))
      .toDecimalPlaces(5);
  }

  /** The same by the books of the venue. */
  private venueCash(): Decimal {
    const { server, kind } = this;
    const market = server.market(kind, symbol);
    const gained = (asset: string, had: number): Decimal =>
      new Decimal(server.balance(kind, asset)).minus(had);
    const paid = kind === "spot" ? 0 : new Decimal(market.entry()).times(market.held());
    const inCoins = kind === "spot" ? gained("BNB", 1_000).times(500) : new Decimal(0);
    return gained("USDT", 1_000_000).plus(inCoins).minus(paid).toDecimalPlaces(5);
  }

  private async judge(): Promise<void> {
    const { life, problems, server } = this;
    if (life === null) {
      problems.push("the process did not come back");
      return;
    }
    problems.push(...this.differences(life));
    const orders = server.market(this.kind, symbol).orders();
    for (const [key, ids] of this.ids)
      if (ids.size > 1) problems.push(`order ${key} was sent under ${ids.size} ids`);
    const times = new Map<string, number>();
    for (const { clientId } of orders) times.set(clientId, (times.get(clientId) ?? 0) + 1);
    for (const [clientId, count] of times) {
      if (count > 1) problems.push(`order ${this.named([clientId])} was placed ${count} times`);
      if (!this.sent.has(clientId)) problems.push(`order ${clientId} is there, and nobody has sent it`);
    }
    this.judgeFates(life, new Set(times.keys()));
    this.judgeProtection(life);
    // What was triggered and renamed in another life nobody can name any more, and nobody needs to: it was told.
    const named = new Set<string>();
    for (const { reports, instrument } of this.lives) {
      const isNew = ({ tradeId }: { readonly tradeId: string }): boolean => !named.has(tradeId);
      const fresh: VenueReport[] = [];
      for (const each of reports)
        if (each.kind === "snapshot") fresh.push({ ...each, trades: each.trades.filter(isNew) });
        else if (each.kind !== "trade" || isNew(each.trade)) fresh.push(each);
      problems.push(...brokerFaults(fresh, [...this.sent.values()], instrument, false));
      const told = reports.flatMap((each) => (each.kind === "trade" ? [each.trade.tradeId] : []));
      this.counts.trades += told.length;
      for (const each of told) named.add(each);
    }
    await this.judgeReplay(life);
  }

  /** Of every order that was asked for the journal knows the end, or the venue has it. */
  private judgeFates({ desk }: Life, there: ReadonlySet<string>): void {
    const fates = new Map(desk.snapshot().book.orders.map((each) => [each.clientId, each.state]));
    for (const record of deskRecords(readJournal(this.store)))
      for (const command of "out" in record ? record.out : []) {
        if (command.kind !== "submit" && command.kind !== "modify") continue;
        const { clientId, order } = command.order;
        const fate = fates.get(clientId);
        const isOver = fate === "rejected" || fate === "absent";
        if (!there.has(clientId) && !isOver)
          this.problems.push(`order ${order.id} is lost: it is ${String(fate)} here, and not at the venue`);
      }
  }

  /** All that is held has a stop, but where the program wants none, or what is held is on its way out. */
  private judgeProtection({ desk }: Life): void {
    for (const [i, { strategy, session }] of desk.members.entries()) {
      const { trails } = session.snapshot();
      const isBegun = trails.every(({ order, covers, quantity }) => order !== null && covers >= quantity);
      if (unprotected.includes(strategy) || this.excused.has(strategy) || !isBegun) continue;
      const position = session.held.long - session.held.short;
      const lotsOf = (isMeant: (purpose: string, tag: string) => boolean): number =>
        desk.openOrders
          .filter(({ member, order }) => member === i && (order.side === "sell") === position > 0)
          .filter(({ order: { purpose, tag } }) => isMeant(purpose, tag))
          .reduce((sum, { left }) => sum + left, 0);
      const stopped = lotsOf((purpose, tag) => purpose === "stop" && tag !== "stray");
      const leaving = lotsOf((_, tag) => tag === "stray");
      if (position !== 0 && stopped + leaving !== Math.abs(position))
        this.problems.push(`${strategy}: stops for ${stopped} lots, and ${position} are held`);
    }
  }

  private async judgeReplay(life: Life): Promise<void> {
    await life.stop();
    const again = this.newDesk({ capabilities: { ...life.desk.venue, orders: [] } });
    const { difference } = replay(again, deskRecords(readJournal(this.store)));
    if (difference !== null) this.problems.push(`a replay decided otherwise: ${textOf(difference)}`);
    else if (textOf(again.snapshot()) !== textOf(life.desk.snapshot()))
      this.problems.push(
        `a replay ends in another state: ${firstDifference(again.snapshot(), life.desk.snapshot())}`,
      );
  }
}

/** Where two states part. */
function firstDifference(one: object, other: object): string {
  const [a, b] = [textOf(one), textOf(other)];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 80), at + 80)} and ${b.slice(Math.max(0, at - 20), at + 80)}`;
}

function spoilt(broker: Broker, mistake: Mistake | null): Broker {
  if (mistake === null) return broker;
  const sent = new Map<string, number>();
  let trades = 0;
  const forgotten = new Set<string>();
  const isForgotten = (tradeId: string): boolean => {
    if (++trades % 2 === 0) forgotten.add(tradeId);
    return forgotten.has(tradeId);
  };
  return {
    ...broker,
    submit: (order) => {
      const before = sent.get(order.clientId) ?? 0;
      sent.set(order.clientId, before + 1);
      const under = (clientId: string): typeof order => Object.assign({}, order, { clientId });
      const isNew = mistake !== "sends again under a new id" || before === 0;
      broker.submit(isNew ? order : under(`${order.clientId}x${before}`));
      if (mistake === "sends twice" && sent.size % 4 === 0) broker.submit(under(`${order.clientId}y`));
    },
    connect: (hear, instruments) =>
      broker.connect((report) => {
        if (mistake !== "forgets a trade") hear(report);
        else if (report.kind === "snapshot")
          hear({ ...report, trades: report.trades.filter(({ tradeId }) => !forgotten.has(tradeId)) });
        else if (report.kind !== "trade" || !isForgotten(report.trade.tradeId)) hear(report);
      }, instruments),
  };
}
