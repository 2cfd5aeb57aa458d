/* global addEventListener */
import { formatNumber } from "../format.ts";
import { byId } from "./dom.js";
import { HeatMap } from "./study/heat-map.js";
import { startHistory } from "./study/history.js";
import { Parallel } from "./study/parallel.js";
import { readStudy } from "./study/read-study.js";
import { startSlices } from "./study/slices.js";
import { startTradeOffs } from "./study/trade-offs.js";
import { startTrialCard } from "./study/trial-card.js";
import { TrialList } from "./study/trial-list.js";
import { View } from "./study/view.js";
import { inLight, startTheme } from "./theme.js";
import { startTips } from "./tips.js";

startTips();
const study = readStudy();
if (study.trials.length === 0) startTheme(() => undefined);
else startPictures(new View(study));

/** @param {View} view of at least one trial */
function startPictures(view) {
  const { parameters } = study;
  startTrialCard(view);
  const plots = [
    startHistory(view),
    startTradeOffs(view),
    ...(parameters.length > 0 ? startSlices(view) : []),
  ];
  const maps = parameters.length > 1 ? [new HeatMap(view)] : [];
  const parallel = new Parallel(view);
  const list = new TrialList(view);
  startKept(view, () => {
    parallel.clear();
    list.clear();
  });
  const pictures = [...plots, ...maps, parallel].map(({ sight }) => sight);
  const drawAll = () => {
    for (const each of pictures) each.now();
  };
  startTheme(() => {
    for (const each of pictures) each.ask();
  });
  addEventListener("beforeprint", () => {
    list.startPrint();
    inLight(drawAll);
  });
  addEventListener("afterprint", () => {
    list.endPrint();
    drawAll();
  });
}

/**
 * Says how many trials are left, as long as some are left out.
 *
 * @param {View} view
 * @param {() => void} clear
 */
function startKept(view, clear) {
  const kept = byId("kept");
  view.listen({
    kept: () => {
      kept.hidden = !view.isFiltered;
      const said = kept.querySelector("p");
      if (said !== null)
        said.textContent = `${formatNumber(view.count, 0)} of ${formatNumber(study.trials.length, 0)} trials are shown.`;
    },
  });
  kept.querySelector("button")?.addEventListener("click", clear);
}
