import { spansInBars } from "@bitfever/engine";
import type { SearchSetup } from "./search-setup.js";

/** The longest trade of the defaults on the first sessions, in sessions. */
export function longestTrade({ runner, input }: SearchSetup, sessions: number): number {
  const { sessionEnds } = runner;
  const [span] = spansInBars([{ from: 0, to: Math.min(sessions, sessionEnds.length) }], sessionEnds);
  const outcome = runner.run(input.pilot, 1, span);
  return outcome.kind === "figures" ? inSessions({ runner }, outcome.longestHolding) : 0;
}

/** How far back a strategy looks, in sessions: the longest warm-up in its space. */
export const longestWarmup = ({ runner }: Pick<SearchSetup, "runner">): number =>
  inSessions({ runner }, runner.longestWarmup);

/** So many bars as sessions of mean length, rounded up. */
const inSessions = ({ runner }: Pick<SearchSetup, "runner">, bars: number): number =>
  Math.ceil((bars * runner.sessionEnds.length) / runner.whole.to);
