import type { Plan } from "@bitfever/lang";
import { defaultSettings, randomOf, type Order, type Settings } from "@bitfever/engine";
import type { ClosedBar, VenueOrder, VenueReport } from "../../src/contract.js";
import { byHand, type HandOrder } from "../../src/desk/by-hand.js";
import type { DeskCommand } from "../../src/desk/command.js";
import { Desk, type DeskSnapshot } from "../../src/desk/desk.js";
import type { SymbolBar } from "../../src/desk/input.js";
import { seatOf, universeSeatsOf, type Seat } from "../../src/desk/seat.js";
import { Gatekeeper, isApproved } from "../../src/gates/gatekeeper.js";
import type { GateRule } from "../../src/gates/gate-rule.js";
import { recover } from "../../src/live/recovery.js";
import { replay } from "../../src/live/replay.js";
import { Runner, type DeskLog, type DeskRecord } from "../../src/live/runner.js";
import { netMarketOf } from "../../src/venue/net-market.js";
import { NettingVenue } from "../../src/venue/netting.js";
import { SimulatedVenue } from "../../src/venue/simulated.js";
import { handPlan, plans, universePlans, unprotected } from "./programs.js";

/*
 * A world in which everything is drawn from one seed: prices, the way messages take, lost, doubled and late ones, outages of
 * the wire, and crashes of the process at every place where it keeps or sends something. At the end the wire is mended, and
 * what this side believes must be what the venue has.
 */

/** Mistakes that one could make in the desk or its shell; each must be found. */
export type Bug = "retries with a new id" | "sends before it keeps" | "takes a time-out for a rejection";

/** What the venue of a world can do by itself. */
export interface Abilities {
  readonly protects: boolean;
  readonly separates: boolean;
  readonly replaces: boolean;
}

export interface Outcome {
  /** What must not be; empty where all is well. */
  readonly problems: readonly string[];
  readonly abilities: Abilities;
  /** Orders that somebody gave by hand and that went out. */
  readonly byHand: number;
  /** How often something was opened that no rule had asked for, and put right. */
  readonly strays: number;
  readonly crashes: number;
  readonly trades: number;
  readonly resent: number;
  readonly unknown: number;
  readonly refused: number;
}

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const plainSettings: Settings = {
  ...defaultSettings,
  tick: 0.01,
  lot: 0.1,
  money_decimals: 2,
  initial_capital: 5_000,
};
const rules: readonly GateRule[] = [
  { gate: "stale_signal", most: "90s" },
  { gate: "max_position", most: 60 },
];

class Crash extends Error {}

/** What survives a crash: of what was not synced, any part from the first on. */
class KeptLog implements DeskLog {
  records: DeskRecord[] = [];
  snapshot: { readonly after: number; readonly state: DeskSnapshot } | null = null;
  private synced = 0;

  constructor(private readonly point: () => void) {}

  /** Bars that are kept. */
  get bars(): number {
    const inputs = this.records.flatMap((each) => ("in" in each ? each.in : []));
    return inputs.filter(({ kind }) => kind === "bars").length;
  }

  append(record: DeskRecord): void {
    this.point();
    this.records.push(record);
    this.point();
  }

  sync(): void {
    this.point();
    this.synced = this.records.length;
    this.point();
  }

  lose(random: () => number): void {
    const kept = this.synced + Math.floor(random() * (this.records.length - this.synced + 1));
    this.records = this.records.slice(0, kept);
    this.synced = kept;
  }
}

export class World {
  private readonly random: () => number;
  private now = start;
  private events: { readonly time: number; readonly number: number; readonly act: () => void }[] = [];
  private count = 0;
  private readonly seats: readonly Omit<Parameters<typeof seatOf>[0], "settings">[];
  /** What trades all symbols on one account beside them; most worlds have none. */
  private readonly universes: readonly Plan[];
  private readonly venue: SimulatedVenue | NettingVenue;
  readonly abilities: Abilities;
  private readonly settings: Settings;
  /** Of which it was said that something does not protect it. */
  private readonly excused = new Set<string>();
  private readonly venueSeats: readonly Seat[];
  private readonly bars: readonly (readonly SymbolBar[])[];
  private readonly log: KeptLog;
  private life: { readonly desk: Desk; readonly runner: Runner } | null = null;
  private isCut = false;
  private isMended = false;
  private readonly harsh: {
    readonly drop: number;
    readonly double: number;
    readonly slow: number;
    readonly crash: number;
  };
  private readonly symbols: readonly string[];
  private readonly arrived = new Map<string, Order>();
  private readonly ids = new Map<string, Set<string>>();
  private readonly problems: string[] = [];
  private readonly tally = {
    ...{ crashes: 0, trades: 0, resent: 0, unknown: 0, refused: 0, strays: 0, byHand: 0 },
  };
  /** Of what somebody does by hand: drawn beside all else, so that worlds without it stay what they were. */
  private readonly hand: (() => number) | null;
  /** In half the worlds so short that much is forgotten before it ends. */
  private readonly keptMs: number;

  constructor(
    seed: number,
    private readonly bug: Bug | null = null,
    /** Whether the whole journal is told again at the end, which takes as long as the rest. */
    private readonly replays = seed % 4 === 0,
    /** Left out, they are drawn. */
    abilities?: Abilities,
  ) {
    this.random = randomOf(seed);
    const { random } = this;
    const calm = random() < 0.2;
    this.harsh = {
      drop: calm ? 0 : random() * 0.2,
      double: random() * 0.2,
      slow: calm ? 0.02 : random() * 0.4,
      crash: calm ? 0.0005 : random() * random() * 0.01,
    };
    // Half the worlds have a venue that can do all.
    const able = (): boolean => random() < 0.5;
    const drawn = { protects: able(), separates: able(), replaces: able() };
    const all = { protects: true, separates: true, replaces: true };
    this.abilities = abilities ?? (able() ? all : drawn);
    // Of volume there is seldom so little that orders fill in parts.
    this.settings = {
      ...plainSettings,
      // What strategies are given of a trade is rounded for each: with lots of one, prices in cents come out even.
      lot: this.abilities.separates ? plainSettings.lot : 1,
      volume_limit: random() < 0.3 ? 0.02 + random() * 0.1 : null,
    };
    const symbols = random() < 0.7 ? ["AAA"] : ["AAA", "BBB"];
    this.symbols = symbols;
    const chosen = plans.filter(() => random() < 0.35);
    this.hand = seed % 3 === 1 ? randomOf(seed + 0.5) : null;
    this.keptMs = seed % 2 === 0 ? 4 * minute : 86_400_000;
    const traded = [
      ...(chosen.length === 0 ? [plans[0]] : chosen),
      ...(this.hand === null ? [] : [handPlan]),
    ];
    this.seats = traded.flatMap((plan) =>
      symbols.map((symbol) => ({ strategy: plan.name, symbol, plan, intervalMs: minute })),
    );
    // At a venue that nets, what a universe has in a symbol is no cash of its own.
    const mayShare = this.abilities.separates && symbols.length > 1;
    this.universes = mayShare ? universePlans.filter((_, i) => seed % (i + 2) === 0) : [];
    this.bars = this.drawBars(symbols, 6 + Math.floor(random() * 14));
    this.venueSeats = this.newSeats();
    const tell = (report: VenueReport): void => {
      this.carry(() => {
        this.hear(report);
      });
    };
    const netMarkets = symbols.map((symbol) =>
      netMarketOf(
        this.seats
          .filter((each) => each.symbol === symbol)
          .map((each) => ({ ...each, settings: this.settings })),
      ),
    );
    this.venue = this.abilities.separates
      ? new SimulatedVenue(
          this.venueSeats.map(({ market }) => market),
          tell,
          this.abilities,
        )
      : new NettingVenue(netMarkets, tell, this.abilities);
    this.log = new KeptLog(() => {
      this.point();
    });
  }

  run(): Outcome {
    for (const [i, batch] of this.bars.entries()) {
      const closedAt = start + (i + 1) * minute;
      this.at(closedAt, () => {
        this.venue.bars(batch);
      });
      this.at(closedAt + this.random() * 3_000, () => {
        this.tellBars();
      });
    }
    const end = start + (this.bars.length + 1) * minute;
    this.planOutages(end);
    for (let time = start; time < end + 5 * minute; time += 10_000)
      this.at(time, () => {
        this.living((runner) => {
          runner.hear({ kind: "clock", at: this.now });
        });
        if (this.life !== null && this.random() < 0.03) this.keepSnapshot();
      });
    const { hand } = this;
    for (let i = 0; hand !== null && i < 4; i++)
      this.at(start + minute + hand() * (end - start), () => {
        this.tradeByHand(hand);
      });
    this.at(end, () => {
      this.mend();
    });
    this.begin();
    this.play();
    this.judge();
    return { problems: this.problems, abilities: this.abilities, ...this.tally };
  }

  /** Prices that wander and leap, so that stops, targets and trails are met. */
  private drawBars(symbols: readonly string[], count: number): readonly (readonly SymbolBar[])[] {
    const cents = (price: number): number => Math.round(price * 100) / 100;
    const last = new Map(symbols.map((symbol) => [symbol, 100]));
    return Array.from({ length: count }, (_, i) =>
      symbols.map((symbol) => {
        const open = cents((last.get(symbol) ?? 100) + (this.random() < 0.1 ? (this.random() - 0.5) * 4 : 0));
        const close = cents(open + (this.random() - 0.5) * 4);
        const high = cents(Math.max(open, close) + this.random() * 1.5);
        const low = cents(Math.min(open, close) - this.random() * 1.5);
        last.set(symbol, close);
        const bar: ClosedBar = {
          ...{ open, high, low, close },
          time: start + i * minute,
          volume: 100,
          session_bar: i,
        };
        return { symbol, intervalMs: minute, bar };
      }),
    );
  }

  private newSeats(): readonly Seat[] {
    const { settings } = this;
    const seats = this.seats.map((each) => seatOf({ ...each, settings }));
    const members = this.symbols.map((symbol) => ({ symbol, intervalMs: minute }));
    const universes = this.universes.flatMap((plan) =>
      universeSeatsOf({ strategy: plan.name, plan, settings, members }),
    );
    return [...seats, ...universes];
  }

  private newDesk(): Desk {
    const members = this.newSeats().map(({ member }) => member);
    return new Desk({
      members,
      gates: new Gatekeeper(rules),
      ...this.abilities,
      patience: { graceMs: 100_000, keptMs: this.keptMs },
    });
  }

  /** A process begins: it goes on from what was kept, and asks the venue for the rest. */
  private begin(): void {
    if (
      !this.tries(() => {
        this.rise();
      })
    )
      return;
    this.living((runner) => {
      runner.hear({ kind: "started", at: this.now });
    });
    this.tellBars();
  }

  private rise(): void {
    const desk = this.newDesk();
    const { snapshot, records } = this.log;
    const from = snapshot !== null && snapshot.after <= records.length ? snapshot : null;
    if (from !== null) desk.restore(structuredClone(from.state));
    const { difference } = recover(desk, records.slice(from?.after ?? 0), this.log);
    if (difference !== null) this.problems.push(`a restart decided otherwise: ${JSON.stringify(difference)}`);
    const runner =
      this.bug === "sends before it keeps"
        ? new HastyRunner(
            desk,
            (command) => {
              this.send(command);
            },
            this.log,
          )
        : new Runner(
            desk,
            (command) => {
              this.send(command);
            },
            this.log,
          );
    this.life = { desk, runner };
  }

  /** Somebody buys or sells, closes a part of what a strategy holds, or takes an entry back. */
  private tradeByHand(random: () => number): void {
    const { desk } = this.life ?? {};
    if (desk === undefined) return;
    const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)];
    const at = this.now;
    const entries = desk.openOrders.filter(
      ({ order, state }) => order.purpose === "enter" && state === "working",
    );
    const holders = desk.members.filter(
      ({ session, universe }) => session.position !== 0 && universe === null,
    );
    const what = random();
    if (what < 0.2 && entries.length > 0) {
      const { clientId } = pick(entries);
      this.living((runner) => {
        runner.hear({ kind: "operator", at, order: { kind: "cancel", clientId } });
      });
      return;
    }
    const isClosing = what < 0.5 && holders.length > 0;
    const { strategy, symbol, session } = isClosing
      ? pick(holders)
      : { ...byHandIn(desk, pick(this.symbols)) };
    const held = session.held.long - session.held.short;
    const isLong = isClosing ? held < 0 : random() < 0.5;
    const stop = { offset: { distance: 0.02, unit: "ratio" as const } };
    const limit = Math.round((isLong ? 99 : 101) / (plainSettings.tick ?? 1));
    const isLimit = !isClosing && random() < 0.3;
    const order: HandOrder = {
      ...{ strategy, symbol, side: isLong ? "buy" : "sell", purpose: isClosing ? "exit" : "enter" },
      ...{ type: isLimit ? "limit" : "market", price: isLimit ? limit : null },
      quantity: isClosing
        ? Math.max(1, Math.round(Math.abs(held) * random()))
        : 1 + Math.floor(random() * 30),
      ...(!isClosing && (random() < 0.5 ? { stop } : { trail: 0.02 })),
      ...(!isClosing && random() < 0.5 && { target: stop }),
    };
    const before = JSON.stringify(desk.snapshot());
    const { refusal, clientId } = desk.judge(order, at);
    if (JSON.stringify(desk.snapshot()) !== before) this.problems.push("a judgement has changed the desk");
    this.living((runner) => {
      runner.hear({ kind: "operator", at, order: { kind: "trade", order } });
      const isSent = desk.openOrders.some((each) => each.clientId === clientId);
      if (isSent && refusal === null) this.tally.byHand++;
      if (isSent && refusal !== null) this.problems.push(`sent by hand, though judged: ${refusal}`);
    });
  }

  /** Tells the bars that closed and are not kept yet: also those that were missed. */
  private tellBars(): void {
    if (this.life === null) return;
    for (let i = this.log.bars; i < this.bars.length; i++) {
      const closedAt = start + (i + 1) * minute;
      if (closedAt > this.now) return;
      this.living((runner) => {
        runner.hear({ kind: "bars", at: this.now, closedAt, bars: this.bars[i] });
      });
    }
  }

  private living(act: (runner: Runner) => void): void {
    const { life } = this;
    if (life !== null)
      this.tries(() => {
        act(life.runner);
      });
  }

  /** Whether the process lived through it. */
  private tries(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.life = null;
      this.tally.crashes++;
      this.log.lose(this.random);
      this.at(this.now + this.random() * this.random() * 4 * minute, () => {
        this.begin();
      });
      return false;
    }
  }

  private hear(report: VenueReport): void {
    this.living((runner) => {
      runner.hear({ kind: "report", at: this.now, report });
    });
  }

  private send(command: DeskCommand): void {
    this.point();
    switch (command.kind) {
      case "allocate":
        // A venue at the other end of a wire has one cash for all, and is told nothing.
        break;
      case "notice":
        if (command.notice.what === "unknown") this.mistake(command.notice.orderId);
        if (command.notice.what === "resent") this.tally.resent++;
        if (command.notice.what === "unknown") this.tally.unknown++;
        if (command.notice.what === "refused") this.tally.refused++;
        if (command.notice.what === "stray") {
          this.tally.strays++;
          // A trail ends with its position: of one that was flat between two trades of an accident nobody moves a stop any more.
          if (command.notice.strategy === "Trail") this.excused.add(`Trail ${command.notice.symbol}`);
        }
        if (command.notice.what === "unprotected")
          this.excused.add(`${command.notice.strategy} ${command.notice.symbol}`);
        if (command.notice.what === "halted") this.problems.push(`halted: ${command.notice.text}`);
        break;
      case "submit": {
        const order = this.renamed(command.order);
        this.check(order);
        this.carry(() => {
          this.arrive(order, () => {
            this.venue.submit(order);
          });
        });
        break;
      }
      case "modify": {
        const { request } = command;
        const order = this.renamed(command.order);
        this.check(order);
        this.carry(() => {
          this.arrive(order, () => {
            this.venue.modify(request, order);
          });
        });
        break;
      }
      case "cancel":
        this.carry(() => {
          this.venue.cancel(command.request);
        });
        break;
      case "snapshot":
        this.carry(() => {
          this.venue.ask(command.request, this.now);
        });
    }
    this.point();
  }

  /** A message on its way: it may be lost, come late, or twice. */
  private carry(deliver: () => void): void {
    const { drop, double, slow } = this.harsh;
    if (!this.isMended && (this.isCut || this.random() < drop)) return;
    const delay = (): number =>
      this.isMended ? 50 : this.random() < slow ? this.random() * 90_000 : this.random() * 400;
    this.at(this.now + delay(), deliver);
    if (!this.isMended && this.random() < double) this.at(this.now + delay(), deliver);
  }

  private planOutages(end: number): void {
    if (this.random() < 0.6) return;
    const from = start + this.random() * (end - start);
    this.at(from, () => {
      this.isCut = true;
      this.living((runner) => {
        runner.hear({
          kind: "report",
          at: this.now,
          report: { kind: "disconnected", reason: "the wire is cut" },
        });
      });
    });
    this.at(from + this.random() * 5 * minute, () => {
      this.isCut = false;
      this.living((runner) => {
        runner.hear({ kind: "report", at: this.now, report: { kind: "connected" } });
      });
    });
  }

  private mend(): void {
    this.isMended = true;
    this.isCut = false;
  }

  /** A place at which the process may die. */
  private point(): void {
    if (!this.isMended && this.random() < this.harsh.crash) throw new Crash();
  }

  private at(time: number, act: () => void): void {
    this.events.push({ time, number: this.count++, act });
  }

  private play(): void {
    while (this.events.length > 0) {
      let next = 0;
      for (let i = 1; i < this.events.length; i++) {
        const [a, b] = [this.events[i], this.events[next]];
        if (a.time < b.time || (a.time === b.time && a.number < b.number)) next = i;
      }
      const [{ time, act }] = this.events.splice(next, 1);
      this.now = Math.max(this.now, time);
      act();
    }
  }

  private keepSnapshot(): void {
    if (this.life === null) return;
    this.living(() => {
      this.log.sync();
      const state = this.life?.desk.snapshot();
      if (state !== undefined) this.log.snapshot = { after: this.log.records.length, state };
    });
  }

  /** What must be so of every order that is sent. */
  private check(order: VenueOrder): void {
    if (!isApproved(order) && this.bug === null)
      this.problems.push(`order ${order.order.id} was sent unvetted`);
  }

  /** What must be so when an order arrives. */
  private arrive(order: VenueOrder, deliver: () => void): void {
    const {
      strategy,
      symbol,
      clientId,
      order: { id },
    } = order;
    this.checkAbilities(order);
    const key = `${strategy} ${symbol} ${id.replace(/#again$/, "")}`;
    const ids = this.ids.get(key) ?? new Set();
    ids.add(clientId);
    this.arrived.set(clientId, order.order);
    this.ids.set(key, ids);
    if (ids.size > 1) this.problems.push(`order ${key} arrived under ${ids.size} ids`);
    deliver();
    this.checkTags(strategy, symbol);
  }

  /** What the venue is not able to do must not be asked of it. */
  private checkAbilities({ order, isReduceOnly, symbol }: VenueOrder): void {
    const { protects, separates } = this.abilities;
    if (order.children.length > 0 && !(protects && separates))
      this.problems.push(`order ${order.id} came with children, which the venue does not hold`);
    const traders = this.seats.filter((each) => each.symbol === symbol).length;
    if (isReduceOnly === true && !separates && traders > 1)
      this.problems.push(`order ${order.id} may only reduce a position that is not its strategy's alone`);
  }

  /** Of one tag there is one entry at a time, whatever was lost on the way. */
  private checkTags(strategy: string, symbol: string): void {
    const entries = this.restingOf(strategy, symbol).filter(({ purpose }) => purpose === "enter");
    const tags = entries.map(({ tag }) => tag);
    if (new Set(tags).size < tags.length)
      this.problems.push(`two entries of a tag at once in ${strategy} ${symbol}: ${tags.join()}`);
  }

  /** What rests at the venue of a strategy, as it was sent. */
  private restingOf(strategy: string, symbol: string): readonly Order[] {
    const { venue } = this;
    if (venue instanceof NettingVenue) {
      const { orders } = venue.snapshot().places[this.symbols.indexOf(symbol)];
      return orders.flatMap(({ clientId, status, left, strategy: whose }) => {
        const order = this.arrived.get(clientId);
        return status === "working" && whose === strategy && order !== undefined
          ? [{ ...order, quantity: left }]
          : [];
      });
    }
    const place = this.venueSeats.find(
      ({ market }) => market.strategy === strategy && market.symbol === symbol,
    );
    return place?.market.matching.snapshot().working ?? [];
  }

  private judge(): void {
    const { life } = this;
    if (life === null) {
      this.problems.push("the process did not come back");
      return;
    }
    const { desk } = life;
    for (const [i, { session, strategy, symbol }] of desk.members.entries()) {
      this.tally.trades += session.snapshot().ledger.roundTrips.length;
      const resting = this.restingOf(strategy, symbol);
      const working = resting.map(({ id }) => id).sort();
      const ours = desk.openOrders.flatMap(({ member, order, state }) =>
        member === i && state !== "attached" ? [order.id] : [],
      );
      if (working.join() !== [...ours].sort().join())
        this.problems.push(`${strategy} ${symbol}: orders ${ours.join()}, at the venue ${working.join()}`);
      const isExcused = this.excused.has(`${strategy} ${symbol}`);
      for (const { order } of session.snapshot().trails)
        if (order !== null && !isExcused && !resting.some(({ id }) => id.replace(/~\d+$/, "") === order))
          this.problems.push(`${strategy} ${symbol}: the stop ${order} does not rest at the venue`);
      // A trail without a stop has none before the first close; one for what has filled since then comes with the next.
      const { trails } = session.snapshot();
      const isBegun = trails.every(({ order, covers, quantity }) => order !== null && covers >= quantity);
      if (!isExcused && isBegun)
        this.judgeProtection(strategy, symbol, session.held.long - session.held.short, resting);
    }
    if (this.abilities.separates) this.judgeApart(desk);
    else this.judgeNet(desk);
    if (!desk.isSettled) this.problems.push("the desk is not settled");
    if (this.replays) this.judgeReplay(desk);
  }

  /** All that is held has a stop, but where the program wants none, or what is held is on its way out. */
  private judgeProtection(
    strategy: string,
    symbol: string,
    position: number,
    resting: readonly Order[],
  ): void {
    const { protects, separates } = this.abilities;
    if (unprotected.includes(strategy) || position === 0) return;
    const side = position > 0 ? "sell" : "buy";
    const stopped = resting.reduce(
      (sum, each) => (each.purpose === "stop" && each.side === side ? sum + each.quantity : sum),
      0,
    );
    const leaving = resting.reduce(
      (sum, each) => (each.tag === "stray" && each.side === side ? sum + each.quantity : sum),
      0,
    );
    const held = Math.abs(position);
    // A venue that keeps what protects with its entry closes no more of it than is held.
    const isRight = protects && separates ? stopped >= held : stopped + leaving === held;
    if (!isRight)
      this.problems.push(`${strategy} ${symbol}: stops for ${stopped} lots, and ${held} are held`);
  }

  private judgeApart(desk: Desk): void {
    for (const [i, { session, strategy, symbol }] of desk.members.entries()) {
      const venue = this.venueSeats[i].market.matching.snapshot();
      const { ledger } = session.snapshot();
      const position = session.held.long - session.held.short;
      if (position !== venue.position)
        this.problems.push(`${strategy} ${symbol}: position ${position}, at the venue ${venue.position}`);
      // What people trade has one purse, and what is moved in it the venue does not know.
      const ours = ledger.cash - ledger.moved;
      if (ours !== venue.cash)
        this.problems.push(`${strategy} ${symbol}: cash ${ours}, at the venue ${venue.cash}`);
    }
  }

  private judgeNet(desk: Desk): void {
    if (!(this.venue instanceof NettingVenue)) return;
    const { places } = this.venue.snapshot();
    let [ours, theirs] = [0, 0];
    for (const [i, symbol] of this.symbols.entries()) {
      const sessions = desk.members.filter((each) => each.symbol === symbol).map(({ session }) => session);
      const position = sessions.reduce((sum, { held }) => sum + held.long - held.short, 0);
      const cash = sessions.reduce((sum, session) => sum + session.snapshot().ledger.cash, 0);
      const { matching } = places[i];
      ours += cash;
      theirs += matching.cash;
      if (position !== matching.position)
        this.problems.push(`${symbol}: positions of ${position}, at the venue ${matching.position}`);
      if (cash !== matching.cash && this.hand === null)
        this.problems.push(`${symbol}: cash of ${cash}, at the venue ${matching.cash}`);
    }
    if (ours !== theirs) this.problems.push(`cash of ${ours}, at the venue ${theirs}`);
  }

  private judgeReplay(desk: Desk): void {
    const again = this.newDesk();
    const { difference } = replay(again, this.log.records);
    if (difference !== null) this.problems.push(`a replay decided otherwise: ${JSON.stringify(difference)}`);
    else if (JSON.stringify(again.snapshot()) !== JSON.stringify(desk.snapshot()))
      this.problems.push("a replay ends in another state");
  }

  private renamed<Value extends VenueOrder>(order: Value): Value {
    const key = `${order.strategy} ${order.symbol} ${order.order.id}`;
    if (this.bug !== "retries with a new id" || !this.sent.has(key)) {
      this.sent.add(key);
      return order;
    }
    return {
      ...order,
      clientId: `${order.clientId}x`,
      order: { ...order.order, id: `${order.order.id}#again` },
    };
  }

  private readonly sent = new Set<string>();

  private mistake(orderId: string | undefined): void {
    if (this.bug !== "takes a time-out for a rejection" || this.life === null) return;
    const { runner, desk } = this.life;
    for (const { order, member, clientId } of desk.openOrders) {
      if (order.id !== orderId) continue;
      const { strategy, symbol } = desk.members[member];
      runner.hear({
        ...{ kind: "report", at: this.now },
        report: { kind: "rejected", clientId, strategy, symbol, reason: "timed out" },
      });
    }
  }
}

function byHandIn(desk: Desk, symbol: string): Desk["members"][number] {
  const found = desk.members.find((each) => each.strategy === byHand && each.symbol === symbol);
  if (found === undefined) throw new Error(`nobody trades ${symbol} by hand`);
  return found;
}

/** A shell with a mistake: what it sends is kept only afterwards. */
class HastyRunner extends Runner {
  constructor(desk: Desk, send: (command: DeskCommand) => void, log: DeskLog) {
    const late: DeskRecord[] = [];
    super(desk, send, {
      append: (record) => void late.push(record),
      sync: () => undefined,
    });
    const hear = this.hear.bind(this);
    this.hear = (...inputs) => {
      hear(...inputs);
      for (const record of late.splice(0)) log.append(record);
      log.sync();
    };
  }
}
