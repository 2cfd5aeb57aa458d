/* global addEventListener */
/** @import { PortfolioPageData } from "../page-data.ts" */
/** @import { Trade } from "./read-data.js" */
import { startCursors } from "./cursors.js";
import { byId } from "./dom.js";
import { readTrades } from "./read-data.js";
import { startTheme } from "./theme.js";
import { startTips } from "./tips.js";
import { TradeTable } from "./trade-table.js";

/** @type {PortfolioPageData} */
const data = JSON.parse(byId("report-data").textContent ?? "");
const table = new TradeTable({ ...data, trades: readTrades(data.trades) }, "System");
const point = startCursors(data.cursor, data.moneyDecimals);

table.onChoose = (/** @type {Trade} */ trade) => {
  table.mark(trade);
  point(`system-${data.systems.indexOf(trade.symbol)}`, trade.entryTime);
};
startTheme(() => undefined);
startTips();
addEventListener("beforeprint", () => table.startPrint());
addEventListener("afterprint", () => table.endPrint());
