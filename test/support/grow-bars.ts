import { barsOf, type Bars, type Calendar, type Timing } from "@bitfever/engine";
import type { Random } from "./random.js";

const minute = 60_000;
const day = 1_440 * minute;

/** Days on which something happens near: clocks change, a half day, a holiday, the turn of a week, month or year. */
const eventfulDays = [
  Date.UTC(2024, 2, 7),
  Date.UTC(2024, 2, 28),
  Date.UTC(2024, 6, 1),
  Date.UTC(2024, 9, 31),
  Date.UTC(2024, 10, 27),
  Date.UTC(2024, 11, 23),
  Date.UTC(2024, 11, 30),
  Date.UTC(2025, 2, 27),
];

/**
 * Bars as markets make them: sessions or round the clock, with bars missing, flat bars, ties, and now and then no volume;
 * with holes also without a price.
 */
export function growBars(
  random: Random,
  { calendar, intervalMs }: Timing,
  given: { readonly length: number; readonly hasHoles: boolean },
): Bars {
  const { length } = given;
  const times =
    intervalMs >= day ? dates(random, calendar, length) : instants(random, calendar, intervalMs, length);
  const column = (): Float64Array => new Float64Array(times.length);
  const bars = {
    time: Float64Array.from(times),
    ...{ open: column(), high: column(), low: column(), close: column(), volume: column() },
  };
  const hasVolume = random.chance(0.9);
  const hasHoles = random.chance(0.1) && given.hasHoles;
  let last = 100;
  for (let i = 0; i < times.length; i++) {
    // Steps of a quarter, so that prices meet and cross.
    const open = Math.max(1, last + 0.25 * random.pick([0, 0, 0, 1, -1, 8, -8]));
    const close = Math.max(1, open + 0.25 * random.whole(-4, 4));
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) + 0.25 * random.whole(0, 3);
    bars.low[i] = Math.max(0.25, Math.min(open, close) - 0.25 * random.whole(0, 3));
    bars.volume[i] = hasVolume && random.chance(0.95) ? random.whole(0, 20) * 50 : NaN;
    if (hasHoles && random.chance(0.1)) bars[random.pick(["open", "high", "low", "close"] as const)][i] = NaN;
    last = close;
  }
  return { ...barsOf("GENERATED", bars), intervalMs };
}

function dates(random: Random, calendar: Calendar, length: number): number[] {
  const times: number[] = [];
  let next = random.pick(eventfulDays) / day;
  while (times.length < length) {
    const { day: session } = calendar.sessionFrom(next);
    times.push(session * day);
    next = session + (random.chance(0.06) ? random.whole(2, 12) : 1);
  }
  return times;
}

function instants(random: Random, calendar: Calendar, intervalMs: number, length: number): number[] {
  const times: number[] = [];
  const isRoundTheClock = !calendar.hasHours || random.chance(0.25);
  const holes = random.pick([0, 0.02, 0.15]);
  const jumps = random.pick([0, 0.02, 0.06]);
  const isAligned = random.chance(0.5);
  let next = random.pick(eventfulDays) + random.whole(0, 48) * 30 * minute;
  while (times.length < length) {
    if (!isRoundTheClock) {
      const { open, close, pause } = calendar.sessionAt(next);
      // Hours by the clock begin before an open at half past, those of the session with it.
      const first = isAligned ? open : Math.floor(open / intervalMs) * intervalMs;
      if (next < first || next >= close) next = first;
      if (pause !== null && next >= pause.from && next < pause.to) next = pause.to;
      if (times.length > 0 && next <= times[times.length - 1]) next = times[times.length - 1] + intervalMs;
    }
    if (!random.chance(holes)) times.push(next);
    next += intervalMs;
    if (random.chance(jumps)) next += random.whole(1, 400) * intervalMs;
  }
  return times;
}
