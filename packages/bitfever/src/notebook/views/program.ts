import type { Program } from "@bitfever/lang";
import { html, type Markup } from "../../report/html.js";
import { listing } from "../../report/program.js";
import type { Strategy } from "../../strategy.js";
import { has } from "../../has.js";
import { defineView, htmlPart, isOfSchema } from "../view.js";

const isProgram = (value: unknown): value is Program => isOfSchema(value, "bitfever/program@1");

/** A program as it was written, highlighted. */
export const program = defineView({
  name: "a compiled strategy",
  recognise: (value): value is Strategy | Program =>
    isProgram(value) || (has(value, "program") && isProgram(value.program)),
  parts: (value) => {
    const { name, source, clock } = isProgram(value) ? value : value.program;
    return [
      htmlPart(
        html`<h4>${name}${clock === null ? "" : ` on ${clock}`}</h4>
          ${sourceListing(source.text)}`,
      ),
    ];
  },
});

/** Without the indentation that all lines have, as a text inside a cell does, and without empty lines around it. */
function sourceListing(text: string): Markup {
  const lines = text
    .replace(/^(?:[ \t]*\r?\n)+/, "")
    .trimEnd()
    .split(/\r?\n/);
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents);
  return html`<pre><code>${listing(lines.map((line) => line.slice(common)).join("\n"))}</code></pre>`;
}
