import type { WalkResult } from "../optimize/walk-result.js";
import { absent, formatNumber, formatPercent } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import { figuresTable, type FigureRow } from "./figures-table.js";

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
  const rows: readonly FigureRow[] = [
    {
      title: "Certainty",
      value: share(certainty),
      isDoubt: certainty !== null && certainty < 1 - verdict.level,
      meaning: `how likely the true Sharpe ratio out of sample is above 0; ${formatPercent(1 - verdict.level)} is asked for`,
    },
    {
      title: "Walk-forward efficiency",
      value: share(efficiency),
      isDoubt: efficiency !== null && efficiency < 0.5,
      meaning:
        efficiency === null
          ? "not known, because nothing was earned where it was chosen"
          : "what a year earned out of sample for each 1 it earned where it was chosen; from a half on what was found is said to last",
    },
    {
      title: "Windows that earn",
      value: share(profitableWindows),
      isDoubt: profitableWindows <= 0.5,
      meaning: `of ${formatNumber(windows.length, 0)}: a result that comes from one of them is none`,
    },
    {
      title: "Sessions out of sample",
      value: formatNumber(equity.length, 0),
      isDoubt: false,
      meaning:
        "traded with values that were chosen before them, so that no number of trials has to be taken off",
    },
  ];
  return html`<section id="trust" aria-labelledby="trust-title" class="card">
    <h2 id="trust-title">How far it can be trusted</h2>
    ${figuresTable("trust-title", rows)}
  </section>`;
}
