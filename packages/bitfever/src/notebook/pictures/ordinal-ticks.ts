import { firstNotBefore } from "@bitfever/engine";
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
    const place = firstNotBefore(0, time.length, (each) => time[each] < at);
    if (place === time.length || place < next) return [];
    next = place + room;
    return [{ time: place, label }];
  });
}
