/* global HTMLSelectElement */
/** @import { Report, Trade } from "./read-data.js" */
import { formatNumber, formatPercent, formatSigned, formatTime, sensibleDecimals } from "../format.ts";
import { csvOf, download } from "./csv.js";
import { byId, button, element } from "./dom.js";

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {(trade: Trade) => number | string} value    what it is sorted by
 * @property {(trade: Trade) => string} text
 * @property {(trade: Trade) => string} [classes]
 */

const rowsOnPage = 25;
const rowsOnPaper = 500;

/**
 * @typedef {Pick<Report, "precision" | "priceDecimals" | "moneyDecimals" | "fileName" | "trades">} TradeReport
 */

/**
 * @param {TradeReport} report
 * @param {string} groups
 * @returns {readonly Column[]}
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

/** The list of trades: sorted, filtered, a page at a time. What has the focus is changed, never replaced. */
export class TradeTable {
  /** Called when the reader chooses a trade here. @type {(trade: Trade) => void} */
  onChoose = () => {};
  #report;
  #columns;
  #headings;
  #turns;
  #sortedBy = 0;
  #descending = false;
  #page = 0;
  #pageSize = rowsOnPage;
  /** @type {Trade | null} */
  #chosen = null;
  #symbol = "";
  #side = "";
  #reason = "";
  /** @type {readonly Trade[]} */
  #found = [];
  /** The rows on this page. @type {Map<Trade, HTMLElement>} */
  #rows = new Map();

  #groups;

  /**
   * @param {TradeReport} report
   * @param {"Symbol" | "System"} [groups] what the symbols of the trades are
   */
  constructor(report, groups = "Symbol") {
    this.#report = report;
    this.#groups = groups;
    this.#columns = columnsOf(report, groups);
    this.#headings = this.#columns.map((column, i) => this.#heading(column, i));
    byId("trade-table")
      .querySelector("thead")
      ?.append(element("tr", {}, ...this.#headings));
    this.#turns = this.#pageButtons();
    byId("trade-pages").append(...this.#turns.map(({ made }) => made));
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
      download(`${fileName}-trades.csv`, csvOf(this.#found, this.#groups.toLowerCase())),
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

  /** Which trades, in which order, from the first page. */
  #select() {
    const { value } = this.#columns[this.#sortedBy];
    const direction = this.#descending ? -1 : 1;
    this.#found = this.#report.trades
      .filter((trade) => this.#symbol === "" || trade.symbol === this.#symbol)
      .filter((trade) => this.#side === "" || trade.side === this.#side)
      .filter((trade) => this.#reason === "" || reasonOf(trade) === this.#reason)
      .sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        return (x < y ? -1 : x > y ? 1 : 0) * direction || a.place - b.place;
      });
    this.#headings.forEach((heading, i) => {
      const order = i !== this.#sortedBy ? "none" : this.#descending ? "descending" : "ascending";
      heading.setAttribute("aria-sort", order);
    });
    this.#turnTo(0);
  }

  /** @param {number} page */
  #turnTo(page) {
    this.#page = page;
    const first = page * this.#pageSize;
    const trades = this.#found.slice(first, first + this.#pageSize);
    this.#rows = new Map(trades.map((trade) => [trade, this.#row(trade)]));
    byId("trade-table")
      .querySelector("tbody")
      ?.replaceChildren(...(trades.length === 0 ? [this.#emptyRow()] : this.#rows.values()));
    this.#sayCount(first, trades.length);
    for (const { made, to } of this.#turns) made.setAttribute("aria-disabled", String(!this.#leads(to())));
    byId("trade-pages").hidden = this.#lastPage() === 0;
  }

  #lastPage() {
    return Math.max(0, Math.ceil(this.#found.length / this.#pageSize) - 1);
  }

  /** @param {number} page */
  #leads(page) {
    return page >= 0 && page <= this.#lastPage() && page !== this.#page;
  }

  /**
   * @param {Column} column
   * @param {number} i
   */
  #heading({ title, classes }, i) {
    const sort = button(title, () => {
      this.#descending = i === this.#sortedBy && !this.#descending;
      this.#sortedBy = i;
      this.#select();
    });
    const first = this.#report.trades.at(0);
    const numeric = first !== undefined && classes?.(first).includes("number");
    return element("th", { scope: "col", class: numeric ? "number" : "" }, sort);
  }

  /** @param {Trade} trade */
  #row(trade) {
    const cells = this.#columns.map(({ text, classes }, i) => {
      const words = text(trade);
      const content =
        i === 0
          ? button(words, () => this.onChoose(trade), {
              class: "link",
              "aria-label": `Show trade ${words} in the chart`,
            })
          : element("bdi", {}, words);
      return element("td", { class: classes?.(trade) ?? "" }, content);
    });
    const row = element("tr", trade === this.#chosen ? { "aria-current": "true" } : {}, ...cells);
    row.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element && target.closest("button"))) this.onChoose(trade);
    });
    return row;
  }

  #emptyRow() {
    const words = this.#report.trades.length === 0 ? "The strategy made no trade." : "No trade is like that.";
    return element("tr", {}, element("td", { colspan: String(this.#columns.length), class: "empty" }, words));
  }

  /**
   * @param {number} first
   * @param {number} count
   */
  #sayCount(first, count) {
    const all = this.#report.trades.length;
    const found = this.#found.length;
    const range =
      count === found ? "" : `${formatNumber(first + 1, 0)} to ${formatNumber(first + count, 0)} of `;
    const filtered = found === all ? "" : `, of ${formatNumber(all, 0)} in all`;
    byId("trade-count").textContent =
      `${range}${formatNumber(found, 0)} ${found === 1 ? "trade" : "trades"}${filtered}`;
  }

  #pageButtons() {
    const turn = (/** @type {string} */ label, /** @type {() => number} */ to) => {
      const act = () => {
        if (this.#leads(to())) this.#turnTo(to());
      };
      return { made: button(label, act, { class: "small-button" }), to };
    };
    return [
      turn("First", () => 0),
      turn("Previous", () => this.#page - 1),
      turn("Next", () => this.#page + 1),
      turn("Last", () => this.#lastPage()),
    ];
  }

  /**
   * Marks the row of a trade, and turns to its page if the filters let it through.
   *
   * @param {Trade} trade
   */
  mark(trade) {
    if (this.#chosen !== null) this.#rows.get(this.#chosen)?.removeAttribute("aria-current");
    this.#chosen = trade;
    const at = this.#found.indexOf(trade);
    if (this.#rows.has(trade)) this.#rows.get(trade)?.setAttribute("aria-current", "true");
    else if (at >= 0) this.#turnTo(Math.floor(at / this.#pageSize));
  }

  /** Paper has no next page: as many rows as are bearable, and back. */
  startPrint() {
    this.#pageSize = rowsOnPaper;
    this.#turnTo(0);
  }

  endPrint() {
    this.#pageSize = rowsOnPage;
    this.#turnTo(0);
  }
}
