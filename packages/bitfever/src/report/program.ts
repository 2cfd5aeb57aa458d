import { html, nothing, type Markup } from "./html.js";

/** The program as it was run, with the little colour that helps reading. */
export function programSection(text: string): Markup {
  return html`<section id="program" aria-labelledby="program-title" class="card">
    <h2 id="program-title">Program</h2>
    <pre
      class="scroll"
      tabindex="0"
      role="region"
      aria-labelledby="program-title"
    ><code>${listing(text)}</code></pre>
  </section>`;
}

// Every statement starts with a keyword, so the first word of a line is one: no list to keep.
const piece =
  /(\/\/[^\n\r]*)|("(?:[^"\\\n\r]|\\.)*")|(^[ \t]*)([a-z]+)(?=[ \t{"])|(\b\d[\d_.]*(?:%|[a-z]{1,2}\b)?)/gm;

export function listing(text: string): readonly Markup[] {
  const parts: Markup[] = [];
  let end = 0;
  for (const match of text.matchAll(piece)) {
    const [whole, comment, quoted, indent, word, number] = match;
    parts.push(html`${text.slice(end, match.index)}`);
    end = match.index + whole.length;
    if (comment !== undefined) parts.push(html`<span class="c">${comment}</span>`);
    else if (quoted !== undefined) parts.push(html`<span class="s">${quoted}</span>`);
    else if (word !== undefined) parts.push(html`${indent}<span class="k">${word}</span>`);
    else parts.push(number === undefined ? nothing : html`<span class="n">${number}</span>`);
  }
  parts.push(html`${text.slice(end)}`);
  return parts;
}
