import type { ColumnId, Plan, PlannedCancel, PlannedEnter, PlannedExit } from "@bitfever/lang";
import {
  closeTimeOf,
  type Conversion,
  Evaluation,
  happeningOf,
  isOver,
  Ledger,
  stateAfter,
  type AccountFlow,
  type Alert,
  type CashFlow,
  type Command,
  type Counts,
  type EvaluationSnapshot,
  type Fields,
  type Fraction,
  type GivenColumns,
  type HeldSplit,
  type Indicator,
  type Instrument,
  type LedgerSnapshot,
  type MarketBlock,
  type MarketSurroundings,
  type LimitUse,
  type Order,
  type Timing,
  type Trade,
  type TradeSide,
  type VenueEvent,
} from "@bitfever/engine";
import { Account, watchesEquity, type AccountSnapshot, type SharedAccount } from "./account.js";
import { Alerts, type AlertsSnapshot } from "./alerts.js";
import type { ClosedBar, SessionEvent } from "./contract.js";
import { planEntry, planExit, type PlannedOrder } from "./intents.js";
import { Limiter, type LimiterSnapshot, type Verdict } from "./limiter.js";
import { steeringOrder } from "./steering.js";
import { heldWith, isOfSameRule, Sent, type LivingOrder } from "./sent.js";
import { Trails, type CloseTrail, type TrailsSnapshot } from "./trails.js";

export interface SessionOptions {
  readonly plan: Plan;
  readonly instrument: Instrument;
  readonly initialCapital: number;
  /** What money of the instrument is worth in that of the account; left out, they are the same. */
  readonly conversion?: Conversion | undefined;
  /** When its bars and those of slower clocks open and close. */
  readonly timing: Timing;
  /** The most bars that `prepare` is ever given at once. */
  readonly longestBlock: number;
  /** The other markets of the plan, by their place there. */
  readonly markets?: readonly MarketSurroundings[];
  /** Indicators of the plan that are not of the catalogue. */
  readonly indicators?: readonly Indicator[] | undefined;
  /** Columns of the plan that are there already, over all bars that will be prepared. */
  readonly given?: GivenColumns | undefined;
  /** What it has in common with other sessions; left out, it has an account of its own. */
  readonly shared?: SharedAccount | undefined;
  /** Whether it is held at all, asked at the close of each bar by its place: whoever switches it decides. */
  readonly switched?: ((bar: number) => Verdict) | undefined;
}

export interface SessionSnapshot {
  readonly bars: number;
  readonly evaluation: EvaluationSnapshot;
  readonly ledger: LedgerSnapshot;
  readonly sent: readonly LivingOrder[];
  readonly trails: TrailsSnapshot;
  readonly account: AccountSnapshot;
  readonly limiter: LimiterSnapshot;
  readonly now?: number;
  readonly alerts: AlertsSnapshot;
  readonly counts: Counts;
}

const nothing: readonly Command[] = [];

/**
 * A strategy at work: `on(event) → commands`, synchronous, with no clock but the bars'. Backtest, paper and live differ
 * in where events come from and where commands go, and in nothing else.
 */
export class Session {
  /** Bars heard of so far. */
  bars = 0;
  readonly counts: Record<keyof Counts, number> = {
    ambiguousFills: 0,
    reducedOrders: 0,
    rejectedOrders: 0,
    absentOrders: 0,
    closeFills: 0,
  };
  /** Whether a bar matters also while nothing is held and no order on its way, though no entry comes of it. */
  readonly hearsAll: boolean;
  /** For who runs several sessions and compares what they compute. */
  readonly evaluation: Evaluation;
  private readonly plan: Plan;
  private readonly instrument: Instrument;
  private readonly shared: SharedAccount | undefined;
  private readonly switched: SessionOptions["switched"];
  private readonly conversion: Conversion | undefined;
  private readonly ledger: Ledger;
  private readonly account: Account;
  private readonly limiter: Limiter;
  private readonly trails: Trails;
  private readonly alerts: Alerts;
  private readonly sent: Sent;
  private readonly enters: readonly PlannedEnter[];
  private readonly exits: readonly PlannedExit[];
  private readonly cancels: readonly PlannedCancel[];
  private readonly row: Fields = emptyRow();
  private readonly hasLimits: boolean;
  private readonly needsAccount: boolean;
  private readonly closeTimeOf: (time: number) => number;
  /** When the newest bar was over, where money is converted. */
  private now = NaN;

  constructor(options: SessionOptions) {
    const { plan, instrument, initialCapital, timing, longestBlock, markets = [], shared } = options;
    this.plan = plan;
    this.instrument = instrument;
    this.shared = shared;
    this.switched = options.switched;
    this.conversion = options.conversion;
    const { indicators, given } = options;
    const surroundings = { timing, instrument: instrument.specification, markets, indicators, given };
    this.evaluation = new Evaluation(plan, longestBlock, surroundings);
    this.closeTimeOf = closeTimeOf(timing);
    this.ledger = new Ledger(instrument, initialCapital, shared?.purse);
    this.hasLimits = plan.limits.length > 0;
    this.needsAccount = this.evaluation.dependsOnAccount || this.hasLimits;
    this.hearsAll = this.needsAccount || plan.alerts.length > 0 || this.switched !== undefined;
    const seesDrawdown = plan.nodes.some((node) => node.kind === "account" && watchesEquity(node.value));
    const isWatched = this.hasLimits || seesDrawdown;
    this.account = new Account(this.ledger, instrument, initialCapital, isWatched, shared, () => this.rate());
    this.sent = new Sent(plan.fills.hedges);
    this.limiter = new Limiter(plan.limits, initialCapital);
    this.trails = new Trails(instrument);
    this.alerts = new Alerts(plan.alerts);
    this.enters = plan.rules.filter((rule) => rule.kind === "enter");
    this.exits = plan.rules.filter((rule) => rule.kind === "exit");
    this.cancels = plan.rules.filter((rule) => rule.kind === "cancel");
  }

  /**
   * Announces that the bars `[from, to)` of `fields` come next, so that all that depends on bars alone is computed at
   * once, with the bars of other markets that close by then. Each bar of its own must still be told by an event, those
   * of other markets must not; nothing is decided here. A session that is never prepared computes bar by bar, to the
   * same bits.
   */
  prepare(fields: Fields, from: number, to: number, markets: readonly MarketBlock[] = []): void {
    this.evaluation.append(fields, from, to, markets);
  }

  /** Takes in the bar that it hears of next, for who computes several sessions stage by stage; nothing is computed yet. */
  begin(closed: ClosedBar): void {
    this.evaluation.begin(this.rowOf(closed), 0, 1);
  }

  on(event: SessionEvent): readonly Command[] {
    switch (event.kind) {
      case "bar":
        return this.onBar(event.bar);
      case "market":
        this.onMarket(event.market, event.bar);
        return nothing;
      case "fill":
        this.onFill(event);
        return nothing;
      case "cash":
        this.onCash(event.flow);
        return nothing;
      case "split":
        this.onSplit(event.split);
        return nothing;
      case "reduced":
        this.count("reducedOrders");
        return nothing;
      case "rejected":
        this.follow(event);
        this.count("rejectedOrders");
        return nothing;
      case "placed":
        // It came with an entry: the session keeps those of its rules alone.
        return nothing;
      case "cancelled":
        this.follow(event);
        return nothing;
    }
  }

  /** Signed quantity as a decimal: below zero when short. */
  get position(): number {
    return this.instrument.quantityDecimal(this.ledger.position);
  }

  /** What it has without what is held, in steps of money. */
  get cash(): number {
    return this.ledger.cash;
  }

  /** What is held on each side, in lots. */
  get held(): Readonly<Record<TradeSide, number>> {
    return { long: this.ledger.quantity("long"), short: this.ledger.quantity("short") };
  }

  /** At which what is held on a side was opened, in the mean, as a decimal; null where nothing is. */
  averagePrice(side: TradeSide): number | null {
    return this.ledger.averagePrice(side) ?? null;
  }

  /** What of its trades is closed. */
  get record(): Readonly<Pick<Ledger["record"], "closed" | "lossesInARow" | "netProfit">> {
    return this.ledger.record;
  }

  /** What the account is worth at a price, in decimal money. */
  equity(price: number, instant = this.now): number {
    return this.ledger.equity(price, this.rate(instant));
  }

  /** The instant at which a bar opens, where money is converted; undefined where none is. */
  openOf(time: number): number | undefined {
    return this.conversion?.openOf(time);
  }

  /** What the position counts for in the account at a price and an instant, in steps of money. */
  marked(price: number, instant = this.now): number {
    return this.ledger.marked(price, this.rate(instant));
  }

  /** What the position is worth, in steps of money: the same but where only its profit is converted. */
  worth(price: number, instant = this.now): number {
    return this.ledger.worth(price, this.rate(instant));
  }

  /** Decimal money of the account for a unit and a price point. */
  moneyPerPoint(instant = this.now): number {
    return this.instrument.moneyPerPoint(this.conversion?.at(instant));
  }

  /** What is held at a price, long and short together, in steps of money. */
  exposure(price: number, instant = this.now): number {
    return this.ledger.exposure(price, this.rate(instant));
  }

  /** Whether all that decides had enough bars by the newest one. */
  get isReady(): boolean {
    return this.bars > 0 && this.evaluation.isWarm(this.bars - 1);
  }

  /** Whether an entry may come of a bar of the newest block. */
  mayEnterOn(bar: number): boolean {
    return this.enters.some(({ when }) => this.holds(when, bar));
  }

  /**
   * Takes back every entry, and closes what is held where who asks for it (a limit, who switched it off, who runs it) says so.
   *
   * @param tag  of the orders that close; with `time` it makes their ids
   */
  retreat(verdict: Verdict, time: number, tag: string): readonly Command[] {
    if (verdict === "pass") return nothing;
    let commands = this.sent.takeBack((each) => each.purpose === "enter");
    if (verdict !== "flatten") return commands;
    for (const held of sides) {
      const quantity = this.ledger.quantity(held);
      if (quantity === 0 || this.sent.leavesAll(held)) continue;
      const id = `${time}-${tag}-exit${this.nameOf(held)}`;
      const side = held === "long" ? "sell" : "buy";
      const order = { id, side, purpose: "exit", quantity, price: null, tag, children: [] } as const;
      commands = [...commands, this.sent.send({ order: { ...order, type: "market" }, trail: null })];
    }
    return commands;
  }

  /** Moves no stop any more, and sends none: not for what is held, and not for what its orders on their way still bring. */
  trailNothing(): void {
    this.trails.clear();
    this.sent.trailNothing();
  }

  /** Puts an order on its way that no rule asks for, under a tag that none has; with the trail that its fill starts. */
  place(order: Order, trail: CloseTrail | null): Command {
    return this.sent.send({ order, trail });
  }

  /** Takes back one of its orders, whatever it is for; with a stop goes the trail that would send another. */
  withdraw(id: string): readonly Command[] {
    const taken = this.sent.takeBack((each) => each.id === id);
    if (taken.length > 0) return taken;
    this.trails.forget(id);
    return [{ kind: "cancel", id }];
  }

  /** Lets prepared bars pass of which nothing comes: `bar` is the next that it hears of. */
  passTo(bar: number): void {
    this.bars = bar;
  }

  /** Whether a limit lets no entry through. */
  get isBlocked(): boolean {
    return this.hasLimits && this.limiter.isBlocked;
  }

  /** Hears that its part of a larger account was made smaller or larger: what it gained or lost is judged by the new one. */
  rebase(equity: number): void {
    this.limiter.rebase(equity);
  }

  /**
   * Hears that capital of a larger account was moved to its part, or away from it, at the price at which that is marked; steps of
   * money.
   */
  allocate(amount: number, price: number, time: number): void {
    const worth = this.equity(price);
    const reason = amount < 0 ? "withdrawal" : "deposit";
    this.ledger.book({
      reason,
      amount,
      time,
      worth: this.instrument.money(worth),
      note: "moved between strategies",
    });
    const after = this.equity(price);
    this.account.move(worth, after, this.instrument.moneyDecimal(amount));
    this.limiter.rebase(after);
  }

  /** Hears that money was put into its account, or taken out, which nobody has gained or lost; steps of money. */
  transfer(worth: number, amount: number): void {
    const [before, moved] = [this.instrument.moneyDecimal(worth), this.instrument.moneyDecimal(amount)];
    this.limiter.transfer(before, moved);
    if (this.shared === undefined) this.account.transfer(before, moved);
  }

  /** The value of a column of the strategy's clock on the newest bar, or some bars ago that the plan looks back on. */
  valueNow(column: ColumnId, ago = 0): number {
    return this.value(column, this.bars - 1 - ago);
  }

  /** Orders for the next open that make of the position another one: signed, in lots. One that is absent is none. */
  steer(target: number, id: string, tag: string): readonly Command[] {
    const isAbsent = Number.isNaN(target);
    if (isAbsent) this.count("absentOrders");
    const order = steeringOrder(this.ledger.position, isAbsent ? 0 : target, id, tag);
    // In the place of the one before it, in one step: were that taken back first, both could work for a while.
    const taken = this.sent.takeBack((each) => each.tag === tag && !(order && isOfSameRule(each, order)));
    return order === null ? taken : [...taken, this.sent.send({ order, trail: null })];
  }

  /** Closed trades that were not let go and, marked at a price, what is open. */
  trades(lastPrice: number, instant = this.now): Trade[] {
    return this.ledger.trades(lastPrice, this.rate(instant));
  }

  /** Whether all closed trades are still there. */
  get hasAllTrades(): boolean {
    return this.ledger.hasAllTrades;
  }

  /**
   * Lets go of closed trades, cash flows and alerts but for the newest. What is decided, and all that they add up to, does not
   * depend on it.
   */
  release(newest: number): void {
    this.ledger.release(newest);
    this.alerts.release(newest);
  }

  /** The profits of closed trades behind the first so many, in the order in which they were closed; decimal money. */
  profitsFrom(first: number): readonly number[] {
    return this.ledger.profitsFrom(first);
  }

  /** What came and went without a trade, in decimal money. */
  get cashFlows(): readonly AccountFlow[] {
    return this.ledger.cashFlows;
  }

  /** What was put into its account less what was taken out, in decimal money. */
  get moved(): number {
    return this.ledger.movedDecimal;
  }

  /** The limits of the plan, and how often each had to act. */
  get limitUses(): readonly LimitUse[] {
    return this.limiter.uses;
  }

  get sentAlerts(): readonly Alert[] {
    return this.alerts.sent;
  }

  /** How many alerts were ever sent. */
  get alertCount(): number {
    return this.alerts.count;
  }

  /** Kernels that are run over the bars. */
  get kernels(): number {
    return this.evaluation.kernels;
  }

  /** Copies the newest `target.length` values of an output of the plan. */
  copyOutput(output: number, target: Float64Array): void {
    this.evaluation.copyNewest(this.plan.outputs[output].column, target);
  }

  /** Only between bars: every prepared bar must have been heard of. */
  snapshot(): SessionSnapshot {
    if (this.evaluation.bars !== this.bars)
      throw new Error("session: a snapshot in the middle of a prepared block");
    return {
      bars: this.bars,
      evaluation: this.evaluation.snapshot(),
      ledger: this.ledger.snapshot(),
      sent: this.sent.snapshot(),
      trails: this.trails.snapshot(),
      account: this.account.snapshot(),
      limiter: this.limiter.snapshot(),
      ...(this.conversion && { now: this.now }),
      alerts: this.alerts.snapshot(),
      counts: { ...this.counts },
    };
  }

  restore(snapshot: SessionSnapshot): void {
    this.bars = snapshot.bars;
    this.evaluation.restore(snapshot.evaluation);
    this.ledger.restore(snapshot.ledger);
    this.sent.restore(snapshot.sent);
    this.trails.restore(snapshot.trails);
    this.account.restore(snapshot.account);
    this.limiter.restore(snapshot.limiter);
    this.alerts.restore(snapshot.alerts);
    Object.assign(this.counts, snapshot.counts);
    this.now = snapshot.now ?? NaN;
  }

  private onBar(closed: ClosedBar): readonly Command[] {
    const bar = this.bars;
    this.instrument.moveTo(closed.time);
    if (this.evaluation.bars === bar) this.evaluation.append(this.rowOf(closed), 0, 1);
    this.bars = bar + 1;
    if (this.conversion !== undefined) this.now = this.conversion.closeOf(closed.time);
    if (this.needsAccount) this.account.settle(closed, bar);
    if (this.evaluation.dependsOnAccount) this.evaluation.settle(bar, this.account);
    if (this.plan.alerts.length > 0) this.alerts.settle(closed.time, (column) => this.value(column, bar));
    const verdict = this.hasLimits ? this.look(closed) : "pass";
    return this.evaluation.isWarm(bar) ? this.decide(closed, bar, verdict) : nothing;
  }

  /** A bar as columns of one value, which the next is written over. */
  private rowOf(bar: ClosedBar): Fields {
    for (const name of fieldNames) this.row[name][0] = bar[name];
    return this.row;
  }

  /** A bar of another market that closes by the close of the bar that the session hears of next. */
  private onMarket(market: number, bar: ClosedBar): void {
    const closed = { bars: this.rowOf(bar), from: 0, to: 1, closedCount: emptyColumn };
    const blocks = this.plan.markets.map((_, i) => (i === market ? closed : undefined));
    this.evaluation.append(this.row, 0, 0, blocks);
  }

  private onCash(flow: CashFlow): void {
    this.ledger.book(flow);
    if (flow.worth !== undefined) this.transfer(flow.worth, flow.amount);
  }

  private onSplit(split: HeldSplit): void {
    const { instrument } = this;
    this.ledger.split(split, this.bars);
    this.sent.split(instrument, split.ratio);
    this.account.split(split.ratio);
    if (!this.trails.isIdle) this.trails.split(split.ratio, (side) => this.ledger.quantity(side));
  }

  private onFill(event: Extract<VenueEvent, { kind: "fill" }>): void {
    const { fill } = event;
    const trail = fill.effect === "open" ? this.sent.trailOf(fill.orderId) : null;
    this.follow(event);
    const isOver = fill.isAtClose === true || fill.isAtEnd === true;
    this.ledger.apply(fill, isOver ? this.bars - 1 : this.bars);
    if (this.needsAccount) this.account.hear(fill);
    if (!this.trails.isIdle) this.trails.keep((side) => this.ledger.quantity(side));
    const isPart = fill.effect === "open" && !this.trails.isIdle && this.trails.grow(fill);
    if (trail !== null && !isPart) this.trails.start(trail, fill);
    if (fill.ambiguous) this.count("ambiguousFills");
    if (fill.isAtClose === true) this.count("closeFills");
  }

  /**
   * An entry on the other side turns the position round, so it goes before an exit; on most bars nothing holds. Of one
   * tag there is one order: a condition that holds again replaces the one that rests.
   */
  private decide(closed: ClosedBar, bar: number, verdict: Verdict): readonly Command[] {
    const moved = this.trails.isIdle
      ? nothing
      : this.trails.settle(closed, (column) => this.value(column, bar));
    const stepsBack = this.cancels.some((each) => each.tag === null && this.holds(each.when, bar));
    let taken = this.cancels.length === 0 ? nothing : this.takeBack(bar);
    let entries = nothing;
    const switched = this.switched === undefined ? "pass" : this.switched(bar);
    if (verdict !== "pass" || switched !== "pass") {
      const limited = this.retreat(verdict, closed.time, "limit");
      taken = [...taken, ...limited, ...this.retreat(switched, closed.time, "switch")];
    } else if (
      // What takes back every entry does not send new ones on the same bar.
      !stepsBack &&
      (!this.hasLimits || !this.limiter.isBlocked)
    ) {
      for (const rule of this.enters) {
        if (!this.sent.mayEnter(rule, this.ledger) || !this.holds(rule.when, bar)) continue;
        const id = `${closed.time}-${rule.tag}`;
        if (this.sent.wasSent(id)) continue;
        const planned = this.planned(planEntry(rule, this.context(closed, bar, id)));
        if (planned === null) continue;
        const answer = this.hasLimits ? this.admit(planned.order, closed) : "pass";
        // The entries of this bar go out too, to be taken back: they may stand in the place of others.
        if (answer === "flatten")
          return [...moved, ...taken, ...entries, ...this.retreat(answer, closed.time, "limit")];
        if (answer === "pass") entries = [...entries, this.sent.send(planned)];
      }
    }
    const mayLeave =
      this.exits.length > 0 &&
      !this.ledger.isFlat &&
      (this.sent.isEmpty || !this.sent.turnsRound(this.ledger));
    const exits = mayLeave ? this.leave(closed, bar) : nothing;
    if (moved === nothing && taken === nothing && exits === nothing) return entries;
    return [...moved, ...taken, ...exits, ...entries];
  }

  private leave(closed: ClosedBar, bar: number): readonly Command[] {
    let commands = nothing;
    for (const rule of this.exits)
      for (const side of sides) {
        const held = this.ledger.quantity(side);
        const applies = held > 0 && (rule.side === null || rule.side === side);
        if (!applies || !this.sent.mayExit(rule, side) || !this.holds(rule.when, bar)) continue;
        const id = `${closed.time}-${rule.tag}-exit${this.nameOf(side)}`;
        if (this.sent.wasSent(id)) continue;
        const planned = this.planned(planExit(rule, side, held, this.context(closed, bar, id)));
        if (planned !== null) commands = [...commands, this.sent.send(planned)];
      }
    return commands;
  }

  /** Cancels what rests under the tags of the cancel rules that hold. */
  private takeBack(bar: number): readonly Command[] {
    let commands = nothing;
    for (const { tag, when } of this.cancels) {
      if (this.sent.isEmpty) break;
      if (this.holds(when, bar))
        commands = [...commands, ...this.sent.takeBack((each) => tag === null || each.tag === tag)];
    }
    return commands;
  }

  /** What tells the orders apart that leave both sides at once. */
  private nameOf(side: TradeSide): string {
    return this.plan.fills.hedges && side === "short" ? "-short" : "";
  }

  private look({ close, session_bar }: ClosedBar): Verdict {
    const held = this.ledger.quantity("long") + this.ledger.quantity("short");
    return this.limiter.look(this.limited(close, held), session_bar === 0);
  }

  private admit(order: Order, { close }: ClosedBar): Verdict {
    const held = heldWith(order, this.sent, this.ledger);
    return this.limiter.admit(this.limited(close, held), !this.sent.has(order.tag, "enter"));
  }

  private limited(close: number, held: number): Parameters<Limiter["look"]>[0] {
    const { equity, drawdown, losses_in_a_row: lossesInARow } = this.account;
    const worth = held === 0 ? 0 : close * this.moneyPerPoint();
    return { equity, drawdown, lossesInARow, held: this.instrument.quantityDecimal(held), worth };
  }

  private context({ close, time }: ClosedBar, bar: number, id: string): Parameters<typeof planEntry>[1] {
    return {
      value: (column) => this.value(column, bar),
      instrument: this.instrument,
      moneyPerPoint: () => this.moneyPerPoint(),
      equity: this.shared?.equity ?? this.equity(close),
      close,
      closeTime: () => this.closeTimeOf(time),
      id,
    };
  }

  private planned(planned: PlannedOrder): Extract<PlannedOrder, { kind: "order" }> | null {
    if (planned.kind === "order") return planned;
    this.count(planned.kind === "absent" ? "absentOrders" : "rejectedOrders");
    return null;
  }

  /** The rate of an instant; nobody asks for one while nothing is held. */
  private rate(instant = this.now): Fraction | undefined {
    if (this.conversion === undefined || this.ledger.isFlat) return undefined;
    return this.conversion.at(instant);
  }

  private value(column: ColumnId, bar: number): number {
    return this.evaluation.value(column, bar);
  }

  /** An absent condition is not a true one. */
  private holds(condition: ColumnId, bar: number): boolean {
    return this.evaluation.value(condition, bar) === 1;
  }

  /** Follows the orders that the session has sent, and with a stop its trail, to their end. */
  private follow(event: VenueEvent): void {
    const told = happeningOf(event);
    if (told === null) return;
    const { id, happening } = told;
    this.sent.hear(id, happening);
    if (!isOver(stateAfter("working", happening, id))) return;
    // News of a stop may come before that of the entry that has brought it.
    this.sent.lose(id);
    if (this.trails.isIdle) return;
    // The session asks for the end of no stop that a trail moves.
    if (event.kind === "cancelled" && event.reason === "asked") this.trails.miss(id);
    else this.trails.forget(id);
  }

  private count(what: keyof Counts): void {
    this.counts[what]++;
  }
}

const sides: readonly TradeSide[] = ["long", "short"];

const emptyColumn = new Float64Array(0);

function emptyRow(): Fields {
  const one = (): Float64Array => new Float64Array(1);
  return {
    open: one(),
    high: one(),
    low: one(),
    close: one(),
    volume: one(),
    time: one(),
    session_bar: one(),
  };
}

const fieldNames = Object.keys(emptyRow()) as (keyof Fields)[];
