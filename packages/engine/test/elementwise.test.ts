import { describe, expect, it } from "vitest";
import { elementwise } from "../src/elementwise.js";

/*
 * Every operator against its meaning for single values, written plainly. `null` is absent. Operators that look one bar
 * back get the value before as well.
 */

type Value = number | null;

const values: readonly Value[] = [null, -2, -0, 0, 1, 2.5, Infinity];
const bools: readonly Value[] = [null, 0, 1];

const numeric =
  (operation: (a: number, b: number) => number) =>
  (a: Value, b: Value): Value =>
    a === null || b === null ? null : present(operation(a, b));
const compared =
  (operation: (a: number, b: number) => boolean) =>
  (a: Value, b: Value): Value =>
    a === null || b === null ? null : Number(operation(a, b));
const present = (value: number): Value => (Number.isNaN(value) ? null : value);

const binary: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  add: numeric((a, b) => a + b),
  subtract: numeric((a, b) => a - b),
  multiply: numeric((a, b) => a * b),
  divide: numeric((a, b) => (b === 0 ? NaN : a / b)),
  less: compared((a, b) => a < b),
  less_or_equal: compared((a, b) => a <= b),
  greater: compared((a, b) => a > b),
  greater_or_equal: compared((a, b) => a >= b),
  equal: compared((a, b) => a === b),
  not_equal: compared((a, b) => a !== b),
};

/** Kleene's tables: an absent side matters only where the other does not decide. */
const logic: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  and: (a, b) => (a === 0 || b === 0 ? 0 : a === null || b === null ? null : 1),
  or: (a, b) => (a === 1 || b === 1 ? 1 : a === null || b === null ? null : 0),
};

const column = (given: readonly Value[]): Float64Array => Float64Array.from(given, (each) => each ?? NaN);

function run(
  name: string,
  inputs: readonly (readonly Value[])[],
  parameters: readonly number[] = [],
  from = 0,
): Value[] {
  const kernel = elementwise.get(name);
  if (kernel === undefined) throw new Error(`no operator ${name}`);
  const [first] = inputs;
  const out = new Float64Array(first.length).fill(NaN);
  kernel.advance(kernel.start(parameters), parameters, inputs.map(column), [out], from, first.length);
  return Array.from(out, present);
}

const pairs = <T>(of: readonly T[]): [T, T][] => of.flatMap((a) => of.map((b): [T, T] => [a, b]));

describe("operators", () => {
  it.each(Object.entries(binary))("%s", (name, meaning) => {
    const all = pairs(values);
    expect(run(name, [all.map(([a]) => a), all.map(([, b]) => b)])).toEqual(
      all.map(([a, b]) => meaning(a, b)),
    );
  });

  it.each(Object.entries(logic))("%s", (name, meaning) => {
    const all = pairs(bools);
    expect(run(name, [all.map(([a]) => a), all.map(([, b]) => b)])).toEqual(
      all.map(([a, b]) => meaning(a, b)),
    );
  });

  it("not, negate", () => {
    expect(run("not", [bools])).toEqual([null, 1, 0]);
    expect(run("negate", [[null, -2, 0]])).toEqual([null, 2, -0]);
  });

  it("choose picks by a known condition only", () => {
    expect(
      run("choose", [
        [1, 0, null, 1, 0],
        [5, 5, 5, null, null],
        [7, 7, 7, 7, 7],
      ]),
    ).toEqual([5, 7, null, null, 7]);
  });

  it("delay looks back, and finds nothing before the first bar", () => {
    expect(run("delay", [[null, null, 1, 2, 3]], [2], 2).slice(2)).toEqual([null, null, 1]);
  });

  it.each([
    ["from below to above", [1, 3], [2, 2], 1, 0],
    ["from equal to above", [2, 3], [2, 2], 1, 0],
    ["from below to equal", [1, 2], [2, 2], 0, 0],
    ["from above to below", [3, 1], [2, 2], 0, 1],
    ["from equal to below", [2, 1], [2, 2], 0, 1],
    ["above all the time", [3, 4], [2, 2], 0, 0],
    ["absent before", [null, 3], [2, 2], null, null],
    ["absent now", [1, null], [2, 2], null, null],
    ["the other absent before", [1, 3], [null, 2], null, null],
  ] as const)("crosses %s", (_title, a, b, above, below) => {
    expect(run("crosses_above", [a, b])[1]).toBe(above);
    expect(run("crosses_below", [a, b])[1]).toBe(below);
  });

  it("crossing infinities is told by comparison, not by a difference that has no value", () => {
    expect(
      run("crosses_above", [
        [1, Infinity],
        [Infinity, 5],
      ])[1],
    ).toBe(1);
    expect(
      run("crosses_above", [
        [Infinity, Infinity],
        [Infinity, 5],
      ])[1],
    ).toBe(1);
  });
});
