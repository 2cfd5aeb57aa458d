import type { MonteCarloResult } from "./monte-carlo-result.js";

type How = Pick<MonteCarloResult, "of" | "order">;

/** What is drawn, in a sentence. */
export function drawnWords({ of, order }: How): string {
  if (of === "trades")
    return order === "drawn"
      ? "The trades of the run with putting back, each earning what it earned of the account it found."
      : "The trades of the run, each once, in another order: the end is the same, the way there is not.";
  return order === "drawn"
    ? "The bars in blocks with putting back, and the strategy run on each such history."
    : "The moves of the bars, each once, in another order, and the strategy run on each such history: the first and the last price are the same.";
}

/** What the draws suppose, in a sentence. */
export function supposedWords({ of, order }: How): string {
  const one =
    of === "trades"
      ? order === "drawn"
        ? "Trades do not hang together for longer than a block, and do not overlap in time"
        : "Trades could as well have come in any other order, and do not overlap in time"
      : order === "drawn"
        ? "Bars do not hang together for longer than a block"
        : "Moves could as well have come in any other order";
  return `${one}; the market stays what it was on these bars, and values that were chosen on them are as good elsewhere.`;
}
