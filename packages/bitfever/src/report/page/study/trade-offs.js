/** @import { View } from "./view.js" */
import { byId } from "../dom.js";
import { Plot } from "./plot.js";
import { startSelect } from "./selects.js";

/** Two measures of all trials, with what nothing betters where they are objectives. @param {View} view */
export function startTradeOffs(view) {
  const { study } = view;
  const { measures, objectives, front } = study;
  const other = measures.findIndex(({ name }) => name === "max_drawdown");
  const usual = objectives.length > 1 ? 1 : Math.max(other, 0);
  let [across, up] = [measures[usual], measures[0]];
  const ofObjectives = () => objectives.length > 1 && [across, up].every((each) => objectives.includes(each));
  const line = () =>
    front
      .map((trial) => /** @type {const} */ ([across.values[trial], up.values[trial]]))
      .sort(([a], [b]) => a - b);
  const plot = new Plot(
    byId("trade-offs-plot"),
    view,
    () => ({ x: across, y: up }),
    () => (ofObjectives() ? [{ points: line(), isStep: false }] : []),
  );
  const choices = measures.map((each) => /** @type {const} */ ([each.title, each]));
  startSelect("trade-offs-controls", "across", choices, usual, (taken) => {
    across = taken;
    plot.sight.ask();
  });
  startSelect("trade-offs-controls", "up", choices, 0, (taken) => {
    up = taken;
    plot.sight.ask();
  });
  return plot;
}
