import { expect } from "vitest";
import type { Indicator } from "../../src/indicator.js";

type Columns = readonly ArrayLike<number>[];

/** Asks that what was found is what was expected, relative to its size where that is above 1; NaN is "no value". */
export function expectEqual(
  { outputs }: Indicator,
  parameters: readonly number[],
  [found, expected]: readonly [found: Columns, expected: Columns],
  tolerance: number,
): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((values, output) => {
    Array.from(values, (value, bar) => {
      const place = `${outputs[output].name}[${bar}] with ${parameters.join()}`;
      const error = Math.abs(found[output][bar] - value) / Math.max(1, Math.abs(value));
      if (Number.isNaN(value)) expect(found[output][bar], place).toBeNaN();
      else expect(error, place).toBeLessThan(tolerance);
    });
  });
}
