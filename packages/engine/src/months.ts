import { firstNotBefore } from "./bisection.js";

/** A calendar month in UTC that has bars, by when they open. */
export interface Month {
  readonly year: number;
  /** 0 is January. */
  readonly month: number;
  /** Its last bar. */
  readonly last: number;
}

/** The months of bars, oldest first; `time` is in milliseconds UTC. */
export function monthsOf(time: Float64Array): readonly Month[] {
  const months: Month[] = [];
  for (let bar = 0; bar < time.length;) {
    const date = new Date(time[bar]);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const end = Date.UTC(year, month + 1);
    bar = firstNotBefore(bar, time.length, (place) => time[place] < end);
    months.push({ year, month, last: bar - 1 });
  }
  return months;
}
