import type { CashFlow } from "./order.js";

/** Money that was put into an account before the orders of a bar, or taken out; decimal money. */
export interface BookedFlow {
  readonly bar: number;
  /** Below zero where it was taken out. */
  readonly amount: number;
  /** What the account was worth before it. */
  readonly worth: number;
}

/** What of the cash flows of a run the holder put in or took out, with the bars at which they were booked. */
export function bookedFlows(flows: readonly CashFlow[], time: Float64Array): readonly BookedFlow[] {
  let bar = 0;
  return flows.flatMap(({ time: booked, amount, worth }) => {
    if (worth === undefined || amount === 0) return [];
    while (time[bar] < booked) bar++;
    return [{ bar, amount, worth }];
  });
}

/**
 * What an account would have been worth at the close of each bar if it had earned the same with nothing put in or taken
 * out: before each flow the account is closed in thought, and goes on with what is there after it. While all is taken
 * out it stands still, and what has fallen to zero or below stays there: on nothing nothing is earned.
 *
 * @source Bank Administration Institute 1968, "Measuring the Investment Performance of Pension Funds"
 */
export function timeWeighted(equity: Float64Array, flows: readonly BookedFlow[]): Float64Array {
  if (flows.length === 0) return equity;
  let next = 0;
  let factor = 1;
  // What it stands at while there is no account to follow.
  let still: number | null = null;
  return equity.map((value, bar) => {
    for (; next < flows.length && flows[next].bar === bar; next++) {
      const { amount, worth } = flows[next];
      const level = still ?? worth * factor;
      const after = worth + amount;
      still = after > 0 && level > 0 ? null : level;
      factor = level / after;
    }
    return still ?? value * factor;
  });
}
