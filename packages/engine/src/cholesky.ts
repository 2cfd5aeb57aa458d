/**
 * The `x` with `Ax = b` for a symmetric positive definite matrix, by its Cholesky factor.
 *
 * @param at  the entry of the matrix in a row and a column
 * @param b   the right side, as long as the matrix is wide
 */
export function solvePositive(at: (row: number, column: number) => number, b: Float64Array): Float64Array {
  const size = b.length;
  const factor = new Float64Array(size * size);
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let left = at(i, j);
      for (let k = 0; k < j; k++) left -= factor[i * size + k] * factor[j * size + k];
      factor[i * size + j] = i === j ? Math.sqrt(left) : left / factor[j * size + j];
    }
    let right = b[i];
    for (let k = 0; k < i; k++) right -= factor[i * size + k] * x[k];
    x[i] = right / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let right = x[i];
    for (let k = i + 1; k < size; k++) right -= factor[k * size + i] * x[k];
    x[i] = right / factor[i * size + i];
  }
  return x;
}
