import { evenRisks } from "./even-risks.js";

/** How far those below the cap may be from what is left for them, as a share of it, before they are scaled to it. */
const tolerance = 1e-11;
/** About ten are enough. */
const mostTries = 200;

/**
 * Parts, together 1 and none above a cap, of which those below it have the same risk and those at it have no more.
 * Risks of a given size under a bound are a convex problem; the size is looked for at which the parts are 1 together.
 *
 * @param even  the risks without a cap, of which some part is above it
 * @returns null where some mix of the members has no risk
 */
export function cappedParity({
  correlations,
  deviations,
  cap,
  even,
}: {
  readonly correlations: Float64Array;
  readonly deviations: Float64Array;
  readonly cap: number;
  readonly even: Float64Array;
}): Float64Array | null {
  let near = even;
  /** The parts by the size of the whole, in which a part of 1 is that size. */
  const partsOf = (size: number): Float64Array | null => {
    const bound = deviations.map((each) => cap * each * size);
    const start = near.map((each, i) => Math.min(each, bound[i]));
    const found = evenRisks(correlations, bound, start);
    if (found === null) return null;
    near = found;
    return found.map((each, i) => (each === bound[i] ? cap : Math.min(cap, each / deviations[i] / size)));
  };

  const whole = even.reduce((sum, each, i) => sum + each / deviations[i], 0);
  // A small whole is all at the cap, more than 1 together; a large one has no part at it.
  let [low, high] = [whole, whole];
  let [lowOver, highOver] = [NaN, NaN];
  let size = whole;
  let before = 0;
  for (let tries = 1; ; tries++) {
    const parts = partsOf(size);
    if (parts === null) return null;
    const { below, room } = belowOf(parts, cap);
    const over = below - room;
    if (Math.abs(over) <= tolerance * room || tries === mostTries) return madeWhole(parts, cap);
    // A bound that stays once more is given half its weight, so that it moves as well: the Illinois method.
    const isAgain = over * before > 0;
    before = over;
    if (over > 0) {
      [low, lowOver] = [size, over];
      if (isAgain) highOver /= 2;
    } else {
      [high, highOver] = [size, over];
      if (isAgain) lowOver /= 2;
    }
    if (Number.isNaN(lowOver)) size = high * 0.9;
    else if (Number.isNaN(highOver)) size = low / 0.9;
    else size = (low * highOver - high * lowOver) / (highOver - lowOver);
  }
}

/** What those below the cap have together, and what there is for them. */
function belowOf(parts: Float64Array, cap: number): { below: number; room: number } {
  let [below, room] = [0, 1];
  for (const each of parts)
    if (each < cap) below += each;
    else room -= each;
  return { below, room };
}

/** Gives what the parts lack of 1 by rounding to those below the cap; where there are none, each is as good as at it. */
function madeWhole(parts: Float64Array, cap: number): Float64Array {
  const { below, room } = belowOf(parts, cap);
  if (below === 0) return parts.fill(1 / parts.length);
  return parts.map((each) => (each < cap ? Math.min(cap, (each / below) * room) : each));
}
