import { metrics } from "@bitfever/engine";
import type { PortfolioResult } from "../portfolio/result.js";
import { headlineNumbers } from "../report/headline.js";
import { html, type Markup } from "../report/html.js";
import { metricTexts, withTip } from "../report/metric-text.js";

/** The numbers a reader looks for first, each beside what it is where nothing is ever switched off. */
export function portfolioHeadline(result: PortfolioResult, moneyDecimals: number): Markup {
  const catalogue = [...metrics.values()];
  const [switched, always] = [result, result.always].map((each) =>
    metricTexts(each, catalogue, moneyDecimals),
  );
  const formulas = new Map(catalogue.map(({ name, formula }) => [name, formula]));
  return html`<section aria-label="Headline numbers" class="headline">
    <dl class="tiles">
      ${headlineNumbers.map(({ name, label }) => {
        const { text, tone, reason } = switched(name);
        return html`<div class="tile">
          <dt>${withTip(`tile-${name}`, label, reason ?? formulas.get(name) ?? name)}</dt>
          <dd class="${tone}">${text}</dd>
          <dd class="beside">${always(name).text} never switched</dd>
        </div>`;
      })}
    </dl>
  </section>`;
}
