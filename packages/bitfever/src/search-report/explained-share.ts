// Used on both sides, in Node and in the page: nothing here may need either.

/**
 * The part of the differences between values that goes with the group each is in, of their ranks and with what chance makes of so
 * many groups taken off; null where there is too little to tell.
 *
 * @param groupOf  the place of a group from 0 on, or -1 for none
 * @returns from 0, nothing, to 1, all
 * @source Kelley 1935, "An unbiased correlation ratio measure", for epsilon squared
 */
export function explainedShare(values: ArrayLike<number>, groupOf: Int32Array): number | null {
  const places = Array.from(groupOf.keys()).filter((i) => groupOf[i] >= 0 && !Number.isNaN(values[i]));
  const groups = new Map<number, number[]>();
  const ranks = ranksOf(places.map((i) => values[i]));
  places.forEach((place, i) => {
    const group = groups.get(groupOf[place]);
    if (group === undefined) groups.set(groupOf[place], [ranks[i]]);
    else group.push(ranks[i]);
  });
  const [count, parts] = [ranks.length, groups.size];
  const total = squaresAround(ranks);
  if (parts < 2 || count <= parts + 1 || total === 0) return null;
  const within = [...groups.values()].reduce((sum, each) => sum + squaresAround(each), 0);
  return Math.max(0, 1 - within / (count - parts) / (total / (count - 1)));
}

/** The rank of each value; equal ones have the middle of theirs. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to += 1;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

function squaresAround(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
}
