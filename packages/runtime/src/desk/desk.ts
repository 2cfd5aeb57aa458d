import type { Command, OrderTypeName } from "@bitfever/engine";
import type { BrokerCapabilities, VenueReport } from "../contract.js";
import type { Gatekeeper, GatekeeperSnapshot } from "../gates/gatekeeper.js";
import { instructions, worse, type Instruction } from "../gates/trading-state.js";
import type { SessionSnapshot } from "../session.js";
import type { Universe, UniverseSnapshot } from "../universe/universe.js";
import { listsBy } from "../lists-by.js";
import { byHand, type HandOrder } from "./by-hand.js";
import { isOfInterval } from "./is-of-interval.js";
import { CapitalShares, type CapitalSharesSnapshot } from "./capital-shares.js";
import { ClockSkew, type ClockSkewSnapshot } from "./clock-skew.js";
import type { DeskCommand, Notice } from "./command.js";
import type { DeskVenue, StrayPolicy } from "./desk-venue.js";
import { Emulation, type EmulationSnapshot } from "./emulation.js";
import { DeskAccount, type DeskAccountSnapshot } from "./desk-account.js";
import type { EquitySwitchSnapshot } from "./equity-switch.js";
import { HandOrders, type Judgement } from "./hand-orders.js";
import { Heard, type HeardSnapshot } from "./heard.js";
import { Incoming, type IncomingSnapshot } from "./incoming.js";
import type { DeskInput, OperatorOrder, SymbolBar } from "./input.js";
import { usualPatience, type Member, type Patience } from "./member.js";
import type { Occasion } from "./occasion.js";
import { OrderBook, type BookedOrder, type OrderBookSnapshot } from "./order-book.js";
import { Outgoing } from "./outgoing.js";
import type { DifferencePolicy } from "./reconcile.js";
import { Reconciliation, type ReconciliationSnapshot } from "./reconciliation.js";
import { Vetting } from "./vetting.js";

export interface DeskOptions {
  readonly members: readonly Member[];
  readonly gates: Gatekeeper;
  /** The venue keeps positions of strategies apart. */
  readonly separates: boolean;
  /** It holds stops and targets with their entry, and knows groups; left out, it does. */
  readonly protects?: boolean;
  /** It puts one order in the place of another; left out, it does. */
  readonly replaces?: boolean;
  /** Only one order can wait there to close the same; left out, several can. */
  readonly binds?: BrokerCapabilities["binds"];
  /** The types of orders that it takes, for what is given by hand; left out, all. What programs send is checked at the start. */
  readonly orders?: readonly OrderTypeName[];
  /** Of several venues, that of each symbol; what is said there goes before `replaces`, `binds` and `orders`. */
  readonly bySymbol?: BrokerCapabilities["bySymbol"];
  /** Left out, what no rule has asked for is closed. */
  readonly strays?: StrayPolicy;
  /** Left out, a difference that stays halts everything. */
  readonly differences?: DifferencePolicy;
  readonly patience?: Partial<Patience>;
}

export interface DeskSnapshot {
  readonly now: number;
  readonly forgottenAt: number;
  readonly sessions: readonly SessionSnapshot[];
  readonly universes: readonly UniverseSnapshot[];
  readonly book: OrderBookSnapshot;
  readonly heard: HeardSnapshot;
  readonly incoming: IncomingSnapshot;
  readonly reconciliation: ReconciliationSnapshot;
  readonly gates: GatekeeperSnapshot;
  readonly account: DeskAccountSnapshot;
  readonly paused: readonly string[];
  /** Of what is done in place of the venue. */
  readonly emulation?: EmulationSnapshot | undefined;
  /** Of each member that is switched, by its place. */
  readonly switches: readonly (EquitySwitchSnapshot | null)[];
  readonly capital: CapitalSharesSnapshot | null;
  readonly clockSkew: ClockSkewSnapshot;
  /** How many were given by hand; left out, none. */
  readonly handOrders?: number;
  /** How often something has filled though everything was closed; left out, never. */
  readonly lateFills?: number;
}

interface Trader extends Member {
  readonly place: number;
}

/** The members of a universe, by their symbols. */
export interface Together {
  readonly universe: Universe;
  readonly intervalMs: number;
  readonly places: ReadonlyMap<string, number>;
}

interface Reader {
  readonly symbol: string;
  readonly intervalMs: number;
  readonly market: number;
  readonly member: Member;
}

/** What a strategy asked for at the close of a bar. */
interface Asked {
  readonly member: number;
  readonly commands: readonly Command[];
}

/**
 * Strategies at work on one account: `on(input) → commands`, synchronous, with no clock but the inputs'. Paper and live
 * differ in who tells it and whom it tells, and in nothing else; told the same again it does the same again.
 */
export class Desk {
  readonly members: readonly Member[];
  /** What it takes the venue to do by itself. */
  readonly venue: DeskVenue;
  /** What the venue cannot, done here; null where it can do all. */
  private readonly emulation: Emulation | null;
  readonly universes: readonly Together[];
  private readonly gates: Gatekeeper;
  private readonly patience: Patience;
  private readonly book = new OrderBook();
  private readonly heard = new Heard();
  private readonly account: DeskAccount;
  private readonly vetting: Vetting;
  private readonly outgoing: Outgoing;
  private readonly incoming: Incoming;
  private readonly reconciliation: Reconciliation;
  private readonly handOrders: HandOrders;
  /** Who trades a symbol by itself, who with others, and who only reads it. */
  private readonly traders: ReadonlyMap<string, readonly Trader[]>;
  private readonly readers: ReadonlyMap<string, readonly Reader[]>;
  /** Where capital moves between strategies. */
  private readonly capital: CapitalShares | null;
  private readonly clockSkew = new ClockSkew();
  private commands: DeskCommand[] = [];
  /** What the gates have asked for, beyond refusing an order. */
  private instruction: Instruction = "pass";
  private now = -Infinity;
  private forgottenAt = -Infinity;
  /** Those that have heard of a fill since the last input. */
  private filled = new Set<Member>();
  private lateFills = 0;

  constructor(options: DeskOptions) {
    const {
      members,
      gates,
      patience,
      separates,
      protects = true,
      replaces = true,
      binds,
      bySymbol,
      strays = "close",
      differences = "halt",
    } = options;
    this.members = members;
    this.venue = { separates, protects, replaces, binds, bySymbol, strays };
    this.traders = listsBy(
      members.flatMap((each, place) => (each.universe === null ? [{ ...each, place }] : [])),
      ({ symbol }) => symbol,
    );
    this.universes = universesOf(members);
    this.readers = listsBy(
      members.flatMap((member) => member.reads.map((read, market) => ({ ...read, market, member }))),
      ({ symbol }) => symbol,
    );
    this.gates = gates;
    this.capital = members.some(({ share }) => share !== undefined) ? new CapitalShares(members) : null;
    this.patience = { ...usualPatience, ...patience };
    const { book } = this;
    const emit = (command: DeskCommand): void => void this.commands.push(command);
    this.account = new DeskAccount(members, book);
    const isSettled = (): boolean => this.reconciliation.isSettled;
    this.vetting = new Vetting({ members, book, gates, account: this.account, isSettled });
    this.outgoing = new Outgoing({
      ...{ members, book, vetting: this.vetting, venue: this.venue, emit },
      instruct: (instruction) => {
        this.instruct(instruction);
      },
    });
    const halt = (reason: string): void => {
      this.instruct(gates.halt(this.now, reason));
    };
    const ask = (at: number): void => {
      this.reconciliation.inquire(at);
    };
    const isWaiting = (member: number): boolean => this.incoming.isWaiting(member);
    this.emulation =
      separates && protects && replaces
        ? null
        : new Emulation({
            ...{ members, book, outgoing: this.outgoing, venue: this.venue, emit },
            ...{ isWaiting, ask, halt },
          });
    this.incoming = new Incoming({
      ...{ members, book, heard: this.heard, emit, separates, emulation: this.emulation },
      onEarly: (at) => {
        if (!separates) ask(at);
      },
      onFill: (member) => {
        this.account.hear(member);
        this.filled.add(members[member]);
      },
    });
    this.handOrders = new HandOrders({
      ...{ members, book, account: this.account, outgoing: this.outgoing, emulation: this.emulation },
      ...{ venue: this.venue, orderTypes: options.orders, emit },
      send: (...sent) => {
        this.send(...sent);
      },
      allocate: (...moved) => {
        this.allocate(...moved);
      },
    });
    this.reconciliation = new Reconciliation({
      ...{ members, book, incoming: this.incoming, outgoing: this.outgoing },
      ...{ patience: this.patience, separates, emit },
      onDifference: (reason) => {
        if (differences === "halt") halt(reason);
        else if (differences === "reduce") this.instruct(gates.reduce(this.now, reason));
      },
      onAnswer: (askedAt, venueTime, heardAt) => {
        this.clockSkew.answered(askedAt, venueTime, heardAt);
        this.account.skew(this.clockSkew.aheadMs);
      },
    });
  }

  on(input: DeskInput): readonly DeskCommand[] {
    this.commands = [];
    this.now = Math.max(this.now, input.at);
    this.account.touch();
    switch (input.kind) {
      case "started":
        this.reconciliation.doubt(this.now);
        break;
      case "bars":
        this.onBars(input.bars, input.closedAt);
        break;
      case "day":
        this.onDay(input.closedAt);
        break;
      case "report":
        this.onReport(input.report);
        break;
      case "clock":
        this.reconciliation.look(this.now);
        this.emulation?.touchAll();
        this.forget();
        break;
      case "operator":
        this.onOperator(input.order);
    }
    this.emulation?.settle(this.now);
    this.carryOut();
    this.closeLate();
    this.emulation?.settle(this.now);
    return this.commands;
  }

  /** What rests at the venue or is on its way there. */
  get openOrders(): readonly BookedOrder[] {
    return [...this.book.alive()];
  }

  /** All orders that it knows of: those that live, and for a while those that have ended. */
  get orders(): readonly BookedOrder[] {
    return [...this.book.all()];
  }

  /**
   * What would become of an order by hand, were it given now; nothing comes of it.
   *
   * @returns the ids that it would have, and why it would be refused: null where it would be sent
   */
  judge(given: HandOrder, time: number): Judgement {
    return this.handOrders.judge(given, Math.max(this.now, time));
  }

  /** Whether it wants to hear of the day of bars that are over at an instant, before them. */
  isNewDay(closedAt: number): boolean {
    return this.capital?.isNewDay(closedAt) ?? false;
  }

  /** Strategies that open nothing until somebody resumes them. */
  get paused(): readonly string[] {
    return [...this.vetting.paused];
  }

  /** Whether positions and orders are known to be those of the venue. */
  get isSettled(): boolean {
    return this.reconciliation.isSettled;
  }

  snapshot(): DeskSnapshot {
    return {
      ...{ now: this.now, forgottenAt: this.forgottenAt },
      sessions: this.members.map(({ session }) => session.snapshot()),
      universes: this.universes.map(({ universe }) => universe.snapshot()),
      book: this.book.snapshot(),
      heard: this.heard.snapshot(),
      incoming: this.incoming.snapshot(),
      reconciliation: this.reconciliation.snapshot(),
      gates: this.gates.snapshot(),
      account: this.account.snapshot(),
      paused: [...this.vetting.paused],
      ...(this.emulation && { emulation: this.emulation.snapshot() }),
      switches: this.members.map(({ equitySwitch }) => equitySwitch?.snapshot() ?? null),
      capital: this.capital?.snapshot() ?? null,
      clockSkew: this.clockSkew.snapshot(),
      ...(this.handOrders.count > 0 && { handOrders: this.handOrders.count }),
      ...(this.lateFills > 0 && { lateFills: this.lateFills }),
    };
  }

  restore(snapshot: DeskSnapshot): void {
    ({ now: this.now, forgottenAt: this.forgottenAt } = snapshot);
    for (const [i, { session, equitySwitch }] of this.members.entries()) {
      session.restore(snapshot.sessions[i]);
      const switched = equitySwitch && snapshot.switches[i];
      if (switched) equitySwitch.restore(switched);
    }
    for (const [i, { universe }] of this.universes.entries()) universe.restore(snapshot.universes[i]);
    this.book.restore(snapshot.book);
    this.heard.restore(snapshot.heard);
    this.incoming.restore(snapshot.incoming);
    this.reconciliation.restore(snapshot.reconciliation);
    this.gates.restore(snapshot.gates);
    this.account.restore(snapshot.account);
    if (snapshot.emulation !== undefined) this.emulation?.restore(snapshot.emulation);
    this.clockSkew.restore(snapshot.clockSkew);
    this.handOrders.count = snapshot.handOrders ?? 0;
    this.lateFills = snapshot.lateFills ?? 0;
    if (snapshot.capital) this.capital?.restore(snapshot.capital);
    this.vetting.paused.clear();
    for (const each of snapshot.paused) this.vetting.paused.add(each);
  }

  /** All sessions see the instant first, then the account is looked at, then their orders go out. */
  private onBars(bars: readonly SymbolBar[], closedAt: number): void {
    this.account.see(bars, closedAt);
    for (const each of bars) {
      for (const reader of this.readers.get(each.symbol) ?? []) {
        if (!isOfInterval(each, reader)) continue;
        const { market, member } = reader;
        member.session.on({ kind: "market", market, bar: each.bar });
        member.equitySwitch?.market(market, each.bar);
      }
    }
    const asked: Asked[] = [];
    for (const each of bars)
      for (const trader of this.traders.get(each.symbol) ?? []) {
        if (!isOfInterval(each, trader)) continue;
        this.settleSwitch(trader, each);
        const commands = trader.session.on({ kind: "bar", bar: each.bar });
        if (commands.length > 0) asked.push({ member: trader.place, commands });
      }
    for (const { universe, intervalMs, places } of this.universes) {
      const own = bars.filter((each) => places.has(each.symbol) && isOfInterval(each, { intervalMs }));
      if (own.length === 0) continue;
      for (const { symbol, commands } of universe.on(own))
        asked.push({ member: places.get(symbol) as number, commands });
    }
    this.account.settle();
    this.instruct(this.gates.look(this.now, this.account));
    const occasion = { signalTime: closedAt, at: this.now, isFlattening: false };
    for (const { member, commands } of asked)
      for (const command of commands) this.send(member, command, occasion);
  }

  private send(member: number, command: Command, occasion: Occasion): void {
    const { emulation, outgoing } = this;
    (emulation?.takes(member, command) === true ? emulation : outgoing).send(member, command, occasion);
  }

  /** A day is over: capital goes to the strategies that are on. */
  private onDay(closedAt: number): void {
    const moves = this.capital?.begin(closedAt, (symbol) => this.account.priceOf(symbol)) ?? [];
    for (const { member, amount } of moves) this.allocate(member, amount, closedAt);
  }

  private allocate(member: number, amount: number, time: number): void {
    const { strategy, symbol, session } = this.members[member];
    session.allocate(amount, this.account.priceOf(symbol), time);
    this.commands.push({ kind: "allocate", strategy, symbol, amount });
  }

  /** A strategy that is switched by its equity hears of it before it decides. */
  private settleSwitch({ strategy, symbol, equitySwitch }: Member, { bar }: SymbolBar): void {
    if (equitySwitch === undefined) return;
    const wasOn = equitySwitch.isOn;
    equitySwitch.bar(bar);
    const { isOn, rule } = equitySwitch;
    if (isOn !== wasOn)
      this.say({ what: "switched", text: `${isOn ? "on" : "off"}, by the filter ${rule}`, strategy, symbol });
  }

  /** Does what the gates ask for, once all that was on its way has gone out. */
  private carryOut(): void {
    const { instruction } = this;
    if (instruction === "pass") return;
    this.instruction = "pass";
    const { summary, cancels, closes } = instructions[instruction];
    const reason = this.gates.holds.at(-1)?.reason ?? "";
    this.say({ what: "halted", text: `${reason}. ${summary}` });
    if (cancels !== "nothing") this.leave(() => true, instruction, closes);
    if (cancels !== "everything") return;
    for (const { session } of this.members) session.trailNothing();
    if (closes) return;
    this.emulation?.takeBackAll(this.now);
    for (const entry of [...this.book.alive()]) this.outgoing.cancel(entry, this.now);
  }

  /** What has filled though everything is closed goes as well: its order was on its way, or had filled before its end was asked for. */
  private closeLate(): void {
    const { filled, gates } = this;
    if (filled.size === 0) return;
    this.filled = new Set();
    if (!gates.holds.some(({ instruction }) => instructions[instruction].closes)) return;
    this.leave((each) => filled.has(each), `late${++this.lateFills}`, true);
  }

  private onReport(report: VenueReport): void {
    switch (report.kind) {
      case "snapshot":
        this.reconciliation.answer(report, this.now);
        if (this.reconciliation.isSettled) this.emulation?.compared();
        this.emulation?.touchAll();
        return;
      case "disconnected":
        this.say({ what: "disconnected", text: report.reason });
        this.reconciliation.doubt(this.now);
        return;
      case "connected":
        this.say({ what: "connected", text: "the venue answers" });
        this.reconciliation.doubt(this.now);
        return;
      default:
        this.incoming.hear(report, this.now);
    }
  }

  private onOperator(order: OperatorOrder): void {
    const { gates, vetting, now } = this;
    this.say({ what: "operator", text: operatorText(order) });
    switch (order.kind) {
      case "pause":
        for (const { strategy } of this.meant(order.strategy)) vetting.paused.add(strategy);
        this.leave((each) => isMeant(each, order.strategy), "pause", false);
        return;
      case "resume":
        for (const { strategy } of this.meant(order.strategy)) vetting.paused.delete(strategy);
        if (order.strategy === undefined) gates.resume(this.account);
        return;
      case "cancel_entries":
        this.leave(() => true, "stop", false);
        return;
      case "reduce":
        this.instruct(gates.reduce(now, byOperator));
        return;
      case "halt":
        this.instruct(gates.halt(now, byOperator));
        return;
      case "kill":
        this.instruct(gates.kill(now, byOperator, { flatten: order.flattens }));
        return;
      case "flatten":
        this.leave(({ strategy }) => strategy === (order.strategy ?? strategy), "flatten", true);
        return;
      case "accept":
        this.reconciliation.accept(now);
        return;
      case "trade":
        this.handOrders.trade(order.order, now);
        return;
      case "cancel":
        this.handOrders.withdraw(order.clientId, now);
    }
  }

  private meant(strategy?: string): readonly Member[] {
    return this.members.filter((each) => isMeant(each, strategy));
  }

  /** Takes back every entry, and closes what is held at the next price where that is asked for. */
  private leave(isLeft: (member: Member) => boolean, tag: string, closes: boolean): void {
    const { now } = this;
    const occasion = { signalTime: now, at: now, isFlattening: true };
    for (const [place, member] of this.members.entries())
      if (isLeft(member))
        for (const command of member.session.retreat(closes ? "flatten" : "block", now, tag))
          this.send(place, command, occasion);
  }

  private instruct(instruction: Instruction): void {
    this.instruction = worse(this.instruction, instruction);
  }

  /** What came to rest long ago is not told again; what happened since the venue was last heard may be, however long ago that is. */
  private forget(): void {
    const { now, patience } = this;
    if (now - this.forgottenAt < patience.keptMs / 24) return;
    this.forgottenAt = now;
    const before = Math.min(now - patience.keptMs, this.reconciliation.tradesFrom);
    this.book.forget(before);
    this.heard.forget(before);
    this.emulation?.forget(before);
  }

  private say(notice: Notice): void {
    this.commands.push({ kind: "notice", notice });
  }
}

function universesOf(members: readonly Member[]): readonly Together[] {
  const universes = new Set(members.flatMap(({ universe }) => universe ?? []));
  return [...universes].map((universe) => {
    const own = members.flatMap((each, place) => (each.universe === universe ? [{ ...each, place }] : []));
    const places = new Map(own.map(({ symbol, place }) => [symbol, place]));
    return { universe, intervalMs: own[0].intervalMs, places };
  });
}

const byOperator = "asked for by hand";

/** Who pauses all strategies goes on trading by hand. */
const isMeant = (member: Member, strategy: string | undefined): boolean =>
  strategy === undefined ? member.strategy !== byHand : member.strategy === strategy;

function operatorText(order: OperatorOrder): string {
  if (order.kind === "trade") {
    const { side, quantity, symbol, strategy, type } = order.order;
    return `${side} ${quantity} lots of ${symbol} for ${strategy}, ${type}`;
  }
  if (order.kind === "cancel") return `cancel ${order.clientId}`;
  const of = "strategy" in order && order.strategy !== undefined ? ` ${order.strategy}` : "";
  return `${order.kind.replaceAll("_", " ")}${of}${order.kind === "kill" && order.flattens ? " and flatten" : ""}`;
}
