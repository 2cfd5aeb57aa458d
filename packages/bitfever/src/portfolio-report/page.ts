import type { PortfolioCurves, PortfolioResult } from "../portfolio/result.js";
import { comparedMetrics } from "../comparison/compare.js";
import { metricsTable } from "../comparison/html.js";
import { decimalsOfMoney } from "../report/chart-data.js";
import { formatNumber } from "../report/format.js";
import { drawdownsSection } from "../report/drawdowns-section.js";
import { embedJson, html, nothing, type Markup } from "../report/html.js";
import { monthsSection } from "../report/months.js";
import { pageHead, pageScriptElement, sectionLinks, themeButton } from "../report/page-head.js";
import { portfolioScript } from "../report/page.generated.js";
import { tradesSection } from "../report/trades-section.js";
import { accountSection, partsSection } from "./accounts.js";
import { portfolioBasis } from "./basis.js";
import { chanceSection } from "./chance-section.js";
import { choicesSection } from "./choices-section.js";
import { portfolioHeadline } from "./headline.js";
import { portfolioPageData } from "./page-data.js";
import { systemsSection, systemsTable } from "./systems.js";

export interface PortfolioReportInput {
  readonly result: PortfolioResult;
  readonly curves: PortfolioCurves;
  /** What made the page, with its version: `bitfever 1.0.0`. */
  readonly generator: string;
}

/**
 * Switched systems as one HTML file that opens offline: the account beside one that is never switched, each system and
 * its shadow, chance, choices, trades, and what they rest on. The same input gives the same text.
 */
export function renderPortfolio({ result, curves, generator }: PortfolioReportInput): string {
  const moneyDecimals = decimalsOfMoney(curves.equity);
  const { systems, walk, days } = result;
  const names = systems.map(({ name }) => name).join(", ");
  const learnt =
    walk === null
      ? nothing
      : html`<span>${walk.kind} walk of ${walk.train} days and ${walk.test}, out of sample</span>`;
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`${names} · portfolio`, generator)}
      <body>
        <a class="skip" href="#account">Skip to the account</a>
        <header class="top">
          <div>
            <h1>
              ${systems.length === 1 ? "A system" : `${systems.length} systems`}, switched by their own equity
            </h1>
            <p class="about">
              <strong><bdi>${names}</bdi></strong>
              <span
                ><time datetime="${days.from}">${days.from}</time> to
                <time datetime="${days.to}">${days.to}</time></span
              >
              <span>${formatNumber(days.count, 0)} ${days.count === 1 ? "day" : "days"}</span>${learnt}
            </p>
          </div>
          ${themeButton} ${sectionLinks(linksOf(result))}
        </header>
        <main>
          ${verdictNotice(result)} ${portfolioHeadline(result, moneyDecimals)}
          ${accountSection(result, curves)} ${chanceSection(result, curves.draws)}
          ${systemsTable(result, moneyDecimals)} ${systemsSection(result, curves)}
          ${systems.length > 1 ? partsSection(curves) : nothing}
          ${walk === null ? nothing : choicesSection(result, curves)}
          ${tradesSection(systems.length > 1 ? "System" : null)} ${monthsSection(curves.time, curves.equity)}
          ${drawdownsSection(curves.time, curves.equity, result.initialCapital, "day")}
          ${metricsTable({
            runs: ["Never switched", "Switched"],
            metrics: comparedMetrics([result.always, result]),
          })}
          ${portfolioBasis(result)}
        </main>
        <footer>
          <p>
            Made by ${generator}. A backtest tells what would have happened under its assumptions; it promises
            nothing.
          </p>
        </footer>
        <div id="tip" class="bubble" aria-hidden="true" hidden></div>
        <script type="application/json" id="report-data">
          ${embedJson(portfolioPageData(result, curves, moneyDecimals))}
        </script>
        ${pageScriptElement(portfolioScript)}
      </body>
    </html> `.markup;
}

function linksOf({ systems, walk }: PortfolioResult): readonly (readonly [string, string])[] {
  const parts: readonly (readonly [string, string])[] = systems.length > 1 ? [["parts", "Allocation"]] : [];
  const choices: readonly (readonly [string, string])[] = walk === null ? [] : [["choices", "Choices"]];
  return [
    ["account", "Account"],
    ["chance", "Chance"],
    ["systems", "Systems"],
    ...parts,
    ...choices,
    ["trades", "Trades"],
    ["months", "Months"],
    ["drawdowns", "Drawdowns"],
    ["metrics", "Metrics"],
    ["basis", "Basis"],
  ];
}

/** The answer to the question the page is about, before any number. */
function verdictNotice({ verdict, chance, systems }: PortfolioResult): Markup {
  const isBeaten = chance !== null && verdict.startsWith("better");
  const tried = systems.reduce((sum, { trials }) => sum + trials, 0);
  const many =
    tried > systems.length
      ? html` ${formatNumber(tried, 0)} combinations of values were tried on the days learnt from.`
      : nothing;
  return html`<section aria-label="Verdict" class="notices">
    <ul>
      <li class="${isBeaten ? "good" : "warning"}">
        <strong>Verdict</strong> ${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.${many}
      </li>
    </ul>
  </section>`;
}
