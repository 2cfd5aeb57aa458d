import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";
import {
  Evaluation,
  Ledger,
  type AccountValues,
  type Command,
  type Counts,
  type EvaluationSnapshot,
  type Fields,
  type Instrument,
  type LedgerSnapshot,
  type Trade,
} from "@bitfever/engine";
import type { ClosedBar, SessionEvent } from "./contract.js";
import { planEntry, planExit } from "./intents.js";

export interface SessionOptions {
  readonly plan: Plan;
  readonly instrument: Instrument;
  readonly initialCapital: number;
  /** The most bars that `prepare` is ever given at once. */
  readonly longestBlock: number;
}

export interface SessionSnapshot {
  readonly bars: number;
  readonly evaluation: EvaluationSnapshot;
  readonly ledger: LedgerSnapshot;
  readonly pending: { readonly entry: string | null; readonly exit: string | null };
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
  counts: Counts = { ambiguousFills: 0, reducedOrders: 0, rejectedOrders: 0, absentOrders: 0 };
  private readonly plan: Plan;
  private readonly instrument: Instrument;
  private readonly evaluation: Evaluation;
  private readonly ledger: Ledger;
  private readonly enters: readonly PlannedEnter[];
  private readonly exits: readonly PlannedExit[];
  private readonly row: Fields = emptyRow();
  /** Orders sent whose end has not been heard of: until then no second one is sent. */
  private pendingEntry: string | null = null;
  private pendingExit: string | null = null;

  constructor({ plan, instrument, initialCapital, longestBlock }: SessionOptions) {
    this.plan = plan;
    this.instrument = instrument;
    this.evaluation = new Evaluation(plan, longestBlock);
    this.ledger = new Ledger(instrument, initialCapital);
    this.enters = plan.rules.filter((rule) => rule.kind === "enter");
    this.exits = plan.rules.filter((rule) => rule.kind === "exit");
  }

  /**
   * Announces that the bars `[from, to)` of `fields` come next, so that all that depends on bars alone is computed at
   * once. Each bar must still be told by an event; nothing is decided here. A session that is never prepared computes
   * bar by bar, to the same bits.
   */
  prepare(fields: Fields, from: number, to: number): void {
    this.evaluation.append(fields, from, to);
  }

  on(event: SessionEvent): readonly Command[] {
    switch (event.kind) {
      case "bar":
        return this.onBar(event.bar);
      case "fill":
        this.forget(event.fill.orderId);
        this.ledger.apply(event.fill, this.bars);
        if (event.fill.ambiguous) this.count("ambiguousFills");
        return nothing;
      case "reduced":
        this.count("reducedOrders");
        return nothing;
      case "rejected":
        this.forget(event.id);
        this.count("rejectedOrders");
        return nothing;
      case "cancelled":
        this.forget(event.id);
        return nothing;
    }
  }

  /** Signed quantity as a decimal: below zero when short. */
  get position(): number {
    return this.instrument.quantityDecimal(this.ledger.position);
  }

  /** What the account is worth at a price, in decimal money. */
  equity(price: number): number {
    return this.ledger.equity(price);
  }

  trades(lastPrice: number): Trade[] {
    return this.ledger.trades(lastPrice);
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
      pending: { entry: this.pendingEntry, exit: this.pendingExit },
      counts: this.counts,
    };
  }

  restore(snapshot: SessionSnapshot): void {
    this.bars = snapshot.bars;
    this.evaluation.restore(snapshot.evaluation);
    this.ledger.restore(snapshot.ledger);
    this.pendingEntry = snapshot.pending.entry;
    this.pendingExit = snapshot.pending.exit;
    this.counts = snapshot.counts;
  }

  private onBar(closed: ClosedBar): readonly Command[] {
    const bar = this.bars;
    if (this.evaluation.bars === bar) {
      for (const name of fieldNames) this.row[name][0] = closed[name];
      this.evaluation.append(this.row, 0, 1);
    }
    this.bars = bar + 1;
    if (this.evaluation.dependsOnAccount) this.evaluation.settle(bar, this.account(closed.close, bar));
    return bar < this.plan.warmup ? nothing : this.decide(closed, bar);
  }

  /** An entry on the other side turns the position round, so it goes before an exit; on most bars nothing holds. */
  private decide(closed: ClosedBar, bar: number): readonly Command[] {
    const enter = this.pendingEntry === null ? this.entering(bar) : null;
    if (enter !== null) {
      const entry = planEntry(enter, {
        value: (column) => this.evaluation.value(column, bar),
        instrument: this.instrument,
        equity: this.ledger.equity(closed.close),
        close: closed.close,
        id: `${closed.time}-${enter.tag}`,
      });
      if (entry.kind === "order") {
        this.pendingEntry = entry.order.id;
        return [{ kind: "submit", order: entry.order }];
      }
      this.count(entry.kind === "absent" ? "absentOrders" : "rejectedOrders");
    }
    const exit = this.pendingExit === null ? this.leaving(bar) : null;
    if (exit === null) return nothing;
    const order = planExit(exit, this.ledger.position, `${closed.time}-${exit.tag}`);
    this.pendingExit = order.id;
    return [{ kind: "submit", order }];
  }

  /** The first entry whose condition holds and that the position does not already answer. */
  private entering(bar: number): PlannedEnter | null {
    const { position } = this.ledger;
    for (const each of this.enters) {
      const isOpen = each.side === "long" ? position > 0 : position < 0;
      if (!isOpen && this.holds(each.when, bar)) return each;
    }
    return null;
  }

  private leaving(bar: number): PlannedExit | null {
    const { position } = this.ledger;
    if (position === 0) return null;
    for (const each of this.exits) {
      const applies = each.side === null || (each.side === "long") === position > 0;
      if (applies && this.holds(each.when, bar)) return each;
    }
    return null;
  }

  /** An absent condition is not a true one. */
  private holds(condition: number, bar: number): boolean {
    return this.evaluation.value(condition, bar) === 1;
  }

  private account(close: number, bar: number): AccountValues {
    const { openedOn, averagePrice, cashDecimal } = this.ledger;
    return {
      equity: this.ledger.equity(close),
      cash: cashDecimal,
      position_size: this.position,
      position_price: averagePrice ?? NaN,
      position_bars: openedOn === null ? NaN : bar - openedOn,
    };
  }

  private forget(id: string): void {
    if (this.pendingEntry === id) this.pendingEntry = null;
    if (this.pendingExit === id) this.pendingExit = null;
  }

  private count(what: keyof Counts): void {
    this.counts = { ...this.counts, [what]: this.counts[what] + 1 };
  }
}

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
