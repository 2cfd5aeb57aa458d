import { firstNotBefore } from "./bisection.js";
import type { Curve, Stretch } from "./curve.js";
import { grown, rowsFor } from "./grown.js";
import type { Instrument } from "./instrument.js";
import type { Mutable } from "./mutable.js";
import type { Room } from "./room.js";

/** What a bar leaves behind. */
export interface HeldState {
  /** In steps of money. */
  readonly cash: number;
  /** In lots, below zero where it is short. */
  readonly held: number;
  /** The stop that stood in the bar, as a decimal; NaN without one. */
  readonly stop: number;
  /** The one that stands in those after it. */
  readonly nextStop: number;
}

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
  /** For values of a spell that are rounded. */
  private readonly block: Float64Array;

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
    this.block = room.doubles(instrument.isAsGiven ? 0 : blockLength);
    this.from[0] = this.held[0] = 0;
    this.cash[0] = cash;
  }

  /** Tells what a bar leaves behind. Bars come in their order. */
  tell(bar: number, { cash, held, stop, nextStop }: HeldState): void {
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
      valuesAt: (bars) => this.equityAtAll(bars),
      eachStretch: (see) => {
        this.eachStretch(see);
      },
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

  /** In the order of bars: the spell of each is looked for from that of the one before. */
  private equityAtAll(bars: Int32Array): Float64Array {
    const values = new Float64Array(bars.length);
    let spell = 0;
    for (let i = 0; i < bars.length; i++) {
      while (bars[i] >= this.endOf(spell)) spell++;
      values[i] = worthAt(this.instrument, this.cash[spell], this.held[spell], this.close[bars[i]]);
    }
    const last = bars.length - 1;
    if (this.closed !== null && bars[last] === this.close.length - 1) values[last] = this.closed;
    return values;
  }

  private eachStretch(see: (stretch: Stretch) => void): void {
    const { close, instrument, closed } = this;
    const { multiplier } = instrument.specification;
    // One for all: spells are many.
    const stretch: Mutable<Stretch> = {
      from: 0,
      to: 0,
      base: 0,
      values: close,
      lead: 0,
      factor: 0,
      multiplier,
    };
    const length = closed === null ? close.length : close.length - 1;
    for (let spell = 0; spell < this.count; spell++) {
      const held = this.held[spell];
      stretch.from = this.from[spell];
      stretch.to = Math.min(this.endOf(spell), length);
      if (stretch.from >= stretch.to) continue;
      if (held === 0 || instrument.isAsGiven) {
        stretch.base = instrument.moneyDecimal(this.cash[spell]);
        stretch.factor = held;
        see(stretch);
      } else this.eachRounded(spell, stretch, see);
    }
    if (closed !== null)
      see({ from: length, to: length + 1, base: closed, values: close, lead: 0, factor: 0, multiplier });
  }

  /** A spell whose worth is rounded at each bar. */
  private eachRounded(spell: number, { from, to }: Stretch, see: (stretch: Stretch) => void): void {
    const { block, close, instrument } = this;
    for (let start = from; start < to; start += block.length) {
      const end = Math.min(start + block.length, to);
      for (let bar = start; bar < end; bar++)
        block[bar - start] = worthAt(instrument, this.cash[spell], this.held[spell], close[bar]);
      see({ from: start, to: end, base: 0, values: block, lead: -start, factor: 1, multiplier: 1 });
    }
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

/** So many values at a time stay in the cache. */
const blockLength = 2_048;

const areSame = (a: number, b: number): boolean => a === b || (a !== a && b !== b);

/** What an account is worth with so much held at a price, as decimal money. */
export const worthAt = (instrument: Instrument, cash: number, held: number, price: number): number =>
  instrument.moneyDecimal(
    held === 0 ? cash : instrument.sum(cash, instrument.notional(instrument.price(price, "nearest"), held)),
  );
