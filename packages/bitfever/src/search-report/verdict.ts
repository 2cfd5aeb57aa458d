import type { Honesty } from "../optimize/honesty.js";
import { html, nothing, type Markup } from "../report/html.js";

const tones = { luck: "bad", undecided: "warning", edge: "good" } as const;

/** The answer to the question a page of a search is about, before any number, and what else is to be known first. */
export function verdictNotices(verdict: Honesty["verdict"] | null, warnings: readonly string[]): Markup {
  const said =
    verdict === null
      ? nothing
      : html`<li class="${tones[verdict.word]}">
          <strong>${verdict.word.toUpperCase()}</strong> ${verdict.why}
          <span class="small">${meanings[verdict.word]}</span>
        </li>`;
  return html`<section aria-label="Verdict and warnings" class="notices">
    <ul>
      ${said}${warnings.map((text) => html`<li class="warning"><strong>Warning</strong> ${text}</li>`)}
    </ul>
  </section>`;
}

const meanings = {
  luck: "This does not say that there is no edge: this record cannot tell it from chance.",
  undecided: "It is better than chance, and something else speaks against it.",
  edge: "Nothing that was asked speaks for chance. Costs that were left out and data that leak the future are not asked.",
} as const;
