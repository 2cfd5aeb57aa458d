import type { Bars } from "@bitfever/engine";

/** The moments at which at least one of several instruments has a bar, and at which of them each of its bars stands. */
export interface Timeline {
  readonly time: Float64Array;
  /** For each instrument, for each of its bars, the place among the moments. */
  readonly momentOf: readonly Int32Array[];
}

export function timelineOf(members: readonly Pick<Bars, "time">[]): Timeline {
  const time = Float64Array.from(unionOf(members.map((each) => each.time)));
  const all = Int32Array.from(time, (_, i) => i);
  // Most members of a universe trade at all of them.
  const momentOf = members.map(({ time: own }) => (isSame(own, time) ? all : placesIn(own, time)));
  return { time, momentOf };
}

/** All the times of several histories, in halves, so that each time is looked at a few times however many there are. */
function unionOf(histories: readonly Float64Array[]): Float64Array {
  if (histories.length < 2) return histories[0] ?? new Float64Array(0);
  const middle = histories.length >> 1;
  return unionOfTwo(unionOf(histories.slice(0, middle)), unionOf(histories.slice(middle)));
}

function unionOfTwo(a: Float64Array, b: Float64Array): Float64Array {
  if (isSame(a, b)) return a;
  const union = new Float64Array(a.length + b.length);
  let [i, j, length] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const next = j === b.length || a[i] <= b[j] ? a[i] : b[j];
    if (a[i] === next) i++;
    if (b[j] === next) j++;
    union[length++] = next;
  }
  return union.subarray(0, length);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function placesIn(own: Float64Array, time: Float64Array): Int32Array {
  const places = new Int32Array(own.length);
  let at = 0;
  for (let i = 0; i < own.length; i++) {
    while (time[at] < own[i]) at++;
    places[i] = at;
  }
  return places;
}
