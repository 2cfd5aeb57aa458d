import { cellText, type Cells } from "./cells.js";

/**
 * The numbers of a column, each the very bits of `Number(text)`; NaN where the cell is empty or holds something else.
 */
export function readNumbers(cells: Cells): Float64Array {
  const { bytes, starts, ends, first, step, length } = cells;
  const values = new Float64Array(length);
  for (let row = 0, at = first; row < length; row++, at += step) {
    if (!readPlain(bytes, starts[at], ends[at], values, row)) values[row] = oddNumber(cellText(cells, row));
  }
  return values;
}

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads digits with at most one point and a minus sign into `values[row]`; false for everything else.
 *
 * The digits as a whole number, and the power of ten, are exact doubles (the number below 2⁵³, the power at most
 * 10²²), so their quotient is the double nearest to what is written, which is what Number gives.
 * The value is written here, not returned: a returned double would be an object on the heap for every cell.
 */
function readPlain(
  bytes: Uint8Array,
  start: number,
  end: number,
  values: Float64Array,
  row: number,
): boolean {
  let i = start;
  const isNegative = i < end && bytes[i] === 0x2d;
  if (isNegative) i++;
  let written = end - i;
  let digits = 0;
  let decimals = 0;
  for (; i < end; i++) {
    const digit = bytes[i] - 0x30;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === -2 && decimals === 0 && i + 1 < end) decimals = end - i - 1;
    else return false;
  }
  if (decimals > 0) written--;
  if (written <= 0 || decimals > 22 || digits > Number.MAX_SAFE_INTEGER) return false;
  if (isNegative) digits = -digits;
  values[row] = decimals > 0 ? digits / powers[decimals] : digits;
  return true;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^([+-]?)inf(inity)?$/i;

function oddNumber(text: string): number {
  if (decimal.test(text)) return Number(text);
  const found = infinite.exec(text);
  return found === null ? NaN : found[1] === "-" ? -Infinity : Infinity;
}

const absent = new Set(["", "-", "--", ".", "null", "none", "nan", "n/a", "na", "#n/a", "nil"]);

/** Whether a cell is one of the usual ways to write nothing. */
export const isAbsent = (text: string): boolean => absent.has(text.toLowerCase());

/** `1,25` and `1,250.5`: a decimal comma and a thousands comma cannot be told apart, so neither is read. */
export const hasComma = (text: string): boolean => /^[+-]?\d[\d.\s]*(,\d+)+(\.\d*)?$/.test(text);
