import { html, type Markup } from "./html.js";

interface PagedTableFrame {
  /** What the ids of its parts begin with. */
  readonly id: string;
  /** The id of the heading above it. */
  readonly labelledBy: string;
  /** What is listed: `trades`. */
  readonly what: string;
  readonly caption: string;
}

/** Where the page's script puts a list of which there may be very many. */
export const pagedTableFrame = ({ id, labelledBy, what, caption }: PagedTableFrame): Markup =>
  html`<noscript><p class="empty">The list of ${what} needs JavaScript.</p></noscript>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
      <table class="trades" id="${id}-table">
        <caption class="hidden">
          ${caption}
        </caption>
        <thead></thead>
        <tbody></tbody>
      </table>
    </div>
    <div class="pager">
      <p id="${id}-count" role="status"></p>
      <div class="buttons" id="${id}-pages"></div>
    </div>`;
