import type { Plan } from "@bitfever/lang";
import { defaultSettings, randomOf, type Settings } from "@bitfever/engine";
import {
  Desk,
  Gatekeeper,
  LiveTrading,
  Journal,
  deskRecords,
  readJournal,
  seatOf,
  simulatedBroker,
  type ClosedBar,
  type ClosedBars,
  type DriftOptions,
  type GateRule,
  type Misfortune,
  type OperatorOrder,
  type Seat,
} from "../../src/index.js";
import { memoryStore } from "../journal/memory-store.js";

const minute = 60_000;
export const dayStart = Date.UTC(2026, 0, 5, 10);
const usual: Settings = {
  ...defaultSettings,
  ...{ tick: 0.01, lot: 0.1, money_decimals: 2, initial_capital: 5_000 },
};

export interface LiveDay {
  readonly plans: readonly Plan[];
  readonly bars: readonly ClosedBar[];
  readonly seed?: number;
  /** Where the venue is other than the program was told. */
  readonly venue?: Partial<Settings>;
  readonly misfortune?: Partial<Misfortune>;
  readonly gates?: readonly GateRule[];
  /** What an operator asks for behind a bar. */
  readonly operator?: Readonly<Record<number, OperatorOrder>>;
  /** What is heard of a bar: later, otherwise, or nothing. */
  readonly hears?: (bar: ClosedBar, i: number) => { readonly bar: ClosedBar; readonly lateMs: number } | null;
}

/** Bars of a minute, with closes that are given. */
export const barsOf = (closes: readonly number[]): readonly ClosedBar[] =>
  closes.map((close, i) => {
    const open = closes[i - 1] ?? 100;
    const [high, low] = [Math.max(open, close) + 0.1, Math.min(open, close) - 0.1];
    return { time: dayStart + i * minute, open, high, low, close, volume: 100, session_bar: i };
  });

const closedBars = (bar: ClosedBar): ClosedBars => ({
  closedAt: bar.time + minute,
  bars: [{ symbol: "AAA", intervalMs: minute, bar }],
});

/** A day of live trading at a simulated venue, and what its drift is worked out from. */
export async function liveDay(given: LiveDay): Promise<DriftOptions & { readonly live: readonly Seat[] }> {
  const { plans, gates = [], operator = {}, hears = (bar) => ({ bar, lateMs: 0 }) } = given;
  const seats = (settings: Settings = usual): readonly Seat[] =>
    plans.map((plan) => seatOf({ strategy: plan.name, symbol: "AAA", plan, intervalMs: minute, settings }));
  const deskOf: DriftOptions["desk"] = (members) =>
    new Desk({ members, gates: new Gatekeeper(gates), separates: true });
  let now = dayStart;
  const timers: { readonly at: number; readonly act: () => void }[] = [];
  const beats = new Set<() => void>();
  const pass = (until: number): void => {
    while (now < until) {
      now += 1_000;
      for (const each of timers.splice(0))
        if (each.at <= now) each.act();
        else timers.push(each);
      for (const act of beats) act();
    }
  };
  const venue = simulatedBroker({
    markets: seats({ ...usual, ...given.venue }).map(({ market }) => market),
    timer: { now: () => now, after: (ms, act) => timers.push({ at: now + ms, act }) },
    draw: randomOf(given.seed ?? 1),
    ...(given.misfortune && { misfortune: given.misfortune }),
  });
  const store = memoryStore();
  const live = seats();
  const trading = new LiveTrading({
    desk: deskOf(live.map(({ member }) => member)),
    broker: venue.broker,
    journal: Journal.open(store, { create: "day" }),
    clock: {
      now: () => now,
      every: (_ms, act) => {
        beats.add(act);
        return () => beats.delete(act);
      },
    },
  });
  await trading.start();
  /** What was not heard yet: one that is late keeps those behind it waiting. */
  const waiting: { readonly at: number; readonly closed: ClosedBars }[] = [];
  const deliver = (until: number): void => {
    while (waiting.length > 0 && waiting[0].at <= until) {
      pass(waiting[0].at);
      trading.bars(waiting[0].closed);
      waiting.shift();
    }
  };
  for (const [i, bar] of given.bars.entries()) {
    const closed = closedBars(bar);
    deliver(closed.closedAt - 1);
    pass(closed.closedAt);
    venue.bars(closed.bars);
    const heard = hears(bar, i);
    if (heard !== null) waiting.push({ at: closed.closedAt + heard.lateMs, closed: closedBars(heard.bar) });
    deliver(closed.closedAt);
    const order = operator[i];
    if (order !== undefined) trading.operate(order);
  }
  deliver(Infinity);
  pass(now + minute);
  await trading.stop();
  return {
    records: [...deskRecords(readJournal(store))],
    seats: () => seats(),
    ...{ desk: deskOf, bars: given.bars.map(closedBars), live },
  };
}
