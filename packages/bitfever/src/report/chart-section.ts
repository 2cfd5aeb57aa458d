import { html, type Markup } from "./html.js";

/** The frame of the charts: toolbar, legend that toggles, and the place where the page's script draws. */
export function chartSection(symbol: string): Markup {
  return html`<section id="chart" aria-labelledby="chart-title" class="card">
    <div class="bar">
      <h2 id="chart-title">Chart</h2>
      <div class="buttons" id="chart-ranges" role="group" aria-label="Range shown"></div>
    </div>
    <div class="chips" id="chart-legend" role="group" aria-label="Shown in the chart"></div>
    <noscript><p class="empty">The charts need JavaScript.</p></noscript>
    <div
      class="chart"
      id="chart-area"
      tabindex="0"
      role="application"
      aria-label="Chart of ${symbol} with trades, account value and drawdown"
      aria-describedby="chart-keys"
    ></div>
    <div class="bar under">
      <p class="small" id="chart-keys">
        Drag to pan, pinch or <kbd>Ctrl</kbd> and scroll to zoom. Keys: <kbd>←</kbd> <kbd>→</kbd> pan,
        <kbd>+</kbd> <kbd>−</kbd> zoom, <kbd>0</kbd> fit, <kbd>N</kbd> <kbd>P</kbd> next and previous trade.
      </p>
      <div class="chosen" id="chosen-trade">
        <p role="status"></p>
        <div class="buttons"></div>
      </div>
    </div>
  </section>`;
}
