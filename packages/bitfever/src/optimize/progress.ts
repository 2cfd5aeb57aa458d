import { wallClock } from "../clock.js";
import type { OptimizeOptions } from "./optimize-options.js";

/**
 * Tells how far a search is each time it is told how many trials are done.
 *
 * @param known  trials that were there before it began, which took no time
 */
export function progressOf(
  { onProgress }: Pick<OptimizeOptions, "onProgress">,
  total: number,
  known = 0,
): (done: number) => void {
  if (onProgress === undefined) return () => undefined;
  const begun = wallClock();
  return (done) => {
    const made = done - known;
    const elapsedMs = wallClock() - begun;
    const perSecond = elapsedMs === 0 ? 0 : Math.max(0, (1_000 * made) / elapsedMs);
    const leftMs = made <= 0 ? null : ((total - done) * elapsedMs) / made;
    onProgress({ done, total, elapsedMs, perSecond, leftMs });
  };
}
