import { grown, rowsFor } from "./grown.js";
import type { Instrument } from "./instrument.js";
import type { Room } from "./room.js";
import type { TradeColumns } from "./trade-columns.js";
import type { ExitReason, Trade } from "./trade.js";

/** What was entered or left, in steps of the instrument. */
export interface PlainFill {
  readonly bar: number;
  readonly price: number;
  /** Of an entry; whoever leaves leaves all. */
  readonly quantity: number;
  readonly value: number;
  readonly commission: number;
  readonly tag: string;
}

/** Why what is held as a whole is left. */
const reasons: readonly ExitReason[] = ["signal", "stop", "target", "reversal"];

/** The trades of a position that is entered and left as a whole, as columns: a row for each, the last one perhaps open. */
export class PlainTrades {
  private count = 0;
  private isOpen = false;
  /** Of the open one, in steps. */
  private openValue = 0;
  private openQuantity = 0;
  private openCommission = 0;
  private direction: Int8Array;
  private entryBar: Int32Array;
  private exitBar: Int32Array;
  // As decimals.
  private quantity: Float64Array;
  private entryPrice: Float64Array;
  private exitPrice: Float64Array;
  private entryValue: Float64Array;
  private exitValue: Float64Array;
  private profit: Float64Array;
  private commission: Float64Array;
  /** Places in `tags` and `reasons`. */
  private entryTag: Int32Array;
  private exitTag: Int32Array;
  private exitReason: Int8Array;
  private readonly tags: string[] = [];

  constructor(
    private readonly instrument: Instrument,
    private readonly time: Float64Array,
    private readonly room: Room,
  ) {
    const rows = rowsFor(time.length, 32);
    this.direction = room.directions(rows);
    this.entryBar = room.integers(rows);
    this.exitBar = room.integers(rows);
    this.quantity = room.doubles(rows);
    this.entryPrice = room.doubles(rows);
    this.exitPrice = room.doubles(rows);
    this.entryValue = room.doubles(rows);
    this.exitValue = room.doubles(rows);
    this.profit = room.doubles(rows);
    this.commission = room.doubles(rows);
    this.entryTag = room.integers(rows);
    this.exitTag = room.integers(rows);
    this.exitReason = room.directions(rows);
  }

  /** @param direction  1 long, -1 short */
  open(direction: number, { bar, price, quantity, value, commission, tag }: PlainFill): void {
    const { instrument } = this;
    const row = this.count++;
    if (row === this.direction.length) this.grow();
    this.isOpen = true;
    this.openValue = value;
    this.openQuantity = quantity;
    this.openCommission = commission;
    this.direction[row] = direction;
    this.entryBar[row] = bar;
    this.quantity[row] = instrument.quantityDecimal(quantity);
    this.entryPrice[row] = instrument.priceDecimal(price);
    this.entryValue[row] = instrument.moneyDecimal(value);
    this.entryTag[row] = this.placeOf(tag);
  }

  close({ bar, price, value, commission, tag }: PlainFill, reason: ExitReason): void {
    const { instrument } = this;
    const row = this.count - 1;
    this.isOpen = false;
    this.exitBar[row] = bar;
    this.exitPrice[row] = instrument.priceDecimal(price);
    this.exitValue[row] = instrument.moneyDecimal(value);
    this.exitTag[row] = this.placeOf(tag);
    this.exitReason[row] = reasons.indexOf(reason);
    this.settle(row, value, this.openCommission + commission);
  }

  /** All of them; what is open is marked at a price. */
  columns(lastPrice: number): TradeColumns {
    const length = this.count;
    this.mark(lastPrice);
    return {
      length,
      closed: this.isOpen ? length - 1 : length,
      direction: this.direction.subarray(0, length),
      entryBar: this.entryBar.subarray(0, length),
      exitBar: this.exitBar.subarray(0, length),
      entryPrice: this.entryPrice.subarray(0, length),
      exitPrice: this.exitPrice.subarray(0, length),
      entryValue: this.entryValue.subarray(0, length),
      exitValue: this.exitValue.subarray(0, length),
      profit: this.profit.subarray(0, length),
      commission: this.commission.subarray(0, length),
      hasSplits: false,
      hasSymbols: false,
    };
  }

  /** The same as a book tells them. */
  told(lastPrice: number): Trade[] {
    this.mark(lastPrice);
    return Array.from({ length: this.count }, (_, row) => this.trade(row));
  }

  private mark(lastPrice: number): void {
    if (!this.isOpen) return;
    const { instrument } = this;
    const row = this.count - 1;
    this.exitBar[row] = -1;
    this.exitPrice[row] = this.exitValue[row] = NaN;
    const worth = instrument.notional(instrument.price(lastPrice, "nearest"), this.openQuantity);
    this.settle(row, worth, this.openCommission);
  }

  private settle(row: number, value: number, commission: number): void {
    const { instrument, openValue } = this;
    const gain = this.direction[row] > 0 ? value - openValue : openValue - value;
    this.profit[row] = instrument.moneyDecimal(gain - commission);
    this.commission[row] = instrument.moneyDecimal(commission);
  }

  private trade(row: number): Trade {
    const { time } = this;
    const isOver = row < this.count - 1 || !this.isOpen;
    const [entryBar, exitBar] = [this.entryBar[row], this.exitBar[row]];
    return {
      side: this.direction[row] > 0 ? "long" : "short",
      entryBar,
      entryTime: time[entryBar],
      entryPrice: this.entryPrice[row],
      entryValue: this.entryValue[row],
      entryTag: this.tags[this.entryTag[row]],
      quantity: this.quantity[row],
      exitBar: isOver ? exitBar : null,
      exitTime: isOver ? time[exitBar] : null,
      exitPrice: isOver ? this.exitPrice[row] : null,
      exitValue: isOver ? this.exitValue[row] : null,
      exitReason: isOver ? reasons[this.exitReason[row]] : null,
      exitTag: isOver ? this.tags[this.exitTag[row]] : null,
      profit: this.profit[row],
      commission: this.commission[row],
    };
  }

  private placeOf(tag: string): number {
    // Most strategies have a tag or two, and trades are many.
    if (this.tags[0] === tag) return 0;
    const found = this.tags.indexOf(tag);
    return found < 0 ? this.tags.push(tag) - 1 : found;
  }

  private grow(): void {
    const { room } = this;
    this.direction = grown(this.direction, (length) => room.directions(length));
    this.entryBar = grown(this.entryBar, (length) => room.integers(length));
    this.exitBar = grown(this.exitBar, (length) => room.integers(length));
    this.quantity = grown(this.quantity, (length) => room.doubles(length));
    this.entryPrice = grown(this.entryPrice, (length) => room.doubles(length));
    this.exitPrice = grown(this.exitPrice, (length) => room.doubles(length));
    this.entryValue = grown(this.entryValue, (length) => room.doubles(length));
    this.exitValue = grown(this.exitValue, (length) => room.doubles(length));
    this.profit = grown(this.profit, (length) => room.doubles(length));
    this.commission = grown(this.commission, (length) => room.doubles(length));
    this.entryTag = grown(this.entryTag, (length) => room.integers(length));
    this.exitTag = grown(this.exitTag, (length) => room.integers(length));
    this.exitReason = grown(this.exitReason, (length) => room.directions(length));
  }
}
