import { closeTimeOf, type Timing } from "@bitfever/engine";
import { dayOfClose } from "./day-of-close.js";

/** The days in UTC on which some bar of several systems is over, and how far each system has come by the end of each. */
export interface SystemDays {
  /** Days since 1970, oldest first. */
  readonly days: Int32Array;
  /** For each system, for each day, how many of its bars were over by midnight. */
  readonly closed: readonly Int32Array[];
  /** For each system, for each of its bars, the place among the days of the one on which it is over. */
  readonly dayOf: readonly Int32Array[];
}

export function systemDays(
  systems: readonly { readonly time: Float64Array; readonly timing: Timing }[],
): SystemDays {
  const own = systems.map(({ time, timing }) => {
    const closeOf = closeTimeOf(timing);
    return Int32Array.from(time, (each) => dayOfClose(closeOf(each)));
  });
  const days = Int32Array.from(new Set(own.flatMap((each) => [...new Set(each)]))).sort();
  const dayOf = own.map((each) => {
    let at = 0;
    return each.map((day) => {
      while (days[at] < day) at++;
      return at;
    });
  });
  const closed = dayOf.map((each) => {
    let bars = 0;
    return days.map((_, day) => {
      while (bars < each.length && each[bars] <= day) bars++;
      return bars;
    });
  });
  return { days, closed, dayOf };
}
