import type { ReportedTrade } from "@bitfever/engine";

/** Net profit ÷ (entry price × quantity), as the metrics define it. */
export const tradeReturn = ({ profit, entryPrice, quantity }: ReportedTrade): number =>
  profit / Math.abs(entryPrice * quantity);

export const isClosed = ({ exitTime }: ReportedTrade): boolean => exitTime !== null;
