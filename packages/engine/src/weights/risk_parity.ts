import { solvePositive } from "../cholesky.js";
import { deviationsOf, type Covariance } from "../covariance.js";
import { defineWeighting, inProportion } from "../weighting.js";
import { inverse_volatility } from "./inverse_volatility.js";

/** How far the risk of one member may be off its part, as a share of that part. */
const tolerance = 1e-12;
/** Rounding of a sum of products, as a share of its size. */
const rounding = 2 ** -50;
/** A mix whose deviation is a smaller share of its members' than one in so many has none that doubles could tell. */
const riskless = 2 ** 23;
/** A hundred stocks take about twenty sweeps; what takes many more is nearly singular, and has Newton's steps. */
const mostSweeps = 100;
const mostSteps = 500;

export const risk_parity = defineWeighting({
  name: "risk_parity",
  title: "Risk parity",
  formula:
    "wᵢ · (Σw)ᵢ is the same for all; inverse volatility where some mix of the members has no risk at all",
  source:
    "Maillard, Roncalli, Teïletche, The Properties of Equally Weighted Risk Contribution Portfolios (2010); by cyclical " +
    "coordinate descent as in Griveau-Billion, Richard, Roncalli (2013), and where that is slow as in Spinu, An " +
    "Algorithm for Computing Risk Parity Weights (2013)",
  weigh: (covariance) => parity(covariance) ?? inverse_volatility.weigh(covariance),
});

/**
 * The y above 0 with `yᵢ · (Cy)ᵢ = 1 / count`, C being the correlations, is where the convex `½ yᵀCy − Σ ln y / count`
 * is smallest. Null where that has no smallest value: there a mix without risk exists, and no mix has parity.
 */
function parity(covariance: Covariance): Float64Array | null {
  const { count, values } = covariance;
  const deviations = deviationsOf(covariance);
  const correlations = values.map(
    (each, at) => each / (deviations[Math.floor(at / count)] * deviations[at % count]),
  );
  const y = new Float64Array(count).fill(1 / Math.sqrt(count));
  for (let turn = 0; turn < mostSweeps + mostSteps; turn++) {
    // Worked out anew each time, so that rounding does not add up.
    const { risks, isEven } = risksOf(correlations, y);
    if (isEven) return inProportion(y.map((each, i) => each / deviations[i]));
    if (turn < mostSweeps) sweep(correlations, y, risks);
    else if (y.reduce((sum, each) => sum + each, 0) > riskless) return null;
    else step(correlations, y, risks);
  }
  return null;
}

/** `Cy`, and whether its parts are the same as far as can be told. */
function risksOf(correlations: Float64Array, y: Float64Array): { risks: Float64Array; isEven: boolean } {
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
    const off = Math.abs(y[i] * risks[i] - 1 / count);
    if (!(off <= tolerance / count + rounding * y[i] * size)) isEven = false;
  }
  return { risks, isEven };
}

/** Takes one coordinate after the other to where the function is smallest along it: a quadratic equation. */
function sweep(correlations: Float64Array, y: Float64Array, risks: Float64Array): void {
  const count = y.length;
  for (let i = 0; i < count; i++) {
    const others = risks[i] - y[i];
    const root = Math.sqrt(others * others + 4 / count);
    // The form of the larger root that does not subtract like from like.
    const next = others > 0 ? 2 / count / (others + root) : (root - others) / 2;
    const moved = next - y[i];
    for (let j = 0; j < count; j++) risks[j] += correlations[i * count + j] * moved;
    y[i] = next;
  }
}

/**
 * A step of Newton's. The function is self-concordant, so steps that are damped as long as they are long never leave
 * the positive, and always arrive.
 */
function step(correlations: Float64Array, y: Float64Array, risks: Float64Array): void {
  const count = y.length;
  const uphill = risks.map((each, i) => each - 1 / (count * y[i]));
  const bent = (i: number, j: number): number =>
    correlations[i * count + j] + (i === j ? 1 / (count * y[i] * y[i]) : 0);
  const back = solvePositive(bent, uphill);
  const decrement = Math.sqrt(count * back.reduce((sum, each, i) => sum + each * uphill[i], 0));
  const length = decrement < 0.25 ? 1 : 1 / (1 + decrement);
  for (let i = 0; i < count; i++) y[i] -= length * back[i];
}
