import type { FeedClock } from "@bitfever/runtime";
import type { Instant } from "./instants.js";
import { turn } from "../turn.js";

/** How often others have a turn while nothing is waited for. */
const instantsPerTurn = 64;

/**
 * Bars at so many times the speed at which they closed. What the market was closed for is not waited for: between two
 * instants never more than the step of the bars.
 *
 * @param stepMs  the longest wait between two instants, in the time of the bars
 */
export async function* paced(
  instants: Iterable<Instant>,
  speed: number,
  stepMs: number,
  clock: FeedClock,
  signal: AbortSignal,
): AsyncGenerator<Instant, void> {
  let before = NaN;
  let due = clock.now();
  let wake: () => void = () => undefined;
  const stop = (): void => {
    wake();
  };
  signal.addEventListener("abort", stop, { once: true });
  for (const instant of instants) {
    const gap = instant.closedAt - before;
    before = instant.closedAt;
    due += Number.isNaN(gap) ? 0 : Math.min(gap, stepMs) / speed;
    const wait = due - clock.now();
    if (wait > 0 && !signal.aborted)
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        clock.wait(wait).then(resolve, reject);
      });
    if (signal.aborted) break;
    yield instant;
  }
  signal.removeEventListener("abort", stop);
}

/** Bars as fast as they are taken; others have a turn now and then. */
export async function* unpaced(
  instants: Iterable<Instant>,
  signal: AbortSignal,
): AsyncGenerator<Instant, void> {
  let told = 0;
  for (const instant of instants) {
    if (told++ % instantsPerTurn === 0) await turn();
    if (signal.aborted) return;
    yield instant;
  }
}
