import { BitFeverError } from "@bitfever/lang";
import { html, trusted, type Markup } from "../report/html.js";
import { partsOf } from "./parts.js";
import { framed } from "./style.js";
import type { DisplayOptions } from "./view.js";
import type { Displayable } from "./views/index.js";

/** What tslab offers to cells. */
interface TslabDisplay {
  readonly html: (text: string) => void;
}

/**
 * Shows a value below the cell of a tslab notebook: see `toHtml` for what there is to see. Here pictures are images, which are also shown of notebooks
 * that nobody has said to trust.
 *
 * @throws BitFeverError BF5352 outside of a notebook, BF5353 for what cannot be shown
 * @example
 * display(await backtest(strategy, bars), { from: "2020-01-01", to: "2020-06-30" });
 */
export function display(value: Displayable, options: DisplayOptions = {}): void {
  const shown = tslabDisplay();
  const inside = partsOf(value, options).map((part) =>
    part.kind === "html" ? part.markup : image(part.svg),
  );
  shown.html(framed(html`${inside}`).markup);
}

/** A picture that comes with the text around it, under the words it has for those who do not see it. */
function image(svg: string): Markup {
  const [, words = ""] = /aria-label="([^"]*)"/.exec(svg) ?? [];
  const [, width = ""] = /width="(\d+)"/.exec(svg) ?? [];
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return html`<p><img src="${source}" width="${width}" alt="${trusted(words)}" /></p>`;
}

/**
 * The display of the notebook that runs this. It is asked of the `require` of its cells, which the kernel keeps under this name and which alone
 * knows the copy of tslab that is at work: another one, found on the disk, would write to nobody.
 */
function tslabDisplay(): TslabDisplay {
  const { __tslab__: kernel } = globalThis as {
    __tslab__?: { readonly require: (name: "tslab") => { readonly display: TslabDisplay } };
  };
  if (kernel !== undefined) return kernel.require("tslab").display;
  throw new BitFeverError("BF5352", "there is no notebook to show it in", {
    hint: "`display` works in a cell of a tslab notebook; elsewhere `toHtml` gives what it shows as text",
  });
}
