export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait after so many failures in a row: twice as long each time, up to the longest, and of that between a half and all, so
 * that those who failed together do not come back together.
 *
 * @param failures  1 after the first
 * @param random  in [0, 1)
 */
export const backoffMs = ({ firstMs, longestMs }: Backoff, failures: number, random: number): number =>
  Math.round(Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + random / 2));
