import type { WalkResult } from "../optimize/walk-result.js";
import { absent, formatNumber, formatPercent } from "../report/format.js";
import { html, type Markup } from "../report/html.js";

/** How far a walk can be trusted, in numbers with what each tells. */
export function walkTrustSection({
  efficiency,
  certainty,
  profitableWindows,
  windows,
  equity,
  verdict,
}: WalkResult): Markup {
  const share = (value: number | null): string => (value === null ? absent : formatPercent(value));
  const rows: readonly (readonly [string, string, boolean, string])[] = [
    [
      "Certainty",
      share(certainty),
      certainty !== null && certainty < 1 - verdict.level,
      `how likely the true Sharpe ratio out of sample is above 0; ${formatPercent(1 - verdict.level)} is asked for`,
    ],
    [
      "Walk-forward efficiency",
      share(efficiency),
      efficiency !== null && efficiency < 0.5,
      efficiency === null
        ? "not known, because nothing was earned where it was chosen"
        : "what a year earned out of sample for each 1 it earned where it was chosen; from a half on what was found is said to last",
    ],
    [
      "Windows that earn",
      share(profitableWindows),
      profitableWindows <= 0.5,
      `of ${formatNumber(windows.length, 0)}: a result that comes from one of them is none`,
    ],
    [
      "Sessions out of sample",
      formatNumber(equity.length, 0),
      false,
      "traded with values that were chosen before them, so that no number of trials has to be taken off",
    ],
  ];
  return html`<section id="trust" aria-labelledby="trust-title" class="card">
    <h2 id="trust-title">How far it can be trusted</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="trust-title">
      <table class="figures">
        <thead class="hidden">
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Value</th>
            <th scope="col">What it tells</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([title, value, isDoubt, meaning]) =>
              html`<tr>
                <th scope="row">${title}</th>
                <td class="number ${isDoubt ? "caution" : ""}">${value}</td>
                <td>${meaning}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
