import type { BacktestResult } from "@bitfever/engine";
import { flowSums, type FlowSum } from "../cash-flows.js";
import { formatNumber, formatSigned, formatTime, type TimePrecision } from "./format.js";
import { html, nothing, type Markup } from "./html.js";

type Flow = NonNullable<BacktestResult["cashFlows"]>[number];

/** Entries that are shown one by one; of charges for each night there are thousands. */
const shown = 200;

/** What came and went without a trade: summed by its reason, and one by one where that can be read. */
export function cashFlowsSection(result: BacktestResult, precision: TimePrecision): Markup {
  const { cashFlows = [] } = result;
  return html`<section id="cash-flows" aria-labelledby="cash-flows-title" class="card">
    <h2 id="cash-flows-title">Cash flows</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="cash-flows-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col" class="number">Entries</th>
            <th scope="col" class="number">Amount</th>
          </tr>
        </thead>
        <tbody>
          ${flowSums(result).map(sumRow)}
        </tbody>
      </table>
    </div>
    ${
      cashFlows.length > shown
        ? html`<p class="small">There are too many to list; the result has each of them.</p>`
        : entries(cashFlows, precision)
    }
  </section>`;
}

const sumRow = ({ reason, count, amount }: FlowSum): Markup =>
  html`<tr>
    <th scope="row">${reason}</th>
    <td class="number">${formatNumber(count, 0)}</td>
    <td class="number">${formatSigned(amount, 2)}</td>
  </tr>`;

function entries(flows: readonly Flow[], precision: TimePrecision): Markup {
  const hasSymbols = flows.some(({ symbol }) => symbol !== undefined);
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="Cash flows one by one">
    <table>
      <thead>
        <tr>
          <th scope="col">Bar</th>
          ${hasSymbols ? html`<th scope="col">Symbol</th>` : nothing}
          <th scope="col">Reason</th>
          <th scope="col" class="number">Amount</th>
          <th scope="col">Note</th>
        </tr>
      </thead>
      <tbody>
        ${flows.map(
          (each) =>
            html`<tr>
              <th scope="row">
                <time datetime="${each.time}">${formatTime(Date.parse(each.time), precision)}</time>
              </th>
              ${hasSymbols ? html`<td><bdi>${each.symbol ?? ""}</bdi></td>` : nothing}
              <td>${each.reason}</td>
              <td class="number">${formatSigned(each.amount, 2)}</td>
              <td><bdi>${noteOf(each)}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const noteOf = ({ note, asked }: Flow): string =>
  [note, asked === undefined ? undefined : `${formatSigned(asked, 2)} was asked for`]
    .filter((each) => each !== undefined)
    .join("; ");
