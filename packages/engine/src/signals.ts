/** Which conditions hold on the bars of a block, and on which bars any does: most say nothing. */
export interface Signals {
  /** For each bar of the block a bit for each condition that holds. */
  readonly words: Uint32Array;
  /** The bars with a bit, by their place in the block. */
  readonly bars: Uint32Array;
  /** How many they are. */
  count: number;
}

export const noSignals = (longestBlock: number): Signals => ({
  words: new Uint32Array(longestBlock),
  bars: new Uint32Array(longestBlock),
  count: 0,
});

/** Adds a condition to what is known of a block; the first one is written over what was known of another. */
export function tellCondition({ words }: Signals, bit: number, values: Float64Array, isFirst: boolean): void {
  if (isFirst) for (let i = 0; i < values.length; i++) words[i] = values[i] === 1 ? 1 << bit : 0;
  else for (let i = 0; i < values.length; i++) if (values[i] === 1) words[i] |= 1 << bit;
}

/** Finds the bars with a bit. */
export function findBars(signals: Signals, length: number): void {
  const { words, bars } = signals;
  let count = 0;
  for (let i = 0; i < length; i++) if (words[i] !== 0) bars[count++] = i;
  signals.count = count;
}

/** Clears the words of the bars that were found. */
export function forget({ words, bars, count }: Signals): void {
  for (let i = 0; i < count; i++) words[bars[i]] = 0;
}
