/** Where what was read is put: what nobody uses would be left out. */
const found = new Float64Array(1);

/**
 * Reads single values of a column, so that they are at hand where each is wanted by itself: there every one that is far from the
 * last would be waited for, while those that do not wait for one another come together.
 *
 * @param places  how many bars behind the first each of them is
 */
export function readAhead(
  column: Float64Array,
  places: Uint32Array | Int32Array,
  count: number,
  first: number,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += column[first + places[i]];
  found[0] = sum;
}
