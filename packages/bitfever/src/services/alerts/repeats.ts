import type { Alert } from "./alert.js";

interface Heard {
  readonly until: number;
  readonly count: number;
  readonly newest: Alert;
}

/** So many different ones are told apart; of more the oldest is told before its time. */
const mostKeys = 1_000;

/** Tells the same once: the first at once, and what repeats it within a while as one with their count, when that is over. */
export class Repeats {
  private readonly heard = new Map<string, Heard>();

  /** @param windowMs  how long the same is held back, in milliseconds */
  constructor(private readonly windowMs: number) {}

  /** Whether it is to be told now; else it is counted. */
  hear(alert: Alert, now: number): boolean {
    if (this.windowMs === 0) return true;
    const before = this.heard.get(alert.key);
    // What was counted in a window that is over, and not told yet, is told with this one.
    if (before !== undefined && (now < before.until || before.count > 0)) {
      this.heard.set(alert.key, { ...before, count: before.count + 1, newest: alert });
      return false;
    }
    // Behind those that are over sooner.
    this.heard.delete(alert.key);
    this.heard.set(alert.key, { until: now + this.windowMs, count: 0, newest: alert });
    return true;
  }

  /** What was counted in windows that are over by then, each once; it is held back anew. */
  due(now: number): readonly (readonly [newest: Alert, count: number])[] {
    const told: (readonly [Alert, number])[] = [];
    for (const [key, { until, count, newest }] of this.heard) {
      if (until > now && this.heard.size <= mostKeys) break;
      this.heard.delete(key);
      if (count === 0) continue;
      told.push([newest, count]);
      if (until <= now && Number.isFinite(now))
        this.heard.set(key, { until: now + this.windowMs, count: 0, newest });
    }
    return told;
  }
}
