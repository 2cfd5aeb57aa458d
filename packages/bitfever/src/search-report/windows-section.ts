import type { WalkedWindow, WalkResult, WindowSessions } from "../optimize/walk-result.js";
import type { ParameterValue } from "../parameters.js";
import { absent, formatNumber, formatPercent, formatPlain } from "../report/format.js";
import { headlineNumbers } from "../report/headline.js";
import { html, type Markup } from "../report/html.js";
import { toneOf } from "../report/metric-text.js";
import { measureText } from "./measure-text.js";

/** What each window chose, what that had come to where it was chosen, and what it came to after. */
export function windowsSection({ windows, parameters, objectives: [objective] }: WalkResult): Markup {
  const names = parameters.map(({ name }) => name);
  const value = measureText(objective.text);
  const year = (of: number | null): Markup =>
    html`<td class="number ${of === null ? "" : toneOf(of)}">
      ${of === null ? absent : formatPercent(of, true)}
    </td>`;
  const own = headlineNumbers.filter(({ name }) => name === "max_drawdown" || name === "trades");
  const row = (window: WalkedWindow, i: number): Markup =>
    html`<tr>
      <th scope="row" class="number">${i + 1}</th>
      ${sessionsCell(window.learnt)} ${sessionsCell(window.traded)}
      <td class="number">${formatNumber(window.trials, 0)}</td>
      ${names.map((name) => {
        const [now, before] = [window, windows.at(i - 1)].map((each) => each?.params?.[name]);
        const isNew = i > 0 && now !== undefined && now !== before;
        return html`<td class="number ${isNew ? "is-new" : ""}">${chosenText(now)}</td>`;
      })}
      <td class="number">${value(window.inSample)}</td>
      <td class="number">${value(window.outOfSample)}</td>
      ${year(window.inSampleReturn)} ${year(window.outOfSampleReturn)}
      ${own.map(({ name }) => html`<td class="number">${measureText(name)(window.metrics[name] ?? null)}</td>`)}
    </tr>`;
  const head = (text: string): Markup => html`<th scope="col" class="number">${text}</th>`;
  return html`<section id="windows" aria-labelledby="windows-title" class="card">
    <h2 id="windows-title">Windows</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="windows-title">
      <table class="compared windows">
        <thead>
          <tr>
            ${head("#")}
            <th scope="col">Learnt from</th>
            <th scope="col">Traded</th>
            ${head("Trials")} ${names.map(head)} ${head(`${objective.text} in`)} ${head("out")}
            ${head("Year in")} ${head("out")} ${own.map(({ label }) => head(label))}
          </tr>
        </thead>
        <tbody>
          ${windows.map(row)}
        </tbody>
      </table>
    </div>
    <p class="small">
      In is where the values were chosen, out the sessions after. A year is the mean return of a session times
      the sessions of a year. Values that changed from the window before stand out.
    </p>
  </section>`;
}

const sessionsCell = ({ from, to, sessions }: WindowSessions): Markup =>
  html`<td class="days" title="${sessions} sessions"><span>${from}</span> to <span>${to}</span></td>`;

const chosenText = (value: ParameterValue | undefined): string =>
  value === undefined ? absent : typeof value === "number" ? formatPlain(value) : String(value);
