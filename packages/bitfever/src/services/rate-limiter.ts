/** How often somebody may come: so many at once, and so many a minute in the long run. */
export interface Rate {
  readonly perMinute: number;
  readonly burst: number;
}

/** As a configuration says it. */
export const rateOf = (given: { readonly per_minute: number; readonly burst: number }): Rate => ({
  perMinute: given.per_minute,
  burst: given.burst,
});

interface Bucket {
  left: number;
  filledAt: number;
}

/** Nobody fills the memory under ever new names. */
const mostBuckets = 10_000;

/** A bucket for everybody, from which each takes one and which fills again with time. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly rate: Rate) {}

  /** Whether somebody may come once more, which is counted if so. */
  take(who: string, now: number): boolean {
    const bucket = this.bucketOf(who, now);
    if (bucket.left < 1) return false;
    bucket.left--;
    return true;
  }

  /** Milliseconds until somebody may come again. */
  waitMs(who: string, now: number): number {
    const { left } = this.bucketOf(who, now);
    return left >= 1 ? 0 : Math.ceil(((1 - left) * 60_000) / this.rate.perMinute);
  }

  private bucketOf(who: string, now: number): Bucket {
    const { perMinute, burst } = this.rate;
    const found = this.buckets.get(who);
    if (found === undefined) return this.keep(who, { left: burst, filledAt: now });
    const passed = Math.max(0, now - found.filledAt);
    found.left = Math.min(burst, found.left + (passed * perMinute) / 60_000);
    found.filledAt = Math.max(found.filledAt, now);
    this.buckets.delete(who);
    return this.keep(who, found);
  }

  /** Behind all others: where there are too many, who came longest ago is forgotten, and has most likely a full one. */
  private keep(who: string, bucket: Bucket): Bucket {
    const [oldest] = this.buckets.keys();
    if (this.buckets.size >= mostBuckets && oldest !== undefined) this.buckets.delete(oldest);
    this.buckets.set(who, bucket);
    return bucket;
  }
}
