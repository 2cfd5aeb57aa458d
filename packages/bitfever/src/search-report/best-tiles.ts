import { metrics } from "@bitfever/engine";
import type { StudyResult } from "../optimize/study-result.js";
import type { StudyTrial } from "../optimize/study-trial.js";
import { absent, formatNumber } from "../report/format.js";
import { headlineNumbers } from "../report/headline.js";
import { html, nothing, type Markup } from "../report/html.js";
import { withTip } from "../report/metric-text.js";
import { measureText } from "./measure-text.js";

interface Tile {
  readonly name: string;
  readonly label: string;
  readonly tip: string;
  readonly text: string;
  readonly beside?: string;
}

/** The numbers a reader of a search looks for first: what the chosen trial came to, and how far to trust it. */
export function bestTiles(result: StudyResult, best: StudyTrial): Markup {
  const [objective] = result.objectives;
  const own = metrics.get(objective.text);
  const first: Tile = {
    name: "objective",
    label: own?.title ?? objective.text,
    tip: `The objective: ${objective.better === "higher" ? "more" : "less"} is better.`,
    text: measureText(objective.text)(best.objectives[0]),
    beside: `trial ${best.number}`,
  };
  const usual = headlineNumbers
    .filter(({ name }) => name !== objective.text && name in best.metrics)
    .slice(0, 5)
    .map(({ name, label }): Tile => metricTile(name, label, best.metrics[name] ?? null));
  const tiles = [first, ...usual, ...trustTiles(result)];
  return html`<section aria-label="The chosen trial in numbers" class="headline">
    <dl class="tiles">
      ${tiles.map(
        ({ name, label, tip, text, beside }) =>
          html`<div class="tile">
            <dt>${withTip(`tile-${name}`, label, tip)}</dt>
            <dd>${text}</dd>
            ${beside === undefined ? nothing : html`<dd class="beside">${beside}</dd>`}
          </div>`,
      )}
    </dl>
  </section>`;
}

function metricTile(name: string, label: string, value: number | null): Tile {
  const metric = metrics.get(name);
  return {
    ...{ name, label, tip: metric?.formula ?? name },
    text: measureText(name)(value),
  };
}

function trustTiles({ honesty, counts }: StudyResult): readonly Tile[] {
  const { effectiveTrials = null, deflatedSharpe = null } = honesty ?? {};
  return [
    {
      name: "trials-made",
      label: "Trials",
      tip: "How many were made: the more, the better the best looks by luck.",
      text: formatNumber(counts.trials, 0),
      ...(effectiveTrials !== null && {
        beside: `as ${formatNumber(Math.round(effectiveTrials), 0)} independent`,
      }),
    },
    {
      name: "deflated",
      label: "Deflated Sharpe",
      tip: "How likely the true Sharpe ratio is above what the best of so many trials shows by luck.",
      text: deflatedSharpe === null ? absent : `${formatNumber(100 * deflatedSharpe, 1)}%`,
      beside: "over 95% wanted",
    },
  ];
}
