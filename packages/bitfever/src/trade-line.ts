import type { ReportedTrade } from "@bitfever/engine";
import { shown } from "./testing/claim.js";

/** A trade as a line that is read in reviews, where a line that changed is a trade that changed. */
export function tradeLine(trade: ReportedTrade): string {
  const { symbol, side, quantity, entryTime, entryPrice, entryTag, exitTime, exitPrice, exitTag, profit } =
    trade;
  const what = symbol === undefined ? shown(quantity) : `${shown(quantity)} ${symbol}`;
  const entry = `${side} ${what} "${entryTag}" ${entryTime} at ${shown(entryPrice)}`;
  if (exitTime === null || exitPrice === null) return `${entry}, open`;
  return `${entry}, "${exitTag ?? ""}" ${exitTime} at ${shown(exitPrice)}, profit ${shown(profit)}`;
}
