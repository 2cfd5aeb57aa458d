import { describe, expect, test } from "vitest";
import { compile, specialise } from "@bitfever/lang";
import { barsOf, catalogue, defaultSettings, fieldsOf, quotesOf, timingOf, daysOf } from "@bitfever/engine";
import { barAt, outcome, simulateBar, simulation, type SimulationOptions } from "../src/index.js";

/* A session and a venue whose money is converted, and whose tick changes, put down at every bar and taken up again. */

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** A price that wanders up and down by sixteenths and cents. */
const closes = Array.from({ length: 60 }, (_, i) => 100 + 6 * Math.sin(i / 4) + (i % 7) * 0.33);
const column = (of: (i: number) => number): Float64Array => Float64Array.from(closes, (_, i) => of(i));
const bars = barsOf("T", {
  time: column((i) => start + i * day),
  open: column((i) => closes[Math.max(0, i - 1)]),
  high: column((i) => Math.max(closes[i], closes[Math.max(0, i - 1)]) + 1),
  low: column((i) => Math.min(closes[i], closes[Math.max(0, i - 1)]) - 1),
  close: column((i) => closes[i]),
  volume: column(() => 1_000),
});
const rates = barsOf("EURUSD", { ...bars, close: column((i) => 1.1 + 0.05 * Math.cos(i / 3)) });

const source = {
  name: "resumed.bf",
  text: `strategy "Resumed" on 1d {
    limit exposure 150% { block }
    enter long at limit close * 0.99 when close > sma(close, 3) { size risk(1%) stop at close * 0.96 target at close * 1.02 take 50% }
    enter short at stop close * 0.985 when close < sma(close, 3) { size 30% of equity trail by 2% }
  }`,
};
const { program } = compile(source, catalogue);
if (program === null) throw new Error("the program above compiles");
const plan = specialise(program, catalogue, {});

const optionsFor = (settles: "value" | "profit"): SimulationOptions => ({
  plan,
  symbol: "T",
  intervalMs: day,
  settings: { ...defaultSettings, currency: "USD", margin: 0.5, maintenance_margin: 0.3 },
  instruments: {
    T: {
      currency: "EUR",
      settles,
      tick: 0.0625,
      lot: 10,
      changes: [{ from: "2024-01-25", tick: 0.01, lot: 1 }],
    },
  },
  quotes: [quotesOf(rates, timingOf(daysOf({ zone: "UTC" }), day))],
});

describe.each(["value", "profit"] as const)("by %s", (settles) => {
  const timing = timingOf(daysOf({ zone: "UTC" }), day);
  const fields = fieldsOf(bars, timing);

  test("a run that is taken up anew at every bar is the run", () => {
    const whole = simulation(optionsFor(settles), 1);
    let cut = simulation(optionsFor(settles), 1);
    for (let i = 0; i < bars.length; i++) {
      const next = simulation(optionsFor(settles), 1);
      next.session.restore(structuredClone(cut.session.snapshot()));
      next.venue.restore(structuredClone(cut.venue.snapshot()));
      cut = next;
      const bar = barAt(fields, i);
      simulateBar(whole.session, whole.venue, bar);
      simulateBar(cut.session, cut.venue, bar);
      expect(cut.session.equity(bar.close)).toBe(whole.session.equity(bar.close));
      expect(cut.venue.snapshot()).toEqual(whole.venue.snapshot());
    }
    const done = outcome(whole.session, whole.venue, bars.close[bars.length - 1]);
    expect(outcome(cut.session, cut.venue, bars.close[bars.length - 1])).toEqual(done);
    const sides = new Set(done.trades.map(({ side }) => side));
    expect([...sides].sort()).toEqual(["long", "short"]);
    // Before the change all sizes are tens, after it some are not.
    const isTens = (quantity: number): boolean => quantity % 10 === 0;
    expect(done.trades.every(({ quantity }) => isTens(quantity))).toBe(false);
    expect(
      done.trades.filter(({ entryBar }) => entryBar < 20).every(({ quantity }) => isTens(quantity)),
    ).toBe(true);
  });
});
