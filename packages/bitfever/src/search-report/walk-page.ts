import { metrics } from "@bitfever/engine";
import type { WalkResult } from "../optimize/walk-result.js";
import { decimalsOfMoney } from "../report/chart-data.js";
import { drawdownsSection } from "../report/drawdowns-section.js";
import { headline } from "../report/headline.js";
import { embedJson, html, nothing } from "../report/html.js";
import { metricsSection } from "../report/metric-table.js";
import { metricTexts } from "../report/metric-text.js";
import { monthsSection } from "../report/months.js";
import { linkIf, pageHead, pageScriptElement, type SectionLink } from "../report/page-head.js";
import { searchStyle, walkScript } from "../report/page.generated.js";
import { programSection } from "../report/program.js";
import { searchFoot, searchHead } from "./search-head.js";
import { searchBasis } from "./study-basis.js";
import type { SearchPageOptions } from "./study-page.js";
import { verdictNotices } from "./verdict.js";
import { walkAccountSection, walkPageData, walkedDays } from "./walk-account.js";
import { driftSection } from "./walk-drift.js";
import { walkTrustSection } from "./walk-trust.js";
import { windowsSection } from "./windows-section.js";

/**
 * A walk-forward as one HTML file that opens offline: verdict, the account out of sample with its windows, what each chose and
 * came to, and how far its parameters wandered. The same input gives the same text.
 *
 * @param generator  what made the page, with its version
 */
export function renderWalk(
  result: WalkResult,
  { programText }: Pick<SearchPageOptions, "programText">,
  generator: string,
): string {
  const { windows, kind, train, test, purge, method, verdict, stopped, ruined } = result;
  const days = walkedDays(result);
  const isWalked = days.time.length > 0;
  const catalogue = [...metrics.values()];
  const moneyDecimals = decimalsOfMoney(days.equity);
  const textOf = metricTexts(result, catalogue, moneyDecimals);
  const links: readonly SectionLink[] = [
    ...linkIf(isWalked, "account", "Account"),
    ...linkIf(isWalked, "trust", "Trust"),
    ...linkIf(isWalked, "windows", "Windows"),
    ...linkIf(isWalked, "drift", "Drift"),
    ...linkIf(isWalked, "months", "Months"),
    ...linkIf(isWalked, "drawdowns", "Drawdowns"),
    ...linkIf(isWalked, "metrics", "Metrics"),
    ["basis", "Basis"],
    ...linkIf(programText !== undefined, "program", "Program"),
  ];
  const trials = windows.reduce((sum, each) => sum + each.trials, 0);
  const how = `${kind} walk of ${train} sessions and ${test}, ${method.name}`;
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`${result.program.name} · walk-forward`, generator, searchStyle)}
      <body>
        <a class="skip" href="#windows">Skip to the windows</a>
        ${searchHead(result, how, links)}
        <main>
          ${verdictNotices(verdict, [
            ...(stopped ? ["It was stopped before it was over."] : []),
            ...(ruined
              ? ["The last window has left nothing to trade with: those after it are not there."]
              : []),
            ...idleWarning(windows),
          ])}
          ${
            isWalked
              ? html`${headline(textOf, catalogue)} ${walkAccountSection(result, days)}
                ${walkTrustSection(result)} ${windowsSection(result)} ${driftSection(result, days)}
                ${monthsSection(days.time, days.equity)}
                ${drawdownsSection(days.time, days.equity, days.capital, "day")}
                ${metricsSection(textOf, catalogue)}`
              : nothing
          }
          ${searchBasis(
            result,
            {
              Windows: windows.length,
              Kind: kind,
              "Sessions learnt from": train,
              "Sessions traded": test,
              "Sessions left out before each test": purge,
              "Trials in all": trials,
            },
            windows.flatMap(({ params }) => (params === null ? [] : [params])),
          )}
          ${programText === undefined ? nothing : programSection(programText)}
        </main>
        ${searchFoot(generator)}
        <div id="tip" class="bubble" aria-hidden="true" hidden></div>
        <script type="application/json" id="report-data">
          ${embedJson(walkPageData(result, days, moneyDecimals))}
        </script>
        ${pageScriptElement(walkScript)}
      </body>
    </html> `.markup;
}

function idleWarning(windows: WalkResult["windows"]): readonly string[] {
  const idle = windows.filter(({ params }) => params === null).length;
  if (idle === 0) return [];
  return [
    `In ${idle} of ${windows.length} windows no trial kept all constraints and had a value: nothing was traded there.`,
  ];
}
