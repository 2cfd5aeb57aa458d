import type { BacktestResult, PathOutcome } from "@bitfever/engine";
import { carriesOf, transfersOf, unpaid } from "../cash-flows.js";
import { absent, formatNumber, formatPercent, formatSigned } from "./format.js";
import { html, nothing, type Markup } from "./html.js";

export interface Notice {
  readonly kind: "warning" | "note";
  readonly text: string;
}

/** What a careful reader wants to know before believing the numbers of a result. */
export const noticesOf = (result: BacktestResult): readonly Notice[] => [
  ...warnings(result),
  ...notes(result),
];

/** The same on the page, and what its chart does not show. */
export function notices(result: BacktestResult, group: number, leftOut: readonly string[]): Markup {
  const said = [...noticesOf(result), ...notesOfChart(group, leftOut)];
  if (said.length === 0) return nothing;
  return html`<section aria-label="Warnings and notes" class="notices">
    <ul>
      ${said.map(
        ({ kind, text }) =>
          html`<li class="${kind}"><strong>${kind === "warning" ? "Warning" : "Note"}</strong> ${text}</li>`,
      )}
    </ul>
  </section>`;
}

function warnings(result: BacktestResult): readonly Notice[] {
  const { counts, settings, ambiguity } = result;
  const said: string[] = [];
  const { ambiguousFills, reducedOrders, rejectedOrders, absentOrders, closeFills } = counts;
  if (closeFills > 0) {
    said.push(
      `${several(closeFills, "fill", "fills")} happened at the close that decided them. Nobody can trade at a price and know it: trading would be less kind than these numbers.`,
    );
  }
  if (ambiguousFills > 0) {
    const path = settings["path"];
    const chosen = path === undefined || path === null ? "" : ` They follow the path “${path}”.`;
    said.push(
      `${several(ambiguousFills, "fill depends", "fills depend")} on the order of prices inside a bar, which its four prices do not decide.${chosen}${band(ambiguity)}`,
    );
  }
  if (rejectedOrders > 0) {
    said.push(
      `${several(rejectedOrders, "entry was", "entries were")} not placed: no size left after rounding, no cash, or a stop on the wrong side.`,
    );
  }
  if (reducedOrders > 0) {
    said.push(
      `${several(reducedOrders, "entry was", "entries were")} made smaller because the account could not pay for all of it.`,
    );
  }
  if (absentOrders > 0) {
    said.push(
      `${several(absentOrders, "entry was", "entries were")} not placed because a price or a size was absent at that bar.`,
    );
  }
  const { count, amount } = unpaid(result);
  if (count > 0) {
    said.push(
      `${several(count, "withdrawal", "withdrawals")} got ${formatNumber(amount, 2)} less than asked for, because no more of the account was free.`,
    );
  }
  return said.map((text) => ({ kind: "warning", text }));
}

/** What the run would have come to along the other paths. */
function band(ambiguity: BacktestResult["ambiguity"]): string {
  if (ambiguity === null) return "";
  const { worst, best } = ambiguity;
  const outcome = ({ net_profit, max_drawdown }: PathOutcome): string =>
    `${net_profit === null ? absent : formatSigned(net_profit, 2)} with a drawdown of ${max_drawdown === null ? absent : formatPercent(max_drawdown)}`;
  return ` Along the worst path the net profit is ${outcome(worst)}, along the best ${outcome(best)}.`;
}

function notes(result: BacktestResult): readonly Notice[] {
  return [...notesOfTrials(result), ...notesOfCarry(result), ...notesOfTransfers(result)];
}

function notesOfCarry(result: BacktestResult): readonly Notice[] {
  const charges = carriesOf(result);
  if (charges.length === 0) return [];
  const amount = charges.reduce((sum, each) => sum + each.amount, 0);
  const count = charges.reduce((sum, each) => sum + each.count, 0);
  const text = `Holding changed the account by ${formatSigned(amount, 2)} in ${several(count, "charge", "charges")}, which is in the equity and in no trade’s profit.`;
  return [{ kind: "note", text }];
}

function notesOfTransfers(result: BacktestResult): readonly Notice[] {
  const moved = transfersOf(result);
  if (moved.length === 0) return [];
  const amount = moved.reduce((sum, each) => sum + each.amount, 0);
  const count = moved.reduce((sum, each) => sum + each.count, 0);
  const text = `Deposits and withdrawals changed the account by ${formatSigned(amount, 2)}, ${several(count, "time", "times")} in all. The account curve has them; returns, drawdowns and what is made of them are told as if there had been none.`;
  return [{ kind: "note", text }];
}

function notesOfTrials({ trials }: BacktestResult): readonly Notice[] {
  if (trials === 1) return [];
  const text = `${formatNumber(trials, 0)} parameter sets were tried to arrive at this one: the best of many is in part luck.`;
  return [{ kind: "note", text }];
}

function notesOfChart(group: number, leftOut: readonly string[]): readonly Notice[] {
  const said: string[] = [];
  if (group > 1) {
    said.push(
      `There are too many bars to draw: each candle of the chart shows ${group} bars. Metrics and trades rest on the bars themselves.`,
    );
  }
  if (leftOut.length > 0) {
    said.push(`Not drawn, to keep the page small: ${leftOut.join(", ")}.`);
  }
  return said.map((text) => ({ kind: "note", text }));
}

const several = (count: number, one: string, many: string): string =>
  `${formatNumber(count, 0)} ${count === 1 ? one : many}`;
