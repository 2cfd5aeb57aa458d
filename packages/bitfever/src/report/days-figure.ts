import { dayMs } from "@bitfever/engine";
import { html, type Markup } from "./html.js";
import { lineChart, type ChartPane } from "./line-chart.js";

/** As many lines as have a colour of their own. */
const kinds = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"];

export const kindOf = (line: number): string => kinds[line % kinds.length];

/**
 * A chart over the days, once for wide pages and once for narrow ones, with a line for the values under its cursor.
 *
 * @param name  what the page's script knows the chart by
 */
export function daysFigure(
  name: string,
  title: string,
  { time }: { readonly time: Float64Array },
  panes: readonly ChartPane[],
): Markup {
  const chart = (width: number, kind: string): Markup =>
    html`<div class="${kind}">
      ${lineChart({ title, width, from: time[0], to: time[time.length - 1] + dayMs, panes, cursor: name })}
    </div>`;
  return html`<figure class="days">
    <output aria-label="Values under the cursor"
      ><span>Point at the chart, or use the arrow keys in it.</span></output
    >
    ${chart(1000, "on-wide")} ${chart(360, "on-narrow")}
  </figure>`;
}
