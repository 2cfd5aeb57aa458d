/* global addEventListener, innerHeight */
/** @import { Trade } from "./read-data.js" */
import { formatNumber, formatPercent, formatSigned, formatTime } from "../format.ts";
import { startAlerts } from "./alert-list.js";
import { Charts } from "./charts.js";
import { startControls } from "./controls.js";
import { byId, button } from "./dom.js";
import { readData } from "./read-data.js";
import { inLight, startTheme } from "./theme.js";
import { placeBeside, startTips } from "./tips.js";
import { TradeTable } from "./trade-table.js";

const report = readData();
const area = byId("chart-area");
const charts = new Charts(area, report);
const table = new TradeTable(report);

/** @type {Trade | null} */
let chosen = null;

/** One trade, in the chart, in the list and in words. @param {Trade} trade */
function choose(trade) {
  chosen = trade;
  charts.choose(trade);
  table.mark(trade);
  const said = byId("chosen-trade").querySelector("p");
  if (said !== null) said.textContent = inWords(trade).join(" · ");
}

/** @param {number} step */
function stepTrade(step) {
  if (report.trades.length === 0) return;
  const from = chosen === null ? (step > 0 ? -1 : report.trades.length) : chosen.place;
  choose(report.trades[Math.max(0, Math.min(report.trades.length - 1, from + step))]);
}

/** @param {Trade} trade */
function inWords(trade) {
  const { precision, priceDecimals, moneyDecimals } = report;
  const end = (
    /** @type {number | null} */ time,
    /** @type {number | null} */ price,
    /** @type {string} */ why,
  ) =>
    time === null || price === null
      ? "still open"
      : `${formatTime(time, precision)} at ${formatNumber(price, priceDecimals)}${why === "" ? "" : ` (${why})`}`;
  return [
    `Trade ${trade.place + 1} of ${report.trades.length}, ${`${trade.side} ${trade.symbol}`.trim()}`,
    `in ${end(trade.entryTime, trade.entryPrice, trade.entryTag)}`,
    trade.exitTime === null ? "still open" : `out ${end(trade.exitTime, trade.exitPrice, trade.exitName)}`,
    `${formatPercent(trade.return, true)}, ${formatSigned(trade.profit, moneyDecimals)}`,
  ];
}

table.onChoose = (/** @type {Trade} */ trade) => {
  choose(trade);
  // The candles are at the top of the charts: they are what the reader wants to see.
  const { top } = area.getBoundingClientRect();
  const inSight = top >= 0 && top + 400 <= innerHeight;
  if (!inSight) byId("chart").scrollIntoView({ block: "start" });
};
charts.onPress = choose;

const bubble = byId("tip");
charts.onHover = (/** @type {Trade | null} */ trade, /** @type {{ x: number, y: number } | null} */ at) => {
  if (trade === null || at === null) {
    bubble.hidden = true;
    return;
  }
  const { left, top } = area.getBoundingClientRect();
  bubble.textContent = inWords(trade).join("\n");
  bubble.hidden = false;
  placeBeside(bubble, { left: left + at.x + 12, top: top + at.y, bottom: top + at.y });
};

startTheme(() => charts.recolour());
startTips();
startAlerts(report);
startControls(charts, report, stepTrade);
if (report.trades.length > 0) {
  byId("chosen-trade")
    .querySelector(".buttons")
    ?.append(
      button("Previous trade", () => stepTrade(-1), { class: "small-button" }),
      button("Next trade", () => stepTrade(1), { class: "small-button" }),
    );
}

/** A canvas does not follow a print style sheet: paper gets a picture of it in light colours. @type {Element | null} */
let picture = null;
addEventListener("beforeprint", () => {
  table.startPrint();
  inLight(() => {
    charts.recolour();
    picture = charts.picture();
    picture.classList.add("print-picture");
    area.after(picture);
  });
});
addEventListener("afterprint", () => {
  picture?.remove();
  charts.recolour();
  table.endPrint();
});
