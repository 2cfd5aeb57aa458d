import { countOf, spansInBars, valueAt, type Dimension, type Point } from "@bitfever/engine";
import type { SearchSetup } from "./search-setup.js";

/** The longest trade of the defaults on the first sessions, in sessions. */
export function longestTrade({ runner, input }: SearchSetup, sessions: number): number {
  const { sessionEnds } = runner;
  const [span] = spansInBars([{ from: 0, to: Math.min(sessions, sessionEnds.length) }], sessionEnds);
  const outcome = runner.run(input.pilot, 1, span);
  return outcome.kind === "figures" ? inSessions({ runner }, outcome.longestHolding) : 0;
}

/**
 * How far back a strategy looks, in sessions: the longest warm-up among the defaults, the defaults with one parameter at an end of its
 * range, and all parameters at their largest.
 */
export function longestWarmup({ runner, input, space }: SearchSetup): number {
  const { pilot } = input;
  const ends = space.dimensions.map(endsOf);
  const points: Point[] = [
    pilot,
    ends.map((values) => values[values.length - 1]),
    ...ends.flatMap((values, i) => values.map((value) => pilot.map((each, at) => (at === i ? value : each)))),
  ];
  const warmups = points.map((point) => {
    try {
      return runner.planAt(point).warmup;
    } catch {
      // What the program does not allow is not searched.
      return 0;
    }
  });
  return inSessions({ runner }, Math.max(...warmups));
}

/** So many bars as sessions of mean length, rounded up. */
const inSessions = ({ runner }: Pick<SearchSetup, "runner">, bars: number): number =>
  Math.ceil((bars * runner.sessionEnds.length) / runner.whole.to);

function endsOf(dimension: Dimension): readonly number[] {
  if (dimension.kind === "interval") return [dimension.from, dimension.to];
  const last = countOf(dimension) - 1;
  const isOrdered = dimension.kind === "steps" || dimension.isOrdered;
  const places = isOrdered ? [0, last] : Array.from({ length: last + 1 }, (_, place) => place);
  return places.map((place) => valueAt(dimension, place));
}
