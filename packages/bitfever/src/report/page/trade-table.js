/* global HTMLSelectElement */
/** @import { Report, Trade } from "./read-data.js" */
/** @import { Column } from "./paged-table.js" */
import { formatNumber, formatPercent, formatSigned, formatTime, sensibleDecimals } from "../format.ts";
import { csvOf, download } from "./csv.js";
import { byId, element } from "./dom.js";
import { PagedTable } from "./paged-table.js";

/**
 * @typedef {Pick<Report, "precision" | "priceDecimals" | "moneyDecimals" | "fileName" | "trades">} TradeReport
 */

/**
 * @param {TradeReport} report
 * @param {string} groups
 * @returns {readonly Column<Trade>[]}
 */
function columnsOf({ precision, priceDecimals, moneyDecimals, trades }, groups) {
  const quantityDecimals = sensibleDecimals([Float64Array.from(trades, ({ quantity }) => quantity)], 6, 0);
  const tone = (/** @type {number} */ value) =>
    value > 0 ? "number gain" : value < 0 ? "number loss" : "number";
  const number = () => "number";
  // A fill may lie between the decimals of the bars, by slippage.
  const price = (/** @type {number | null} */ value) =>
    value === null
      ? "–"
      : formatNumber(value, Math.max(priceDecimals, Math.min(priceDecimals + 2, decimalsOf(value))));
  const time = (/** @type {number | null} */ value) =>
    value === null ? "open" : formatTime(value, precision);
  return [
    { title: "#", value: ({ place }) => place, text: ({ place }) => String(place + 1) },
    ...(trades.some(({ symbol }) => symbol !== "")
      ? [
          {
            title: groups,
            value: (/** @type {Trade} */ { symbol }) => symbol,
            text: (/** @type {Trade} */ { symbol }) => symbol,
          },
        ]
      : []),
    {
      title: "Side",
      value: ({ side }) => side,
      text: ({ side }) => side,
      classes: ({ side }) => `side ${side}`,
    },
    { title: "Entry", value: ({ entryTime }) => entryTime, text: ({ entryTime }) => time(entryTime) },
    {
      title: "Price",
      value: ({ entryPrice }) => entryPrice,
      text: (trade) => price(trade.entryPrice),
      classes: number,
    },
    { title: "Exit", value: ({ exitTime }) => exitTime ?? Infinity, text: ({ exitTime }) => time(exitTime) },
    {
      title: "Price",
      value: ({ exitPrice }) => exitPrice ?? Infinity,
      text: (trade) => price(trade.exitPrice),
      classes: number,
    },
    {
      title: "Quantity",
      value: ({ quantity }) => quantity,
      text: ({ quantity }) => formatNumber(quantity, quantityDecimals),
      classes: number,
    },
    {
      title: "Return",
      value: (trade) => trade.return,
      text: (trade) => formatPercent(trade.return, true),
      classes: (trade) => tone(trade.profit),
    },
    {
      title: "Profit",
      value: ({ profit }) => profit,
      text: ({ profit }) => formatSigned(profit, moneyDecimals),
      classes: ({ profit }) => tone(profit),
    },
    { title: "Bars", value: ({ bars }) => bars, text: ({ bars }) => formatNumber(bars, 0), classes: number },
    {
      title: "Entered by",
      value: ({ entryTag }) => entryTag,
      text: ({ entryTag }) => entryTag,
      classes: () => "tag",
    },
    {
      title: "Left by",
      value: leftBy,
      text: leftBy,
      classes: () => "tag",
    },
  ];
}

const leftBy = (/** @type {Trade} */ { exitReason, exitName }) =>
  exitName === exitReason ? exitReason || "–" : `${exitReason}: ${exitName}`;

const reasonOf = (/** @type {Trade} */ { exitReason }) => exitReason || "open";

const decimalsOf = (/** @type {number} */ value) => String(value).split(".")[1]?.length ?? 0;

/**
 * The list of trades: sorted, filtered, a page at a time.
 *
 * @extends {PagedTable<Trade>}
 */
export class TradeTable extends PagedTable {
  #report;
  #groups;
  #symbol = "";
  #side = "";
  #reason = "";

  /**
   * @param {TradeReport} report
   * @param {"Symbol" | "System"} [groups] what the symbols of the trades are
   */
  constructor(report, groups = "Symbol") {
    super("trade", report.trades, columnsOf(report, groups), {
      noun: "trade",
      choose: (number) => `Show trade ${number} in the chart`,
      none: "The strategy made no trade.",
      noneLeft: "No trade is like that.",
    });
    this.#report = report;
    this.#groups = groups;
    this.#startFilters();
    this.#select();
  }

  #startFilters() {
    const { trades, fileName } = this.#report;
    this.#startFilter(
      "symbol",
      trades.map(({ symbol }) => symbol),
      (symbol) => (this.#symbol = symbol),
    );
    this.#startFilter(
      "side",
      trades.map(({ side }) => side),
      (side) => (this.#side = side),
    );
    this.#startFilter("reason", trades.map(reasonOf), (reason) => (this.#reason = reason));
    byId("trade-csv").addEventListener("click", () =>
      download(`${fileName}-trades.csv`, csvOf(this.found, this.#groups.toLowerCase())),
    );
  }

  /**
   * @param {string} name
   * @param {readonly string[]} values
   * @param {(value: string) => void} take
   */
  #startFilter(name, values, take) {
    const select = byId("trade-filters").querySelector(`[name=${name}]`);
    if (!(select instanceof HTMLSelectElement)) return;
    select.append(element("option", { value: "" }, "all"));
    for (const value of [...new Set(values)].sort()) select.append(element("option", { value }, value));
    select.addEventListener("change", () => {
      take(select.value);
      this.#select();
    });
  }

  #select() {
    this.show(
      this.#report.trades
        .filter((trade) => this.#symbol === "" || trade.symbol === this.#symbol)
        .filter((trade) => this.#side === "" || trade.side === this.#side)
        .filter((trade) => this.#reason === "" || reasonOf(trade) === this.#reason),
    );
  }
}
