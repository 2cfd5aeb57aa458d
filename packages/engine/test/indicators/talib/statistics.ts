import type { Comparisons } from "./comparison.js";

/** Statistics. */
export const statistics: Comparisons = {};
