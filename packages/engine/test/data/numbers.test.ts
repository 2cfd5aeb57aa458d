import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOf } from "../../src/data/cells.js";
import { hasComma, isAbsent, readNumbers } from "../../src/data/numbers.js";

const numberOf = (text: string): number => readNumbers(cellsOf([text]))[0];

test.each([
  "0",
  "-0",
  "1",
  "007",
  "1.5",
  ".5",
  "5.",
  "-12.25",
  "+3",
  "1e5",
  "1.25E-3",
  "9007199254740991",
  "9007199254740993",
  "0.1234567890123456789",
  "0.00005330000000000001",
  "123456789012345678901234567890",
  "1e-400",
  "1e400",
  "4.35",
  "0.000001",
  "0.00000000000000000000000125",
  "2.2250738585072011e-308",
  "  7.5 ",
])("%s", (text) => {
  expect(Object.is(numberOf(text), Number(text))).toBe(true);
});

test.each(["", "-", ".", "abc", "1.2.3", "1,5", "0x10", "1_000", "--1", "1e", "$5", "1 2"])(
  "%s is no number",
  (text) => {
    expect(numberOf(text)).toBeNaN();
  },
);

test.each(["inf", "Infinity", "+Inf"])("%s is infinite", (text) => expect(numberOf(text)).toBe(Infinity));

test("what is usually written for nothing", () => {
  expect(["", "-", "null", "NaN", "N/A", "None"].every(isAbsent)).toBe(true);
  expect(["0", "x", "1"].some(isAbsent)).toBe(false);
});

test("numbers with commas", () => {
  expect(["1,5", "1,234.5", "12,345,678", "1.234,56"].every(hasComma)).toBe(true);
  expect(["1.5", "a,b", ",", "1;5"].some(hasComma)).toBe(false);
});

test("the bits of Number(text), for doubles as JavaScript writes them", () => {
  const texts = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), { maxLength: 50 });
  fc.assert(
    fc.property(texts, (written) => {
      const read = readNumbers(cellsOf(written));
      expect(written.filter((text, i) => !Object.is(read[i], Number(text)))).toEqual([]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("the bits of Number(text), for any digits around a point", () => {
  const digits = fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), maxLength: 24 });
  const written = fc.tuple(fc.constantFrom("", "-"), digits, fc.constantFrom("", "."), digits);
  fc.assert(
    fc.property(written, (parts) => {
      const text = parts.join("");
      const isNumber = /\d/.test(text);
      expect(Object.is(numberOf(text), isNumber ? Number(text) : NaN)).toBe(true);
    }),
    { seed: 1, numRuns: 3000 },
  );
});
