import type { Dimension } from "@bitfever/engine";
import type { WalkResult } from "../optimize/walk-result.js";
import { daysFigure, kindOf } from "../report/days-figure.js";
import { html, type Markup } from "../report/html.js";
import type { ChartPane } from "../report/line-chart.js";
import { parameterText } from "./parameter-text.js";
import { parameterAxis } from "./parameter-values.js";
import { everySecond, windowLine, type WalkedDays } from "./walk-account.js";

/** The values that each window chose, over time: those of an edge that lasts wander little. */
export function driftSection(result: WalkResult, days: WalkedDays): Markup {
  const { parameters } = result;
  const pictures =
    parameters.length === 0
      ? html`<p class="empty">No parameter was searched.</p>`
      : daysFigure(
          "drift",
          "The parameters that each window chose",
          days,
          parameters.map((each, i) => pane(each, i, result, days)),
        );
  return html`<section id="drift" aria-labelledby="drift-title" class="card">
    <h2 id="drift-title">Parameter drift</h2>
    ${pictures}
    <p class="small">
      Each pane is as high as what its parameter may be. Values that jump from one end to the other say that
      there is no best place, and that the search followed noise.
    </p>
  </section>`;
}

function pane(dimension: Dimension, i: number, { windows }: WalkResult, days: WalkedDays): ChartPane {
  const { name } = dimension;
  const chosen = windows.flatMap(({ params }) => (params === null ? [] : [params[name]]));
  const axis = parameterAxis(dimension, chosen);
  const line = windowLine(days, (place) => {
    const params = windows[place].params;
    return params === null ? null : axis.numberOf(params[name]);
  });
  return {
    height: 124,
    text: (value) => parameterText(axis, value),
    range: [axis.from, axis.to],
    spells: everySecond(windows, days),
    lines: [{ ...line, name, kind: kindOf(i) }],
  };
}
