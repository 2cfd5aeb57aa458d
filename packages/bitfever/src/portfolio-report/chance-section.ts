import { metrics, type Metric } from "@bitfever/engine";
import type { Chance, PortfolioResult } from "../portfolio/result.js";
import { absent, formatNumber, formatPercent } from "../report/format.js";
import { html, nothing, type Markup } from "../report/html.js";
import { valueText } from "../report/metric-text.js";
import { roundWidth } from "../report/round-width.js";

/** How the result stands among those of random switching. */
export function chanceSection(result: PortfolioResult, draws: readonly (number | null)[]): Markup {
  const { chance, verdict } = result;
  return html`<section id="chance" aria-labelledby="chance-title" class="card">
    <h2 id="chance-title">Against chance</h2>
    ${
      chance === null
        ? html`<p class="empty">${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.</p>`
        : compared(result, chance, draws)
    }
  </section>`;
}

function compared(result: PortfolioResult, chance: Chance, draws: readonly (number | null)[]): Markup {
  const metric = metrics.get(result.objective);
  if (metric === undefined) throw new Error(`report: no metric ${result.objective}`);
  const text = (value: number | null): string =>
    value === null ? absent : valueText(value, metric.unit, 2, false);
  const { runs, pValue, percentile, value, draws: interval } = chance;
  const isBeaten = result.verdict.startsWith("better");
  const known = draws.filter((each) => each !== null);
  return html`<p>
      Switched at random, on in as many sessions and in as many spells, the account came to a
      ${metric.title.toLowerCase()}
      ${
        interval === null
          ? html`that cannot be told of every draw.`
          : html`of <strong>${text(interval.middle)}</strong> in the middle of ${formatNumber(runs, 0)} draws,
              and to between ${text(interval.low)} and ${text(interval.high)} in 95% of them.`
      }
      The filters came to <strong>${text(value)}</strong>, better than
      ${formatPercent(percentile).replace(/\.00%$/, "%")} of the draws: at least so good a draw has a chance
      of <strong>p = ${pValue.toFixed(3)}</strong>.
      <strong class="${isBeaten ? "gain" : "caution"}">
        ${isBeaten ? "That is more than chance explains." : "That is no better than chance."}
      </strong>
    </p>
    ${
      known.length === 0
        ? nothing
        : picture(known, { value, always: result.always.metrics[metric.name] ?? null, metric, text })
    }
    <p class="small">
      A p-value is of one filter that was chosen beforehand: who tries ten and reports the best has ten
      chances.
    </p>`;
}

interface Marks {
  readonly value: number | null;
  readonly always: number | null;
  readonly metric: Metric;
  readonly text: (value: number) => string;
}

const mostBins = 40;

/** The draws in bins of one round width, and where the filters and no filter at all stand among them. */
function picture(draws: readonly number[], { value, always, metric, text }: Marks): Markup {
  const marks = [
    { name: "Switched", kind: "equity", at: value },
    { name: "Never switched", kind: "hold", at: always },
  ].flatMap(({ at, ...rest }) => (at === null ? [] : [{ ...rest, at }]));
  const all = [...draws, ...marks.map(({ at }) => at)];
  const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const width = high > low ? roundWidth((high - low) / mostBins) : Math.abs(low || 1) / 10;
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  for (const each of draws) counts[Math.floor(each / width) - first] += 1;
  const most = counts.reduce((a, b) => Math.max(a, b));
  const [total, tall] = [counts.length * 10, 100];
  const place = (at: number): number => (at / width - first) * 10;
  const labels = counts.flatMap((_, i) => ((first + i) % Math.ceil(counts.length / 6) === 0 ? [i] : []));
  const left = (x: number): string => ((100 * x) / total).toFixed(2);
  const said = marks.map(({ name, at }) => `${name} ${text(at)}`).join(", ");
  return html`<figure class="histogram chance">
    <div class="plot">
      <div class="counts" aria-hidden="true"><span>${formatNumber(most, 0)}</span><span>0</span></div>
      <svg
        viewBox="0 0 ${total} ${tall}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${metric.title} of ${draws.length} random switchings, as a histogram. ${said}."
      >
        ${counts.map((count, i) => {
          const height = (tall * count) / most;
          return html`<rect
            x="${i * 10 + 0.6}"
            y="${(tall - height).toFixed(2)}"
            width="8.8"
            height="${height.toFixed(2)}"
            ><title>
              ${text((first + i) * width)} to ${text((first + i + 1) * width)}: ${formatNumber(count, 0)}
            </title></rect
          >`;
        })}
        ${marks.map(({ kind, at }) => {
          const x = place(at).toFixed(2);
          return html`<line class="${kind}" x1="${x}" x2="${x}" y1="0" y2="${tall}" />`;
        })}
      </svg>
      <div class="axis" aria-hidden="true">
        ${labels.map((i) => html`<span style="left:${left(i * 10)}%">${text((first + i) * width).replace(/\.0+%$/, "%")}</span>`)}
      </div>
    </div>
    <figcaption>
      ${marks.map(({ name, kind, at }) => html`<span class="run ${kind}">${name} ${text(at)}</span>`)}
      <span>${formatNumber(draws.length, 0)} random switchings by ${metric.title.toLowerCase()}</span>
    </figcaption>
  </figure>`;
}
