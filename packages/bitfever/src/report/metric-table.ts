import type { Metric } from "@bitfever/engine";
import { html, type Markup } from "./html.js";
import { withTip, type MetricTexts } from "./metric-text.js";

const tables = 3;

/** Every metric in the order given, in three tables that stand side by side where there is room. */
export function metricsSection(textOf: MetricTexts, metrics: readonly Metric[]): Markup {
  const rows = Math.ceil(metrics.length / tables);
  const table = (part: number): Markup =>
    html`<table class="metrics">
      <caption class="hidden">
        Metrics, part ${part + 1} of ${tables}
      </caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        ${metrics.slice(part * rows, (part + 1) * rows).map((metric) => row(textOf, metric))}
      </tbody>
    </table>`;
  return html`<section id="metrics" aria-labelledby="metrics-title" class="card">
    <h2 id="metrics-title">Metrics</h2>
    <div class="three">${[0, 1, 2].map(table)}</div>
    <p class="small">Point at a name, or focus it, for its formula and source.</p>
  </section>`;
}

function row(textOf: MetricTexts, { name, title, formula, source }: Metric): Markup {
  const { text, tone, reason } = textOf(name);
  const explained = `${formula}\nSource: ${source}\nIn assertions: ${name}`;
  return html`<tr>
    <th scope="row">${withTip(`metric-${name}`, title, explained)}</th>
    <td class="number ${tone}">${reason === undefined ? text : withTip(`reason-${name}`, text, reason)}</td>
  </tr>`;
}
