import type { BarBuilderOptions, ClosedBar } from "@bitfever/runtime";

/** Of which bars a feed is, whatever it makes them of. */
export interface BarFeedOptions {
  /** By the name under which it is traded there. */
  readonly symbol: string;
  readonly intervalMs: number;
  /** Calendar and length of a bar. */
  readonly timing: BarBuilderOptions["timing"];
  /** The bar before the first, as a history ended with it: what is missing behind it is asked for. */
  readonly after?: ClosedBar;
}
