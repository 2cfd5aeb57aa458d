import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSettings, fieldsOf, randomOf, type Command, type Settings } from "@bitfever/engine";
import { historyFeed } from "@bitfever/brokers";
import {
  barAt,
  besideBars,
  deskAtHand,
  Gatekeeper,
  Journal,
  PaperTrading,
  deskRecords,
  historyOf,
  marketsRead,
  marketSurroundings,
  paper,
  readJournal,
  replay,
  seatOf,
  simulateBar,
  simulation,
  textOf,
  timingFor,
  type Desk,
  type DeskCommand,
  type JournalStore,
  type Seat,
  type Session,
} from "@bitfever/runtime";
import { readBars } from "bitfever";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { arbitraryBars } from "./support/arbitrary-bars.js";
import { arbitraryProgram } from "./support/arbitrary-program.js";
import { grownCase } from "./support/grown-case.js";
import { planOf } from "./support/planned.js";

/*
 * One program, one set of decisions: a backtest, paper trading over the same history, paper trading that was stopped at random
 * bars and went on from snapshot and journal, and the journal told again. Orders and ledgers are compared byte for byte.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 60);
const exact: Settings = { ...defaultSettings, tick: 0.01, lot: 0.001, money_decimals: 2 };
const arbitrarySettings = fc.constantFrom<Settings>(
  defaultSettings,
  exact,
  { ...exact, path: "worst", commission: 0.001 },
  { ...exact, path: "best", zone: "America/New_York" },
);

const simple = fc
  .tuple(arbitraryProgram(), arbitraryBars({ minLength: 1, maxLength: 100 }), arbitrarySettings)
  .map(([text, bars, settings]) => ({ text, bars, settings }));
const grown = fc.tuple(fc.noShrink(fc.noBias(fc.nat())), arbitrarySettings).map(([seed, settings]) => {
  const { text, bars } = grownCase(seed, { mostBars: 80, hasHoles: false });
  return { text, bars, settings };
});
const setup = fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: grown });

type Setup = typeof setup extends fc.Arbitrary<infer Value> ? Value : never;

interface Decided {
  readonly orders: readonly string[];
  readonly ledger: string;
}

function inBacktest({ text, bars, settings }: Setup): Decided {
  const plan = planOf(text);
  const { symbol, intervalMs } = bars;
  const fields = fieldsOf(bars, timingFor(plan, settings, intervalMs));
  const { session, venue } = simulation({ plan, symbol, intervalMs, settings }, 1);
  const orders = ordersOf(session);
  for (let i = 0; i < bars.length; i++) simulateBar(session, venue, barAt(fields, i));
  return { orders: orders.map(textOf), ledger: textOf(session.snapshot().ledger) };
}

/** All that a session asks for from now on. */
function ordersOf(session: Session): readonly Command[] {
  const orders: Command[] = [];
  const on = session.on.bind(session);
  session.on = (event) => {
    const commands = on(event);
    orders.push(...commands);
    return commands;
  };
  return orders;
}

/** On paper, in as many processes as there are stops and one more; each begins with nothing but what is in the store. */
function onPaper(
  given: Setup,
  store: JournalStore,
  stops: readonly number[],
  recordsPerSnapshot: number,
): Decided {
  const { bars, settings, text } = given;
  const plan = planOf(text);
  const fields = fieldsOf(bars, timingFor(plan, settings, bars.intervalMs));
  const orders: Command[] = [];
  let from = 0;
  let seat: Seat | undefined;
  for (const to of [...stops, bars.length]) {
    seat = seatOf({ strategy: plan.name, plan, symbol: bars.symbol, intervalMs: bars.intervalMs, settings });
    const { member, market, closeOf } = seat;
    const journal = Journal.open(store, { create: "law" });
    const trading = new PaperTrading({
      desk: deskOf(seat),
      markets: [market],
      journal,
      recordsPerSnapshot,
      onCommand: (command) => {
        orders.push(...asked(command));
      },
    });
    for (; from < to; from++) {
      const bar = barAt(fields, from);
      const closedAt = closeOf(bar.time);
      trading.bars([{ symbol: bars.symbol, intervalMs: member.intervalMs, bar }], closedAt, closedAt);
    }
    // Killed, as far as a store can see: nobody says goodbye.
    store.close();
  }
  const session = seat?.member.session;
  return { orders: orders.map(textOf), ledger: textOf(session?.snapshot().ledger) };
}

const deskOf = ({ member }: Seat): Desk => deskAtHand([member], new Gatekeeper([]));

function asked(command: DeskCommand): readonly Command[] {
  switch (command.kind) {
    case "submit":
      return [{ kind: "submit", order: command.order.order }];
    case "modify":
      return [{ kind: "replace", id: command.replacedId, order: command.order.order }];
    case "cancel":
      return [{ kind: "cancel", id: command.orderId }];
    default:
      return [];
  }
}

describe("laws of paper trading", { timeout: 30_000 + numRuns * 600 }, () => {
  it("decides what the backtest decides, however often it is stopped, and its journal replays", () => {
    let stopped = 0;
    let traded = 0;
    fc.assert(
      fc.property(setup, fc.nat(), (given, seed) => {
        const whole = inBacktest(given);
        const store = memoryStore();
        expect(onPaper(given, store, [], 1e9)).toEqual(whole);
        expectReplay(given, store);

        const random = randomOf(seed);
        const stops = Array.from({ length: 3 }, () => Math.floor(random() * given.bars.length)).sort(
          (a, b) => a - b,
        );
        const parts = memoryStore();
        expect(onPaper(given, parts, stops, 1 + Math.floor(random() * 40))).toEqual(whole);
        expectReplay(given, parts);
        stopped++;
        if (whole.orders.length > 0) traded++;
      }),
      { seed: 20261130, numRuns },
    );
    expect(stopped).toBe(numRuns);
    expect(traded).toBeGreaterThan(numRuns / 4);
  });
});

describe("examples", { timeout: 120_000 }, () => {
  const folder = fileURLToPath(new URL("../examples", import.meta.url));
  const programs = readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(`${folder}/${each.name}/strategy.bf`))
    .map(({ name }) => [name, readFileSync(`${folder}/${name}/strategy.bf`, "utf8")] as const)
    // A universe shares one account between its members: it is not traded by a desk yet.
    .filter(([, text]) => !/^ *universe/m.test(text));

  it("are at least five", () => {
    expect(programs.length).toBeGreaterThanOrEqual(5);
  });

  it.each(programs)("%s", async (_name, text) => {
    const is15m = text.includes("on 15m");
    const bars = await readBars(`${folder}/data/SYNTHETIC-${is15m ? "15m" : "1d"}.csv`);
    const index = await readBars(`${folder}/data/SYNTHETIC-index-1d.csv`);
    const settings: Settings = { ...defaultSettings, ...(is15m && { zone: "America/New_York" }) };
    const plan = planOf(text);
    const { symbol, intervalMs } = bars;
    const timing = timingFor(plan, settings, intervalMs);
    const fields = fieldsOf(bars, timing);
    const others = marketsRead(plan, settings, new Map([["INDEX", index]]));
    const histories = besideBars(others, { time: bars.time, timing });
    const markets = marketSurroundings(histories, 1);
    const told = [...historyOf(fields, histories)];

    const { session, venue } = simulation({ plan, symbol, intervalMs, settings, markets }, 1);
    const orders = ordersOf(session);
    for (const bar of told)
      if ("market" in bar) session.on({ kind: "market", market: bar.market, bar });
      else simulateBar(session, venue, bar);

    const store = memoryStore();
    const onPaperOrders: Command[] = [];
    let ledger: unknown;
    const stop = Math.floor(told.length / 2);
    for (const part of [told.slice(0, stop), told.slice(stop)]) {
      const run = await paper({
        ...{ plan, symbol, intervalMs, settings, markets, recordsPerSnapshot: 700 },
        feed: historyFeed(part),
        journal: Journal.open(store, { create: "law" }),
        onCommand: (command) => {
          onPaperOrders.push(...asked(command));
        },
      });
      ledger = run.trades;
      store.close();
    }
    expect(onPaperOrders.map(textOf)).toEqual(orders.map(textOf));
    expect(textOf(ledger)).toBe(textOf(session.trades(bars.close[bars.length - 1])));
    expect(orders.length).toBeGreaterThan(5);
    const seat = seatOf({ strategy: plan.name, plan, symbol, intervalMs, settings, markets });
    expect(replay(deskOf(seat), deskRecords(readJournal(store))).difference).toBeNull();
  });
});

function expectReplay({ text, bars, settings }: Setup, store: JournalStore): void {
  const plan = planOf(text);
  const seat = seatOf({
    strategy: plan.name,
    plan,
    symbol: bars.symbol,
    intervalMs: bars.intervalMs,
    settings,
  });
  const { difference, turns } = replay(deskOf(seat), deskRecords(readJournal(store)));
  expect(difference).toBeNull();
  expect(turns).toBeGreaterThanOrEqual(bars.length);
}
