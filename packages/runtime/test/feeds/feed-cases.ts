import type { BackfillOutput, Candle } from "../../src/index.js";

/** Things in the order in which they are heard; of those at the same instant the earlier one comes first. */
export const shuffledBy = <Thing>(
  heard: readonly { at: number; what: Thing }[],
): { at: number; what: Thing }[] => [...heard].sort((a, b) => a.at - b.at);

/** Bars that were told, late or not, without their places in the session. */
export const withoutSession = (events: readonly BackfillOutput[]): Candle[] =>
  events.flatMap((event) => {
    if (event.kind !== "bar" && event.kind !== "late_bar") return [];
    const { session_bar: _, ...candle } = event.bar;
    return [candle];
  });

/** A candle of a minute, each another one. */
export const candleAt = (index: number): Candle => ({
  ...{ time: index * 60_000, open: 100 + index, high: 103 + index, low: 99 + index, close: 102 + index },
  volume: 1 + index / 8,
});
