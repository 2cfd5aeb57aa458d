/** How many decimal digits stand at `at`, at most `most`. */
export function digitsAt(bytes: Uint8Array, at: number, end: number, most: number): number {
  let count = 0;
  while (count < most && at + count < end && isDigit(bytes[at + count])) count++;
  return count;
}

/** The number that `count` bytes write; NaN when one of them is no digit, or there are none. */
export function numberAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    if (!isDigit(bytes[i])) return NaN;
    value = value * 10 + bytes[i] - 0x30;
  }
  return count > 0 ? value : NaN;
}

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

export const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
