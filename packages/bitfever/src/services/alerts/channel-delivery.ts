import { textOfError } from "@bitfever/lang";
import type { ServiceClock, ServiceLog } from "../service.js";
import { backoffMs, type Backoff } from "./backoff.js";
import type { Channel, Sending } from "./channels/channel.js";
import type { DeliveryQueue, Waiting } from "./delivery-queue.js";
import { digestOf } from "./digest.js";
import { isAtLeast } from "./level.js";
import type { Message } from "./message.js";
import { quietUntil, type QuietHours } from "./quiet-hours.js";
import type { TokenBucket } from "./token-bucket.js";

interface ChannelDeliveryOptions {
  readonly name: string;
  readonly channel: Channel;
  readonly queue: DeliveryQueue;
  readonly bucket: TokenBucket;
  readonly quiet: QuietHours | null;
  readonly retry: Backoff & { readonly giveUpAfterMs: number };
  readonly clock: ServiceClock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: ServiceLog;
  /** Nobody will be told of these by this channel. */
  readonly onGivenUp: (messages: readonly Waiting[], why: string) => void;
}

/** How long a channel may take with a message, in milliseconds. */
const sendingMs = 15_000;

/**
 * Delivers what waits for a channel, one message after the other: as fast as its pace allows, several in one where more wait than it
 * allows, later in quiet hours, and again after what failed. What is critical waits for nothing but what failed.
 */
export class ChannelDelivery {
  private failures = 0;
  private lastWhy = "";
  private blockedUntil = -Infinity;
  private sending: Promise<void> | null = null;
  private stopTimer = (): void => undefined;
  private abort = new AbortController();
  private isOver = false;
  /** While it ends pace and quiet keep nothing back: who stops it wants to know. */
  private isEnding = false;

  constructor(private readonly options: ChannelDeliveryOptions) {}

  /** Something may be waiting. */
  nudge(): void {
    if (this.sending !== null || this.isOver) return;
    this.stopTimer();
    const next = this.next();
    if (next === null) return;
    if (typeof next === "number") {
      this.wake(next);
      return;
    }
    this.sending = this.deliver(next)
      .catch((error: unknown) => {
        // A disk that cannot be written: it is told, and tried again.
        this.fail(textOfError(error));
      })
      .finally(() => {
        this.sending = null;
        if (this.isEnding && this.failures > 0) return;
        this.nudge();
      });
  }

  /** Tries once more what waits, for so long at most; the rest is kept. */
  async stop(graceMs: number): Promise<void> {
    this.isEnding = true;
    this.blockedUntil = -Infinity;
    const { clock } = this.options;
    const stopGrace = clock.after(graceMs, () => {
      this.isOver = true;
      this.abort.abort();
    });
    // One that was under way, and those that it leads to.
    this.nudge();
    while (this.sending !== null) await this.sending;
    stopGrace();
    this.isOver = true;
    this.stopTimer();
    this.options.channel.close();
  }

  /** What is to be sent now, or in how many milliseconds to look again; null where nothing waits. */
  private next(): readonly Waiting[] | number | null {
    const { queue, name, clock, quiet, bucket } = this.options;
    const waiting = queue.of(name);
    if (waiting.length === 0) return null;
    const now = clock.now();
    if (now < this.blockedUntil) return this.blockedUntil - now;
    if (this.isEnding) return waiting;
    const quietEnd = quiet === null ? null : quietUntil(quiet, now);
    const ripe =
      quietEnd === null || quiet === null
        ? waiting
        : waiting.filter(({ level }) => isAtLeast(level, quiet.breaks));
    const urgent = ripe.find(({ level }) => level === "critical");
    if (urgent !== undefined) return [urgent];
    if (ripe.length === 0) return (quietEnd ?? now) - now;
    const room = bucket.count(now);
    if (room < 1) return bucket.waitMs(now);
    // A digest while there is room for it: the last of it would go to one of many.
    return ripe.length > room ? ripe : [ripe[0]];
  }

  private async deliver(messages: readonly Waiting[]): Promise<void> {
    const { queue, bucket, clock, retry, log, name, onGivenUp } = this.options;
    const now = clock.now();
    const isLate = ({ since }: Waiting): boolean => now - since > retry.giveUpAfterMs;
    if (this.failures > 0 && messages.some(isLate)) {
      const [late, rest] = [messages.filter(isLate), messages.filter((each) => !isLate(each))];
      onGivenUp(late, `not delivered in time: ${this.lastWhy}`);
      if (rest.length === 0) return;
      return this.deliver(rest);
    }
    queue.sync();
    bucket.take(now);
    const sent = await this.send(messages.length === 1 ? withoutChannel(messages[0]) : digestOf(messages));
    if (sent.kind === "delivered") {
      if (this.failures > 0) log.info(`${name} delivers again`, { channel: name });
      this.failures = 0;
      queue.done(messages.map(({ id }) => id));
      return;
    }
    if (sent.isFinal && !this.abort.signal.aborted) {
      // Of several only one may be the cause: each is tried by itself.
      if (messages.length > 1) for (const each of messages) await this.deliverAlone(each);
      else onGivenUp(messages, sent.why);
      return;
    }
    this.fail(sent.why, sent.retryAfterMs);
  }

  private fail(why: string, retryAfterMs?: number): void {
    const { queue, clock, retry, log, name, random } = this.options;
    this.lastWhy = why;
    this.failures++;
    const wait = retryAfterMs ?? backoffMs(retry, this.failures, random());
    this.blockedUntil = clock.now() + wait;
    log.warn(`${name} does not deliver: ${why}`, {
      ...{ channel: name, failures: this.failures, retryInMs: wait, waiting: queue.of(name).length },
    });
  }

  private async deliverAlone(message: Waiting): Promise<void> {
    if (this.isOver || this.blockedUntil > this.options.clock.now()) return;
    await this.deliver([message]);
  }

  private async send(message: Message): Promise<Sending> {
    const { channel, clock } = this.options;
    const abort = new AbortController();
    const stop = (): void => {
      abort.abort(new Error("it has not answered in time"));
    };
    const stopTimer = clock.after(sendingMs, stop);
    this.abort.signal.addEventListener("abort", stop, { once: true });
    try {
      return await channel.send(message, abort.signal);
    } finally {
      stopTimer();
      this.abort.signal.removeEventListener("abort", stop);
    }
  }

  private wake(ms: number): void {
    this.stopTimer = this.options.clock.after(Math.min(ms, longestTimerMs), () => {
      this.nudge();
    });
  }
}

/** A timer of more than 24 days would go off at once. */
const longestTimerMs = 3_600_000;

const withoutChannel = ({ channel: _, since: _since, ...message }: Waiting): Message => message;
