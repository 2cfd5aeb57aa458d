import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScalarFunction } from "../../src/function.js";
import { functions } from "../../src/functions/index.generated.js";
import { bits, runIndicator, type Columns } from "../../src/indicator-laws/run-alone.js";

/* What holds for every function of numbers. A new file in the folder is under these laws without a word here. */

const runs = { seed: 11, numRuns: 200 };

const value = fc.oneof(
  fc.constantFrom(NaN, 0, -0, 1, -1, 0.5, -2.5, 1e308, -1e308, 5e-324, Infinity, -Infinity, 2 ** 53),
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.double(),
);

/** As many columns as the function may have, all of one length. */
const columnsOf = ({ inputs, variadic }: ScalarFunction): fc.Arbitrary<Columns> =>
  fc
    .tuple(
      fc.integer({ min: inputs.length, max: variadic?.most ?? inputs.length }),
      fc.integer({ min: 1, max: 40 }),
    )
    .chain(([count, length]) =>
      fc.array(fc.array(value, { minLength: length, maxLength: length }), {
        minLength: count,
        maxLength: count,
      }),
    )
    .map((columns) => columns.map((each) => Float64Array.from(each)));

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 });
const foldBars = (of: ScalarFunction, columns: Columns): Float64Array =>
  columns[0].map((_, bar) => of.fold(columns.map((each) => each[bar])));

describe.each(functions.map((each) => [each.name, each] as const))("%s", (_name, of) => {
  it("does what its examples say", () => {
    expect(of.examples.length).toBeGreaterThan(0);
    for (const { inputs, output } of of.examples) {
      const found = of.fold(inputs.map((each) => each ?? NaN));
      if (output === null) expect(found, inputs.join()).toBeNaN();
      else expect(found, inputs.join()).toBeCloseTo(output, 12);
    }
  });

  it("is the same before the run as on bars, to the bit, however they are cut", () => {
    fc.assert(
      fc.property(columnsOf(of), cuts, (columns, lengths) => {
        const folded = bits([foldBars(of, columns)]);
        expect(bits(runIndicator(of, [], columns))).toBe(folded);
        expect(bits(runIndicator(of, [], columns, lengths))).toBe(folded);
      }),
      runs,
    );
  });

  it("is absent where one of its values is", () => {
    fc.assert(
      fc.property(columnsOf(of), fc.nat(), (columns, which) => {
        columns[which % columns.length].fill(NaN);
        for (const found of foldBars(of, columns)) expect(found).toBeNaN();
      }),
      runs,
    );
  });

  it("gives a number or nothing: no infinity, no −0", () => {
    fc.assert(
      fc.property(columnsOf(of), (columns) => {
        for (const found of foldBars(of, columns)) {
          expect(Number.isFinite(found) || Number.isNaN(found), String(found)).toBe(true);
          expect(Object.is(found, -0)).toBe(false);
        }
      }),
      runs,
    );
  });

  it("is what a catalogue promises of a function that can be folded", () => {
    expect(of.parameters).toEqual([]);
    expect(of.fields).toEqual([]);
    expect(of.outputs).toHaveLength(1);
    expect([of.warmup([]), of.lookback([])]).toEqual([0, 0]);
  });
});
