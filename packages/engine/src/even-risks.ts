import { solvePositive } from "./cholesky.js";

/** How far the risk of one member may be off its part, as a share of that part. */
const tolerance = 1e-12;
/** Rounding of a sum of products, as a share of its size. */
const rounding = 2 ** -50;
/** A mix whose deviation is a smaller share of its members' than one in so many has none that doubles could tell. */
const riskless = 2 ** 23;
/** A hundred stocks take about twenty sweeps; what takes many more is nearly singular, and has Newton's steps. */
const mostSweeps = 100;
const mostSteps = 500;

/**
 * The y above 0 with `yᵢ · (Cy)ᵢ = 1 / count`, C being correlations, is where the convex `½ yᵀCy − Σ ln y / count`
 * is smallest. With a bound it is that where y is below the bound; who is at it has at most so much risk. Null where
 * there is no smallest value: there a mix without risk exists, and no mix has parity.
 *
 * @param bound  the most of each; null is none
 * @param start  above 0 and within the bound
 */
export function evenRisks(
  correlations: Float64Array,
  bound: Float64Array | null,
  start: Float64Array,
): Float64Array | null {
  const y = start.slice();
  for (let turn = 0; turn < mostSweeps + mostSteps; turn++) {
    // Worked out anew each time, so that rounding does not add up.
    const { risks, isEven } = risksOf(correlations, bound, y);
    if (isEven) return y;
    // A step ends at the first bound; a sweep leads past it.
    if (turn < mostSweeps || (bound !== null && turn % 2 === 1)) sweep(correlations, bound, y, risks);
    else if (y.reduce((sum, each) => sum + each, 0) > riskless) return null;
    else step(correlations, bound, y, risks);
  }
  return null;
}

/** `Cy`, and whether its parts are the same as far as can be told. */
function risksOf(
  correlations: Float64Array,
  bound: Float64Array | null,
  y: Float64Array,
): { risks: Float64Array; isEven: boolean } {
  const count = y.length;
  const risks = new Float64Array(count);
  let isEven = true;
  for (let i = 0; i < count; i++) {
    let size = 0;
    for (let j = 0; j < count; j++) {
      const each = correlations[i * count + j] * y[j];
      risks[i] += each;
      size += Math.abs(each);
    }
    const over = y[i] * risks[i] - 1 / count;
    const off = bound !== null && y[i] === bound[i] ? Math.max(0, over) : Math.abs(over);
    if (!(off <= tolerance / count + rounding * y[i] * size)) isEven = false;
  }
  return { risks, isEven };
}

/** Takes one coordinate after the other to where the function is smallest along it: a quadratic equation. */
function sweep(
  correlations: Float64Array,
  bound: Float64Array | null,
  y: Float64Array,
  risks: Float64Array,
): void {
  const count = y.length;
  for (let i = 0; i < count; i++) {
    const others = risks[i] - y[i];
    const root = Math.sqrt(others * others + 4 / count);
    // The form of the larger root that does not subtract like from like.
    const best = others > 0 ? 2 / count / (others + root) : (root - others) / 2;
    const next = bound === null ? best : Math.min(best, bound[i]);
    const moved = next - y[i];
    for (let j = 0; j < count; j++) risks[j] += correlations[i * count + j] * moved;
    y[i] = next;
  }
}

/**
 * A step of Newton's. The function is self-concordant, so steps that are damped as long as they are long never leave
 * the positive, and always arrive. Who is at its bound and would go further stays, and the step ends at the next bound.
 */
function step(
  correlations: Float64Array,
  bound: Float64Array | null,
  y: Float64Array,
  risks: Float64Array,
): void {
  const count = y.length;
  const uphill = risks.map((each, i) => each - 1 / (count * y[i]));
  const free = [...y.keys()].filter((i) => bound === null || y[i] < bound[i] || uphill[i] > 0);
  const bent = (row: number, column: number): number => {
    const [i, j] = [free[row], free[column]];
    return correlations[i * count + j] + (i === j ? 1 / (count * y[i] * y[i]) : 0);
  };
  const back = solvePositive(
    bent,
    Float64Array.from(free, (i) => uphill[i]),
  );
  const decrement = Math.sqrt(count * back.reduce((sum, each, k) => sum + each * uphill[free[k]], 0));
  const damped = decrement < 0.25 ? 1 : 1 / (1 + decrement);
  const reach = free.map((i, k) => (bound !== null && back[k] < 0 ? (bound[i] - y[i]) / -back[k] : Infinity));
  const length = Math.min(damped, ...reach);
  for (const [k, i] of free.entries())
    y[i] = bound !== null && reach[k] <= length ? bound[i] : y[i] - length * back[k];
}
