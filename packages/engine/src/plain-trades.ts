import type { Instrument } from "./instrument.js";
import type { ExitReason, Trade } from "./trade.js";

/** What was entered, in steps of the instrument. */
export interface PlainLot {
  /** 1 long, -1 short. */
  readonly direction: number;
  readonly bar: number;
  readonly price: number;
  readonly quantity: number;
  readonly value: number;
  readonly commission: number;
  readonly tag: string;
}

/** How it ended, in steps of the instrument. */
export interface PlainExit {
  readonly bar: number;
  readonly price: number;
  readonly value: number;
  readonly commission: number;
  readonly reason: ExitReason;
  readonly tag: string;
}

/** The closed trades of a position that is entered and left as a whole, and what is open of it. */
export class PlainTrades {
  private readonly closed: { readonly lot: PlainLot; readonly exit: PlainExit }[] = [];

  constructor(
    private readonly instrument: Instrument,
    private readonly time: Float64Array,
  ) {}

  close(lot: PlainLot, exit: PlainExit): void {
    this.closed.push({ lot, exit });
  }

  /** As a book tells them; what is open is marked at a price. */
  told(open: PlainLot | null, lastPrice: number): Trade[] {
    const trades = this.closed.map(({ lot, exit }) =>
      this.trade(lot, exit, gainOf(lot, exit.value), lot.commission + exit.commission),
    );
    if (open === null) return trades;
    const { instrument } = this;
    const worth = instrument.notional(instrument.price(lastPrice, "nearest"), open.quantity);
    trades.push(this.trade(open, null, gainOf(open, worth), open.commission));
    return trades;
  }

  private trade(lot: PlainLot, exit: PlainExit | null, gain: number, commission: number): Trade {
    const { instrument, time } = this;
    return {
      side: lot.direction > 0 ? "long" : "short",
      entryBar: lot.bar,
      entryTime: time[lot.bar],
      entryPrice: instrument.priceDecimal(lot.price),
      entryValue: instrument.moneyDecimal(lot.value),
      entryTag: lot.tag,
      quantity: instrument.quantityDecimal(lot.quantity),
      exitBar: exit?.bar ?? null,
      exitTime: exit && time[exit.bar],
      exitPrice: exit && instrument.priceDecimal(exit.price),
      exitValue: exit && instrument.moneyDecimal(exit.value),
      exitReason: exit?.reason ?? null,
      exitTag: exit?.tag ?? null,
      profit: instrument.moneyDecimal(gain - commission),
      commission: instrument.moneyDecimal(commission),
    };
  }
}

const gainOf = ({ direction, value }: PlainLot, exit: number): number =>
  direction > 0 ? exit - value : value - exit;
