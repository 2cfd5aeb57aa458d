import { monthsOf } from "@bitfever/engine";
import { html, type Markup } from "./html.js";
import { formatPercent, formatSigned } from "./format.js";
import { toneOf } from "./metric-text.js";

export interface YearOfReturns {
  readonly year: number;
  /** January first; null where there are no bars, or where the account was at zero or below before. */
  readonly months: readonly (number | null)[];
  readonly total: number | null;
}

/** Returns of calendar months in UTC, from the last close of one month to the last close of the next. */
export function monthlyReturns(time: Float64Array, equity: Float64Array): readonly YearOfReturns[] {
  const years: { year: number; months: (number | null)[]; total: number | null }[] = [];
  let before = equity[0];
  let beforeYear = before;
  for (const { year, month, last } of monthsOf(time)) {
    let current = years.at(-1);
    if (current?.year !== year) {
      beforeYear = before;
      current = { year, months: new Array<number | null>(12).fill(null), total: null };
      years.push(current);
    }
    current.months[month] = change(before, equity[last]);
    current.total = change(beforeYear, equity[last]);
    before = equity[last];
  }
  return years;
}

const change = (from: number, to: number): number | null => (from > 0 ? to / from - 1 : null);

const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function monthsSection(time: Float64Array, equity: Float64Array): Markup {
  const years = monthlyReturns(time, equity);
  const strongest = strongestShade(years.flatMap(({ months }) => months));
  const strongestYear = strongestShade(years.map(({ total }) => total));
  return html`<section id="months" aria-labelledby="months-title" class="card">
    <h2 id="months-title">Monthly returns</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="months-title">
      <table class="months">
        <caption class="hidden">
          Return of the account by calendar month, in percent
        </caption>
        <thead>
          <tr>
            <th scope="col">Year</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
            <th scope="col" class="total">Total</th>
          </tr>
        </thead>
        <tbody>
          ${[...years].reverse().map(
            ({ year, months, total }) =>
              html`<tr>
                <th scope="row">${year}</th>
                ${months.map((value) => cell(value, strongest, ""))}${cell(total, strongestYear, "total")}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="small">In percent of the account at the end of the month before; months of UTC.</p>
  </section>`;
}

function cell(value: number | null, strongest: number, kind: string): Markup {
  if (value === null) return html`<td class="${kind}"></td>`;
  const percent = value * 100;
  const heat = Math.min(1, Math.abs(value) / strongest).toFixed(2);
  return html`<td
    class="heat ${toneOf(value)} ${kind}"
    style="--heat:${heat}"
    title="${formatPercent(value, true)}"
  >
    ${formatSigned(percent, Math.abs(percent) < 100 ? 1 : 0)}
  </td>`;
}

/** The return that gets the full shade: few are stronger, so that one odd month does not bleach the others. */
function strongestShade(values: readonly (number | null)[]): number {
  const sizes = values.filter((value) => value !== null).map(Math.abs);
  sizes.sort((a, b) => a - b);
  return Math.max(0.001, sizes[Math.floor(0.9 * (sizes.length - 1))] ?? 0);
}
