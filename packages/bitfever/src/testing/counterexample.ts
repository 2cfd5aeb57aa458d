import type * as FastCheck from "fast-check";
import type { Bars } from "@bitfever/engine";
import { barsOfWalk, wholeWalk, type Market, type Move, type Walk } from "./history.js";

export interface Search {
  readonly market: Market;
  readonly bars: { readonly from: number; readonly to: number };
  readonly seed: number;
  readonly runs: number;
}

export interface Counterexample<Problem> {
  readonly bars: Bars;
  readonly problem: Problem;
  /** Which of the histories it was found on, from 1. */
  readonly run: number;
}

/** How many bars may be run on to make a counter-example smaller: a long history gets fewer attempts than a short one. */
const mostBarsTried = 100_000;

/**
 * Looks for bars on which something is wrong, and makes them few and their numbers round. The generator is loaded when
 * it is needed.
 *
 * @param problemOf what is wrong on some bars; null when nothing is
 */
export async function findCounterexample<Problem>(
  { market, bars: { from, to }, seed, runs }: Search,
  problemOf: (bars: Bars) => Problem | null,
): Promise<Counterexample<Problem> | null> {
  const fc = await import("fast-check");
  let barsLeft = Infinity;
  const isWrong = (walk: Walk): boolean => {
    barsLeft -= walk.moves.length;
    return barsLeft > 0 && problemOf(barsOfWalk(walk, market)) !== null;
  };
  const holds = (walk: Walk): boolean => {
    if (!isWrong(walk)) return true;
    barsLeft = Math.min(barsLeft, mostBarsTried);
    return false;
  };
  const walks = walksOf(fc, market, from, to);
  const found = fc.check(fc.property(walks, holds), { seed, numRuns: runs });
  if (!found.failed || found.counterexample === null) return null;
  barsLeft = mostBarsTried;
  const least = simplified(found.counterexample[0], from, isWrong);
  // A table of a test has whole prices and no times, if that is enough.
  const whole = wholeWalk(least);
  const choices = [{ ...whole, hasPlainTimes: true }, { ...least, hasPlainTimes: true }, whole, least];
  for (const each of choices) {
    const bars = barsOfWalk(each, market);
    const problem = problemOf(bars);
    if (problem !== null) return { bars, problem, run: found.numRuns };
  }
  throw new Error("counterexample: what was wrong is wrong no more");
}

/** A counter-example starts here if it can. */
const usualStart = 100;

const flat = { gap: 0, body: 0, up: 0, down: 0, volume: 0 };

/** Makes bars flat and leaves bars out, many at once and then fewer, as long as something is wrong. */
function simplified(given: Walk, least: number, isWrong: (walk: Walk) => boolean): Walk {
  let walk = given;
  const attempt = (moves: readonly Move[], change: Partial<Walk> = {}): void => {
    const isSame = moves.length === walk.moves.length && moves.every((each, i) => each === walk.moves[i]);
    if (isSame && Object.keys(change).length === 0) return;
    const candidate = { ...walk, ...change, moves };
    if (moves.length >= least && isWrong(candidate)) walk = candidate;
  };
  attempt(walk.moves, { start: usualStart });
  attempt(walk.moves, { drift: 0 });
  for (let size = walk.moves.length; size >= 1; size = Math.floor(size / 2))
    for (let i = walk.moves.length - size; i > -size; i -= size)
      attempt(walk.moves.map((each, k) => (k >= i && k < i + size ? flattened(each) : each)));
  for (let size = walk.moves.length; size >= 1; size = Math.floor(size / 2))
    for (let i = walk.moves.length - size; i > -size; i -= size)
      attempt(walk.moves.filter((_, k) => k < i || k >= i + size));
  for (const part of ["volume", "gap", "up", "down"] as const)
    attempt(walk.moves.map((each) => ({ ...each, [part]: 0 })));
  attempt(walk.moves.map((each) => ({ ...each, opensSession: false })));
  return walk;
}

function flattened(move: Move): Move {
  const isFlat = move.gap === 0 && move.body === 0 && move.up === 0 && move.down === 0 && move.volume === 0;
  return isFlat ? move : { ...move, ...flat };
}

function walksOf(
  fc: typeof FastCheck,
  { lowest, highest }: Market,
  from: number,
  to: number,
): FastCheck.Arbitrary<Walk> {
  const isCalm = highest < Infinity;
  const step = (most: number): FastCheck.Arbitrary<number> => fc.integer({ min: -most, max: most });
  const moves = (most: number): FastCheck.Arbitrary<Omit<Move, "opensSession">> =>
    fc.record({
      gap: fc.oneof(
        { withCrossShrink: true },
        { weight: 4, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: step(most) },
      ),
      body: step(most),
      up: fc.nat({ max: most }),
      down: fc.nat({ max: most }),
      volume: fc.nat({ max: 100 }),
    });
  const kinds = [
    { weight: 4, arbitrary: fc.constant(flat) },
    { weight: 16, arbitrary: moves(8) },
    { weight: isCalm ? 0 : 1, arbitrary: moves(200) },
  ];
  const opensSession = fc.oneof(
    { withCrossShrink: true },
    { weight: 7, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
  const move = fc
    .tuple(fc.oneof({ withCrossShrink: true }, ...kinds), opensSession)
    .map(([each, isFirst]): Move => ({ ...each, opensSession: isFirst }));
  return fc.record({
    start: isCalm ? fc.constant((lowest + highest) / 2) : fc.constantFrom(usualStart, 20, 1_000),
    drift: step(2),
    // Left to itself the generator prefers a dozen bars, on which few strategies trade.
    moves: fc.array(move, { minLength: from, maxLength: to, size: "max" }),
  });
}
