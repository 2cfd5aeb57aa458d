import { Backfill, type BackfillOptions } from "@bitfever/runtime";

/**
 * For the gaps of a feed at a venue, which leaves out bars in which nothing traded.
 *
 * @param patience  how long an answer is waited for, and how long before it is asked for again for the first time, in milliseconds
 */
export const backfillOf = (
  timing: BackfillOptions["timing"],
  { timeoutMs, firstPauseMs }: { readonly timeoutMs: number; readonly firstPauseMs: number } = usual,
): Backfill =>
  new Backfill({
    ...{ timing, leavesOutEmpty: true, mostAttempts: 5, timeoutMs },
    delayMs: (attempt) => firstPauseMs * 2 ** attempt,
  });

const usual = { timeoutMs: 10_000, firstPauseMs: 500 };
