import { covarianceOf, deviationsOf } from "../../src/covariance.js";

/* Effective numbers of trials as others estimate them, from the correlations of returns; see ADR 0044. */

/** Correlations of every two rows. */
function correlationsOf(rows: readonly Float64Array[]): number[][] {
  const covariance = covarianceOf(rows);
  const { count, values } = covariance;
  const deviations = deviationsOf(covariance);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => values[i * count + j] / (deviations[i] * deviations[j])),
  );
}

/** Of a symmetric matrix, by turning one pair of axes after another until nothing is left beside the diagonal (Jacobi). */
function eigenvaluesOf(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 12; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-12) continue;
        const angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++)
          [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++)
          [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
      }
  return a.map((row, i) => Math.max(0, row[i]));
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

export function otherEstimates(rows: readonly Float64Array[]): Record<string, number> {
  const correlations = correlationsOf(rows);
  const n = rows.length;
  const mean = (sum(correlations.flat()) - n) / (n * (n - 1));
  const eigenvalues = eigenvaluesOf(correlations);
  const variance = sum(eigenvalues.map((each) => (each - 1) ** 2)) / (n - 1);
  return {
    // Bailey & López de Prado 2014, appendix 3.
    averageCorrelation: mean + (1 - mean) * n,
    // Nyholt 2004, American Journal of Human Genetics 74.
    nyholt: 1 + (n - 1) * (1 - variance / n),
    // Li & Ji 2005, Heredity 95.
    liAndJi: sum(eigenvalues.map((each) => (each >= 1 ? 1 : 0) + (each - Math.floor(each)))),
    // Galwey 2009, Genetic Epidemiology 33.
    galwey: sum(eigenvalues.map(Math.sqrt)) ** 2 / sum(eigenvalues),
    // The participation ratio of physics.
    participation: sum(eigenvalues) ** 2 / sum(eigenvalues.map((each) => each * each)),
  };
}
