import { formatNumber, formatPercent, formatTime, type TimePrecision } from "./format.js";
import { html, type Markup } from "./html.js";

/** The account below a peak, until it has reached it again. */
export interface Fall {
  /** The peak; the capital before the first bar where that was the highest. Milliseconds, UTC, as all times here. */
  readonly from: number;
  readonly lowest: number;
  /** Null where the peak is not reached again. */
  readonly to: number | null;
  /** As a share of the peak, above 0. */
  readonly depth: number;
}

/** The deepest falls of an account at the closes of bars, deepest first; of equal ones the earlier. */
export function deepestFalls(
  time: Float64Array,
  equity: Float64Array,
  capital: number,
  most: number,
): readonly Fall[] {
  const falls: Fall[] = [];
  let [peak, from] = [capital, 0];
  for (let i = 0; i < equity.length;) {
    if (equity[i] >= peak) {
      [peak, from] = [equity[i], i];
      i += 1;
      continue;
    }
    let lowest = i;
    for (; i < equity.length && !(equity[i] >= peak); i++) if (equity[i] < equity[lowest]) lowest = i;
    falls.push({
      from: time[from],
      lowest: time[lowest],
      to: i < equity.length ? time[i] : null,
      depth: 1 - equity[lowest] / peak,
    });
  }
  return falls.sort((a, b) => b.depth - a.depth).slice(0, most);
}

const shown = 10;
const day = 86_400_000;

/** When the account was furthest below its peaks, and how long it took to come back. */
export function drawdownsSection(
  time: Float64Array,
  equity: Float64Array,
  capital: number,
  precision: TimePrecision,
): Markup {
  const falls = deepestFalls(time, equity, capital, shown);
  const last = time[time.length - 1];
  const days = (from: number, to: number): string =>
    formatNumber((to - from) / day, precision === "day" ? 0 : 1);
  const row = ({ from, lowest, to, depth }: Fall): Markup =>
    html`<tr>
      <td class="number loss">${formatPercent(-depth)}</td>
      <td>${formatTime(from, precision)}</td>
      <td>${formatTime(lowest, precision)}</td>
      <td>${to === null ? "not yet" : formatTime(to, precision)}</td>
      <td class="number">${days(from, lowest)}</td>
      <td class="number">${to === null ? "" : days(lowest, to)}</td>
      <td class="number">${days(from, to ?? last)}</td>
    </tr>`;
  return html`<section id="drawdowns" aria-labelledby="drawdowns-title" class="card">
    <h2 id="drawdowns-title">Deepest drawdowns</h2>
    ${
      falls.length === 0
        ? html`<p class="empty">The account was never below a peak.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="drawdowns-title">
            <table class="compared">
              <thead>
                <tr>
                  <th scope="col" class="number">Depth</th>
                  <th scope="col">Peak</th>
                  <th scope="col">Lowest</th>
                  <th scope="col">Back at the peak</th>
                  <th scope="col" class="number">Days down</th>
                  <th scope="col" class="number">Days up</th>
                  <th scope="col" class="number">Days in all</th>
                </tr>
              </thead>
              <tbody>
                ${falls.map(row)}
              </tbody>
            </table>
          </div>`
    }
    <p class="small">At the closes of bars; the initial capital is the first peak.</p>
  </section>`;
}
