import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Indicator } from "../../src/indicator.js";
import { indicators } from "../../src/indicators/index.generated.js";
import { inputsOf, parametersOf } from "./generated-inputs.js";
import { runIndicator, type Columns } from "../../src/indicator-laws/run-alone.js";

/* What the pages of indicators say about memory and gaps, asked of the kernels. */

const runs = { seed: 11, numRuns: 60 };

/** A running sum that takes another way to the same window ends in other last bits. */
function expectAlike(found: number, expected: number, place: string): void {
  if (Number.isNaN(expected)) expect(found, place).toBeNaN();
  else expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected)), place).toBeLessThan(1e-6);
}

const setup = (indicator: Indicator): fc.Arbitrary<[number[], Columns, number]> =>
  fc.tuple(parametersOf(indicator), inputsOf(indicator, 60), fc.nat());

const of = (key: "memory" | "gaps", value: string): (readonly [string, Indicator])[] =>
  indicators.filter((each) => each[key] === value).map((each) => [each.name, each] as const);

describe("memory", () => {
  it.each(of("memory", "window"))("%s is made of the bars of its warm-up alone", (_, indicator) => {
    fc.assert(
      fc.property(setup(indicator), ([parameters, inputs, seed]) => {
        const at = seed % inputs[0].length;
        const first = at - indicator.warmup(parameters);
        const changed = inputs.map((each) => each.map((value, bar) => (bar < first ? 1_001 - value : value)));
        const before = runIndicator(indicator, parameters, inputs);
        const after = runIndicator(indicator, parameters, changed);
        before.forEach((output, i) => {
          expectAlike(after[i][at], output[at], `bar ${at} of ${indicator.outputs[i].name}`);
        });
      }),
      runs,
    );
  });

  // A mode of 0 or 1 hardly ever shows what it rests on.
  const telling = of("memory", "endless").filter(([name]) => name !== "ht_trendmode");
  it.each(telling)("%s looks back beyond its warm-up", (_, indicator) => {
    const reaches = fc.sample(setup(indicator), runs).some(([parameters, given]) => {
      // What starts anew where a condition is true shall not do so on every other bar.
      const inputs = given.map((each, port) =>
        indicator.inputs[port]?.type === "bool" ? each.map((value, bar) => (bar === 0 ? value : 0)) : each,
      );
      const at = inputs[0].length - 1;
      const first = at - indicator.warmup(parameters);
      const changed = inputs.map((each) => each.map((value, bar) => (bar < first ? 1_001 - value : value)));
      const before = runIndicator(indicator, parameters, inputs);
      return runIndicator(indicator, parameters, changed).some(
        (output, i) => Math.abs((output[at] || 0) - (before[i][at] || 0)) > 1e-9,
      );
    });
    expect(reaches).toBe(true);
  });
});

describe("a bar without a value", () => {
  /** The inputs with one of them missing on a bar in their middle, and that bar; the fields of a bar miss together. */
  const withGap = (
    { inputs: free, fields }: Indicator,
    inputs: Columns,
    seed: number,
  ): { gapped: Columns; gap: number } => {
    const gap = 20 + (seed % 20);
    const series = free.flatMap(({ type }, port) => (type === "bool" ? [] : [port]));
    const chosen = seed % (series.length + Math.min(1, fields.length));
    const isMissing = (port: number): boolean =>
      chosen < series.length ? port === series[chosen] : port >= free.length;
    const gapped = inputs.map((each, port) =>
      each.map((value, bar) => (bar === gap && isMissing(port) ? NaN : value)),
    );
    return { gapped, gap };
  };
  const check = (
    indicator: Indicator,
    expected: (run: (inputs: Columns) => Columns, inputs: Columns, gap: number, reach: number) => Columns,
  ): void => {
    fc.assert(
      fc.property(setup(indicator), ([parameters, inputs, seed]) => {
        const { gapped, gap } = withGap(indicator, inputs, seed);
        const run = (given: Columns): Columns => runIndicator(indicator, parameters, given);
        const wanted = expected(run, inputs, gap, indicator.warmup(parameters));
        run(gapped).forEach((output, i) => {
          output.forEach((value, bar) => {
            // Where a window still holds the gap there may be a value all the same: not all inputs are read equally far.
            const isUnsaid = wanted[i][bar] === Infinity;
            if (!isUnsaid) expectAlike(value, wanted[i][bar], `bar ${bar}, gap at ${gap}`);
          });
        });
      }),
      runs,
    );
  };
  const joined = (first: Columns, between: number, then: Columns): Columns =>
    first.map((each, i) => Float64Array.of(...each, between, ...then[i]));
  const cut = (columns: Columns, from: number, to?: number): Columns =>
    columns.map((each) => each.slice(from, to));

  it.each(of("gaps", "restart"))("starts %s anew", (_, indicator) => {
    check(indicator, (run, inputs, gap) => joined(run(cut(inputs, 0, gap)), NaN, run(cut(inputs, gap + 1))));
  });

  it.each(of("gaps", "skip"))("is passed over by %s", (_, indicator) => {
    check(indicator, (run, inputs, gap) => {
      const without = run(inputs.map((each) => each.filter((__, bar) => bar !== gap)));
      return joined(cut(without, 0, gap), NaN, cut(without, gap));
    });
  });

  it.each(of("gaps", "spread"))("is missed by %s in each window that holds it", (_, indicator) => {
    check(indicator, (run, inputs, gap, reach) =>
      run(inputs).map((each) =>
        each.map((value, bar) => (bar === gap ? NaN : bar > gap && bar <= gap + reach ? Infinity : value)),
      ),
    );
  });
});
