import { timeTicks, type TimeTick } from "../../report/time-ticks.js";

/**
 * Round times of an axis that gives each bar the same room: each stands at the first bar that is not before it.
 *
 * @param time  the opens of the bars, ascending
 * @param most  for so many there is room, evenly spaced
 * @returns ticks whose `time` is the place of a bar, from 0 on
 */
export function ordinalTicks(time: ArrayLike<number>, end: number, most: number): readonly TimeTick[] {
  const room = time.length / most;
  let next = -Infinity;
  return timeTicks(time[0], end, most).flatMap(({ time: at, label }) => {
    const place = firstNotBefore(time, at);
    if (place === time.length || place < next) return [];
    next = place + room;
    return [{ time: place, label }];
  });
}

function firstNotBefore(time: ArrayLike<number>, at: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
