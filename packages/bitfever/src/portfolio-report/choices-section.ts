import { equityFilters, metrics } from "@bitfever/engine";
import type { ChosenWindow, PortfolioCurves, PortfolioResult, SwitchedSystem } from "../portfolio/result.js";
import { absent, formatPercent, formatPlain } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import { toneOf, valueText } from "../report/metric-text.js";

/** Which values each window of the walk was traded with, what they had come to before, and what they came to. */
export function choicesSection({ systems, objective }: PortfolioResult, curves: PortfolioCurves): Markup {
  return html`<section id="choices" aria-labelledby="choices-title" class="card">
    <h2 id="choices-title">Choices of the walk</h2>
    ${systems.map((system, i) => table(system, objective, { time: curves.time, ...curves.systems[i] }))}
    <p class="small">
      The values that were best by ${objective} on the days learnt from, each combination run for itself with
      its costs, are used on the days behind them.
    </p>
  </section>`;
}

type Grown = Pick<PortfolioCurves, "time"> & Pick<PortfolioCurves["systems"][number], "growth" | "shadow">;

function table({ name, filter, trials, windows }: SwitchedSystem, objective: string, curves: Grown): Markup {
  const values = Object.keys(windows[0]?.values ?? {});
  const metric = metrics.get(objective);
  const value = (at: number | null): string => (at === null ? absent : valueText(at, metric?.unit, 2, false));
  const row = ({ learntFrom, learntTo, from, to, values: chosen, objective: best }: ChosenWindow): Markup =>
    html`<tr>
      <td class="days"><span>${learntFrom ?? absent}</span> to <span>${learntTo ?? absent}</span></td>
      <td class="days"><span>${from}</span> to <span>${to}</span></td>
      ${values.map((each) => html`<td class="number">${valueOf(filter, each, chosen[each])}</td>`)}
      <td class="number">${value(best)}</td>
      ${[curves.growth, curves.shadow].map((growth) => {
        const grown = growthBetween(growth, curves.time, from, to);
        const text = formatPercent(grown, true);
        return html`<td class="number ${/[1-9]/.test(text) ? toneOf(grown) : ""}">${text}</td>`;
      })}
    </tr>`;
  return html`<h3 class="of">
      <bdi>${name}</bdi>: ${filter}, ${trials} ${trials === 1 ? "combination" : "combinations"}
    </h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Choices of ${name}">
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">Learnt from</th>
            <th scope="col">Used on</th>
            ${values.map((each) => html`<th scope="col" class="number">${each}</th>`)}
            <th scope="col" class="number">${metric?.title ?? objective} learnt</th>
            <th scope="col" class="number">Switched</th>
            <th scope="col" class="number">Shadow</th>
          </tr>
        </thead>
        <tbody>
          ${windows.map(row)}
        </tbody>
      </table>
    </div>`;
}

/** A value of a filter's parameter, as it is written in the file: 5% or 20. */
function valueOf(filter: string, parameter: string, value: number): string {
  const { unit } = equityFilters
    .find(({ name }) => name === filter)
    ?.parameters.find(({ name }) => name === parameter) ?? { unit: null };
  return unit === "ratio" ? `${formatPlain(Number((value * 100).toPrecision(12)))}%` : formatPlain(value);
}

/** What 1 before the first of some days had become after the last, less that 1. */
function growthBetween(growth: Float64Array, time: Float64Array, from: string, to: string): number {
  const first = time.indexOf(Date.parse(from));
  const before = first === 0 ? 1 : growth[first - 1];
  return growth[time.indexOf(Date.parse(to))] / before - 1;
}
