import {
  Journal,
  LiveTrading,
  type Broker,
  type ClosedBars,
  type Desk,
  type DeskCommand,
  type VenueOrder,
  type VenueReport,
} from "@bitfever/runtime";
import type { Instrument } from "@bitfever/runtime";
import { utcNow } from "../../src/clock.js";
import { lineTo, type Line } from "./line.js";
import type { MemoryStore } from "./memory-store.js";
import type { ReachedVenue, ServedVenue } from "./venues/world-venue.js";

/** What a process begins with. */
export interface Birth {
  readonly served: ServedVenue;
  readonly store: MemoryStore;
  readonly newDesk: (broker: Broker) => Desk;
  readonly onOrder: (order: VenueOrder) => void;
  readonly onCommand: (command: DeskCommand) => void;
  /** What comes between the desk and the adapter: a mistake that is to be found. */
  readonly spoilt: (broker: Broker) => Broker;
}

const beatMs = 50;

/** One process: an adapter, a desk and the shell round it, over a line of its own. */
export class Life {
  readonly reports: VenueReport[] = [];
  readonly sent: VenueOrder[] = [];
  desk!: Desk;
  live!: LiveTrading;
  instrument!: Instrument;
  private venue: ReachedVenue | undefined;
  private hasEnded = false;
  private readonly beats = new Set<NodeJS.Timeout>();

  private constructor(private readonly line: Line) {}

  /** Null where it did not come to life: the venue was not there. */
  static async begin(birth: Birth, isWanted: () => boolean): Promise<Life | null> {
    const life = new Life(await lineTo(birth.served.port));
    const gaveUp = new Promise<false>((resolve) => {
      const look = setInterval(() => {
        if (isWanted()) return;
        clearInterval(look);
        resolve(false);
      }, 20);
      life.beats.add(look);
    });
    const hasBegun = await Promise.race([life.rise(birth).catch(() => false), gaveUp]);
    if (hasBegun && isWanted()) return life;
    await life.end();
    return null;
  }

  bars(closed: ClosedBars): void {
    if (!this.hasEnded) this.live.bars(closed);
  }

  /** As if the power had failed: nothing is said any more, and nothing heard. */
  async end(): Promise<void> {
    this.hasEnded = true;
    for (const each of this.beats) clearInterval(each);
    this.line.end();
    await this.venue?.broker.close().catch(() => undefined);
  }

  /** As one is ended. */
  async stop(): Promise<void> {
    await this.live.stop();
    await this.end();
  }

  private async rise(birth: Birth): Promise<boolean> {
    const venue = await birth.served.reach(this.line.port);
    this.venue = venue;
    this.instrument = venue.instrument;
    const broker = birth.spoilt(this.watched(venue.broker, birth.onOrder));
    this.desk = birth.newDesk(broker);
    if (this.hasEnded) return false;
    const journal = Journal.open(this.whileAlive(birth.store), { create: "world" });
    const clock = {
      now: () => utcNow(),
      every: (ms: number, act: () => void) => {
        const beat = setInterval(act, ms);
        this.beats.add(beat);
        return () => {
          clearInterval(beat);
        };
      },
    };
    const { desk } = this;
    this.live = new LiveTrading({ desk, broker, journal, clock, beatMs, onCommand: birth.onCommand });
    await this.live.start();
    return true;
  }

  /** What a process that has ended was about to write never comes to the disk. */
  private whileAlive(store: MemoryStore): MemoryStore {
    const checked =
      <Given extends readonly unknown[], Result>(act: (...given: Given) => Result) =>
      (...given: Given): Result => {
        if (this.hasEnded) throw new Error("the process has ended");
        return act(...given);
      };
    const { append, sync, writeWhole, truncate, remove } = store;
    return {
      ...store,
      ...{ append: checked(append), sync: checked(sync), writeWhole: checked(writeWhole) },
      ...{ truncate: checked(truncate), remove: checked(remove) },
    };
  }

  private watched(broker: Broker, onOrder: Birth["onOrder"]): Broker {
    const send = (order: VenueOrder): void => {
      this.sent.push(order);
      onOrder(order);
    };
    return {
      name: broker.name,
      capabilities: broker.capabilities,
      connect: (hear, instruments) =>
        broker.connect((report) => {
          if (this.hasEnded) return;
          this.reports.push(report);
          hear(report);
        }, instruments),
      submit: (order) => {
        send(order);
        broker.submit(order);
      },
      modify: (request, order) => {
        send(order);
        broker.modify(request, order);
      },
      cancel: (request) => {
        broker.cancel(request);
      },
      snapshot: (request) => {
        broker.snapshot(request);
      },
      close: () => broker.close(),
    };
  }
}
