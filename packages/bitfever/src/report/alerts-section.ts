import { html, type Markup } from "./html.js";

/** The frame of the list of alerts; the page's script fills it, because a run may have very many. */
export function alertsSection(): Markup {
  return html`<section id="alerts" aria-labelledby="alerts-title" class="card">
    <div class="bar">
      <h2 id="alerts-title">Alerts</h2>
      <label class="filters"
        >Filter
        <input type="search" id="alert-filter" autocomplete="off" placeholder="text or time" />
      </label>
    </div>
    <noscript><p class="empty">The list of alerts needs JavaScript.</p></noscript>
    <div class="scroll tall" tabindex="0" role="region" aria-labelledby="alerts-title">
      <table class="alerts" id="alert-table">
        <caption class="hidden">
          Alerts
        </caption>
        <thead>
          <tr>
            <th scope="col">Bar</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody></tbody>
      </table>
    </div>
    <div class="pager"><p id="alert-count" role="status"></p></div>
  </section>`;
}
