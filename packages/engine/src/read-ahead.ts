/** Where what was read is put: what nobody uses would be left out. */
const found = new Float64Array(1);

/**
 * Reads single values of a column, so that they are at hand where each is wanted by itself: there every one that is far from the
 * last would be waited for, while those that do not wait for one another come together.
 *
 * @param places  how many bars behind the first each of them is, in their order; those behind the last bar are left out
 */
export function readAhead(
  column: Float64Array,
  places: Uint32Array | Int32Array,
  count: number,
  first: number,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const place = first + places[i];
    // Where a place may have no value, V8 makes an object of each that has one.
    if (place >= column.length) break;
    sum += column[place];
  }
  found[0] = sum;
}
