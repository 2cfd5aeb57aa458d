import { formatNumber } from "../format.ts";
import { byId, button, element } from "./dom.js";

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: Row) => number | string} value    what it is sorted by; NaN comes last
 * @property {(row: Row) => string} text
 * @property {(row: Row) => string} [classes]
 */

/**
 * @typedef {object} Words
 * @property {string} noun                         what a row is: `trade`
 * @property {(text: string) => string} choose     what the first cell of a row does, for who does not see it
 * @property {string} none                         said where there is no row at all
 * @property {string} noneLeft                     said where the filters leave none
 */

const rowsOnPage = 25;
const rowsOnPaper = 500;

/**
 * A table that is sorted by its headings and read a page at a time. What has the focus is changed, never replaced. Its elements
 * are `#NAME-table`, `#NAME-count` and `#NAME-pages`.
 *
 * @template {{ readonly place: number }} Row
 */
export class PagedTable {
  /** Called when the reader chooses a row. @type {(row: Row) => void} */
  onChoose = () => {};
  #name;
  #all;
  #columns;
  #words;
  #headings;
  #turns;
  #sortedBy = 0;
  #descending = false;
  #page = 0;
  #pageSize = rowsOnPage;
  /** @type {Row | null} */
  #chosen = null;
  /** @type {readonly Row[]} */
  #found;
  /** The rows on this page. @type {Map<Row, HTMLElement>} */
  #rows = new Map();

  /**
   * @param {string} name
   * @param {readonly Row[]} rows
   * @param {readonly Column<Row>[]} columns
   * @param {Words} words
   */
  constructor(name, rows, columns, words) {
    this.#name = name;
    this.#all = rows;
    this.#found = rows;
    this.#columns = columns;
    this.#words = words;
    this.#headings = columns.map((column, i) => this.#heading(column, i));
    this.#part("thead").append(element("tr", {}, ...this.#headings));
    this.#turns = this.#pageButtons();
    byId(`${name}-pages`).append(...this.#turns.map(({ made }) => made));
  }

  /** Those that are shown, in their order. */
  get found() {
    return this.#found;
  }

  /**
   * Shows some of the rows, from the first page.
   *
   * @param {readonly Row[]} rows
   */
  show(rows) {
    const { value } = this.#columns[this.#sortedBy];
    this.#found = [...rows].sort(
      (a, b) => compared(value(a), value(b), this.#descending ? -1 : 1) || a.place - b.place,
    );
    this.#headings.forEach((heading, i) => {
      const order = i !== this.#sortedBy ? "none" : this.#descending ? "descending" : "ascending";
      heading.setAttribute("aria-sort", order);
    });
    this.#turnTo(0);
  }

  /**
   * Sorts by a column, before anything is shown or after.
   *
   * @param {number} column
   * @param {boolean} descending
   */
  sortBy(column, descending) {
    this.#sortedBy = column;
    this.#descending = descending;
  }

  /** @param {"thead" | "tbody"} name */
  #part(name) {
    const part = byId(`${this.#name}-table`).querySelector(name);
    if (part === null) throw new Error(`report: no ${name} in #${this.#name}-table`);
    return part;
  }

  /** @param {number} page */
  #turnTo(page) {
    this.#page = page;
    const first = page * this.#pageSize;
    const rows = this.#found.slice(first, first + this.#pageSize);
    this.#rows = new Map(rows.map((row) => [row, this.#row(row)]));
    this.#part("tbody").replaceChildren(...(rows.length === 0 ? [this.#emptyRow()] : this.#rows.values()));
    this.#sayCount(first, rows.length);
    for (const { made, to } of this.#turns) made.setAttribute("aria-disabled", String(!this.#leads(to())));
    byId(`${this.#name}-pages`).hidden = this.#lastPage() === 0;
  }

  #lastPage() {
    return Math.max(0, Math.ceil(this.#found.length / this.#pageSize) - 1);
  }

  /** @param {number} page */
  #leads(page) {
    return page >= 0 && page <= this.#lastPage() && page !== this.#page;
  }

  /**
   * @param {Column<Row>} column
   * @param {number} i
   */
  #heading({ title, classes }, i) {
    const sort = button(title, () => {
      this.sortBy(i, i === this.#sortedBy && !this.#descending);
      this.show(this.#found);
    });
    const first = this.#all.at(0);
    const numeric = first !== undefined && classes?.(first).includes("number");
    return element("th", { scope: "col", class: numeric ? "number" : "" }, sort);
  }

  /** @param {Row} row */
  #row(row) {
    const cells = this.#columns.map(({ text, classes }, i) => {
      const words = text(row);
      const content =
        i === 0
          ? button(words, () => this.onChoose(row), {
              class: "link",
              "aria-label": this.#words.choose(words),
            })
          : element("bdi", {}, words);
      return element("td", { class: classes?.(row) ?? "" }, content);
    });
    const made = element("tr", row === this.#chosen ? { "aria-current": "true" } : {}, ...cells);
    made.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element && target.closest("button"))) this.onChoose(row);
    });
    return made;
  }

  #emptyRow() {
    const { none, noneLeft } = this.#words;
    const cell = { colspan: String(this.#columns.length), class: "empty" };
    return element("tr", {}, element("td", cell, this.#all.length === 0 ? none : noneLeft));
  }

  /**
   * @param {number} first
   * @param {number} count
   */
  #sayCount(first, count) {
    const { noun } = this.#words;
    const all = this.#all.length;
    const found = this.#found.length;
    const range =
      count === found ? "" : `${formatNumber(first + 1, 0)} to ${formatNumber(first + count, 0)} of `;
    const filtered = found === all ? "" : `, of ${formatNumber(all, 0)} in all`;
    byId(`${this.#name}-count`).textContent =
      `${range}${formatNumber(found, 0)} ${found === 1 ? noun : `${noun}s`}${filtered}`;
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
   * Marks a row, and turns to its page if the filters let it through.
   *
   * @param {Row} row
   */
  mark(row) {
    if (this.#chosen !== null) this.#rows.get(this.#chosen)?.removeAttribute("aria-current");
    this.#chosen = row;
    const at = this.#found.indexOf(row);
    if (this.#rows.has(row)) this.#rows.get(row)?.setAttribute("aria-current", "true");
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

/**
 * @param {number | string} a
 * @param {number | string} b
 * @param {1 | -1} direction
 */
function compared(a, b, direction) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return (a < b ? -1 : a > b ? 1 : 0) * direction;
}
