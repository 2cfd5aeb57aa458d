import type { Comparisons } from "./comparison.js";

/** Directional movement and volume. */
export const directional: Comparisons = {};
