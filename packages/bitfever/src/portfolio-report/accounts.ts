import type { PortfolioCurves, PortfolioResult } from "../portfolio/result.js";
import { drawdown } from "../report/chart-data.js";
import { daysFigure, kindOf } from "../report/days-figure.js";
import { formatCompact, formatTick } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import type { ChartPane } from "../report/line-chart.js";

/** The account over the days, how far below its peak it was, and how much of it was at risk. */
export function accountSection({ systems }: PortfolioResult, curves: PortfolioCurves): Markup {
  const { time, equity, always, position } = curves;
  const panes: readonly ChartPane[] = [
    {
      height: 270,
      text: formatCompact,
      lines: [
        { name: "Switched", kind: "equity", time, values: equity },
        { name: "Never switched", kind: "hold", time, values: always },
      ],
    },
    {
      height: 120,
      text: formatTick,
      lines: [
        { name: "Below the peak", kind: "loss", time, values: drawdown(equity), isArea: true },
        { name: "Never switched", kind: "hold", time, values: drawdown(always) },
      ],
    },
    {
      height: 80,
      text: formatTick,
      lines: [{ name: "Held, of the account", kind: "series-2", time, values: position, isArea: true }],
    },
  ];
  return html`<section id="account" aria-labelledby="account-title" class="card">
    <h2 id="account-title">Account</h2>
    ${daysFigure("account", "The account, switched and never switched, below its peak, and how much of it was held", curves, panes)}
    <p class="small">
      At the ends of days in UTC. Never switched is the same ${systems.length === 1 ? "system" : "systems"} on
      the same days without any filter.
    </p>
  </section>`;
}

/** Whose the account was: the part of each system, one on top of the other. */
export function partsSection(curves: PortfolioCurves): Markup {
  const { time, equity, systems } = curves;
  const sums = systems.map((_, i) =>
    time.map((_, day) =>
      equity[day] === 0
        ? NaN
        : systems.slice(0, i + 1).reduce((sum, each) => sum + each.equity[day], 0) / equity[day],
    ),
  );
  const nothingBelow = new Float64Array(time.length);
  const lines = systems.map(({ name }, i) => {
    return { name, kind: kindOf(i), time, values: sums[i], isArea: true, base: sums[i - 1] ?? nothingBelow };
  });
  return html`<section id="parts" aria-labelledby="parts-title" class="card">
    <h2 id="parts-title">Allocation</h2>
    ${daysFigure("parts", "The part of the account that each system had", curves, [{ height: 220, text: formatTick, lines }])}
    <p class="small">
      Each system sizes its orders by its part. What it holds stays with it when it is switched off, until it
      is sold.
    </p>
  </section>`;
}
