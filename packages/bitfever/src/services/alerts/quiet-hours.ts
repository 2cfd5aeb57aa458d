import { dayMs, zoneOf } from "@bitfever/engine";
import type { Level } from "./level.js";

/** Hours of the day in which only what matters is told. */
export interface QuietHours {
  /** Milliseconds from midnight by the clocks of the zone. */
  readonly from: number;
  /** Not after `from`: on the next day. */
  readonly to: number;
  readonly zone: string;
  /** The least level that is told all the same. */
  readonly breaks: Level;
}

/** When the quiet in which an instant lies is over, in milliseconds UTC; null where there is none. */
export function quietUntil({ from, to, zone: name }: Omit<QuietHours, "breaks">, now: number): number | null {
  const zone = zoneOf(name);
  const today = Math.floor((now + zone.offset(now)) / dayMs);
  const length = to > from ? to - from : to + dayMs - from;
  // One that began yesterday may last into today. By instants, since a clock that jumps makes a night longer or shorter.
  for (const day of [today - 1, today]) {
    const start = day * dayMs + from;
    const end = zone.reached(start + length);
    if (now >= zone.reached(start) && now < end) return end;
  }
  return null;
}
