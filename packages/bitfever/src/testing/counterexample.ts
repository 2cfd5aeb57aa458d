import type * as FastCheck from "fast-check";
import type { Histories } from "./histories.js";
import { historiesOfWalks, walksFor, wholeWalk, type Market, type Move, type Walk } from "./history.js";

export interface Search {
  readonly market: Market;
  readonly bars: { readonly from: number; readonly to: number };
  readonly seed: number;
  readonly runs: number;
}

export interface Counterexample<Problem> {
  readonly histories: Histories;
  readonly problem: Problem;
  /** Which of the generated ones it was found on, from 1. */
  readonly run: number;
}

/** Histories told side by side: each has as many moves, and their sessions open together. */
type Walks = readonly Walk[];

/** How many bars may be run on to make a counter-example smaller: a long history gets fewer attempts than a short one. */
const mostBarsTried = 100_000;

/**
 * Looks for bars on which something is wrong, and makes them few and their numbers round. The generator is loaded when
 * it is needed.
 *
 * @param problemOf what is wrong on some histories; null when nothing is
 */
export async function findCounterexample<Problem>(
  { market, bars: { from, to }, seed, runs }: Search,
  problemOf: (histories: Histories) => Problem | null,
): Promise<Counterexample<Problem> | null> {
  const fc = await import("fast-check");
  let barsLeft = Infinity;
  const isWrong = (walks: Walks): boolean => {
    barsLeft -= walks[0].moves.length * walks.length;
    return barsLeft > 0 && problemOf(historiesOfWalks(walks, market)) !== null;
  };
  const holds = (walks: Walks): boolean => {
    if (!isWrong(walks)) return true;
    barsLeft = Math.min(barsLeft, mostBarsTried);
    return false;
  };
  const generated = walksOf(fc, market, from, to);
  const found = fc.check(fc.property(generated, holds), { seed, numRuns: runs });
  if (!found.failed || found.counterexample === null) return null;
  barsLeft = mostBarsTried;
  const least = simplified(found.counterexample[0], from, isWrong);
  // A table of a test has whole prices and no times, if that is enough.
  const whole = least.map(wholeWalk);
  const plain = (walks: Walks): Walks => walks.map((each) => ({ ...each, hasPlainTimes: true }));
  for (const each of [plain(whole), plain(least), whole, least]) {
    const histories = historiesOfWalks(each, market);
    const problem = problemOf(histories);
    if (problem !== null) return { histories, problem, run: found.numRuns };
  }
  throw new Error("counterexample: what was wrong is wrong no more");
}

/** A counter-example starts here if it can. */
const usualStart = 100;

const flat = { gap: 0, body: 0, up: 0, down: 0, volume: 0 };

/** Makes bars flat and leaves bars out, many at once and then fewer, as long as something is wrong. */
function simplified(given: Walks, least: number, isWrong: (walks: Walks) => boolean): Walks {
  let walks = given;
  const attempt = (candidate: Walks): void => {
    const { length } = candidate[0].moves;
    if (length < least || candidate.every((each, k) => isSameWalk(each, walks[k]))) return;
    if (isWrong(candidate)) walks = candidate;
  };
  const attemptEach = (change: (walk: Walk) => Partial<Walk>): void => {
    for (let k = 0; k < walks.length; k++)
      attempt(walks.map((each, i) => (i === k ? { ...each, ...change(each) } : each)));
  };
  const attemptAll = (change: (walk: Walk) => Partial<Walk>): void => {
    attempt(walks.map((each) => ({ ...each, ...change(each) })));
  };
  const { length } = given[0].moves;
  attemptEach(() => ({ start: usualStart }));
  attemptEach(() => ({ drift: 0 }));
  for (let size = length; size >= 1; size = Math.floor(size / 2))
    for (let i = length - size; i > -size; i -= size)
      attemptEach(({ moves }) => ({
        moves: moves.map((each, k) => (k >= i && k < i + size ? flattened(each) : each)),
      }));
  for (let size = length; size >= 1; size = Math.floor(size / 2))
    for (let i = walks[0].moves.length - size; i > -size; i -= size)
      attemptAll(({ moves }) => ({ moves: moves.filter((_, k) => k < i || k >= i + size) }));
  for (const part of ["volume", "gap", "up", "down"] as const)
    attemptEach(({ moves }) => ({ moves: moves.map((each) => ({ ...each, [part]: 0 })) }));
  attemptAll(({ moves }) => ({ moves: moves.map((each) => ({ ...each, opensSession: false })) }));
  return walks;
}

const isSameWalk = (a: Walk, b: Walk): boolean =>
  a.start === b.start &&
  a.drift === b.drift &&
  a.moves.length === b.moves.length &&
  a.moves.every((each, i) => each === b.moves[i]);

function flattened(move: Move): Move {
  const isFlat = move.gap === 0 && move.body === 0 && move.up === 0 && move.down === 0 && move.volume === 0;
  return isFlat ? move : { ...move, ...flat };
}

function walksOf(fc: typeof FastCheck, market: Market, from: number, to: number): FastCheck.Arbitrary<Walks> {
  const { lowest, highest } = market;
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
  const ofEach = <Part>(part: FastCheck.Arbitrary<Part>): FastCheck.Arbitrary<Part[]> =>
    fc.tuple(...Array.from({ length: walksFor(market) }, () => part));
  const move = fc
    .tuple(ofEach(fc.oneof({ withCrossShrink: true }, ...kinds)), opensSession)
    .map(([parts, isFirst]) => parts.map((each): Move => ({ ...each, opensSession: isFirst })));
  return fc
    .record({
      start: ofEach(isCalm ? fc.constant((lowest + highest) / 2) : fc.constantFrom(usualStart, 20, 1_000)),
      drift: ofEach(step(2)),
      // Left to itself the generator prefers a dozen bars, on which few strategies trade.
      moves: fc.array(move, { minLength: from, maxLength: to, size: "max" }),
    })
    .map(({ start, drift, moves }) =>
      start.map((each, k) => ({ start: each, drift: drift[k], moves: moves.map((parts) => parts[k]) })),
    );
}
