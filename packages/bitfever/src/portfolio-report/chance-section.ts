import { metrics } from "@bitfever/engine";
import type { Chance, PortfolioResult } from "../portfolio/result.js";
import { absent, formatNumber, formatPercent } from "../report/format.js";
import { html, nothing, type Markup } from "../report/html.js";
import { markedHistogram } from "../report/marked-histogram.js";
import { valueText } from "../report/metric-text.js";

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
        : markedHistogram({
            values: known,
            marks: [
              { name: "Switched", kind: "equity", at: value },
              { name: "Never switched", kind: "hold", at: result.always.metrics[metric.name] ?? null },
            ],
            title: `${metric.title} of ${known.length} random switchings`,
            caption: `${formatNumber(known.length, 0)} random switchings by ${metric.title.toLowerCase()}`,
            text,
          })
    }
    <p class="small">
      A p-value is of one filter that was chosen beforehand: who tries ten and reports the best has ten
      chances.
    </p>`;
}
