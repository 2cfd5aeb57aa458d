/** @import { TrialColumn } from "../../../search-report/trial-columns.ts" */
/** @import { View } from "./view.js" */
import { formatNumber } from "../../format.ts";
import { partsOf, statisticOf } from "../../../search-report/cells.ts";
import { explainedShare } from "../../../search-report/explained-share.ts";
import { byId, element } from "../dom.js";
import { Plot } from "./plot.js";
import { startSelect } from "./selects.js";

/** A measure against one parameter at a time, with the line of medians. @param {View} view */
export function startSlices(view) {
  const { parameters, measures } = view.study;
  let [measure] = measures;
  const slices = parameters.map((parameter) => {
    const { partOf, parts } = partsOf(parameter);
    const share = element("span", { class: "last" });
    const host = element("div", { class: "dots" });
    byId("slices-plots").append(
      element("figure", {}, element("figcaption", {}, element("strong", {}, parameter.title), share), host),
    );
    const medians = () => mediansOf(parameter, { partOf, parts }, measure, view.kept);
    const plot = new Plot(
      host,
      view,
      () => ({ x: parameter, y: measure }),
      () => [{ points: medians(), isStep: false }],
    );
    const say = () => {
      const known = measure.values.map((value, trial) => (view.kept[trial] === 1 ? value : NaN));
      const explained = explainedShare(known, partOf);
      share.textContent = explained === null ? "" : `${formatNumber(100 * explained, 0)}% of the differences`;
    };
    plot.onDraw = say;
    return plot;
  });
  const choices = measures.map((each) => /** @type {const} */ ([each.title, each]));
  startSelect("slices-controls", "measure", choices, 0, (taken) => {
    measure = taken;
    for (const { sight } of slices) sight.ask();
  });
  return slices;
}

/**
 * The median of the measure for each part of the parameter, in its middle.
 *
 * @param {TrialColumn} parameter
 * @param {ReturnType<typeof partsOf>} parted
 * @param {TrialColumn} measure
 * @param {Uint8Array} kept
 */
function mediansOf({ values }, { parts, partOf }, measure, kept) {
  const found = parts.map(() => ({ at: /** @type {number[]} */ ([]), of: /** @type {number[]} */ ([]) }));
  for (let trial = 0; trial < partOf.length; trial++) {
    if (partOf[trial] < 0 || kept[trial] === 0 || Number.isNaN(measure.values[trial])) continue;
    found[partOf[trial]].at.push(values[trial]);
    found[partOf[trial]].of.push(measure.values[trial]);
  }
  return found
    .filter(({ of }) => of.length > 0)
    .map(
      ({ at, of }) =>
        /** @type {const} */ ([statisticOf(at, "median", "higher"), statisticOf(of, "median", "higher")]),
    );
}
