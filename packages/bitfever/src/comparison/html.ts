import type { BacktestResult } from "@bitfever/engine";
import { drawdown } from "../report/chart-data.js";
import { formatTick } from "../report/format.js";
import { html, nothing, type Markup } from "../report/html.js";
import { lineChart } from "../report/line-chart.js";
import { pageHead } from "../report/page-head.js";
import { accountCurve } from "./account-curve.js";
import { differenceCell, differenceName, factText, isBetter, valueCell } from "./cells.js";
import type { ComparedMetric, Comparison } from "./compare.js";

/** As many lines as have a colour of their own. */
const kinds = ["equity", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"];

/**
 * Runs side by side as one HTML file that opens offline: accounts over one another, what differs, every metric.
 *
 * @param generator  what made the page, with its version
 */
export function comparisonHtml(
  comparison: Comparison,
  results: readonly BacktestResult[],
  generator: string,
): string {
  const { runs, cautions } = comparison;
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`${runs.join(" · ")} · comparison`, generator)}
      <body>
        <header class="top">
          <div>
            <h1>Comparison</h1>
            <p class="about">
              ${runs.map((name, i) => html`<span class="run ${kinds[i % kinds.length]}"><bdi>${name}</bdi></span>`)}
            </p>
          </div>
        </header>
        <main>
          ${
            cautions.length === 0
              ? nothing
              : html`<section aria-label="Cautions" class="notices">
                  <ul>
                    ${cautions.map((text) => html`<li class="warning"><strong>Caution</strong> ${text}</li>`)}
                  </ul>
                </section>`
          }
          ${accounts(runs, results)} ${whatDiffers(comparison)} ${metricsTable(comparison)}
        </main>
        <footer><p>Made by ${generator}.</p></footer>
      </body>
    </html> `.markup;
}

function accounts(runs: readonly string[], results: readonly BacktestResult[]): Markup {
  const lines = results.map((result, i) => ({
    ...accountCurve(result),
    ...{ name: runs[i], kind: kinds[i % kinds.length] },
  }));
  const isCoarse = lines.some(({ isStep }) => isStep);
  const below = lines.map((line) => ({
    ...line,
    values: drawdown(Float64Array.from(line.values, (each) => 1 + each)),
  }));
  const starts = lines.map(({ time }) => time[0]);
  const ends = lines.map(({ time }) => time[time.length - 1]);
  const chart = (width: number, kind: string): Markup =>
    html`<div class="${kind}">
      ${lineChart({
        title: `Growth of the account, and how far below its peak it was: ${runs.join(", ")}`,
        width,
        from: Math.min(...starts),
        to: Math.max(...ends),
        panes: [
          { height: 280, text: formatTick, lines },
          // What open trades were worth decides how deep a drawdown was.
          ...(isCoarse ? [] : [{ height: 130, text: formatTick, lines: below }]),
        ],
      })}
    </div>`;
  return html`<section aria-labelledby="accounts-title" class="card">
    <h2 id="accounts-title">Accounts</h2>
    ${chart(1000, "on-wide")} ${chart(360, "on-narrow")}
    <p class="small">
      In percent of the capital at the start, at the ends of
      sessions${
        isCoarse
          ? html`; a result without <code>equity</code> has the account at its exits alone, and steps from one
              to the next`
          : html`; below, how far it was under its peak`
      }.
    </p>
  </section>`;
}

function whatDiffers({ runs, differences }: Comparison): Markup {
  return html`<section aria-labelledby="differs-title" class="card">
    <h2 id="differs-title">What differs</h2>
    ${
      differences.length === 0
        ? html`<p class="empty">Nothing: program, data, parameters and settings are the same.</p>`
        : table(
            "differs-title",
            [html`<th scope="col">What</th>`, ...runs.map(heading)],
            [
              ...differences.map(
                (each) =>
                  html`<tr>
                    <th scope="row">${differenceName(each)}</th>
                    ${each.values.map((value) => html`<td class="number"><bdi>${factText(value)}</bdi></td>`)}
                  </tr>`,
              ),
            ],
          )
    }
  </section>`;
}

/** Every metric of runs side by side, and how far each is from the first. */
export function metricsTable({ runs, metrics }: Pick<Comparison, "runs" | "metrics">): Markup {
  const cells = (metric: ComparedMetric, run: number): Markup => {
    const value = html`<td class="number">${valueCell(metric, run)}</td>`;
    if (run === 0) return value;
    const better = isBetter(metric, run);
    const tone = better === null ? "" : better ? "gain" : "loss";
    return html`${value}
      <td class="number ${tone}">${differenceCell(metric, run)}</td>`;
  };
  const headings = runs.map((name, i) =>
    i === 0
      ? heading(name)
      : html`${heading(name)}
          <th scope="col" class="number">Difference</th>`,
  );
  return html`<section aria-labelledby="metrics-title" class="card">
    <h2 id="metrics-title">Metrics</h2>
    ${table(
      "metrics-title",
      [html`<th scope="col">Metric</th>`, ...headings],
      metrics.map(
        (metric) =>
          html`<tr>
            <th scope="row">${metric.title}</th>
            ${runs.map((_, i) => cells(metric, i))}
          </tr>`,
      ),
    )}
    <p class="small">Differences are from the first run; those of percents are in points (pp).</p>
  </section>`;
}

const heading = (name: string): Markup => html`<th scope="col" class="number"><bdi>${name}</bdi></th>`;

const table = (labelledBy: string, headings: readonly Markup[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
    <table class="compared">
      <thead>
        <tr>
          ${headings}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
