import type { Verdict } from "@bitfever/engine";
import { paintOf, type Io } from "./io.js";

/** The word of a verdict in its colour, and why. */
export function verdictLine(io: Io, { word, why }: Verdict): string {
  const paint = paintOf(io);
  const painted = { luck: paint.error, undecided: paint.warning, edge: paint.good }[word];
  return `${painted(word.toUpperCase())}  ${why}`;
}
