import { describe, expect, it, onTestFinished, vi } from "vitest";
import { defaultSettings, type Settings } from "@bitfever/engine";
import {
  deskAtHand,
  Gatekeeper,
  Journal,
  PaperTrading,
  seatOf,
  textOf,
  type Session,
} from "../../src/index.js";
import { memoryStore } from "../journal/memory-store.js";
import { minutePlan } from "../simulation/programs.js";

/* What is over is let go beside a journal. */

const settings: Settings = { ...defaultSettings, tick: 0.01, lot: 1, money_decimals: 2 };
const minute = 60_000;
const day = 1_440 * minute;
const start = Date.UTC(2026, 0, 5);

/** Asks for all that an account knows of trades that are over. */
const curious = minutePlan(
  "Curious",
  `costs { carry overnight(50%, 50%) }
   enter long when close > close[1] and (closed_trades < 40 or kelly > -5) and losses_in_a_row < 9 { size 50% of equity stop at close - 1 }
   exit long when position_bars >= 1
   enter short when bars_since_exit > 1 and last_profit <= 0 and net_profit < 1e6 { size 2 unprotected }
   exit short when position_bars >= 1
   alert "up {close}" when close > open`,
);

interface Told {
  readonly commands: readonly string[];
  readonly session: Session;
  /** Of the newest snapshot of each life, in bytes. */
  readonly sizes: readonly number[];
}

interface Pace {
  readonly apart: number;
  readonly recordsPerSnapshot: number | undefined;
}

/** Bars are a day apart, so that a venue which forgets what is older does so; or closer. */
function trade(
  keptTrades: number | undefined,
  bars: number,
  lives: number,
  { apart, recordsPerSnapshot }: Pace = { apart: day, recordsPerSnapshot: 50 },
): Told {
  const store = memoryStore();
  const commands: string[] = [];
  const sizes: number[] = [];
  let session: Session | undefined;
  for (let life = 0, from = 0; life < lives; life++) {
    const seat = seatOf({ strategy: "Curious", symbol: "X", plan: curious, settings, intervalMs: minute });
    ({ session } = seat.member);
    const trading = new PaperTrading({
      desk: deskAtHand([seat.member], new Gatekeeper([])),
      markets: [seat.market],
      journal: Journal.open(store, { create: "kept" }),
      recordsPerSnapshot,
      keptTrades,
      onCommand: (command) => commands.push(textOf(command)),
    });
    for (const to = (bars * (life + 1)) / lives; from < to; from++) {
      const open = 100 + ((from * 7) % 11) / 10;
      const close = 100 + (((from + 1) * 7) % 11) / 10;
      const bar = { open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 };
      const time = start + from * apart;
      const closedAt = time + minute;
      trading.bars(
        [{ symbol: "X", intervalMs: minute, bar: { ...bar, time, session_bar: 0 } }],
        closedAt,
        closedAt,
      );
    }
    trading.close();
    const newest = store.list().filter((name) => name.endsWith(".snapshot"));
    sizes.push(store.size(newest[newest.length - 1]));
  }
  if (session === undefined) throw new Error("there are no lives");
  return { commands, session, sizes };
}

describe("a desk that lets go of what is over", () => {
  const all = trade(Infinity, 600, 3);
  const few = trade(1, 600, 3);

  it("decides as one that keeps all", () => {
    expect(all.commands.filter((each) => each.includes("submit")).length).toBeGreaterThan(200);
    expect(few.commands).toEqual(all.commands);
    expect(few.session.record).toEqual(all.session.record);
    expect(few.session.equity(100)).toBe(all.session.equity(100));
    expect(few.session.alertCount).toBe(all.session.sentAlerts.length);
  });

  it("has the newest trades, alerts and flows, and says that others were there", () => {
    const closed = (session: Session): readonly (number | null)[] =>
      session.trades(100).flatMap(({ exitBar }) => (exitBar === null ? [] : [exitBar]));
    expect(closed(few.session)).toEqual(closed(all.session).slice(-1));
    expect(few.session.sentAlerts).toEqual(all.session.sentAlerts.slice(-1));
    expect(all.session.cashFlows.length).toBeGreaterThan(100);
    expect(few.session.cashFlows).toEqual(all.session.cashFlows.slice(-1));
    expect([few.session.hasAllTrades, all.session.hasAllTrades]).toEqual([false, true]);
  });

  it("has a state that does not grow with the time", () => {
    const [first, , last] = few.sizes;
    expect(last).toBeLessThan(first * 1.1);
    expect(all.sizes[2]).toBeGreaterThan(all.sizes[0] * 2);
  });

  it("keeps a thousand where nobody says how many", () => {
    const { session } = trade(undefined, 600, 1);
    expect(session.hasAllTrades).toBe(true);
  });
});

it("what remembers many orders is kept as much more seldom", () => {
  const saved = vi.spyOn(Journal.prototype, "saveSnapshot");
  onTestFinished(() => {
    saved.mockRestore();
  });
  const countOf = (apart: number): number => {
    saved.mockClear();
    trade(1, 8_000, 1, { apart, recordsPerSnapshot: undefined });
    return saved.mock.calls.length;
  };
  const [few, many] = [countOf(day), countOf(minute)];
  expect(few).toBeGreaterThan(4);
  expect(many).toBeLessThan(few / 2);
});
