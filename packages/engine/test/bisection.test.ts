import fc from "fast-check";
import { expect, it } from "vitest";
import { firstFrom, stretchEnds } from "../src/bisection.js";

it("the first value from a place on is found whatever is guessed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 40 }),
      fc.nat(45),
      fc.integer({ min: -5, max: 150 }),
      fc.integer({ min: -3, max: 50 }),
      (steps, from, limit, guess) => {
        let value = 0;
        const column = Float64Array.from(steps, (step) => (value += step));
        const start = Math.min(from, column.length);
        const found = column.findIndex((each, place) => place >= start && each >= limit);
        expect(firstFrom(start, column, limit, guess)).toBe(found < 0 ? column.length : found);
      },
    ),
  );
});

it("stretches end where a look at each value says so, however long those before were", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 15 }),
      (steps, width) => {
        let value = 0;
        const column = Float64Array.from(steps, (step) => (value += step));
        const limitOf = (first: number): number => (Math.floor(first / width) + 1) * width;
        const isLast = (each: number, place: number): boolean =>
          place === column.length - 1 || column[place + 1] >= limitOf(each);
        const ends = Array.from(column).flatMap((each, place) => (isLast(each, place) ? [place] : []));
        expect(stretchEnds(column, limitOf)).toEqual(ends);
      },
    ),
  );
});
