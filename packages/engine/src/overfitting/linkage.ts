/** Two groups that become one, which keeps the number of the first. */
export interface Join {
  readonly kept: number;
  readonly gone: number;
}

/** Each member is a group. */
export const eachApart = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/**
 * From a group for each member down to two groups, by joining the two that are nearest on the average.
 *
 * @param distances  of every two members, row by row
 */
export function joinsOf(distances: Float64Array, count: number): readonly Join[] {
  const joins: Join[] = [];
  const sizes = new Float64Array(count).fill(1);
  const between = Float64Array.from(distances);
  const alive = Array.from(eachApart(count));
  const nearest = Int32Array.from(alive, (group) => nearestOf(group, alive, between, count));
  while (alive.length > 2) {
    let a = alive[0];
    for (const each of alive) {
      if (between[each * count + nearest[each]] < between[a * count + nearest[a]]) a = each;
    }
    const b = nearest[a];
    const [kept, gone] = [Math.min(a, b), Math.max(a, b)];
    const size = sizes[kept] + sizes[gone];
    for (const each of alive) {
      const distance =
        (between[kept * count + each] * sizes[kept] + between[gone * count + each] * sizes[gone]) / size;
      between[kept * count + each] = between[each * count + kept] = distance;
    }
    sizes[kept] = size;
    alive.splice(alive.indexOf(gone), 1);
    for (const each of alive) {
      const isMoved = each === kept || nearest[each] === kept || nearest[each] === gone;
      const isNearer = between[each * count + kept] < between[each * count + nearest[each]];
      if (isMoved) nearest[each] = nearestOf(each, alive, between, count);
      else if (isNearer) nearest[each] = kept;
    }
    joins.push({ kept, gone });
  }
  return joins;
}

function nearestOf(group: number, alive: readonly number[], between: Float64Array, count: number): number {
  let found = -1;
  for (const each of alive)
    if (each !== group && (found < 0 || between[group * count + each] < between[group * count + found]))
      found = each;
  return found;
}
