// Columns as the page carries them. Neighbouring values of a market are alike, so each value is kept as its distance
// from the one before, in whole steps of the last decimal shown: two or three bytes a value instead of eight.
// Used on both sides, in Node and in the page: nothing here may need either.

/** A column of numbers to a fixed number of decimals, as text. */
export interface PackedColumn {
  readonly length: number;
  /** Decimals kept; below zero for numbers so large that their last digits are noise. */
  readonly decimals: number;
  /** The first value that is there, and the common step of all distances, in units of the last decimal. */
  readonly first: number;
  readonly step: number;
  /** Base64 of one variable-length number a value: 0 = absent, otherwise 1 + the zigzag of the distance in steps. */
  readonly data: string;
}

/** Beyond this a distance times two is no longer exact. */
const largestUnit = 2 ** 51;

/** Bytes of the longest code: 53 bits, seven in each. */
const longestCode = 8;

/** Packs a column, rounded to `decimals`. What is not finite is absent, and comes back as NaN. */
export function packColumn(values: Float64Array, decimals: number): PackedColumn {
  const kept = fittingDecimals(values, decimals);
  const units = values.map((value) => Math.round(value * 10 ** kept));
  const first = units.find((value) => Number.isFinite(value)) ?? 0;
  const step = commonStep(units, first);

  const bytes = new Uint8Array(values.length * longestCode);
  let at = 0;
  let last = first;
  for (const unit of units) {
    if (!Number.isFinite(unit)) {
      bytes[at++] = 0;
      continue;
    }
    const distance = (unit - last) / step;
    last = unit;
    let code = 1 + (distance < 0 ? -2 * distance - 1 : 2 * distance);
    while (code >= 128) {
      bytes[at++] = (code % 128) + 128;
      code = Math.floor(code / 128);
    }
    bytes[at++] = code;
  }
  return { length: values.length, decimals: kept, first, step, data: base64(bytes.subarray(0, at)) };
}

/** The column again: exactly the values that were packed, as far as their decimals go. */
export function unpackColumn({ length, decimals, first, step, data }: PackedColumn): Float64Array {
  const bytes = atob(data);
  const values = new Float64Array(length);
  const scale = 10 ** decimals;
  let at = 0;
  let last = first;
  for (let i = 0; i < length; i++) {
    let code = 0;
    let weight = 1;
    let byte = bytes.charCodeAt(at++);
    while (byte >= 128) {
      code += (byte - 128) * weight;
      weight *= 128;
      byte = bytes.charCodeAt(at++);
    }
    code += byte * weight;
    if (code === 0) {
      values[i] = NaN;
      continue;
    }
    const zigzag = code - 1;
    last += (zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2) * step;
    values[i] = last / scale;
  }
  return values;
}

function fittingDecimals(values: Float64Array, decimals: number): number {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  let kept = decimals;
  while (largest * 10 ** kept > largestUnit) kept -= 1;
  return kept;
}

/** The greatest common divisor of all distances: a day for daily bars, a quarter for prices in quarters. */
function commonStep(units: Float64Array, first: number): number {
  let step = 0;
  let last = first;
  for (const unit of units) {
    if (!Number.isFinite(unit)) continue;
    let [a, b] = [step, Math.abs(unit - last)];
    while (b !== 0) [a, b] = [b, a % b];
    step = a;
    last = unit;
    if (step === 1) break;
  }
  return step === 0 ? 1 : step;
}

function base64(bytes: Uint8Array): string {
  const chunk = 8192; // a call takes only so many arguments
  let text = "";
  for (let i = 0; i < bytes.length; i += chunk) text += String.fromCharCode(...bytes.subarray(i, i + chunk));
  return btoa(text);
}
