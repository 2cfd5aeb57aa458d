import { Decimal } from "decimal.js";

/** A candle of an exchange, by the time at which it opens, in milliseconds UTC. */
export interface ExchangeCandle {
  readonly time: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
}

const secondMs = 1_000;
/** Up to here the seconds of an interval are looked up one by one. */
const hourMs = 3_600_000;
/** A server that runs for long does not keep all there was: what came first goes first. */
const remembered = 50_000;

/** The candles of a market by the second, or by whatever they were put in as, and put together to longer ones. */
export class CandleSeries {
  private readonly pieces = new Map<number, ExchangeCandle>();
  /** Oldest first; null while they have to be sorted again. */
  private inOrder: readonly ExchangeCandle[] | null = [];

  /** Takes a trade into the candle of its second. */
  print(price: Decimal, quantity: Decimal, time: number): void {
    const opened = openOf(time, secondMs);
    const found = this.pieces.get(opened);
    const own = { time: opened, open: price, high: price, low: price, close: price, volume: quantity };
    this.set(found === undefined ? own : joined(found, own));
  }

  /** Puts a candle in its place, whatever was there. */
  put(candle: ExchangeCandle, lengthMs: number): void {
    for (let time = candle.time; time < candle.time + lengthMs; time += secondMs) this.pieces.delete(time);
    this.set(candle);
  }

  /** Those of an interval that open from one time up to another, oldest first. */
  between(intervalMs: number, from: number, to: number): readonly ExchangeCandle[] {
    const found = new Map<number, ExchangeCandle>();
    this.inOrder ??= [...this.pieces.values()].sort((a, b) => a.time - b.time);
    for (const piece of this.inOrder) {
      const time = openOf(piece.time, intervalMs);
      if (time < from || time > to) continue;
      const before = found.get(time);
      found.set(time, before === undefined ? { ...piece, time } : joined(before, piece));
    }
    return [...found.values()];
  }

  /** The one of an interval that a time falls into. */
  at(intervalMs: number, time: number): ExchangeCandle | undefined {
    const opened = openOf(time, intervalMs);
    if (intervalMs > hourMs) return this.between(intervalMs, opened, opened)[0];
    let found: ExchangeCandle | undefined;
    for (let each = opened; each < opened + intervalMs; each += secondMs) {
      const piece = this.pieces.get(each);
      if (piece !== undefined)
        found = found === undefined ? { ...piece, time: opened } : joined(found, piece);
    }
    return found;
  }

  private set(candle: ExchangeCandle): void {
    this.pieces.set(candle.time, candle);
    if (this.pieces.size > remembered) this.pieces.delete(this.pieces.keys().next().value as number);
    this.inOrder = null;
  }
}

const openOf = (time: number, intervalMs: number): number => Math.floor(time / intervalMs) * intervalMs;

const joined = (first: ExchangeCandle, second: ExchangeCandle): ExchangeCandle => ({
  time: first.time,
  open: first.open,
  high: Decimal.max(first.high, second.high),
  low: Decimal.min(first.low, second.low),
  close: second.close,
  volume: first.volume.plus(second.volume),
});
