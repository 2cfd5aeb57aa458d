/** What TA-Lib takes for zero before it divides or takes a root; the bits of its results depend on it. */
export const negligible = 1e-14;
