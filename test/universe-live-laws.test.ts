import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSettings, LoggedMatching, randomOf, type Bars, type Settings } from "@bitfever/engine";
import type { Plan } from "@bitfever/lang";
import {
  deskAtHand,
  deskRecords,
  finish,
  Gatekeeper,
  Journal,
  marketsRead,
  PaperTrading,
  portfolio,
  readJournal,
  replay,
  textOf,
  universeSeatsOf,
  type Desk,
  type JournalStore,
  type Seat,
} from "@bitfever/runtime";
import { readBars } from "bitfever";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { instantsBetween } from "./support/instants-between.js";
import { planOf } from "./support/planned.js";
import { exact, texts, universe } from "./support/universe-cases.js";

/*
 * A universe on a desk decides what it decides in a backtest: the same orders with the same ends, and the same trades, to the
 * byte; also where it was stopped at random moments and went on from snapshot and journal, and where the journal is told again.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 60);

interface Case {
  readonly plan: Plan;
  readonly members: readonly Bars[];
  readonly settings: Settings;
  /** The other markets that the plan reads, by symbol. */
  readonly markets?: ReadonlyMap<string, Bars>;
}

/** By symbol, as nothing tells orders of one instant apart but what they are of. */
interface Decided {
  readonly orders: readonly string[];
  readonly trades: readonly string[];
}

const bySymbol = (a: { readonly symbol?: string }, b: { readonly symbol?: string }): number =>
  (a.symbol ?? "") < (b.symbol ?? "") ? -1 : (a.symbol ?? "") > (b.symbol ?? "") ? 1 : 0;

function inBacktest(given: Case): Decided {
  const { orders, trades } = finish(portfolio({ ...given, logsOrders: true }));
  return {
    orders: orders.toSorted(bySymbol).map(textOf),
    // A backtest of many counts bars among the moments of all.
    trades: trades.toSorted(bySymbol).map(({ entryBar: _in, exitBar: _out, ...each }) => textOf(each)),
  };
}

const seatsOf = ({ plan, members, settings, markets }: Case, logsOrders: boolean): readonly Seat[] =>
  universeSeatsOf({
    ...{ strategy: plan.name, plan, settings, logsOrders },
    markets: marketsRead(plan, settings, markets ?? new Map()).map(({ timing }) => ({
      timing,
      longestBlock: 1,
    })),
    members: members.map(({ symbol, intervalMs }) => ({ symbol, intervalMs })),
  });

const deskOf = (seats: readonly Seat[]): Desk =>
  deskAtHand(
    seats.map(({ member }) => member),
    new Gatekeeper([]),
  );

/** In as many processes as there are stops and one more; each begins with nothing but what is in the store. */
function onPaper(
  given: Case,
  store: JournalStore,
  stops: readonly number[],
  recordsPerSnapshot = 1e9,
): Decided {
  const hasStops = stops.length > 0;
  const { members } = given;
  const last = new Map(members.map((each) => [each.symbol, each.close[each.length - 1]]));
  const orders: string[] = [];
  let seats: readonly Seat[] = [];
  let from = 0;
  for (const to of [...stops, Infinity]) {
    seats = seatsOf(given, !hasStops);
    const [{ closeOf }] = seats;
    const journal = Journal.open(store, { create: "law" });
    const trading = new PaperTrading({
      desk: deskOf(seats),
      markets: seats.map(({ market }) => market),
      ...{ journal, recordsPerSnapshot },
    });
    for (const { time, bars } of instantsBetween(given, from, to))
      trading.bars(bars, closeOf(time), closeOf(time));
    from = to;
    store.close();
  }
  for (const { market } of seats) orders.push(...ordersOf(market).map(textOf));
  const trades = seats.flatMap(({ member: { symbol, session } }) =>
    session.trades(last.get(symbol) ?? NaN).map((each) => ({ symbol, ...each })),
  );
  return {
    orders,
    trades: trades
      .sort((a, b) => bySymbol(a, b) || a.entryTime - b.entryTime)
      .map(({ entryBar: _in, exitBar: _out, ...each }) => textOf(each)),
  };
}

const ordersOf = ({ symbol, matching }: Seat["market"]): readonly unknown[] =>
  matching instanceof LoggedMatching ? matching.log.orders.map((each) => ({ symbol, ...each })) : [];

function expectLaw(given: Case, seed: number): Decided {
  const whole = inBacktest(given);
  const store = memoryStore();
  expect(onPaper(given, store, [])).toEqual(whole);
  expectReplay(given, store);
  const random = randomOf(seed);
  const moments = Math.max(...given.members.map(({ length }) => length));
  const stops = Array.from({ length: 3 }, () => Math.floor(random() * moments)).sort((a, b) => a - b);
  const parts = memoryStore();
  const { trades } = onPaper(given, parts, stops, 1 + Math.floor(random() * 40));
  expect(trades).toEqual(whole.trades);
  expectReplay(given, parts);
  return whole;
}

function expectReplay(given: Case, store: JournalStore): void {
  const { difference, turns } = replay(deskOf(seatsOf(given, false)), deskRecords(readJournal(store)));
  expect(difference).toBeNull();
  expect(turns).toBeGreaterThan(1);
}

describe("laws of universes on a desk", { timeout: 30_000 + numRuns * 3_000 }, () => {
  it.each(texts.map((text) => [/weight \w+|Rules/.exec(text)?.[0] ?? text, text]))("%s", (_name, text) => {
    let traded = 0;
    fc.assert(
      fc.property(universe, fc.constantFrom(exact, defaultSettings), fc.nat(), (members, settings, seed) => {
        traded += expectLaw({ plan: planOf(text), members, settings }, seed).trades.length;
      }),
      { numRuns: Math.ceil(numRuns / texts.length) },
    );
    expect(traded).toBeGreaterThan(numRuns / 4);
  });
});

describe("examples", { timeout: 300_000 }, () => {
  const folder = fileURLToPath(new URL("../examples", import.meta.url));
  const programs = readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(`${folder}/${each.name}/strategy.bf`))
    .map(({ name }) => [name, readFileSync(`${folder}/${name}/strategy.bf`, "utf8")] as const)
    .filter(([, text]) => /^ *universe/m.test(text));

  it("are at least three", () => {
    expect(programs.length).toBeGreaterThanOrEqual(3);
  });

  it.each(programs)("%s", async (_name, text) => {
    const data = `${folder}/data/SYNTHETIC-universe`;
    const members = await Promise.all(readdirSync(data).map((each) => readBars(`${data}/${each}`)));
    const index = await readBars(`${folder}/data/SYNTHETIC-index-1d.csv`);
    const markets = new Map([["INDEX", index]]);
    const given = { plan: planOf(text), members, settings: defaultSettings, markets };
    const { orders } = expectLaw(given, 20261130);
    expect(orders.length).toBeGreaterThan(20);
  });
});
