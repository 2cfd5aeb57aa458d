import { textOfError } from "@bitfever/lang";
import { randomBytes } from "node:crypto";
import { stderr } from "node:process";
import { isoTime } from "@bitfever/engine";
import { fileStore, type JournalStore } from "@bitfever/runtime";
import type { AccountEvent } from "../../trading/account-event.js";
import { redaction, together, type Redaction } from "../redaction.js";
import type { Service, ServiceContext, ServiceKind, ServiceLog } from "../service.js";
import { AccountWatch } from "./account-watch.js";
import type { Alert } from "./alert.js";
import { alertNameOf, alertOfEvent } from "./alert-of-event.js";
import { ChannelDelivery } from "./channel-delivery.js";
import type { Channel, ChannelKind } from "./channels/channel.js";
import { channelKinds } from "./channels/channel-kinds.js";
import { DeliveryQueue, type Waiting } from "./delivery-queue.js";
import { alertsSchema, type AlertsOptions } from "./options.js";
import { Repeats } from "./repeats.js";
import { kindsOf, routesOf, textOf } from "./routing.js";
import { TokenBucket } from "./token-bucket.js";

/** What an alert service gets from the world besides its context. */
export interface AlertSurroundings {
  readonly write: (text: string) => void;
  /** In [0, 1). */
  readonly random: () => number;
  /** Never the same. */
  readonly newId: () => string;
}

const surroundings: AlertSurroundings = {
  write: (text) => void stderr.write(text),
  random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
  newId: () => randomBytes(12).toString("hex"),
};

/** Tells people what they want to know, by the ways that they have named. */
export const alerts: ServiceKind<AlertsOptions> = {
  name: "alerts",
  summary: "Tells of what happens, to a console, a webhook, Telegram and e-mail",
  schema: alertsSchema,
  make: (options, context) => new AlertService(options, context, surroundings),
};

/** What no event tells of. */
const watched = ["feed_stale", "feed_back", "daily_loss", "day_summary"] as const;
/** Between two looks at it, and at what has repeated. */
const lookEveryMs = 5_000;
/** How long an end waits for what is still to be delivered. */
const graceMs = 5_000;

export class AlertService implements Service {
  private readonly wanted: ReturnType<typeof kindsOf>;
  private readonly repeats: Repeats;
  private readonly redaction: Redaction;
  private readonly log: ServiceLog;
  private readonly deliveries = new Map<string, ChannelDelivery>();
  private store: JournalStore | null = null;
  private queue = new DeliveryQueue(null);
  private watch: AccountWatch | null = null;
  private stopListening = (): void => undefined;
  private stopLooking = (): void => undefined;
  private isOver = false;

  constructor(
    private readonly options: AlertsOptions,
    private readonly context: ServiceContext,
    private readonly around: AlertSurroundings,
  ) {
    this.wanted = kindsOf(options.rules);
    this.repeats = new Repeats(options.repeat_after);
    const own = options.channels.flatMap((each) => kindOfChannel(each.options).secrets(each.options));
    this.redaction = together(context.redaction, redaction(own));
    this.log = withoutSecrets(context.log, this.redaction);
  }

  /** @throws BitFeverError BF5161 where another process has the folder, BF5165 where it cannot be written, BF5346 for a missing package */
  async start(): Promise<void> {
    const { context, options, around } = this;
    const { folder, clock, state } = context;
    const opened: { readonly name: string; readonly channel: Channel; readonly bucket: TokenBucket }[] = [];
    for (const { name, options: own, throttle } of options.channels) {
      const kind = kindOfChannel(own);
      const { burst, perMinute } = { ...kind.pace, ...paceOf(throttle) };
      const channel = await kind.open(own, { write: around.write, now: clock.now });
      opened.push({ name, channel, bucket: new TokenBucket(burst, perMinute) });
    }
    if (folder === null)
      this.log.warn("alerts are kept nowhere: what is not delivered when the process ends is lost");
    else {
      const store = fileStore(folder);
      store.lock();
      try {
        this.queue = new DeliveryQueue(store);
      } catch (error) {
        store.close();
        throw error;
      }
      this.store = store;
      if (this.queue.damage !== null) this.log.warn(this.queue.damage);
    }
    for (const { name, channel, bucket } of opened)
      this.deliveries.set(name, this.delivery(name, channel, bucket));
    const watch = (this.watch = new AccountWatch(options, this.store, state(), clock.now()));
    this.stopListening = context.listen((event) => {
      this.attempt(() => {
        this.hear(event);
      });
    });
    this.tell(watch.started(state()));
    this.lookLater();
    for (const name of this.deliveries.keys()) this.wakeLater(name);
  }

  async stop(): Promise<void> {
    const { context, watch } = this;
    this.isOver = true;
    this.stopListening();
    this.stopLooking();
    if (watch !== null)
      this.attempt(() => {
        // What was counted would be lost.
        this.tellRepeats(Infinity);
        this.tell(watch.stopped(context.state(), context.clock.now()));
      });
    await Promise.all([...this.deliveries.values()].map((each) => each.stop(graceMs)));
    if (this.queue.size > 0)
      this.log.warn(
        `${this.queue.size} alerts are not delivered` +
          (this.store === null ? " and lost" : "; they are kept, and tried again at the next start"),
      );
    this.attempt(() => {
      this.queue.close();
    });
  }

  private hear(event: AccountEvent): void {
    this.watch?.hear(event);
    const kind = alertNameOf(event);
    if (kind !== null && this.wanted.has(kind))
      this.tell(alertOfEvent(event, kind, () => this.context.state().state));
  }

  private tell(alert: Alert): void {
    if (this.wanted.has(alert.kind) && this.repeats.hear(alert, this.context.clock.now())) this.put(alert, 0);
  }

  /** On its way to all whom rules name, but for some. */
  private put(alert: Alert, repeats: number, except: readonly string[] = []): void {
    const { account, clock } = this.context;
    const { kind, time } = alert;
    const since = clock.now();
    for (const { channel, level, template } of routesOf(this.options.rules, alert)) {
      if (except.includes(channel)) continue;
      const common = { account, time: isoTime(time), level, kind };
      const text = this.redaction.text(textOf(template, { ...alert.values, ...common }, repeats));
      const [title] = text.split("\n", 1);
      this.wakeLater(channel);
      this.queue.put({ id: this.around.newId(), channel, account, level, kind, time, since, title, text });
    }
  }

  /** What tells of an event does not wait for who sends it on. */
  private wakeLater(channel: string): void {
    this.context.clock.after(0, () => {
      this.deliveries.get(channel)?.nudge();
    });
  }

  private lookLater(): void {
    const { clock, state } = this.context;
    this.stopLooking = clock.after(lookEveryMs, () => {
      if (this.isOver) return;
      this.lookLater();
      this.attempt(() => {
        // Who wants to hear of none of it pays for none of it.
        if (watched.some((kind) => this.wanted.has(kind)))
          for (const each of this.watch?.look(state(), clock.now()) ?? []) this.tell(each);
        this.tellRepeats(clock.now());
      });
    });
  }

  /** A disk that is full must not end what trades. */
  private attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.log.error(`an alert cannot be kept: ${textOfError(error)}`);
    }
  }

  private tellRepeats(now: number): void {
    for (const [alert, count] of this.repeats.due(now)) this.put(alert, count);
  }

  private delivery(name: string, channel: Channel, bucket: TokenBucket): ChannelDelivery {
    const { retry, quiet_hours: quiet = null } = this.options;
    const { queue, log, around, context } = this;
    return new ChannelDelivery({
      ...{ name, channel, queue, bucket, quiet, log, clock: context.clock, random: around.random },
      retry: { firstMs: retry.first, longestMs: retry.longest, giveUpAfterMs: retry.give_up_after },
      onGivenUp: (messages, why) => {
        this.giveUp(name, messages, this.redaction.text(why));
      },
    });
  }

  private giveUp(channel: string, messages: readonly Waiting[], reason: string): void {
    this.queue.giveUp(messages, reason);
    for (const { id, kind, text } of messages)
      this.log.error(`${channel} has not taken an alert, which is given up: ${reason}`, {
        ...{ channel, id, kind, text },
      });
    // Who could not be told of one alert is not told of that either, nor of what others could not be told of it.
    if (messages.every(({ kind }) => kind === "undelivered") || !this.wanted.has("undelivered")) return;
    const time = this.context.clock.now();
    const alert: Alert = {
      kind: "undelivered",
      time,
      values: { channel, reason },
      key: `undelivered\u0000${channel}\u0000${reason}`,
    };
    if (this.repeats.hear(alert, time)) this.put(alert, 0, [channel]);
  }
}

type ChannelOptions = AlertsOptions["channels"][number]["options"];

/** By its name its options are of it. */
const kindOfChannel = ({ kind }: ChannelOptions): ChannelKind<ChannelOptions> =>
  channelKinds[kind] as unknown as ChannelKind<ChannelOptions>;

const paceOf = (throttle: AlertsOptions["channels"][number]["throttle"]) =>
  throttle === undefined ? {} : { burst: throttle.burst, perMinute: throttle.per_minute };

const withoutSecrets = (log: ServiceLog, { text, value }: Redaction): ServiceLog => {
  const clean =
    (tell: ServiceLog["info"]): ServiceLog["info"] =>
    (said, data) => {
      if (data === undefined) tell(text(said));
      else tell(text(said), value(data) as typeof data);
    };
  return { info: clean(log.info), warn: clean(log.warn), error: clean(log.error) };
};
