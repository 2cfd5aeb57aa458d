import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same, in a time that says nothing of either. */
export function isSameSecret(given: string, meant: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(meant));
}

/** What a request was signed with. */
export interface Signed {
  /** Milliseconds UTC, as text. */
  readonly timestamp: string;
  /** Other for each request. */
  readonly nonce: string;
  readonly body: string;
}

/**
 * The signature of a request: HMAC-SHA256 over time, nonce and body, in hexadecimal digits.
 *
 * @example
 * signatureOf(secret, { timestamp: "1772445780000", nonce: "k2j4h6g8", body: '{"command":"positions"}' });
 */
export const signatureOf = (secret: string, { timestamp, nonce, body }: Signed): string =>
  createHmac("sha256", secret).update(`${timestamp}.${nonce}.${body}`).digest("hex");

/** Signed requests are good once, and only about the time at which they were signed. */
export class SeenOnce {
  private readonly seen = new Map<string, number>();

  constructor(private readonly windowMs: number) {}

  /** Whether something of a time was not seen before, and its time is about now; it is remembered if so. */
  admits(what: string, time: number, now: number): boolean {
    for (const [each, until] of this.seen) if (until < now) this.seen.delete(each);
    if (!(Math.abs(now - time) <= this.windowMs) || this.seen.has(what)) return false;
    this.seen.set(what, time + this.windowMs);
    return true;
  }
}
