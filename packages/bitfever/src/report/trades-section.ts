import { html, nothing, type Markup } from "./html.js";

/**
 * The frame of the list of trades; the page's script fills it, because a report may have very many.
 *
 * @param groups  what the trades are of, where there are several to choose from
 */
export function tradesSection(groups: "Symbol" | "System" | null): Markup {
  return html`<section id="trades" aria-labelledby="trades-title" class="card">
    <div class="bar">
      <h2 id="trades-title">Trades</h2>
      <form class="filters" id="trade-filters" aria-label="Filter trades">
        ${
          groups === null
            ? nothing
            : html`<label
                >${groups}
                <select name="symbol"></select
              ></label>`
        }
        <label
          >Side
          <select name="side"></select
        ></label>
        <label
          >Exit
          <select name="reason"></select
        ></label>
        <button type="button" id="trade-csv">Download CSV</button>
      </form>
    </div>
    <noscript><p class="empty">The list of trades needs JavaScript.</p></noscript>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="trades-title">
      <table class="trades" id="trade-table">
        <caption class="hidden">
          Trades; choose one to see it in the chart
        </caption>
        <thead></thead>
        <tbody></tbody>
      </table>
    </div>
    <div class="pager">
      <p id="trade-count" role="status"></p>
      <div class="buttons" id="trade-pages"></div>
    </div>
  </section>`;
}
