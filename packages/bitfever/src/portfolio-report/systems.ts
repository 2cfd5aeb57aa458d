import { dayMs } from "@bitfever/engine";
import type { PortfolioCurves, PortfolioResult, SwitchedSystem, SystemCurves } from "../portfolio/result.js";
import { drawdown } from "../report/chart-data.js";
import { daysFigure } from "../report/days-figure.js";
import { formatNumber, formatPercent, formatSigned, formatTick } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import { toneOf } from "../report/metric-text.js";

/** What each system did, in numbers. */
export function systemsTable({ systems, trades }: PortfolioResult, moneyDecimals: number): Markup {
  const money = (value: number): Markup =>
    html`<td class="number ${toneOf(value)}">${formatSigned(value, moneyDecimals)}</td>`;
  const row = (system: SwitchedSystem): Markup => {
    const own = trades.filter((each) => each.system === system.name);
    const closed = own.filter(({ exitTime }) => exitTime !== null);
    const won = closed.filter(({ profit }) => profit > 0).length / closed.length;
    const total = (of: (trade: (typeof own)[number]) => number): number =>
      own.reduce((sum, each) => sum + of(each), 0);
    return html`<tr>
      <th scope="row"><bdi>${system.name}</bdi></th>
      <td><code>${system.filter}</code></td>
      <td class="number">${formatPercent(system.onShare)}</td>
      <td class="number">${formatNumber(system.spells, 0)}</td>
      <td class="number">${formatNumber(own.length, 0)}</td>
      <td class="number">${formatPercent(won)}</td>
      ${money(total(({ profit }) => profit))}
      <td class="number">
        ${formatNumber(
          total(({ commission }) => commission),
          moneyDecimals,
        )}
      </td>
      ${money(system.cashFlow)}
      <td class="number">${formatNumber(system.closedBySwitch, 0)}</td>
      <td class="number">${formatSigned(system.moved, moneyDecimals)}</td>
      <td class="number">${formatNumber(system.equity, moneyDecimals)}</td>
    </tr>`;
  };
  const headings = [
    ...["On", "Spells", "Trades", "Won", "Profit", "Commission", "Holding", "Closed by it", "Moved to it"],
    "At the end",
  ];
  return html`<section id="systems" aria-labelledby="systems-title" class="card">
    <h2 id="systems-title">Systems</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="systems-title">
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">System</th>
            <th scope="col">Filter</th>
            ${headings.map((each) => html`<th scope="col" class="number">${each}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${systems.map(row)}
        </tbody>
      </table>
    </div>
    <p class="small">
      On is the share of its sessions; profit is that of its trades, after commission; holding is what was
      charged or credited for positions; closed by it are positions that the switch ended; moved to it is
      money from the other systems, less what went to them.
    </p>
  </section>`;
}

/** Each system and its shadow, and when it was on. */
export const systemsSection = ({ systems }: PortfolioResult, curves: PortfolioCurves): Markup =>
  html`${systems.map((system, i) => systemCard(system, i, curves))}`;

function systemCard(
  { name, filter, onShare, spells }: SwitchedSystem,
  i: number,
  curves: PortfolioCurves,
): Markup {
  const { time } = curves;
  const { growth, shadow, on } = curves.systems[i];
  const marked = spellsOf({ time, on });
  const grown = (values: Float64Array): Float64Array => values.map((each) => each - 1);
  return html`<section aria-labelledby="system-${i}-title" class="card">
    <h2 id="system-${i}-title"><bdi>${name}</bdi></h2>
    ${daysFigure(
      `system-${i}`,
      `Growth of ${name} and of its shadow, which is never switched off, and how far below its peak each was`,
      curves,
      [
        {
          height: 200,
          text: formatTick,
          spells: marked,
          lines: [
            { name: "Switched", kind: "equity", time, values: grown(growth) },
            { name: "Shadow", kind: "hold", time, values: grown(shadow) },
          ],
        },
        {
          height: 100,
          text: formatTick,
          spells: marked,
          lines: [
            { name: "Below the peak", kind: "loss", time, values: drawdown(growth), isArea: true },
            { name: "Shadow", kind: "hold", time, values: drawdown(shadow) },
          ],
        },
      ],
    )}
    <p class="small">
      On in ${formatPercent(onShare)} of its sessions, in ${formatNumber(spells, 0)}
      ${spells === 1 ? "spell" : "spells"}, which are shaded: as <code>${filter}</code> said of the shadow.
      Growth leaves out what was moved to it or away.
    </p>
  </section>`;
}

/** The times from one day on to the first of another answer. */
function spellsOf({ time, on }: Pick<SystemCurves, "on"> & { readonly time: Float64Array }): readonly {
  readonly from: number;
  readonly to: number;
}[] {
  const spells: { from: number; to: number }[] = [];
  on.forEach((isOn, day) => {
    if (isOn === 0) return;
    const to = day + 1 < time.length ? time[day + 1] : time[day] + dayMs;
    const last = spells.at(-1);
    if (last?.to === time[day]) last.to = to;
    else spells.push({ from: time[day], to });
  });
  return spells;
}
