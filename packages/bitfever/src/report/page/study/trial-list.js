/* global HTMLInputElement */
/** @import { Column } from "../paged-table.js" */
/** @import { Study, Trial } from "./read-study.js" */
/** @import { View } from "./view.js" */
/** @import { TrialTest } from "../../../search-report/trial-filter.ts" */
import { formatPercent } from "../../format.ts";
import { trialFilter } from "../../../search-report/trial-filter.ts";
import { download, textCell } from "../csv.js";
import { byId } from "../dom.js";
import { PagedTable } from "../paged-table.js";
import { startSelect } from "./selects.js";

/** @param {Trial} trial */
const stateOf = ({ error, isAllowed }) =>
  error !== "" ? "failed" : isAllowed ? "allowed" : "breaks a constraint";

/** @param {Study} study @returns {readonly Column<Trial>[]} */
function columnsOf({ columns, trials, best }) {
  const isPartly = trials.some(({ fidelity }) => fidelity < 1);
  return [
    {
      title: "#",
      value: ({ place }) => place,
      text: ({ place }) => String(place),
      classes: (trial) => (trial === best ? "is-best" : ""),
    },
    ...columns.map(({ title, values, text, names }) => ({
      title,
      value: (/** @type {Trial} */ { place }) => values[place],
      text: (/** @type {Trial} */ { place }) => text(values[place]),
      classes: () => (names === null ? "number" : ""),
    })),
    ...(isPartly
      ? [
          {
            title: "History",
            value: (/** @type {Trial} */ { fidelity }) => fidelity,
            text: (/** @type {Trial} */ { fidelity }) => formatPercent(fidelity),
            classes: () => "number",
          },
        ]
      : []),
    {
      title: "State",
      value: stateOf,
      text: (trial) => (trial.error === "" ? stateOf(trial) : `failed: ${trial.error}`),
      classes: () => "tag",
    },
  ];
}

/**
 * The list of trials: sorted, filtered, a page at a time.
 *
 * @extends {PagedTable<Trial>}
 */
export class TrialList extends PagedTable {
  #view;
  #filter;

  /** @param {View} view */
  constructor(view) {
    const { study } = view;
    const { trials, parameters, measures } = study;
    super("trials", trials, columnsOf(study), {
      noun: "trial",
      choose: (number) => `Show trial ${number} everywhere`,
      none: "There is no trial.",
      noneLeft: "No trial is like that.",
    });
    this.#view = view;
    this.sortBy(1 + parameters.length, measures[0].better !== "lower");
    this.onChoose = (/** @type {Trial} */ trial) => view.choose(trial);
    const filter = byId("trials-filters").querySelector("[name=filter]");
    if (!(filter instanceof HTMLInputElement)) throw new Error("report: no filter of trials");
    this.#filter = filter;
    const example = [...parameters.filter(({ names }) => names === null), ...measures].slice(0, 2);
    byId("trials-example").textContent = example
      .map(({ name, values, text }) => `${name} >= ${text(values[view.chosen.place])}`)
      .join(", ");
    filter.addEventListener("input", () => this.#readFilter());
    this.#startStates();
    byId("trials-csv").addEventListener("click", () =>
      download(`${study.fileName}-trials.csv`, csvOf(study, this.found)),
    );
    view.listen({ choice: () => this.mark(view.chosen), kept: () => this.#select() });
    this.#select();
    this.mark(view.chosen);
  }

  #startStates() {
    const { trials } = this.#view.study;
    const whole = trials.filter(({ fidelity }) => fidelity === 1).length;
    /** @type {readonly (readonly [string, TrialTest | null])[]} */
    const states = [
      ["all", null],
      ...(whole === trials.length
        ? []
        : [
            /** @type {const} */ ([
              "saw all of the history",
              (/** @type {number} */ place) => trials[place].fidelity === 1,
            ]),
          ]),
      ...[...new Set(trials.map(stateOf))].map(
        (state) =>
          /** @type {const} */ ([state, (/** @type {number} */ place) => stateOf(trials[place]) === state]),
      ),
    ];
    // Trials that saw less cannot be compared with the others: who wants them asks for them.
    const first = whole > 0 && whole < trials.length ? 1 : 0;
    startSelect("trials-filters", "state", states, first, (test) => this.#view.filter("state", test));
    this.#view.filter("state", states[first][1]);
  }

  #readFilter() {
    const { value } = this.#filter;
    const test = value.trim() === "" ? null : trialFilter(value, this.#view.study.columns);
    const isTest = typeof test !== "string";
    byId("trials-problem").textContent = isTest ? "" : test;
    this.#filter.setAttribute("aria-invalid", String(!isTest));
    if (isTest) this.#view.filter("text", test);
  }

  clear() {
    this.#filter.value = "";
    this.#readFilter();
    const state = byId("trials-filters").querySelector("select");
    if (state !== null) state.selectedIndex = 0;
    this.#view.filter("state", null);
  }

  #select() {
    this.show(this.#view.study.trials.filter(({ place }) => this.#view.kept[place] === 1));
  }
}

/** @param {Study} study @param {readonly Trial[]} trials */
function csvOf({ columns }, trials) {
  return [
    ["trial", ...columns.map(({ name }) => textCell(name)), "state"],
    ...trials.map((trial) => [
      String(trial.place),
      // A number below 0 is no formula.
      ...columns.map(({ values, names, exact }) =>
        names === null ? exact(values[trial.place]) : textCell(exact(values[trial.place])),
      ),
      textCell(trial.error === "" ? stateOf(trial) : `failed: ${trial.error}`),
    ]),
  ]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("");
}
