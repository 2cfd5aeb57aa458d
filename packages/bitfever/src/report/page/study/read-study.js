/** @import { StudyPageData } from "../../page-data.ts" */
import { unpackColumn } from "../../column.ts";
import { measureColumn, parameterColumn } from "../../../search-report/trial-columns.ts";
import { byId } from "../dom.js";

/** @typedef {ReturnType<typeof readStudy>} Study */
/** @typedef {Study["trials"][number]} Trial */

/** What the page was given, unpacked: a column for each parameter and measure, and the trials, whose places are their numbers. */
export function readStudy() {
  /** @type {StudyPageData} */
  const data = JSON.parse(byId("report-data").textContent ?? "");
  const parameters = data.parameters.map(parameterColumn);
  const measures = data.measures.map(measureColumn);
  const allowed = unpackColumn(data.allowed);
  const fidelity = data.fidelity === null ? null : unpackColumn(data.fidelity);
  const trials = Array.from(unpackColumn(data.error), (error, place) => ({
    place,
    /** Empty where it did not fail. */
    error: data.errors[error],
    isAllowed: allowed[place] === 1,
    /** The share of the history that it was tried on. */
    fidelity: fidelity?.[place] ?? 1,
  }));
  const { fileName, fixed, front, command, best, objectives } = data;
  return {
    ...{ fileName, fixed, front, command, parameters, measures, trials },
    objectives: measures.slice(0, objectives),
    columns: [...parameters, ...measures],
    best: best === null ? null : trials[best],
  };
}

/**
 * A trial in a few words, for a bubble.
 *
 * @param {Study} study
 * @param {Trial} trial
 */
export function inWords({ parameters, objectives }, { place, error }) {
  const values = (/** @type {Study["columns"]} */ columns) =>
    columns.map(({ title, values, text }) => `${title} ${text(values[place])}`).join(", ");
  return [
    `Trial ${place}`,
    ...(parameters.length === 0 ? [] : [values(parameters)]),
    error === "" ? values(objectives) : `failed: ${error}`,
  ].join("\n");
}
