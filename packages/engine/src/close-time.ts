import { dayMs } from "./data/zone.js";
import type { Timing } from "./trading-calendar.js";

/** The instant at which a bar is over, by the stamp it carries. Daily bars end with their market's session. */
export function closeTimeOf({ calendar, intervalMs, isDated }: Timing): (time: number) => number {
  if (!isDated) return (time) => time + intervalMs;
  return (time) => {
    let session = calendar.sessionFrom(Math.floor(time / dayMs));
    for (;;) {
      const next = calendar.sessionFrom(session.day + 1);
      if (next.day * dayMs >= time + intervalMs) return session.close;
      session = next;
    }
  };
}

/** The instant at which a bar opens, by the stamp it carries: that of its session where stamps are dates. */
export function openTimeOf({ calendar, isDated }: Timing): (time: number) => number {
  if (!isDated) return (time) => time;
  return (time) => calendar.sessionFrom(Math.floor(time / dayMs)).open;
}
