import type { Resampling } from "@bitfever/engine";
import { resamplingRows, type ResamplingRow } from "../resampling-rows.js";
import { formatNumber } from "./format.js";
import { html, type Markup } from "./html.js";

/** What else the sessions and the trades of the run could have come to. */
export function resamplingSection(resampling: Resampling): Markup {
  return html`<section id="resampling" aria-labelledby="resampling-title" class="card">
    <h2 id="resampling-title">Drawn anew</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="resampling-title">
      <table class="limits">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" class="number">2.5%</th>
            <th scope="col" class="number">50%</th>
            <th scope="col" class="number">97.5%</th>
          </tr>
        </thead>
        <tbody>
          ${resamplingRows(resampling).map(row)}
        </tbody>
      </table>
    </div>
    <p class="small">
      Its sessions, in blocks that keep together what follows on each other, and its trades were drawn
      ${formatNumber(resampling.runs, 0)} times (seed ${resampling.seed}). This shows how much is luck; it
      shows nothing of a market that turns into another one.
    </p>
  </section>`;
}

const row = ({ title, cells }: ResamplingRow): Markup =>
  cells.length === 1
    ? html`<tr>
        <th scope="row">${title}</th>
        <td colspan="3">${cells[0]}</td>
      </tr>`
    : html`<tr>
        <th scope="row">${title}</th>
        ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
      </tr>`;
