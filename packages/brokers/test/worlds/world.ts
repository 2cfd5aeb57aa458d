import { Desk, Gatekeeper, randomOf, seatOf, type Broker, type ClosedBars } from "@bitfever/runtime";
import { utcNow } from "../../src/clock.js";
import { plainSettings } from "../../../../test/support/plain-settings.js";
import { drawnSchedule, drawnShares, type Schedule } from "./accidents.js";
import { differences, faults, faultsOfReplay, type Case } from "./judgement.js";
import { Life } from "./life.js";
import { memoryStore } from "./memory-store.js";
import { mistaken, type Mistake } from "./mistakes.js";
import type { ServedVenue, WorldVenue } from "./venues/world-venue.js";
import { Witness } from "./witness.js";

/*
 * A world drawn from one seed: a venue behind its own wire protocol on this machine, prices, strategies, and all that goes wrong between
 * the two, with processes that end without a word and others that go on from their journal. What is drawn is the same from the same
 * seed; how threads and sockets of the machine fall in with it is not. At the end all is mended, and both sides must be the same.
 */

export interface Outcome extends Pick<Witness, "problems" | "counts"> {
  readonly seed: number;
  readonly venue: string;
}

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const capital = 100_000;

/** How long both sides may take to agree once all is mended, in milliseconds: far longer than they need on a quiet machine. */
const deadlineMs = 180_000;

/** Two sides that a mistake keeps apart are given no longer, in milliseconds. */
const foundOutMs = 8_000;

/** For so long nothing may change then: longer than anything was late, in milliseconds. */
const quietMs = 1_200;

const patience = {
  ...{ answerMs: 600, askAgainMs: 400, graceMs: 3_500, reconcileMs: 600 },
  ...{ maxSignalAgeMs: 5_000, attempts: 8 },
};

/** How long the market waits for the first process to compare the account, in milliseconds: under mishaps it may not come to that. */
const compareMs = 2_000;

/** How much trades where it is thin, at most, in decimals. */
const thinnest = 4;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class World {
  private readonly random: () => number;
  private readonly seats: readonly Parameters<typeof seatOf>[0][];
  private readonly witness: Witness;
  private readonly store = memoryStore();
  private readonly bars: ClosedBars[] = [];
  private readonly lives: Life[] = [];
  private served!: ServedVenue;
  private schedule!: Schedule;
  private life: Life | null = null;
  private isRising = false;
  private isMended = false;
  private age = 0;

  constructor(
    readonly seed: number,
    readonly venue: WorldVenue,
    private readonly mistake: Mistake | null = null,
  ) {
    this.random = randomOf(seed);
    this.witness = new Witness(mistake !== null);
    const { symbol, plans, steps } = venue;
    const chosen = plans.filter(() => this.random() < 0.4);
    const settings = { ...plainSettings, ...steps, initial_capital: capital };
    this.seats = (chosen.length === 0 ? [plans[0]] : chosen).map((plan) => ({
      ...{ strategy: plan.name, symbol, plan, intervalMs: minute, settings },
    }));
  }

  async run(): Promise<Outcome> {
    const { seed, venue, witness } = this;
    this.served = await venue.serve(seed);
    try {
      await this.happen();
      await this.agree();
      await this.judge();
    } finally {
      await Promise.all(this.lives.map((each) => each.end()));
      await this.served.close();
    }
    return { seed, venue: venue.name, problems: witness.problems, counts: witness.counts };
  }

  /** The market goes on, and what is drawn goes wrong on the way. */
  private async happen(): Promise<void> {
    const { random, served, venue } = this;
    const count = 10 + Math.floor(random() * 10);
    const stepMs = 25 + Math.floor(random() * 30);
    const crash = { begins: () => void this.crash() };
    this.schedule = drawnSchedule(random, count * 5, [() => crash, ...served.accidents]);
    this.witness.counts.mishaps += this.schedule.count;
    const shares = drawnShares(random);
    if (shares !== null) served.wire.mishaps(venue.spoiltBy(shares));
    await this.rise();
    // Nothing is opened before the account was compared: on a slow machine the market would be over by then.
    const until = utcNow() + compareMs;
    while (this.life?.desk.isSettled !== true && utcNow() < until) await pause(20);
    const lotsWhereThin = thinnest / venue.steps.lot;
    let last = 100;
    for (let i = 0; i < count; i++) {
      const prices = this.drawnPrices(last);
      for (const [k, price] of prices.entries()) {
        this.schedule.pass(i * 5 + k);
        const isThin = random() < 0.15;
        const lots = 1 + Math.floor(random() * lotsWhereThin);
        served.market.print(price.toFixed(2), isThin ? (lots * venue.steps.lot).toFixed(1) : undefined);
        await pause(stepMs);
      }
      const [open, close] = [prices[0], prices[prices.length - 1]];
      last = close;
      const bar = {
        ...{ time: start + i * minute, open, high: Math.max(...prices), low: Math.min(...prices), close },
        ...{ volume: 100, session_bar: i },
      };
      const closed = {
        closedAt: utcNow(),
        bars: [{ symbol: venue.symbol, intervalMs: minute, bar }],
      };
      this.bars.push(closed);
      this.life?.bars(closed);
    }
  }

  /** Open, somewhere, one end, the other end, close. */
  private drawnPrices(last: number): readonly number[] {
    const { random } = this;
    const cents = (price: number): number => Math.round(price * 100) / 100;
    const leap = random() < 0.1 ? (random() - 0.5) * 4 : 0;
    const open = cents(last + leap + (100 - last) * 0.05);
    const close = cents(open + (random() - 0.5) * 4);
    const high = cents(Math.max(open, close) + random() * 1.5);
    const low = cents(Math.min(open, close) - random() * 1.5);
    return random() < 0.5
      ? [open, cents((open + high) / 2), high, low, close]
      : [open, cents((open + low) / 2), low, high, close];
  }

  private newDesk({ capabilities }: Pick<Broker, "capabilities">): Desk {
    const members = this.seats.map((each) => seatOf(each).member);
    const gates = new Gatekeeper([
      { gate: "max_position", most: 60 },
      { gate: "stale_signal", most: "2s" },
    ]);
    return new Desk({ ...capabilities, members, gates, patience });
  }

  /** A process begins, again and again until one lives; it is told the bars that it has missed. */
  private async rise(): Promise<void> {
    if (this.isRising || this.life !== null) return;
    this.isRising = true;
    const { served, store, witness } = this;
    const age = ++this.age;
    const isWanted = (): boolean => age === this.age;
    while (isWanted()) {
      const life = await Life.begin(
        {
          ...{ served, store },
          newDesk: (broker) => this.newDesk(broker),
          onOrder: (order) => {
            witness.sees(order);
          },
          onCommand: (command) => {
            witness.hears(command);
          },
          spoilt: (broker) => mistaken(broker, this.mistake),
        },
        isWanted,
      );
      if (life === null) {
        await pause(20);
        continue;
      }
      witness.counts.lives++;
      this.life = life;
      this.lives.push(life);
      for (const closed of this.bars) life.bars(closed);
      break;
    }
    this.isRising = false;
  }

  /** The process ends without a word, and of its disk what was not synced. */
  private async crash(): Promise<void> {
    if (this.isMended) return;
    const downMs = this.random() * 500;
    this.age++;
    const ended = this.life;
    this.life = null;
    await ended?.end();
    while (this.isRising) await pause(5);
    this.store.crash(this.random);
    await pause(downMs);
    await this.rise();
  }

  /** All is mended; both sides have until a deadline. */
  private async agree(): Promise<void> {
    this.isMended = true;
    this.schedule.mend();
    this.served.wire.mishaps({});
    const until = utcNow() + (this.mistake === null ? deadlineMs : foundOutMs);
    let quietSince = Infinity;
    while (utcNow() < until && !(utcNow() - quietSince >= quietMs)) {
      if (this.life === null && !this.isRising) void this.rise();
      await pause(50);
      if (!this.isAgreed()) quietSince = Infinity;
      else quietSince = Math.min(quietSince, utcNow());
    }
  }

  private isAgreed(): boolean {
    return this.life !== null && differences(this.case, this.life).length === 0;
  }

  private async judge(): Promise<void> {
    const { life, lives, witness } = this;
    if (life === null) {
      witness.problems.push("the process did not come back");
      return;
    }
    for (const { reports } of lives)
      witness.counts.trades += reports.filter(({ kind }) => kind === "trade").length;
    witness.problems.push(...faults(this.case, lives, life));
    await life.stop();
    const again = this.newDesk({ capabilities: { ...life.desk.venue, orders: [] } });
    witness.problems.push(...faultsOfReplay(this.case, life, again));
  }

  private get case(): Case {
    const { served, witness, store } = this;
    return { served, witness, store, capital };
  }
}
