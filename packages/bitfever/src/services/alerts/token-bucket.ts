/** So many at once, and so many a minute in the long run. */
export class TokenBucket {
  private tokens: number;
  private filledAt = -Infinity;

  constructor(
    private readonly burst: number,
    private readonly perMinute: number,
  ) {
    this.tokens = burst;
  }

  /** How many whole tokens there are. */
  count(now: number): number {
    this.fill(now);
    return Math.floor(this.tokens);
  }

  /** Takes one; where there is none it is owed, up to what may come at once. */
  take(now: number): void {
    this.fill(now);
    this.tokens = Math.max(-this.burst, this.tokens - 1);
  }

  /** How long it is until there is a whole one, in milliseconds. */
  waitMs(now: number): number {
    this.fill(now);
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perMinute) * 60_000);
  }

  private fill(now: number): void {
    // A clock that is put back gives nothing.
    const passed = Math.max(0, now - this.filledAt);
    this.filledAt = now;
    // Sums of parts: what was waited for exactly must be there.
    this.tokens = Math.min(this.burst, this.tokens + (passed / 60_000) * this.perMinute + 1e-9);
  }
}
