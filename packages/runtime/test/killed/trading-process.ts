import { writeSync } from "node:fs";
import { exit, pid } from "node:process";
import type { Broker, VenueOrder, VenueReport } from "../../src/contract.js";
import { clientIdOf } from "../../src/desk/client-id.js";
import { Desk } from "../../src/desk/desk.js";
import { seatOf } from "../../src/desk/seat.js";
import { Gatekeeper } from "../../src/gates/gatekeeper.js";
import { fileStore } from "../../src/journal/file-store.js";
import { Journal } from "../../src/journal/journal.js";
import { textOf, valueOf } from "../../src/journal/values.js";
import { LiveTrading } from "../../src/live/live-trading.js";
import type { FromProcess, Mistake, ToProcess } from "./messages.js";
import { watchedStore } from "./watched-store.js";

/* A process that trades live on a journal on disk, at a venue in the process that has started it. */

/** The pipe over which the world hears of places and syncs, at once and outliving this process. */
const pipe = 4;
const say = (message: FromProcess): void => void process.send?.(textOf(message));

let killAt = 0;
let places = 0;
/** A place at which the process may be killed: the one that was chosen waits for it. */
const place = (half?: () => void): void => {
  if (++places !== killAt) return;
  half?.();
  writeSync(pipe, "!\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const send = (message: FromProcess): void => {
  place();
  say(message);
  place();
};

const renamed = ({ order, ...rest }: VenueOrder): VenueOrder => {
  const id = `${order.id}-${pid}`;
  return { ...rest, clientId: clientIdOf(rest.strategy, rest.symbol, id), order: { ...order, id } };
};

let mistake: Mistake | null = null;
let now = 0;
let beat: () => void = () => undefined;
let hear: (report: VenueReport) => void = () => undefined;
let live: LiveTrading | undefined;
let desk: Desk | undefined;

const broker: Broker = {
  name: "the world",
  capabilities: {
    orders: ["market", "limit", "stop", "trailing_stop"],
    ...{ protects: true, separates: true, replaces: true },
  },
  connect: (listener) => {
    hear = listener;
    return Promise.resolve();
  },
  submit: (order) => {
    send({ kind: "submit", order: mistake === "sends under new ids" ? renamed(order) : order });
  },
  modify: (request, order) => {
    send({ kind: "modify", request, order });
  },
  cancel: (request) => {
    send({ kind: "cancel", request });
  },
  snapshot: (request) => {
    send({ kind: "snapshot", request });
  },
  close: () => Promise.resolve(),
};

async function begin({ seats, folder, ...given }: Extract<ToProcess, { kind: "begin" }>): Promise<void> {
  ({ now, killAt, mistake } = given);
  const store = watchedStore(fileStore(folder), place, (name, size) => {
    writeSync(pipe, `${name} ${size}\n`);
  });
  if (mistake === "never syncs") store.sync = () => undefined;
  const journal = Journal.open(store, { create: "killed", segmentBytes: 30_000 });
  const members = seats.map((each) => seatOf(each).member);
  desk = new Desk({
    ...{ members, gates: new Gatekeeper([]), separates: true },
    patience: { graceMs: 60_000, maxSignalAgeMs: 600_000 },
  });
  const clock = {
    now: () => now,
    every: (_ms: number, act: () => void) => {
      beat = act;
      return () => undefined;
    },
  };
  live = new LiveTrading({ desk, broker, journal, clock, recordsPerSnapshot: 40 });
  await live.start();
  const trading = live;
  const lastBars = members.map(({ symbol, intervalMs }) => trading.lastBar(symbol, intervalMs));
  say({ kind: "ready", lastBars });
}

async function on(message: ToProcess): Promise<void> {
  if (message.kind === "begin") {
    await begin(message);
    return;
  }
  if ("now" in message) now = message.now;
  switch (message.kind) {
    case "report":
      hear(message.report);
      return;
    case "bars":
      live?.bars(message.closed);
      break;
    case "clock":
      beat();
      break;
    case "state":
      if (desk !== undefined) say({ kind: "state", state: stateOf(desk) });
      return;
    case "stop":
      await live?.stop();
      exit(0);
  }
  say({ kind: "done" });
}

const stateOf = (of: Desk): Extract<FromProcess, { kind: "state" }>["state"] => ({
  isSettled: of.isSettled,
  members: of.members.map(({ session }) => ({
    position: session.held.long - session.held.short,
    cash: session.snapshot().ledger.cash,
  })),
  orders: of.openOrders,
  desk: textOf(of.snapshot()),
});

process.on("message", (text: string) => {
  on(valueOf(text) as ToProcess).catch((error: unknown) => {
    console.error(error);
    exit(70);
  });
});
