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

const minuteMs = 60_000;
const remembered = 50_000;

/** The candles of a market by the minute, and put together to longer ones. */
export class CandleSeries {
  private readonly minutes = new Map<number, ExchangeCandle>();
  private newest = -Infinity;

  /** Takes a trade into the candle of its minute. */
  print(price: Decimal, quantity: Decimal, time: number): void {
    const opened = openOf(time, minuteMs);
    const found = this.minutes.get(opened);
    this.minutes.set(
      opened,
      found === undefined
        ? { time: opened, open: price, high: price, low: price, close: price, volume: quantity }
        : joined(found, {
            time: opened,
            open: price,
            high: price,
            low: price,
            close: price,
            volume: quantity,
          }),
    );
  }

  /** Puts a candle of a minute in its place, whatever was there. */
  put(candle: ExchangeCandle): void {
    this.minutes.set(candle.time, candle);
    if (candle.time <= this.newest) return;
    this.newest = candle.time;
    // A server that runs for long does not keep all there was: what came first goes first.
    if (this.minutes.size > remembered) this.minutes.delete(this.minutes.keys().next().value as number);
  }

  /** Those of an interval that open from one time up to another, oldest first. */
  between(intervalMs: number, from: number, to: number): readonly ExchangeCandle[] {
    const found = new Map<number, ExchangeCandle>();
    const inOrder = [...this.minutes.values()].sort((a, b) => a.time - b.time);
    for (const minute of inOrder) {
      const time = openOf(minute.time, intervalMs);
      if (time < from || time > to) continue;
      const before = found.get(time);
      found.set(time, before === undefined ? { ...minute, time } : joined(before, minute));
    }
    return [...found.values()];
  }

  /** The one of an interval that a time falls into. */
  at(intervalMs: number, time: number): ExchangeCandle | undefined {
    const opened = openOf(time, intervalMs);
    let found: ExchangeCandle | undefined;
    for (let at = opened; at < opened + intervalMs; at += minuteMs) {
      const minute = this.minutes.get(at);
      if (minute !== undefined)
        found = found === undefined ? { ...minute, time: opened } : joined(found, minute);
    }
    return found;
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
