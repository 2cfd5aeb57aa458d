import { BitFeverError } from "@bitfever/lang";
import { isoTime } from "./time.js";

/** Money that the holder puts into an account, or takes out of it, while it runs. */
export interface ExternalFlow {
  /** Milliseconds since 1970 UTC. It is booked at the first bar that opens then or later, before anybody trades in it. */
  readonly time: number;
  /** Decimal money, below zero where it is taken out. */
  readonly amount: number;
  readonly note?: string | undefined;
}

/** The furthest time from 1970 that dates of the platform reach, in milliseconds. */
const lastTime = 8.64e15;

/**
 * Refuses flows that cannot be booked on these bars.
 *
 * @param time  when the bars open, in milliseconds UTC
 * @throws BitFeverError BF5100
 */
export function checkFlows(flows: readonly ExternalFlow[], time: Float64Array): void {
  const [first, last] = [time[0], time[time.length - 1]];
  for (const { time: at, amount } of flows) {
    if (!Number.isFinite(amount) || amount === 0 || !(Math.abs(at) <= lastTime))
      throw new BitFeverError("BF5100", `a flow of ${amount} at ${at} moves no money`, {
        hint: "give a time in milliseconds since 1970 UTC, and an amount above 0 to put in or below 0 to take out",
      });
    if (at < first || at > last)
      throw new BitFeverError(
        "BF5100",
        `the flow of ${amount} at ${isoTime(at)} lies outside the bars, which open from ${isoTime(first)} to ${isoTime(last)}`,
        { hint: "leave it out; what was put in before the first bar is part of the initial capital" },
      );
  }
}
