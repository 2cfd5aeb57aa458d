import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indicators } from "../../src/indicators/index.generated.js";
import { inputsOf, parametersOf, portsOf } from "./generated-inputs.js";
import { bits, runIndicator, type Columns } from "./run-kernel.js";

/* What holds for every indicator. A new file in the folder is under these laws without a word here. */

const runs = { seed: 4, numRuns: 60 };
/**
 * They hold what they found last, and have no value until they find one, which may be any time after the warm-up. A
 * condition that has to have been true several times is such a thing too.
 */
const waiting: ReadonlySet<string> = new Set(["pivothigh", "pivotlow", "valuewhen", "zigzag"]);

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 });
const column = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (each) => each ?? NaN);

describe.each(indicators.map((each) => [each.name, each] as const))("%s", (name, indicator) => {
  const setup = fc.tuple(parametersOf(indicator), inputsOf(indicator));
  const waits = waiting.has(name);

  it("does what its examples say", () => {
    expect(indicator.examples.length).toBeGreaterThan(0);
    for (const { parameters, inputs, outputs } of indicator.examples) {
      const given = portsOf(indicator).map(({ name }) => column(inputs[name]));
      const found = runIndicator(indicator, parameters, given);
      indicator.outputs.forEach(({ name }, i) => {
        Array.from(column(outputs[name])).forEach((value, bar) => {
          const place = `${name}[${bar}]`;
          if (Number.isNaN(value)) expect(found[i][bar], place).toBeNaN();
          else expect(found[i][bar], place).toBeCloseTo(value, 12);
        });
      });
    }
  });

  it("has its first value after exactly its warm-up, and one on every bar from then on", () => {
    fc.assert(
      fc.property(setup, ([parameters, inputs]) => {
        const warmup = indicator.warmup(parameters);
        for (const output of runIndicator(indicator, parameters, inputs)) {
          const first = output.findIndex((value) => !Number.isNaN(value));
          const start = !waits ? warmup : first < 0 ? output.length : Math.max(first, warmup);
          output.forEach((value, bar) => {
            expect(Number.isNaN(value), `bar ${bar} of ${inputs[0].length}, warm-up ${warmup}`).toBe(
              bar < start,
            );
          });
        }
      }),
      runs,
    );
  });

  it("gives the same bits however the bars are cut, with no more history than it declares", () => {
    fc.assert(
      fc.property(setup, cuts, ([parameters, inputs], lengths) => {
        const whole = bits(runIndicator(indicator, parameters, inputs));
        expect(bits(runIndicator(indicator, parameters, inputs, lengths))).toBe(whole);
        expect(bits(runIndicator(indicator, parameters, inputs, [1]))).toBe(whole);
      }),
      runs,
    );
  });

  it("does not see the future", () => {
    fc.assert(
      fc.property(setup, fc.nat(), ([parameters, inputs], at) => {
        const count = 1 + (at % inputs[0].length);
        const changed = inputs.map((each) => each.map((value, bar) => (bar < count ? value : 1_001 - value)));
        const cut = (columns: Columns): Columns => columns.map((each) => each.subarray(0, count));
        expect(bits(cut(runIndicator(indicator, parameters, changed)))).toBe(
          bits(cut(runIndicator(indicator, parameters, inputs))),
        );
      }),
      runs,
    );
  });

  it("keeps its state to itself", () => {
    fc.assert(
      fc.property(setup, ([parameters, inputs]) => {
        const alone = bits(runIndicator(indicator, parameters, inputs));
        // A second instance, run in between, must leave no trace.
        runIndicator(
          indicator,
          parameters,
          inputs.map((each) => each.map((value) => value * 2)),
          [3],
        );
        expect(bits(runIndicator(indicator, parameters, inputs, [2]))).toBe(alone);
        expect(structuredClone(indicator.start(parameters))).toEqual(indicator.start(parameters));
      }),
      runs,
    );
  });

  it.skipIf(waits)("recovers from bars without a value", () => {
    fc.assert(
      fc.property(parametersOf(indicator), inputsOf(indicator, 100), ([...parameters], inputs) => {
        const gap = inputs.map((each) => each.map((value, bar) => (bar >= 10 && bar < 13 ? NaN : value)));
        const isLate = (bar: number): boolean =>
          bar >= 14 + 2 * (indicator.warmup(parameters) + indicator.lookback(parameters));
        for (const output of runIndicator(indicator, parameters, gap))
          output.forEach((value, bar) => {
            if (isLate(bar)) expect(value).not.toBeNaN();
          });
      }),
      runs,
    );
  });
});
