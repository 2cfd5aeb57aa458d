export interface Eigen {
  readonly values: Float64Array;
  /** Row by row; the vector of `values[i]` is the column i. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix, given row by row.
 *
 * @source Golub & Van Loan 2013, Matrix Computations, 4th ed., 8.5: the cyclic Jacobi method
 */
export function eigenOf(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  // It converges quadratically: ten sweeps are more than any matrix needs.
  for (let sweep = 0; sweep < 30; sweep++) {
    let isDiagonal = true;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const off = a[p * size + q];
        const isNothing = Math.abs(off) <= 1e-16 * Math.sqrt(Math.abs(a[p * size + p] * a[q * size + q]));
        if (off === 0 || isNothing) continue;
        isDiagonal = false;
        rotate(a, vectors, size, p, q);
      }
    if (isDiagonal) break;
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]), vectors };
}

/** Turns rows and columns p and q so that the entry between them becomes 0. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q]);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (of: Float64Array, i: number, j: number): void => {
    const [x, y] = [of[i], of[j]];
    of[i] = cosine * x - sine * y;
    of[j] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q);
}
