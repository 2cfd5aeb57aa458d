import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { randomOf, defaultSettings } from "@bitfever/engine";
import {
  brokerFaults,
  clientIdOf,
  Desk,
  deskRecords,
  fileStore,
  Gatekeeper,
  readJournal,
  replay,
  seatOf,
  SimulatedVenue,
  textOf,
  valueOf,
  type ClosedBars,
  type Seat,
  type VenueOrder,
  type VenueReport,
} from "../../src/index.js";
import { plans } from "../simulation/programs.js";
import type { FromProcess, Mistake, ProcessState, SeatGiven, ToProcess } from "./messages.js";

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 10);
const settings = { ...defaultSettings, tick: 0.01, lot: 0.1, money_decimals: 2, initial_capital: 50_000 };

/** How a life ends: at a place that is chosen, some time after it began or was ready, or not. */
export type End =
  { readonly at: number } | { readonly afterMs: number; readonly from: "begin" | "ready" } | null;

/**
 * A venue, a market and a wire, in which one trading process after another is killed. Messages are lost and doubled now and then, the
 * market goes on while nobody lives, and what the disk had not got yet is torn or changed.
 */
export class KillingWorld {
  readonly problems: string[] = [];
  readonly tally = { lives: 0, killed: 0, torn: 0, changed: 0, reached: 0, trades: 0 };
  private readonly random: () => number;
  private now = start;
  private readonly seats: readonly SeatGiven[];
  private readonly venueSeats: readonly Seat[];
  private readonly venue: SimulatedVenue;
  private readonly bars: ClosedBars[] = [];
  private readonly reports: VenueReport[] = [];
  private readonly sent: VenueOrder[] = [];
  private readonly synced = new Map<string, number>();
  private child: Life | null = null;
  private isMended = false;
  private last = 100;

  constructor(
    private readonly program: string,
    private readonly folder: string,
    seed: number,
    private readonly mistake: Mistake | null = null,
  ) {
    this.random = randomOf(seed);
    this.seats = plans.map((plan) => ({
      ...{ strategy: plan.name, symbol: "AAA", plan, intervalMs: minute, settings },
    }));
    this.venueSeats = this.seats.map((each) => seatOf(each));
    this.venue = new SimulatedVenue(
      this.venueSeats.map(({ market }) => market),
      (report) => {
        this.reports.push(report);
        this.wire(() => this.child?.tell({ kind: "report", report }));
      },
    );
  }

  /** One process, from its start to its end. */
  async live(end: End): Promise<void> {
    this.tally.lives++;
    const life = (this.child = new Life(this.program, (message) => {
      this.wire(() => {
        this.take(message);
      });
    }));
    life.onSynced = (name, size) => this.synced.set(name, size);
    const limit = (from: "begin" | "ready"): void => {
      if (end !== null && "afterMs" in end && end.from === from) setTimeout(life.kill, end.afterMs);
    };
    limit("begin");
    const { seats, folder, now, mistake } = this;
    const killAt = end !== null && "at" in end ? end.at : 0;
    life.tell({ kind: "begin", now, seats, folder, killAt, mistake });
    const ready = await life.next("ready");
    if (ready !== null) {
      limit("ready");
      const known = Math.min(...ready.lastBars);
      for (const closed of this.bars.filter(({ bars }) => bars[0].bar.time > known))
        await life.step({ kind: "bars", now: this.now, closed });
      const steps = end === null ? 0 : 400;
      for (let i = 0; i < steps && life.isAlive; i++) await this.minute(life);
    }
    if (end === null) await this.conclude(life);
    else {
      life.kill();
      const { code, signal } = await life.over;
      if (signal === "SIGKILL") this.tally.killed++;
      else this.problems.push(`a process ended by itself, with code ${code}`);
      if (life.hasReached) this.tally.reached++;
      this.spoil();
      while (this.random() < 0.3) this.moveMarket();
    }
    this.child = null;
  }

  /** A minute of the market, with a few looks at the clock. */
  private async minute(life: Life): Promise<void> {
    const closed = this.moveMarket();
    await life.step({ kind: "bars", now: this.now, closed });
    for (let i = 0; i < 3; i++) {
      this.now += 10_000;
      await life.step({ kind: "clock", now: this.now });
    }
  }

  private moveMarket(): ClosedBars {
    const cents = (price: number): number => Math.round(price * 100) / 100;
    const i = this.bars.length;
    const time = start + i * minute;
    const leap = this.random() < 0.1 ? (this.random() - 0.5) * 4 : 0;
    const open = cents(this.last + leap + (100 - this.last) * 0.05);
    const close = cents(open + (this.random() - 0.5) * 4);
    const high = cents(Math.max(open, close) + this.random() * 1.5);
    const low = cents(Math.min(open, close) - this.random() * 1.5);
    this.last = close;
    const bar = { time, open, high, low, close, volume: 100, session_bar: i };
    const closed = { closedAt: time + minute, bars: [{ symbol: "AAA", intervalMs: minute, bar }] };
    this.bars.push(closed);
    this.now = Math.max(this.now, closed.closedAt);
    this.venue.bars(closed.bars);
    return closed;
  }

  /** A message on its way: it may be lost, or come twice. */
  private wire(deliver: () => void): void {
    if (!this.isMended && this.random() < 0.04) return;
    deliver();
    if (!this.isMended && this.random() < 0.04) deliver();
  }

  private take(message: FromProcess): void {
    switch (message.kind) {
      case "submit":
        this.sent.push(message.order);
        this.venue.submit(message.order);
        return;
      case "modify":
        this.sent.push(message.order);
        this.venue.modify(message.request, message.order);
        return;
      case "cancel":
        this.venue.cancel(message.request);
        return;
      case "snapshot":
        this.venue.ask(message.request, this.now);
        return;
      default:
    }
  }

  /** What the disk had not got yet is torn, or changed. */
  private spoil(): void {
    for (const [name, synced] of this.synced) {
      const path = join(this.folder, name);
      if (!name.endsWith(".journal") || !existsSync(path)) continue;
      const { size } = statSync(path);
      if (size <= synced || this.random() < 0.4) continue;
      const at = synced + Math.floor(this.random() * (size - synced));
      if (this.random() < 0.5) {
        truncateSync(path, at);
        this.tally.torn++;
      } else {
        const file = openSync(path, "r+");
        const byte = Buffer.alloc(1);
        readSync(file, byte, 0, 1, at);
        byte[0] ^= 1 << Math.floor(this.random() * 8);
        writeSync(file, byte, 0, 1, at);
        closeSync(file);
        this.tally.changed++;
      }
    }
  }

  /** The wire is mended; once all is told, both sides must be the same. */
  private async conclude(life: Life): Promise<void> {
    this.isMended = true;
    for (let i = 0; i < 40; i++) {
      this.now += 5_000;
      await life.step({ kind: "clock", now: this.now });
    }
    life.tell({ kind: "state" });
    const answer = await life.next("state");
    life.tell({ kind: "stop" });
    const { code } = await life.over;
    if (code !== 0) this.problems.push(`the last process ended with code ${code}`);
    if (answer === null) this.problems.push("the last process did not say how it stands");
    else this.judge(answer.state);
  }

  private judge({ isSettled, members, orders, desk }: ProcessState): void {
    if (!isSettled) this.problems.push("the desk is not settled");
    for (const [i, { market }] of this.venueSeats.entries()) {
      const { strategy } = market;
      const theirs = market.matching.snapshot();
      const { position, cash } = members[i];
      if (position !== theirs.position)
        this.problems.push(`${strategy}: position ${position}, at the venue ${theirs.position}`);
      if (cash !== theirs.cash) this.problems.push(`${strategy}: cash ${cash}, at the venue ${theirs.cash}`);
      const ours = orders
        .filter(({ member, state }) => member === i && state !== "attached")
        .map(({ order }) => order.id);
      const working = theirs.working.map(({ id }) => id);
      if (working.sort().join() !== ours.sort().join())
        this.problems.push(`${strategy}: orders ${ours.join()}, at the venue ${working.join()}`);
    }
    this.tally.trades = this.reports.filter(({ kind }) => kind === "trade").length;
    this.problems.push(...brokerFaults(this.reports, this.sent, this.venueSeats[0].member.instrument));
    this.replayed(desk);
  }

  /** The journal tells it all again, and knows of every order. */
  private replayed(desk: string): void {
    const members = this.seats.map((each) => seatOf(each).member);
    const again = new Desk({
      ...{ members, gates: new Gatekeeper([]), separates: true },
      patience: { graceMs: 60_000, maxSignalAgeMs: 600_000 },
    });
    const journal = readJournal(fileStore(this.folder));
    const { difference } = replay(again, deskRecords(journal));
    if (difference !== null) this.problems.push(`a replay decided otherwise: ${textOf(difference)}`);
    else if (textOf(again.snapshot()) !== desk) this.problems.push("a replay ends in another state");
    const kept = new Set<string>();
    const givenUp = new Set<string>();
    for (const record of deskRecords(journal))
      for (const command of "out" in record ? record.out : []) {
        if (command.kind === "submit" || command.kind === "modify") kept.add(command.order.clientId);
        if (command.kind === "notice" && command.notice.what === "given_up")
          for (const { strategy, symbol } of this.seats)
            givenUp.add(clientIdOf(strategy, symbol, command.notice.orderId ?? ""));
      }
    const arrived = new Set(this.sent.map(({ clientId }) => clientId));
    for (const { clientId, order } of this.sent)
      if (!kept.has(clientId)) this.problems.push(`order ${order.id} was sent and not kept`);
    for (const clientId of kept)
      if (!arrived.has(clientId) && !givenUp.has(clientId))
        this.problems.push(`order ${clientId} is lost: it never arrived, and nobody gave it up`);
  }
}

/** A process, and what it says. */
class Life {
  readonly over: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  isAlive = true;
  hasReached = false;
  onSynced: (name: string, size: number) => void = () => undefined;
  private readonly child: ChildProcess;
  private readonly heard: FromProcess[] = [];
  private awake: () => void = () => undefined;

  constructor(program: string, onCommand: (message: FromProcess) => void) {
    this.child = spawn(execPath, [program], { stdio: ["ignore", "inherit", "inherit", "ipc", "pipe"] });
    this.child.on("message", (text) => {
      const message = valueOf(text as string) as FromProcess;
      const isAnswer = message.kind === "ready" || message.kind === "done" || message.kind === "state";
      if (isAnswer) this.heard.push(message);
      else onCommand(message);
      this.awake();
    });
    let rest = "";
    this.child.stdio[4]?.on("data", (data: Buffer) => {
      const lines = (rest + data.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines)
        if (line === "!") {
          this.hasReached = true;
          this.kill();
        } else {
          const [name, size] = line.split(" ");
          this.onSynced(name, Number(size));
        }
    });
    this.over = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        this.isAlive = false;
        this.awake();
        resolve({ code, signal });
      });
    });
  }

  readonly kill = (): void => {
    this.child.kill("SIGKILL");
  };

  tell(message: ToProcess): void {
    if (this.child.connected) this.child.send(textOf(message), () => undefined);
  }

  /** What it says next of a kind; null where it ends before. */
  async next<Kind extends FromProcess["kind"]>(
    kind: Kind,
  ): Promise<Extract<FromProcess, { kind: Kind }> | null> {
    for (;;) {
      const message = this.heard.shift();
      if (message?.kind === kind) return message as Extract<FromProcess, { kind: Kind }>;
      if (message !== undefined) continue;
      if (!this.isAlive) return null;
      await new Promise<void>((resolve) => (this.awake = resolve));
    }
  }

  async step(message: ToProcess): Promise<void> {
    this.tell(message);
    await this.next("done");
  }
}
