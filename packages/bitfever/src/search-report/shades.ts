import type { Cell } from "./cells.js";

// Used on both sides, in Node and in the page: nothing here may need either.

/** How many shades there are, from the worst to the best. */
export const shades = 10;

/** How the values of cells are told apart. */
export interface ShadeScale {
  /** What has the first shade, and the last; undefined where no cell has a value. */
  readonly worst: number | undefined;
  readonly best: number | undefined;
  /** Whether there are worse values than `worst`. */
  readonly isCut: boolean;
  readonly isLess: boolean;
  /** Null where there is no value. */
  readonly shadeOf: (value: number) => number | null;
}

/**
 * Shades from the worst cell to the best; the worst twentieth share one, so that a single disaster does not make all others look
 * alike.
 *
 * @param isLess  whether less is better
 */
export function shadesOf(cells: readonly Cell[], isLess: boolean): ShadeScale {
  const values = cells
    .filter(({ trials }) => trials.length > 0)
    .map(({ value }) => value)
    .sort((a, b) => (isLess ? b - a : a - b));
  const [worst, best] = [values[Math.floor(values.length / 20)], values[values.length - 1]];
  const shadeOf = (value: number): number | null => {
    if (Number.isNaN(value)) return null;
    const share = worst === best ? 1 : (value - worst) / (best - worst);
    return Math.max(0, Math.min(shades - 1, Math.floor(share * shades)));
  };
  return { worst, best, isCut: values[0] !== worst, isLess, shadeOf };
}
