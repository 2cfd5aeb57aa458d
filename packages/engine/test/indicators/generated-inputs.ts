import fc from "fast-check";
import type { Indicator } from "../../src/indicator.js";
import { portsOf } from "../../src/indicator-laws/trial.js";
import type { Columns } from "../../src/indicator-laws/run-alone.js";

export const parametersOf = (indicator: Indicator): fc.Arbitrary<number[]> =>
  fc.tuple(
    ...indicator.parameters.map((each) => {
      if (each.type === "choice") return fc.nat(each.choices.length - 1);
      const { type, minimum } = each;
      return type === "bars"
        ? fc.integer({ min: minimum, max: minimum + 20 })
        : fc.double({ min: minimum, max: minimum + 5, noNaN: true });
    }),
  );

/** Positive finite inputs; conditions are true on the first bar, so that those who wait for one do not wait. */
export function inputsOf(indicator: Indicator, minLength = 1): fc.Arbitrary<Columns> {
  const ports = portsOf(indicator);
  const row = fc.tuple(
    ...ports.map(({ type }) =>
      type === "bool"
        ? fc.constantFrom(0, 1)
        : fc.oneof(fc.double({ min: 1, max: 1_000, noNaN: true }), fc.integer({ min: 1, max: 5 })),
    ),
  );
  return fc.array(row, { minLength, maxLength: 120, size: "max" }).map((rows) =>
    ports.map(({ type }, port) => {
      const column = Float64Array.from(rows.map((each) => each[port]));
      if (type === "bool") column[0] = 1;
      return column;
    }),
  );
}
