const spoken = new Set(["cdldoji", "cdlengulfing", "cdlhikkake"]);

/** Sixty candlestick patterns say nothing on most bars: in grown programs a few of them speak for all. */
export const isOneOfMany = (name: string): boolean => name.startsWith("cdl") && !spoken.has(name);
