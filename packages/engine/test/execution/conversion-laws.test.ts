import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instrument, type InstrumentSpecification } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching } from "../../src/matching.js";
import type { VenueEvent } from "../../src/order.js";
import { conversionOf, lives, markets, orderOf, type Foreign, type Life } from "./random-account.js";

/* What holds of an account whose instrument is in another currency, whatever the rates are. */

interface Lived {
  readonly events: readonly VenueEvent[];
  readonly equity: readonly number[];
  readonly cash: number;
  readonly venueCash: number;
  /** Of all trades, those that are open as they are marked at the last close. */
  readonly profits: readonly number[];
  readonly instrument: Instrument;
}

function live(life: Life, foreign: Foreign | null, of: Partial<InstrumentSpecification> = {}): Lived {
  const { path, commissions, slippages, margin, volumeShare, capital, steps, intervalMs } = life;
  const instrument = new Instrument({ ...markets[life.market].instrument, settles: foreign?.settles, ...of });
  const conversion = foreign === null ? undefined : conversionOf(foreign, intervalMs);
  const costs = { commissions, slippages, carries: [] };
  const rules = { margin, volume: volumeShare };
  const venue = new Matching(instrument, costs, path, instrument.money(capital), rules, conversion);
  const ledger = new Ledger(instrument, capital);
  const events: VenueEvent[] = [];
  const hear = (told: readonly VenueEvent[], bar: number): void => {
    for (const event of told) {
      events.push(event);
      if (event.kind === "fill") ledger.apply(event.fill, bar);
    }
  };
  let profits: readonly number[] = [];
  const equity = steps.map(({ bar, intents }, i) => {
    hear(venue.bar(bar), i);
    for (const intent of intents) {
      const order = orderOf(intent, instrument);
      // A size of no lot is nothing that a session sends.
      if (order.quantity > 0) hear(venue.command({ kind: "submit", order }), i);
    }
    const rate = conversion?.at(bar.time + intervalMs);
    profits = ledger.trades(bar.close, rate).map((each) => each.profit);
    return ledger.equity(bar.close, rate);
  });
  return { events, equity, cash: ledger.cashDecimal, venueCash: venue.snapshot().cash, profits, instrument };
}

/** Rates that all move by a factor. */
const times = (foreign: Foreign, factor: number): Foreign => ({
  ...foreign,
  rates: foreign.rates.map((each) => ({ ...each, first: each.first * factor })),
});

const atPar = (settles: Foreign["settles"]): Foreign => ({
  ...{ settles, way: "direct" },
  rates: [{ known: 0, first: 1, second: 1 }],
});

const withoutRates = (events: readonly VenueEvent[]): readonly VenueEvent[] =>
  events.map((event) =>
    event.kind === "fill" ? { ...event, fill: { ...event.fill, rate: undefined } } : event,
  );

const numRuns = Number(process.env["LAW_RUNS"] ?? 200);
const abroad = lives.filter(({ foreign }) => foreign !== null);

describe("an account in another currency", { timeout: 60_000 + numRuns * 100 }, () => {
  test("what it is worth is its capital and all profits, to the last unit", () => {
    let trades = 0;
    fc.assert(
      fc.property(abroad, (life) => {
        const { equity, profits, cash, venueCash, instrument } = live(life, life.foreign);
        const units = profits.reduce(
          (sum, each) => sum + instrument.money(each),
          instrument.money(life.capital),
        );
        expect(instrument.money(equity[equity.length - 1])).toBe(units);
        expect(instrument.money(cash)).toBe(venueCash);
        trades += profits.length;
      }),
      { seed: 1, numRuns },
    );
    expect(trades).toBeGreaterThan(numRuns);
  });

  test("at a rate of 1 it is the account without one", () => {
    fc.assert(
      fc.property(lives, (life) => {
        const [own, converted] = [live(life, null), live(life, atPar("value"))];
        expect(withoutRates(converted.events)).toEqual(withoutRates(own.events));
        expect(converted.equity).toEqual(own.equity);
        expect(converted.profits).toEqual(own.profits);
      }),
      { seed: 2, numRuns },
    );
  });

  test("at a rate of 1, and where a tick of a lot is whole minor units, both ways to settle are one", () => {
    const whole = lives.filter(({ market }) => ["future", "coin", "yen"].includes(market));
    fc.assert(
      fc.property(whole, (life) => {
        const [value, profit] = [live(life, atPar("value")), live(life, atPar("profit"))];
        expect(profit.events).toEqual(value.events);
        expect(profit.equity).toEqual(value.equity);
      }),
      { seed: 3, numRuns },
    );
  });

  test("four times the rate with four times the capital is four times the money, where money has no minor unit", () => {
    // A power of two, so that doubles lose nothing by it; costs are shares, which grow with what they are of.
    const free = abroad.map((life) => ({
      ...life,
      commissions: [{ model: "share", parameters: [0.001, 0, null] }],
    }));
    let trades = 0;
    fc.assert(
      fc.property(free, (life) => {
        const { foreign } = life;
        if (foreign === null) throw new Error("filtered above");
        const asGiven = { moneyDecimals: null };
        const factor = foreign.way === "inverse" ? 1 / 4 : 4;
        const one = live(life, foreign, asGiven);
        const four = live({ ...life, capital: life.capital * 4 }, times(foreign, factor), asGiven);
        one.equity.forEach((each, i) =>
          expect(four.equity[i] / 4).toBeCloseTo(each, 6 - Math.log10(life.capital)),
        );
        expect(four.profits).toHaveLength(one.profits.length);
        trades += one.profits.length;
      }),
      { seed: 4, numRuns },
    );
    expect(trades).toBeGreaterThan(numRuns);
  });
});
