import { limits as definitions } from "@bitfever/runtime";
import type { LimitUse } from "@bitfever/engine";
import { formatNumber, formatPlain } from "./format.js";
import { html, type Markup } from "./html.js";

const actions: Readonly<Record<LimitUse["action"], string>> = {
  block: "no new entries",
  flatten: "closes everything",
  halt: "closes everything, for good",
};

/** The program's limits and how often each acted: one that never did is as worth knowing. */
export function limitsSection(limits: readonly LimitUse[]): Markup {
  return html`<section id="limits" aria-labelledby="limits-title" class="card">
    <h2 id="limits-title">Limits</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="limits-title">
      <table class="limits">
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col" class="number">At most</th>
            <th scope="col" class="number">Acted</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          ${limits.map(row)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row({ measure, most, action, fired }: LimitUse): Markup {
  const definition = definitions.find(({ name }) => name === measure);
  if (definition === undefined) throw new Error(`report: no limit ${measure}`);
  return html`<tr>
    <th scope="row"><code>${measure}</code> <span class="measured">${definition.summary}</span></th>
    <td class="number">${definition.unit === "ratio" ? percent(most) : formatPlain(most)}</td>
    <td class="number ${fired > 0 ? "fired" : ""}">${times(fired)}</td>
    <td><code>${action}</code>: ${actions[action]}</td>
  </tr>`;
}

/** As a program writes it: `20%`, not `20.00%`. */
const percent = (ratio: number): string => `${formatPlain(Number((ratio * 100).toPrecision(12)))}%`;

const times = (count: number): string =>
  count === 0 ? "never" : count === 1 ? "once" : `${formatNumber(count, 0)} times`;
