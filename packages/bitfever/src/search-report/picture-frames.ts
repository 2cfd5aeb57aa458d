import type { StudyResult } from "../optimize/study-result.js";
import { html, nothing, type Markup } from "../report/html.js";
import { pagedTableFrame } from "../report/paged-table-frame.js";

// The frames of what the page's script draws: it knows each by its id.

const noScript = html`<noscript><p class="empty">The pictures need JavaScript.</p></noscript>`;

/** A list to choose from; the script fills it. */
const select = (name: string, label: string): Markup =>
  html`<label
    >${label}
    <select name="${name}"></select
  ></label>`;

const card = (id: string, title: string, controls: Markup, inside: Markup, how: string): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-title" class="card">
    <div class="bar">
      <h2 id="${id}-title">${title}</h2>
      ${controls}
    </div>
    ${noScript}${inside}
    <p class="small">${how}</p>
  </section>`;

const controls = (id: string, label: string, ...inside: readonly Markup[]): Markup =>
  html`<form class="filters" id="${id}" aria-label="${label}">${inside}</form>`;

/** One trial in numbers; the chosen one until the reader takes another. */
export const trialFrame: Markup = html`<section id="trial" aria-labelledby="trial-title" class="card">
  <div class="bar">
    <h2 id="trial-title" role="status">The chosen trial</h2>
    <div class="buttons" id="trial-buttons"></div>
  </div>
  <noscript><p class="empty">The values of a trial need JavaScript.</p></noscript>
  <p class="caution" id="trial-error" hidden></p>
  <div class="trial-facts">
    <div class="facts">
      <h3>Parameters</h3>
      <dl id="trial-parameters"></dl>
    </div>
    <div class="facts many">
      <h3>What it came to</h3>
      <dl id="trial-measures"></dl>
    </div>
  </div>
  <p class="small">Its full report:</p>
  <pre
    class="scroll command"
    tabindex="0"
    role="region"
    aria-label="How to get its full report"
  ><code id="trial-command"></code></pre>
</section>`;

export const historyFrame: Markup = card(
  "history",
  "How the search went",
  nothing,
  html`<div class="dots" id="history-plot"></div>`,
  "Each dot is a trial, in the order they were made; the line is the best so far of those that keep all constraints. A line that still rises at the end says that more trials may find more, and more luck.",
);

export const heatMapFrame: Markup = card(
  "heat-map",
  "Heat map",
  controls(
    "heat-map-controls",
    "What the heat map shows",
    select("across", "Across"),
    select("down", "Down"),
    select("statistic", "Show"),
    select("measure", "of"),
  ),
  html`<div class="scroll" id="heat-map-area" tabindex="-1"></div>
    <div class="legend" id="heat-map-legend"></div>`,
  "A cell is all trials with those two values, whatever their other parameters; the median shows what the two are worth by themselves, the best what can be made of them. A broad bright patch is a plateau; a single bright cell among dark ones is luck. Take a cell to see its best trial.",
);

export const slicesFrame: Markup = card(
  "slices",
  "Slices",
  controls("slices-controls", "What the slices show", select("measure", "Show")),
  html`<div class="small-plots" id="slices-plots"></div>`,
  "All trials against one parameter at a time, with the line of their medians. The percentage is the part of the differences between trials that goes with this parameter alone, with what chance makes taken off; what parameters do together is in none of them, and a search that looked mostly in one place knows less of the others.",
);

export const parallelFrame: Markup = card(
  "parallel",
  "Parallel coordinates",
  html`<div class="buttons" id="parallel-buttons"></div>`,
  html`<div class="scroll"><div class="dots parallel" id="parallel-plot"></div></div>`,
  "Each line is a trial, the brighter the better. Drag along an axis to keep only the trials between two values, here and in all other pictures; with the keys, ↑ and ↓ on an axis move what is kept, with Shift they widen and narrow it, and Delete lets all through.",
);

export const tradeOffsFrame = ({ objectives }: StudyResult): Markup =>
  card(
    "trade-offs",
    "Trade-offs",
    controls("trade-offs-controls", "What is compared", select("across", "Across"), select("up", "Up")),
    html`<div class="dots" id="trade-offs-plot"></div>`,
    objectives.length > 1
      ? "The line joins the trials that nothing betters: of those, more of one objective costs some of another."
      : "Two measures of all trials against one another.",
  );

export const trialsFrame: Markup = html`<section id="trials" aria-labelledby="trials-title" class="card">
  <div class="bar">
    <h2 id="trials-title">Trials</h2>
    <form class="filters" id="trials-filters" aria-label="Filter trials">
      <label
        >State
        <select name="state"></select
      ></label>
      <label
        >Filter
        <input type="search" name="filter" autocomplete="off" aria-describedby="trials-problem" />
      </label>
      <button type="button" id="trials-csv">Download CSV</button>
    </form>
  </div>
  <p class="caution small" id="trials-problem" role="alert"></p>
  ${pagedTableFrame({
    ...{ id: "trials", labelledBy: "trials-title", what: "trials" },
    caption: "Trials; choose one to see it everywhere",
  })}
  <p class="small">
    What the filter leaves out is left out of all pictures. It takes comparisons that all have to hold, such
    as
    <code id="trials-example"></code>.
  </p>
</section>`;

/** What is shown of how many, as long as something is left out. */
export const keptFrame: Markup = html`<div class="kept" id="kept" hidden>
  <p role="status"></p>
  <button type="button" class="small-button">Show all</button>
</div>`;
