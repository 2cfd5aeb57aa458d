import { eachApart, type Join } from "./linkage.js";

/**
 * The mean of the silhouettes of all members: how much nearer each is to its own group than to the next one.
 *
 * @param distances  of every two members, row by row
 * @param groups     the number of the group of each member, below the number of members
 */
export function silhouetteOf(distances: Float64Array, groups: Int32Array): number {
  const count = groups.length;
  const kinds = [...new Set(groups)];
  const sizes = new Float64Array(count);
  for (const group of groups) sizes[group]++;
  let sum = 0;
  const toGroup = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    toGroup.fill(0);
    for (let j = 0; j < count; j++) toGroup[groups[j]] += distances[i * count + j];
    const own = groups[i];
    let outside = Infinity;
    for (const group of kinds) if (group !== own) outside = Math.min(outside, toGroup[group] / sizes[group]);
    sum += silhouette(toGroup[own], sizes[own], outside);
  }
  return sum / count;
}

/**
 * The same of each division that joins make of groups of one, but for rounding: sums of distances are added up group by
 * group. It takes as long for all of them as `silhouetteOf` for a few.
 */
export function nearSilhouettes(
  distances: Float64Array,
  count: number,
  joins: readonly Join[],
): Float64Array {
  /** Of each group, the sums of the distances of each member to those in it. */
  const toGroup = distances.slice();
  const sizes = new Float64Array(count).fill(1);
  const groups = eachApart(count);
  const alive = new Set(groups);
  const outside = new Float64Array(count);
  const nearest = new Int32Array(count);
  const lookAround = (member: number): void => {
    outside[member] = Infinity;
    for (const group of alive) {
      const distance = toGroup[group * count + member] / sizes[group];
      if (group === groups[member] || distance >= outside[member]) continue;
      outside[member] = distance;
      nearest[member] = group;
    }
  };
  groups.forEach(lookAround);
  return Float64Array.from(joins, ({ kept, gone }) => {
    alive.delete(gone);
    sizes[kept] += sizes[gone];
    let sum = 0;
    for (let i = 0; i < count; i++) {
      toGroup[kept * count + i] += toGroup[gone * count + i];
      if (groups[i] === gone) groups[i] = kept;
      // What was further than the nearest is further together too.
      if (nearest[i] === kept || nearest[i] === gone) lookAround(i);
      const own = groups[i];
      sum += silhouette(toGroup[own * count + i], sizes[own], outside[i]);
    }
    return sum / count;
  });
}

/**
 * @param own      the sum of the distances to its own group, which has `size` members
 * @param outside  the mean distance to the nearest other group
 */
function silhouette(own: number, size: number, outside: number): number {
  if (size === 1) return 0; // by definition
  const inside = own / (size - 1);
  // Where all distances are 0, a member is as near to the other group.
  return (outside - inside) / (Math.max(outside, inside) || 1);
}
