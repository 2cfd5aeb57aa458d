/** @import { View } from "./view.js" */
import { shellWord } from "../../../search-report/shell-word.ts";
import { byId, button, element } from "../dom.js";

/** One trial in numbers, and how to get all of it. @param {View} view */
export function startTrialCard(view) {
  const { study } = view;
  const { trials, best } = study;
  const row = (/** @type {string} */ name, /** @type {string} */ text) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, element("bdi", {}, text)));
  const show = () => {
    const { place, error, isAllowed, fidelity } = view.chosen;
    byId("trial-title").textContent =
      view.chosen === best ? `Trial ${place}, the chosen one` : `Trial ${place}`;
    const notes = [
      ...(error === "" ? [] : [`It failed: ${error}`]),
      ...(error === "" && !isAllowed ? ["It breaks a constraint."] : []),
      ...(fidelity < 1 ? [`It saw the first ${Math.round(100 * fidelity)}% of the history.`] : []),
    ];
    byId("trial-error").hidden = notes.length === 0;
    byId("trial-error").textContent = notes.join(" ");
    byId("trial-parameters").replaceChildren(
      ...study.parameters.map(({ title, values, text }) => row(title, text(values[place]))),
      ...study.fixed.map(([name, text]) => row(name, text)),
    );
    byId("trial-measures").replaceChildren(
      ...study.measures.map(({ title, values, text }) => row(title, text(values[place]))),
    );
    byId("trial-command").textContent = commandOf(view);
  };
  const go = (/** @type {number} */ step) => () =>
    view.choose(trials[Math.max(0, Math.min(trials.length - 1, view.chosen.place + step))]);
  byId("trial-buttons").append(
    button("Previous", go(-1), { class: "small-button" }),
    button("Next", go(1), { class: "small-button" }),
    ...(best === null ? [] : [button("The chosen one", () => view.choose(best), { class: "small-button" })]),
  );
  view.listen({ choice: show });
  show();
}

/** How its full report is made. @param {View} view */
function commandOf({ study, chosen: { place } }) {
  const { command, parameters, fixed, trials } = study;
  if (command === null) return `reportHtml(await study.backtest(${place}), bars)`;
  const given = [...parameters.map(({ name, values, exact }) => [name, exact(values[place])]), ...fixed].map(
    ([name, text]) => `--param ${shellWord(`${name}=${text}`)}`,
  );
  return [command, ...given, `--trials ${trials.length}`, `--report trial-${place}.html`].join(" ");
}
