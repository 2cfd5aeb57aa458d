import { BitFeverError } from "@bitfever/lang";

/** Sessions, or bars, `[from, to)`: whoever cuts a history says what it counts. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is learnt from, and what it is tested on; both in order, and apart. */
export interface ValidationSplit {
  readonly train: readonly Span[];
  readonly test: readonly Span[];
}

/** How far what is learnt from stays away from what is tested. */
export interface Distances {
  /**
   * How long what happens in a session goes on, as the longest holding: so many before the test are left out, because
   * their trades end in it, and so many after it, because its trades end in them. 0 where not given.
   */
  readonly purge?: number;
  /** How many more are left out after the test, as they look back into it: the warm-up. 0 where not given. */
  readonly embargo?: number;
}

/**
 * What may be learnt from when the given spans are tested: everything else but what is too near.
 *
 * @param tests  in order, and apart
 * @throws BitFeverError BF5122 where nothing is left
 * @source López de Prado 2018, "Advances in Financial Machine Learning", chapter 7
 */
export function trainingBeside(
  total: number,
  tests: readonly Span[],
  { purge = 0, embargo = 0 }: Distances,
): readonly Span[] {
  checkCount("purge", purge, 0);
  checkCount("embargo", embargo, 0);
  const train: Span[] = [];
  let from = 0;
  for (const test of [...tests, { from: total + purge, to: total }]) {
    const to = Math.min(test.from - purge, total);
    if (to > from) train.push({ from, to });
    from = Math.max(from, test.to + purge + embargo);
  }
  if (train.length > 0) return train;
  throw new BitFeverError(
    "BF5122",
    `nothing is left to learn from beside ${tests.map(({ from, to }) => `${from} to ${to}`).join(", ")} of ${total}`,
    { hint: "test fewer at a time, or shorten purge and embargo" },
  );
}

/** Cuts a history into parts whose lengths differ by no more than one. */
export const cut = (total: number, parts: number): readonly Span[] =>
  Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((i * total) / parts),
    to: Math.floor(((i + 1) * total) / parts),
  }));

/**
 * The bars of spans of sessions.
 *
 * @param sessionEnds  the last bar of each session
 */
export const spansInBars = (spans: readonly Span[], sessionEnds: Int32Array): readonly Span[] =>
  spans.map(({ from, to }) => ({
    from: from === 0 ? 0 : sessionEnds[from - 1] + 1,
    to: to === 0 ? 0 : sessionEnds[to - 1] + 1,
  }));

/** @throws BitFeverError BF5122 for what is not a whole number from `least` on */
export function checkCount(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new BitFeverError("BF5122", `${name} is ${value}`, { hint: `give a whole number from ${least} on` });
}
