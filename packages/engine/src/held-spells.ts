import { firstNotBefore } from "./bisection.js";
import { blockLength, type Curve } from "./curve.js";
import { grown, rowsFor } from "./grown.js";
import type { Instrument } from "./instrument.js";
import type { Room } from "./room.js";

/**
 * What an account holds, from each bar that changes it to the next: all there is to know of one that few bars change. Values
 * at bars are made when somebody reads them.
 */
export class HeldSpells {
  private count = 1;
  private from: Int32Array;
  private cash: Float64Array;
  private held: Float64Array;
  /** In the bar that begins the spell, and in the others; none as long as none has stood. */
  private stop: Float64Array | null = null;
  private nextStop: Float64Array | null = null;
  /** What the account is worth once what it held at the last bar is closed. */
  private closed: number | null = null;
  private block: Float64Array = new Float64Array(0);

  constructor(
    private readonly instrument: Instrument,
    private readonly close: Float64Array,
    cash: number,
    private readonly room: Room,
  ) {
    const rows = rowsFor(close.length, 16);
    this.from = room.integers(rows);
    this.cash = room.doubles(rows);
    this.held = room.doubles(rows);
    this.from[0] = this.held[0] = 0;
    this.cash[0] = cash;
  }

  /**
   * What a bar leaves behind. Bars come in their order.
   *
   * @param cash      in steps of money
   * @param held      in lots, below zero where it is short
   * @param stop      that stood in the bar, as a decimal; NaN without one
   * @param nextStop  that stands in those after it
   */
  tell(bar: number, cash: number, held: number, stop: number, nextStop: number): void {
    const last = this.count - 1;
    const isSame = this.cash[last] === cash && this.held[last] === held;
    if (isSame && this.isSameStop(last, stop, nextStop)) return;
    const at = this.from[last] === bar ? last : this.count++;
    if (at === this.from.length) this.grow();
    this.from[at] = bar;
    this.cash[at] = cash;
    this.held[at] = held;
    if (this.stop !== null || stop === stop || nextStop === nextStop) this.tellStop(at, stop, nextStop);
  }

  /** What is held after the last bar is closed; the account is worth so much then, as decimal money. */
  end(equity: number): void {
    this.closed = equity;
  }

  /** Bars at whose close something is held. */
  get heldBars(): number {
    let bars = 0;
    for (let i = 0; i < this.count; i++) if (this.held[i] !== 0) bars += this.endOf(i) - this.from[i];
    return bars;
  }

  /** The account in decimal money. */
  get equity(): Curve {
    return {
      length: this.close.length,
      valueAt: (bar) => this.equityAt(bar),
      block: (from, to) => this.equityBlock(from, to),
    };
  }

  /** Signed units at each bar. */
  position(): Float64Array {
    return this.spread((values, i, from, to) => {
      values.fill(this.instrument.quantityDecimal(this.held[i]), from, to);
    });
  }

  /** The stop in each bar; NaN where none stands. */
  stops(): Float64Array {
    return this.spread((values, i, from, to) => {
      values.fill(this.nextStop?.[i] ?? NaN, from, to);
      values[from] = this.stop?.[i] ?? NaN;
    });
  }

  private isSameStop(last: number, stop: number, nextStop: number): boolean {
    const before = this.nextStop === null ? NaN : this.nextStop[last];
    return areSame(before, nextStop) && areSame(stop, nextStop);
  }

  private tellStop(at: number, stop: number, nextStop: number): void {
    const length = this.from.length;
    this.stop ??= this.room.doubles(length).fill(NaN);
    this.nextStop ??= this.room.doubles(length).fill(NaN);
    this.stop[at] = stop;
    this.nextStop[at] = nextStop;
  }

  private spread(
    fill: (values: Float64Array, spell: number, from: number, to: number) => void,
  ): Float64Array {
    const values = new Float64Array(this.close.length);
    for (let i = 0; i < this.count; i++) fill(values, i, this.from[i], this.endOf(i));
    return values;
  }

  private endOf(spell: number): number {
    return spell === this.count - 1 ? this.close.length : this.from[spell + 1];
  }

  private equityAt(bar: number): number {
    if (this.closed !== null && bar === this.close.length - 1) return this.closed;
    const spell = this.spellAt(bar);
    return worthAt(this.instrument, this.cash[spell], this.held[spell], this.close[bar]);
  }

  private equityBlock(from: number, to: number): Float64Array {
    if (this.block.length < to - from) this.block = this.room.doubles(Math.max(blockLength, to - from));
    const { block, close, instrument } = this;
    let spell = this.spellAt(from);
    for (let bar = from; bar < to; spell++) {
      const end = Math.min(this.endOf(spell), to);
      // One by one: spells are many, and a pair is an object.
      const cash = this.cash[spell];
      const held = this.held[spell];
      // Most spells are too short for `fill` to be worth its call.
      if (held === 0) {
        const money = instrument.moneyDecimal(cash);
        for (let i = bar; i < end; i++) block[i - from] = money;
      } else if (instrument.isAsGiven) {
        const { multiplier } = instrument.specification;
        for (let i = bar; i < end; i++) block[i - from] = cash + close[i] * held * multiplier;
      } else for (let i = bar; i < end; i++) block[i - from] = worthAt(instrument, cash, held, close[i]);
      bar = end;
    }
    if (this.closed !== null && to === close.length) block[to - 1 - from] = this.closed;
    return block.subarray(0, to - from);
  }

  private spellAt(bar: number): number {
    return firstNotBefore(0, this.count, (i) => this.from[i] <= bar) - 1;
  }

  private grow(): void {
    const { room } = this;
    this.from = grown(this.from, (length) => room.integers(length));
    this.cash = grown(this.cash, (length) => room.doubles(length));
    this.held = grown(this.held, (length) => room.doubles(length));
    this.stop &&= grown(this.stop, (length) => room.doubles(length));
    this.nextStop &&= grown(this.nextStop, (length) => room.doubles(length));
  }
}

const areSame = (a: number, b: number): boolean => a === b || (a !== a && b !== b);

/** What an account is worth with so much held at a price, as decimal money. */
export const worthAt = (instrument: Instrument, cash: number, held: number, price: number): number =>
  instrument.moneyDecimal(
    held === 0 ? cash : instrument.sum(cash, instrument.notional(instrument.price(price, "nearest"), held)),
  );
