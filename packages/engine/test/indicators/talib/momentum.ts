import type { Comparisons } from "./comparison.js";

/** Momentum. */
export const momentum: Comparisons = {};
