import {
  barGrid,
  type BarSpan,
  type Candle,
  type CandleUpdate,
  type ClosedCandlesOptions,
} from "@bitfever/runtime";

type Timing = ClosedCandlesOptions["timing"];

export const minuteMs = 60_000;

/** The bar that a minute belongs to, and the instant at which that begins; null for one beside the hours. */
interface Place extends BarSpan {
  readonly begin: number;
}

/** A bar that takes in minutes, by the times at which they open. */
interface Growing {
  readonly place: Place;
  readonly minutes: Map<number, Candle>;
  isTold: boolean;
}

/** How many bars that were told may still change. */
const remembered = 3;

function placing(timing: Timing): (time: number) => Place | null {
  const grid = barGrid(timing);
  return (time) => {
    const { open, close, pause } = timing.calendar.sessionAt(time);
    const isWithin =
      time >= open && time < close && !(pause !== null && time >= pause.from && time < pause.to);
    if (!isWithin) return null;
    const span = grid.at(time);
    return { ...span, begin: timing.isDated ? open : span.time };
  };
}

/**
 * Closed candles of any length, of the minutes that a stream tells when they are over and sometimes once more. A minute that is not told is
 * one in which nobody traded; a candle of which the beginning was not heard is left out.
 */
export class CandlesOfMinutes {
  private readonly placeOf: (time: number) => Place | null;
  private growing: Growing[] = [];
  private wholeFrom = Infinity;

  /** @param patienceMs  how long a candle waits for minutes that are told late */
  constructor(
    timing: Timing,
    private readonly patienceMs: number,
  ) {
    this.placeOf = placing(timing);
  }

  /** From an instant on all minutes are told; those that began before it may have been missed. */
  listensFrom(instant: number): void {
    this.wholeFrom = instant;
    this.growing = this.growing.filter(({ isTold }) => isTold);
  }

  on(minute: Candle): readonly CandleUpdate[] {
    const place = this.placeOf(minute.time);
    if (place === null) return [];
    let found = this.growing.find((each) => each.place.time === place.time);
    if (found === undefined) {
      if (place.begin < this.wholeFrom) return [];
      found = { place, minutes: new Map(), isTold: false };
      this.growing.push(found);
      this.growing.sort((a, b) => a.place.time - b.place.time);
    }
    found.minutes.set(minute.time, minute);
    const isFull = found.minutes.size * minuteMs >= place.end - place.begin;
    return found.isTold || isFull ? [this.told(found)] : [];
  }

  at(now: number): readonly CandleUpdate[] {
    const due = this.growing.filter(({ isTold, place }) => !isTold && now >= place.end + this.patienceMs);
    const candles = due.map((each) => this.told(each));
    const over = this.growing.filter(({ isTold }) => isTold);
    for (const each of over.slice(0, -remembered)) this.growing.splice(this.growing.indexOf(each), 1);
    return candles;
  }

  private told(growing: Growing): CandleUpdate {
    growing.isTold = true;
    const { place, minutes } = growing;
    return { ...joined(place.time, [...minutes.values()]), isClosed: true };
  }
}

/** What minutes of a history come to, oldest first. */
export function candlesOf(minutes: readonly Candle[], timing: Timing): readonly Candle[] {
  const placeOf = placing(timing);
  const all = new Map<number, Candle[]>();
  for (const minute of minutes) {
    const place = placeOf(minute.time);
    if (place === null) continue;
    const found = all.get(place.time);
    if (found === undefined) all.set(place.time, [minute]);
    else found.push(minute);
  }
  return [...all].sort(([a], [b]) => a - b).map(([time, each]) => joined(time, each));
}

function joined(time: number, minutes: readonly Candle[]): Candle {
  const inOrder = [...minutes].sort((a, b) => a.time - b.time);
  const [first, last] = [inOrder[0], inOrder[inOrder.length - 1]];
  return {
    ...{ time, open: first.open, close: last.close },
    high: Math.max(...inOrder.map(({ high }) => high)),
    low: Math.min(...inOrder.map(({ low }) => low)),
    volume: inOrder.reduce((sum, { volume }) => sum + volume, 0),
  };
}
