import type { ReportedTrade } from "@bitfever/engine";

/** Net profit ÷ the value at entry, as the metrics define it. */
export const tradeReturn = ({ profit, entryValue }: ReportedTrade): number => profit / Math.abs(entryValue);

export const isClosed = ({ exitTime }: ReportedTrade): boolean => exitTime !== null;
