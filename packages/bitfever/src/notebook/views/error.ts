import { BitFeverError, renderDiagnostic, type Paint, type Source, type Diagnostic } from "@bitfever/lang";
import { escapeHtml, html, nothing, trusted, type Markup } from "../../report/html.js";
import { defineView, htmlPart } from "../view.js";

/** What an error says: the diagnostics of a program with the lines they are about, or a message and its remedy. */
export const error = defineView({
  name: "an error of BitFever",
  recognise: (value): value is BitFeverError => value instanceof BitFeverError,
  parts: ({ code, message, hint, diagnostics, source }) => [
    htmlPart(
      source !== undefined && diagnostics.length > 0
        ? html`<pre>${rendered(source, diagnostics)}</pre>`
        : html`<pre><span class="error">error ${code}</span>: ${message}${hint === undefined ? nothing : html` <span class="faint">=</span> help: ${hint}`}</pre>`,
    ),
  ],
});

// Characters of the area for private use, which no diagnostic prints, stand for the elements until all is escaped.
const [start, end, stop] = ["\ue000", "\ue001", "\ue002"];
const wrap =
  (kind: string) =>
  (text: string): string =>
    `${start}${kind}${stop}${text}${end}`;
const paint: Paint = {
  error: wrap("error"),
  warning: wrap("warning"),
  accent: wrap("accent"),
  faint: wrap("faint"),
};

function rendered(source: Source, diagnostics: readonly Diagnostic[]): Markup {
  const texts = diagnostics.map((each) => renderDiagnostic(source, each, paint));
  return trusted(
    escapeHtml(texts.join("\n\n"))
      .replace(/\ue000(error|warning|accent|faint)\ue002/g, '<span class="$1">')
      .replaceAll(end, "</span>"),
  );
}
