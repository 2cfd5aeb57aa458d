import { html, trusted } from "../report/html.js";
import { partsOf } from "./parts.js";
import { framed } from "./style.js";
import type { DisplayOptions } from "./view.js";
import type { Displayable } from "./views/index.js";

/**
 * A value as a piece of HTML, for a cell of a notebook or a page of one's own: a program highlighted, an error with the lines it is about, a
 * backtest with its account and its trades among candles, a search with verdict, best trials and heat map. It loads nothing, runs no script, and
 * goes with the reader's colours. The same value gives the same text.
 *
 * @throws BitFeverError BF5353 for what cannot be shown, and for options that name what is not there
 * @example
 * await writeFile("run.html", toHtml(await backtest(strategy, bars)));
 */
export function toHtml(value: Displayable, options: DisplayOptions = {}): string {
  const inside = partsOf(value, options).map((part) =>
    part.kind === "html" ? part.markup : html`<div class="scroll">${trusted(part.svg)}</div>`,
  );
  return framed(html`${inside}`).markup;
}
