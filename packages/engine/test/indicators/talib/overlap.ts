import type { Comparisons } from "./comparison.js";

/** Overlap studies and price transforms. */
export const overlap: Comparisons = {};
