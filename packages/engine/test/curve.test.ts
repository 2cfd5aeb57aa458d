import fc from "fast-check";
import { expect, test } from "vitest";
import { curveFrom, curveOf, valuesOf, type Curve } from "../src/curve.js";
import { HeldSpells, worthAt } from "../src/held-spells.js";
import { Instrument } from "../src/instrument.js";
import { drawdowns } from "../src/metrics/facts/drawdowns.js";
import { freshRoom } from "../src/room.js";
import { contextOf } from "./metrics/build.js";

const length = 60;
const step = fc.record({
  bar: fc.nat(length - 1),
  cash: fc.double({ min: 1_000, max: 200_000, noNaN: true }),
  held: fc.oneof(fc.constant(0), fc.double({ min: -500, max: 1_000, noNaN: true })),
});

interface Drawn {
  readonly isWhole: boolean;
  readonly multiplier: number;
  readonly close: readonly number[];
  readonly steps: readonly { readonly bar: number; readonly cash: number; readonly held: number }[];
  readonly closed: number | null;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  isWhole: fc.boolean(),
  multiplier: fc.constantFrom(1, 50, 0.1),
  close: fc.array(fc.double({ min: 10, max: 200, noNaN: true }), { minLength: length, maxLength: length }),
  steps: fc.uniqueArray(step, { maxLength: 8, selector: ({ bar }) => bar }),
  closed: fc.option(fc.double({ min: 1_000, max: 200_000, noNaN: true })),
});

/** What an account is worth at each bar, worked out one by one, and its spells. */
function accountOf({ isWhole, multiplier, close, steps, closed }: Drawn): {
  readonly values: Float64Array;
  readonly curve: Curve;
} {
  const [tick, lot, moneyDecimals] = isWhole ? [0.01, 0.001, 2] : [null, null, null];
  const instrument = new Instrument({ symbol: "X", tick, lot, multiplier, moneyDecimals });
  const prices = Float64Array.from(close);
  let [cash, held] = [instrument.money(100_000), 0];
  const spells = new HeldSpells(instrument, prices, cash, freshRoom);
  const values = prices.map((price, bar) => {
    const change = steps.find((each) => each.bar === bar);
    if (change !== undefined) {
      [cash, held] = [instrument.money(change.cash), instrument.quantity(change.held)];
      spells.tell(bar, { cash, held, stop: NaN, nextStop: NaN });
    }
    return worthAt(instrument, cash, held, price);
  });
  if (closed !== null) {
    spells.end(closed);
    values[length - 1] = closed;
  }
  return { values, curve: spells.equity };
}

test("a curve of spells is worth at each bar what the account is, from any bar on", () => {
  fc.assert(
    fc.property(drawn, fc.nat(length - 1), (given, first) => {
      const { values, curve } = accountOf(given);
      for (const each of [curve, curveOf(values)]) {
        const part = curveFrom(each, first);
        const expected = values.subarray(first);
        expect(valuesOf(part)).toEqual(expected.slice());
        expect(Float64Array.from(expected, (_, bar) => part.valueAt(bar))).toEqual(expected.slice());
        const some = Int32Array.from(expected.keys()).filter((bar) => bar % 3 === 0);
        expect(part.valuesAt(some)).toEqual(Float64Array.from(some, (bar) => expected[bar]));
      }
    }),
  );
});

test("falls are the same, to the last bit, of spells and of their values", () => {
  fc.assert(
    fc.property(drawn, (given) => {
      const { values, curve } = accountOf(given);
      const context = contextOf({ initialCapital: 100_000, equity: [...values] });
      expect(drawdowns({ ...context, timeWeighted: curve })).toEqual(drawdowns(context));
    }),
  );
});
