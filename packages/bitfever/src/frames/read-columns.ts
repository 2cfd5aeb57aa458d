import { barsOfGiven, type Bars, type GivenBars, type ReadOptions } from "@bitfever/engine";

/** How bars are read that lie in memory. */
export interface ColumnReadOptions extends Omit<ReadOptions, "name" | "format"> {
  /** What they are called: `frame` if nothing says it. */
  readonly symbol?: string | undefined;
}

/** What the messages of the reader call it. */
export const frame = "frame";

/** Bars of an Arrow table or of columns by name, with all checks that a file gets. */
export const barsOfFrame = (given: GivenBars, options: ColumnReadOptions): Promise<Bars> =>
  barsOfGiven(given, { ...options, name: frame });
