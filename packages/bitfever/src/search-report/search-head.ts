import type { StudyResult } from "../optimize/study-result.js";
import { formatInterval, formatNumber } from "../report/format.js";
import { html, nothing, type Markup } from "../report/html.js";
import { sectionLinks, themeButton, type SectionLink } from "../report/page-head.js";

/** The head of the page of a search: of what, on what, how, and the way to its sections. */
export function searchHead(
  {
    program,
    data,
    objectives,
    constraints,
  }: Pick<StudyResult, "program" | "data" | "objectives" | "constraints">,
  how: string,
  links: readonly SectionLink[],
): Markup {
  const [from, to] = [data.from, data.to].map((each) => each.slice(0, 10));
  const goals = objectives.map(({ text, better }) => `${better === "higher" ? "most" : "least"} ${text}`);
  return html`<header class="top">
    <div>
      <h1><bdi>${program.name}</bdi></h1>
      <p class="about">
        <strong><bdi>${data.symbols.join(", ")}</bdi></strong>
        ${data.intervalMs === 0 ? nothing : html`<span>${formatInterval(data.intervalMs)}</span>`}
        <span><time datetime="${data.from}">${from}</time> to <time datetime="${data.to}">${to}</time></span>
        <span>${formatNumber(data.bars, 0)} bars</span>
        <span>${how}</span>
      </p>
      <p class="about">
        <span>Looked for: <strong>${goals.join(", ")}</strong></span>
        ${constraints.length === 0 ? nothing : html`<span>with ${constraints.join(" and ")}</span>`}
      </p>
    </div>
    ${themeButton} ${sectionLinks(links)}
  </header>`;
}

/** The foot of the page of a search. */
export const searchFoot = (generator: string): Markup =>
  html`<footer>
    <p>
      Made by ${generator}. A search tells what would have been best under its assumptions; it promises
      nothing.
    </p>
  </footer>`;
