import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSettings, fieldsOf, sliceBars, type Bars, type Settings } from "@bitfever/engine";
import {
  backtest,
  barAt,
  finish,
  outcome,
  paper,
  simulateBar,
  simulation,
  timingFor,
  type BacktestRun,
  type Run,
} from "@bitfever/runtime";
import { historyFeed } from "@bitfever/brokers";
import { arbitraryBars } from "./support/arbitrary-bars.js";
import { arbitraryProgram } from "./support/arbitrary-program.js";
import { grownCase } from "./support/grown-case.js";
import { planOf } from "./support/planned.js";

/*
 * The promises that live must keep to backtest, on generated programs and bars, compared bit by bit: one plan, one
 * session, any cut into blocks, any stop and resume, any feed.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 150);
const exact: Settings = { ...defaultSettings, tick: 0.01, lot: 0.001, money_decimals: 2 };
const arbitrarySettings = fc.constantFrom<Settings>(
  defaultSettings,
  exact,
  { ...exact, path: "worst" },
  { ...defaultSettings, path: "best", zone: "America/New_York" },
);

const simple = fc
  .tuple(arbitraryProgram(), arbitraryBars({ minLength: 1, maxLength: 120 }), arbitrarySettings)
  .map(([text, bars, settings]) => ({ text, bars, settings }));

/** Programs that use all of the language, on the bars of their own market. */
const grown = fc.tuple(fc.noShrink(fc.noBias(fc.nat())), arbitrarySettings).map(([seed, settings]) => {
  const { text, bars } = grownCase(seed, { mostBars: 80, hasHoles: false });
  return { text, bars, settings };
});

const setup = fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: grown });

type Setup = typeof setup extends fc.Arbitrary<infer Value> ? Value : never;

function run({ text, bars, settings }: Setup, blockLength: number, isFused = false): BacktestRun {
  const plan = planOf(text);
  const fields = fieldsOf(bars, timingFor(plan, settings, bars.intervalMs));
  return finish(
    backtest({
      plan,
      symbol: bars.symbol,
      settings,
      fields,
      intervalMs: bars.intervalMs,
      blockLength,
      isFused,
    }),
  );
}

/** The bits of a run: unlike `toEqual`, tells −0 from 0. */
const bits = ({ trades, equity, position, counts }: Run): string =>
  JSON.stringify([trades, counts], (_key, value: unknown) => (Object.is(value, -0) ? "-0" : value)) +
  Buffer.from(equity.buffer, equity.byteOffset, equity.byteLength).toString("hex") +
  Buffer.from(position.buffer, position.byteOffset, position.byteLength).toString("hex");

const columnBits = (columns: readonly Float64Array[]): string =>
  columns
    .map((each) =>
      Array.from(each, (value) => (Number.isNaN(value) ? "NaN" : Object.is(value, -0) ? "-0" : value)).join(),
    )
    .join("\n");

const check = (law: (given: Setup) => void | Promise<void>, runs = numRuns): Promise<void> =>
  Promise.resolve(
    fc.assert(
      fc.asyncProperty(setup, async (given) => law(given)),
      { seed: 20261120, numRuns: runs },
    ),
  );

describe("laws of a run", { timeout: 30_000 + numRuns * 400 }, () => {
  it("the generated programs trade: a law about nothing would prove nothing", () => {
    const samples = fc.sample(setup, { seed: 20261120, numRuns: 300 });
    const trading = samples.map((each) => run(each, 2_048)).filter((each) => each.trades.length > 0);
    const accounts = samples.filter(({ text }) => planOf(text).nodes.some((node) => node.phase === "bar"));
    expect(trading.length).toBeGreaterThan(100);
    expect(accounts.length).toBeGreaterThan(60);
  });

  it("does not depend on how the bars are cut into blocks", async () => {
    await check((given) => {
      const whole = run(given, given.bars.length);
      for (const blockLength of [1, 7, 64, 2_048]) {
        const cut = run(given, blockLength);
        expect(bits(cut)).toBe(bits(whole));
        expect(columnBits(cut.outputs)).toBe(columnBits(whole.outputs));
      }
    });
  });

  it("does not depend on whether conditions are computed in one loop", async () => {
    await check((given) => {
      const apart = run(given, 64);
      const fused = run(given, 64, true);
      expect(bits(fused)).toBe(bits(apart));
      expect(columnBits(fused.outputs)).toBe(columnBits(apart.outputs));
    });
  });

  it("does not depend on random cuts either, nor on whether bars were prepared at all", async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 17 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(setup, cuts, async (given, lengths) => {
        expect(bits(runInBlocks(given, lengths))).toBe(bits(run(given, given.bars.length)));
        await Promise.resolve();
      }),
      { seed: 7, numRuns },
    );
  });

  it("never looks ahead: the first bars of a run are the run of the first bars", async () => {
    await check((given) => {
      const whole = run(given, 2_048);
      for (const count of [1, Math.ceil(given.bars.length / 3), given.bars.length - 1].filter(
        (each) => each > 0,
      )) {
        const part = run({ ...given, bars: sliceBars(given.bars, 0, count) }, 2_048);
        expect(columnBits([part.equity, part.position])).toBe(
          columnBits([whole.equity.subarray(0, count), whole.position.subarray(0, count)]),
        );
        expect(columnBits(part.outputs)).toBe(
          columnBits(whole.outputs.map((each) => each.subarray(0, count))),
        );
        const closed = whole.trades.filter((each) => each.exitBar !== null && each.exitBar < count);
        expect(part.trades.filter((each) => each.exitBar !== null)).toEqual(closed);
      }
    });
  });

  it("goes on from a snapshot of any bar as if it had never stopped", async () => {
    await check(
      (given) => {
        const whole = run(given, 2_048);
        for (let stop = 0; stop <= given.bars.length; stop += Math.max(1, Math.floor(given.bars.length / 9)))
          expect(bits(runWithStop(given, stop))).toBe(bits(whole));
      },
      Math.ceil(numRuns / 2),
    );
  });

  it("a backtest and paper trading over the same history are the same trades", async () => {
    await check(async (given) => {
      const { text, bars, settings } = given;
      const plan = planOf(text);
      const { intervalMs } = bars;
      const fields = fieldsOf(bars, timingFor(plan, settings, intervalMs));
      const rows = Array.from({ length: bars.length }, (_, i) => barAt(fields, i));
      const onPaper = await paper({
        plan,
        symbol: bars.symbol,
        intervalMs,
        settings,
        feed: historyFeed(rows),
      });
      expect(bits(onPaper)).toBe(bits(run(given, 2_048)));
    });
  });

  it("keeps every cent: equity is capital plus the profit of all trades", async () => {
    await check((given) => {
      const { trades, equity } = run({ ...given, settings: exact }, 2_048);
      const cents = (money: number): number => Math.round(money * 100);
      const profit = trades.reduce((sum, each) => sum + cents(each.profit), 0);
      expect(cents(equity[equity.length - 1])).toBe(cents(exact.initial_capital) + profit);
    });
  });
});

/** Blocks of the given lengths in turn; after a length of 0 one bar comes unprepared. */
function runInBlocks({ text, bars, settings }: Setup, lengths: readonly number[]): Run {
  const plan = planOf(text);
  const { symbol, intervalMs } = bars;
  const fields = fieldsOf(bars, timingFor(plan, settings, intervalMs));
  const options = { plan, symbol, intervalMs, settings };
  const { session, venue } = simulation(options, Math.max(1, ...lengths));
  const equity = new Float64Array(bars.length);
  const position = new Float64Array(bars.length);
  for (let from = 0, k = 0; from < bars.length; k++) {
    const length = lengths[k % lengths.length];
    const to = Math.min(bars.length, from + Math.max(1, length));
    if (length > 0) session.prepare(fields, from, to);
    for (; from < to; from++) {
      simulateBar(session, venue, barAt(fields, from));
      equity[from] = session.equity(bars.close[from]);
      position[from] = session.position;
    }
  }
  return { ...outcome(session, venue, lastClose(bars)), equity, position };
}

/** Stops before bar `stop`, and goes on in a new session and venue that know nothing but a copy of the snapshots. */
function runWithStop({ text, bars, settings }: Setup, stop: number): Run {
  const plan = planOf(text);
  const { symbol, intervalMs } = bars;
  const fields = fieldsOf(bars, timingFor(plan, settings, intervalMs));
  const options = { plan, symbol, intervalMs, settings };
  let { session, venue } = simulation(options, 1);
  const equity = new Float64Array(bars.length);
  const position = new Float64Array(bars.length);
  for (let i = 0; i <= bars.length; i++) {
    if (i === stop) {
      const kept = structuredClone({ session: session.snapshot(), venue: venue.snapshot() });
      ({ session, venue } = simulation(options, 1));
      session.restore(kept.session);
      venue.restore(kept.venue);
    }
    if (i === bars.length) break;
    simulateBar(session, venue, barAt(fields, i));
    equity[i] = session.equity(bars.close[i]);
    position[i] = session.position;
  }
  return { ...outcome(session, venue, lastClose(bars)), equity, position };
}

const lastClose = (bars: Bars): number => bars.close[bars.length - 1];
