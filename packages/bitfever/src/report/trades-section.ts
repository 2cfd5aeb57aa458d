import { html, nothing, type Markup } from "./html.js";
import { pagedTableFrame } from "./paged-table-frame.js";

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
    ${pagedTableFrame({
      ...{ id: "trade", labelledBy: "trades-title", what: "trades" },
      caption: "Trades; choose one to see it in the chart",
    })}
  </section>`;
}
