/** @import { Cell, CellStatistic, Part } from "../../../search-report/cells.ts" */
/** @import { TrialColumn } from "../../../search-report/trial-columns.ts" */
/** @import { View } from "./view.js" */
import { formatNumber } from "../../format.ts";
import { cellsOf, partsOf } from "../../../search-report/cells.ts";
import { shades, shadesOf } from "../../../search-report/shades.ts";
import { byId, element } from "../dom.js";
import { placeBeside } from "../tips.js";
import { startSelect } from "./selects.js";
import { WhenSeen } from "./when-seen.js";

/** @type {readonly (readonly [string, CellStatistic])[]} */
const statistics = [
  ["median", "median"],
  ["best", "best"],
  ["mean", "mean"],
  ["worst", "worst"],
  ["number of trials", "count"],
];

/** Cells narrower than this have no room for their value. */
const roomForText = 46;

/** A measure over two parameters, as a table that is walked with the arrow keys. */
export class HeatMap {
  #view;
  #across;
  #down;
  #measure;
  /** @type {CellStatistic} */
  #statistic = "median";
  /** The cells of the table, row by row, with what is in them. @type {{ made: HTMLElement, cell: Cell, words: string }[][]} */
  #cells = [];
  #at = { row: 0, column: 0 };

  /** @param {View} view of a search of at least two parameters */
  constructor(view) {
    this.#view = view;
    const { parameters, measures } = view.study;
    [this.#across, this.#down] = parameters;
    [this.#measure] = measures;
    const named = (/** @type {typeof parameters} */ columns) =>
      columns.map((each) => /** @type {const} */ ([each.title, each]));
    const form = "heat-map-controls";
    startSelect(form, "across", named(parameters), 0, (taken) => {
      this.#across = taken;
      this.sight.ask();
    });
    startSelect(form, "down", named(parameters), 1, (taken) => {
      this.#down = taken;
      this.sight.ask();
    });
    startSelect(form, "statistic", statistics, 0, (taken) => {
      this.#statistic = taken;
      this.sight.ask();
    });
    startSelect(form, "measure", named(measures), 0, (taken) => {
      this.#measure = taken;
      this.sight.ask();
    });
    this.#startKeys();
    this.#startPointer();
    this.sight = new WhenSeen(byId("heat-map-area"), () => this.#draw());
    view.listen({ choice: () => this.#mark(), kept: () => this.sight.ask() });
  }

  #draw() {
    const area = byId("heat-map-area");
    const [across, down] = [partsOf(this.#across), partsOf(this.#down)];
    const rows = cellsOf(
      [across, down],
      this.#measure,
      this.#statistic,
      (trial) => this.#view.kept[trial] === 1,
    );
    const isLess = this.#statistic !== "count" && this.#measure.better === "lower";
    const scale = shadesOf(rows.flat(), isLess);
    const room = area.clientWidth / (across.parts.length + 1);
    const longest = Math.max(...across.parts.map(({ text }) => text.length));
    const every = Math.ceil((7 * longest + 4) / room);
    // The highest of what goes up lies at the top, as on an axis.
    const order = [...rows.keys()].reverse();
    this.#cells = order.map((row) =>
      rows[row].map((cell, column) => {
        const value = this.#text(cell);
        const words = `${rangeText(this.#across, across.parts[column])}, ${rangeText(this.#down, down.parts[row])}\n${
          cell.trials.length === 0
            ? "no trial with a value"
            : `${value} (${this.#statisticName()} of ${formatNumber(cell.trials.length, 0)} ${cell.trials.length === 1 ? "trial" : "trials"})`
        }`;
        const shade = scale.shadeOf(cell.value);
        const made = element(
          "td",
          {
            role: "gridcell",
            tabindex: "-1",
            "aria-label": words,
            ...(shade === null || cell.trials.length === 0
              ? { class: "no-trial" }
              : { class: shade >= 5 ? "bright" : "", style: `background: var(--shade-${shade})` }),
          },
          room >= roomForText && cell.trials.length > 0 ? value : "",
        );
        return { made, cell, words };
      }),
    );
    const heads = across.parts.map(({ text }, i) =>
      element("th", { scope: "col" }, i % every === 0 ? text : ""),
    );
    area.replaceChildren(
      element(
        "table",
        { class: "heat-map", role: "grid", "aria-labelledby": "heat-map-title" },
        element(
          "tbody",
          {},
          ...this.#cells.map((cells, i) =>
            element(
              "tr",
              {},
              element("th", { scope: "row" }, down.parts[order[i]].text),
              ...cells.map(({ made }) => made),
            ),
          ),
        ),
        element(
          "tfoot",
          {},
          element("tr", {}, element("th", { scope: "col" }, `${this.#down.title} ↑`), ...heads),
          element(
            "tr",
            {},
            element("th", {}),
            element("th", { colspan: String(heads.length) }, `${this.#across.title} →`),
          ),
        ),
      ),
    );
    this.#at = {
      row: Math.min(this.#at.row, order.length - 1),
      column: Math.min(this.#at.column, heads.length - 1),
    };
    this.#cells.at(this.#at.row)?.at(this.#at.column)?.made.setAttribute("tabindex", "0");
    this.#drawLegend(scale);
    this.#mark();
  }

  #statisticName() {
    return statistics.find(([, each]) => each === this.#statistic)?.[0] ?? "";
  }

  /** @param {Pick<Cell, "value">} cell */
  #text({ value }) {
    return this.#statistic === "count" ? formatNumber(value, 0) : this.#measure.text(value);
  }

  /** @param {ReturnType<typeof shadesOf>} scale */
  #drawLegend({ worst, best, isCut, isLess }) {
    if (worst === undefined || best === undefined) {
      byId("heat-map-legend").replaceChildren("No trial has a value.");
      return;
    }
    const least = isCut ? (isLess ? "≥ " : "≤ ") : "";
    byId("heat-map-legend").replaceChildren(
      element("span", {}, `${least}${this.#text({ value: worst })}`),
      element(
        "span",
        { class: "shades", "aria-hidden": "true" },
        ...Array.from({ length: shades }, (_, i) => element("i", { style: `background: var(--shade-${i})` })),
      ),
      element("span", {}, this.#text({ value: best })),
      element("span", { class: "no-trial" }, "no trial with a value"),
    );
  }

  /** Where the chosen trial is. */
  #mark() {
    const { chosen, study } = this.#view;
    for (const { made, cell } of this.#cells.flat()) {
      made.classList.toggle("holds-chosen", cell.trials.includes(chosen.place));
      made.classList.toggle("holds-best", study.best !== null && cell.trials.includes(study.best.place));
    }
  }

  #startKeys() {
    const area = byId("heat-map-area");
    area.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.#take(this.#cells[this.#at.row][this.#at.column].cell);
      }
      if (move === undefined) return;
      event.preventDefault();
      const row = Math.max(0, Math.min(this.#cells.length - 1, this.#at.row + move[0]));
      const column = Math.max(0, Math.min(this.#cells[0].length - 1, this.#at.column + move[1]));
      this.#goTo(row, column);
      this.#cells[row][column].made.focus();
    });
  }

  /** @param {number} row @param {number} column */
  #goTo(row, column) {
    this.#cells[this.#at.row][this.#at.column].made.setAttribute("tabindex", "-1");
    this.#at = { row, column };
    this.#cells[row][column].made.setAttribute("tabindex", "0");
  }

  #startPointer() {
    const area = byId("heat-map-area");
    const bubble = byId("tip");
    const under = (/** @type {Event} */ { target }) =>
      target instanceof Element
        ? this.#cells.flat().find(({ made }) => made === target.closest("td"))
        : undefined;
    const tell = (/** @type {Event} */ event) => {
      const found = under(event);
      bubble.hidden = found === undefined;
      if (found === undefined) return;
      bubble.textContent = found.words;
      placeBeside(bubble, found.made.getBoundingClientRect());
    };
    area.addEventListener("pointermove", tell);
    area.addEventListener("focusin", tell);
    for (const each of ["pointerleave", "focusout"])
      area.addEventListener(each, () => {
        bubble.hidden = true;
      });
    area.addEventListener("click", (event) => {
      const found = under(event);
      if (found !== undefined) this.#take(found.cell);
    });
  }

  /** The best trial of a cell. @param {Cell} cell */
  #take({ trials }) {
    const { values, better } = this.#measure;
    const sign = better === "lower" ? -1 : 1;
    const [best] = [...trials].sort((a, b) => sign * (values[b] - values[a]));
    if (best !== undefined) this.#view.choose(this.#view.study.trials[best]);
  }
}

/** @param {TrialColumn} column @param {Part} part */
const rangeText = ({ title, text }, { from, to }) =>
  `${title} ${from === to ? text(from) : `${text(from)} to ${text(to)}`}`;
