/** How a history is drawn anew: each draw takes some blocks of sessions, which lie one draw's behind the other's. */
export interface Draws {
  /** Where each block begins and ends, as sessions. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Behind the last block of each draw. */
  readonly ends: Int32Array;
  readonly sessions: number;
  /** What a sum over a draw is multiplied by. */
  readonly scale: number;
}

/** What some trials earn in each draw, reckoned together: where its blocks lie is looked up once for all of them. */
export interface MeansOfDraws {
  /** Sums of returns up to each session, for each the trials in their order. */
  readonly sums: Float64Array;
  /** For each draw the trials in their order, of the sums of when `draw` was called last. */
  readonly means: Float64Array;
  readonly draw: () => void;
}

/** One trial after the other. */
export function plainMeans({ from, to, ends, sessions, scale }: Draws, together: number): MeansOfDraws {
  const sums = new Float64Array((sessions + 1) * together);
  const means = new Float64Array(ends.length * together);
  const drawOf = (trial: number): void => {
    let block = 0;
    for (let draw = 0; draw < ends.length; draw++) {
      let sum = 0;
      for (; block < ends[draw]; block++)
        sum += sums[to[block] * together + trial] - sums[from[block] * together + trial];
      means[draw * together + trial] = sum * scale;
    }
  };
  return {
    sums,
    means,
    draw: () => {
      for (let trial = 0; trial < together; trial++) drawOf(trial);
    },
  };
}
