import { decimalsOf, roundWidth } from "../report/round-width.js";

// Used on both sides, in Node and in the page: nothing here may need either.

/** How values lie along an axis. */
export interface Scale {
  /** From 0, its beginning, to 1; what lies beyond an end is at that end. NaN for what is no number. */
  readonly shareOf: (value: number) => number;
  readonly valueAt: (share: number) => number;
  /** Values to be written beside it, `most` or about so many. */
  readonly ticks: (most: number) => readonly Tick[];
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** How a value of an axis is written, to so many decimals. */
export type TickText = (value: number, decimals: number) => string;

const clamped = (share: number): number => Math.min(1, Math.max(0, share));

/** From low to high, which differ or are widened. */
export function linearScale(low: number, high: number, text: TickText): Scale {
  const [from, to] =
    high > low ? [low, high] : [low - Math.abs(low || 1) / 10, low + Math.abs(low || 1) / 10];
  return {
    shareOf: (value) => clamped((value - from) / (to - from)),
    valueAt: (share) => from + share * (to - from),
    ticks: (most) => {
      const width = roundWidth((to - from) / Math.max(1, most));
      const first = Math.ceil(from / width - 1e-9);
      const count = Math.floor(to / width + 1e-9) - first + 1;
      return Array.from({ length: count }, (_, i) => {
        const value = (first + i) * width;
        return { value, text: text(value, decimalsOf(width)) };
      });
    },
  };
}

/** Ratios count, and not differences. Both ends are above 0. */
export function logarithmicScale(low: number, high: number, text: TickText): Scale {
  const { shareOf, valueAt } = linearScale(Math.log10(low), Math.log10(high), text);
  const marks = (digits: readonly number[]): readonly Tick[] => {
    const found: Tick[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
      for (const digit of digits) {
        const value = Number(`${digit}e${power}`);
        if (value >= low && value <= high) found.push({ value, text: text(value, Math.max(0, -power)) });
      }
    return found;
  };
  return {
    shareOf: (value) => shareOf(Math.log10(value)),
    valueAt: (share) => 10 ** valueAt(share),
    ticks: (most) =>
      [
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 5],
        [1, 3],
      ]
        .map(marks)
        .find(({ length }) => length <= Math.max(3, most)) ?? marks([1]),
  };
}

/** Names side by side, each in the middle of its part; a value is the place of its name. */
export const namedScale = (names: readonly string[]): Scale => ({
  shareOf: (value) => (value + 0.5) / names.length,
  valueAt: (share) => share * names.length - 0.5,
  ticks: () => names.map((text, value) => ({ value, text })),
});
