import type { Bars } from "@bitfever/engine";

/** The moments at which at least one of several instruments has a bar, and at which of them each of its bars stands. */
export interface Timeline {
  readonly time: Float64Array;
  /** For each instrument, for each of its bars, the place among the moments. */
  readonly momentOf: readonly Int32Array[];
}

export function timelineOf(members: readonly Pick<Bars, "time">[]): Timeline {
  const all = new Set<number>();
  for (const { time } of members) for (const each of time) all.add(each);
  const time = Float64Array.from(all).sort();
  const momentOf = members.map(({ time: own }) => {
    let at = 0;
    return Int32Array.from(own, (each) => {
      while (time[at] < each) at++;
      return at;
    });
  });
  return { time, momentOf };
}
