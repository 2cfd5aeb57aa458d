import { RateLimiter, type Rate } from "./rate-limiter.js";
import type { Caller, ServiceContext } from "./service.js";

/** Who is turned away again and again is not written down each time: a disk must not be filled from outside. */
const noted: Rate = { perMinute: 30, burst: 30 };

/** Stands at a mouth: who may not come in, or comes too often, is turned away and written down. */
export class Doorkeeper {
  private readonly limiter: RateLimiter;
  private readonly notes = new RateLimiter(noted);

  constructor(
    private readonly context: Pick<ServiceContext, "clock" | "log" | "turnedAway">,
    rate: Rate,
  ) {
    this.limiter = new RateLimiter(rate);
  }

  /** Whether somebody who is known may give one more command. */
  admits(words: string, by: Caller): boolean {
    if (this.limiter.take(keyOf(by), this.context.clock.now())) return true;
    this.turnAway(words, by, "BF5339", "too many commands");
    return false;
  }

  /** Milliseconds until somebody may come again. */
  waitMs(by: Caller): number {
    return this.limiter.waitMs(keyOf(by), this.context.clock.now());
  }

  /** Writes down that somebody was not let in. */
  turnAway(words: string, by: Caller, code: string, why: string): void {
    const { clock, log, turnedAway } = this.context;
    if (!this.notes.take(by.mouth, clock.now())) return;
    log.warn(`${by.mouth} turned ${by.who} away: ${why}`, { ...by, code });
    turnedAway?.(words, by, code);
  }
}

const keyOf = ({ mouth, who }: Caller): string => `${mouth}\n${who}`;
