/** @import { View } from "./view.js" */
import { formatNumber } from "../../format.ts";
import { linearScale } from "../../../search-report/scale.ts";
import { byId } from "../dom.js";
import { Plot } from "./plot.js";

/** The first objective by the number of the trial, with the best so far. @param {View} view */
export function startHistory(view) {
  const { trials, measures } = view.study;
  const [objective] = measures;
  const text = (/** @type {number} */ value) => (Number.isInteger(value) ? formatNumber(value, 0) : "");
  const order = {
    title: "Trial",
    values: Float64Array.from(trials, ({ place }) => place),
    scale: linearScale(0, trials.length - 1, text),
    names: null,
  };
  const line = { points: bestSoFar(view), isStep: true };
  return new Plot(
    byId("history-plot"),
    view,
    () => ({ x: order, y: objective }),
    () => [line],
  );
}

/** @param {View} view */
function bestSoFar({ study }) {
  const { values, better } = study.measures[0];
  const sign = better === "lower" ? -1 : 1;
  /** @type {(readonly [number, number])[]} */
  const points = [];
  let best = -Infinity;
  for (const { place, isAllowed, fidelity } of study.trials) {
    if (!isAllowed || fidelity < 1 || !(sign * values[place] > best)) continue;
    best = sign * values[place];
    points.push([place, values[place]]);
  }
  const last = points.at(-1);
  return last === undefined ? [] : [...points, /** @type {const} */ ([study.trials.length - 1, last[1]])];
}
