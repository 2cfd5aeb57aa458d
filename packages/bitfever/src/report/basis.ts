import type { BacktestResult } from "@bitfever/engine";
import { adjustmentText } from "../adjustment-text.js";
import {
  absent,
  formatInterval,
  formatNumber,
  formatPlain,
  formatTime,
  type TimePrecision,
} from "./format.js";
import { instrumentText } from "../instrument-text.js";
import { html, type Markup } from "./html.js";

type Value = string | number | boolean | null;

/** What a run rests on: enough to repeat it, and to see that two reports are of the same thing. */
export function basisSection(result: BacktestResult, precision: TimePrecision): Markup {
  const { program, data, counts, instruments } = result;
  const time = (iso: string): string => formatTime(Date.parse(iso), precision);
  return html`<section id="basis" aria-labelledby="basis-title" class="card">
    <h2 id="basis-title">What this rests on</h2>
    <div class="three">
      <div>
        ${facts("Data", {
          Symbol: data.symbol,
          Interval: data.intervalMs === 0 ? absent : formatInterval(data.intervalMs),
          Bars: data.bars,
          From: time(data.from),
          To: time(data.to),
          "Warm-up, bars": result.warmup,
          ...(data.adjustment && { "Corporate actions": adjustmentText(data.adjustment) }),
        })}
        ${facts("Counts", {
          "Parameter sets tried": result.trials,
          "Ambiguous fills": counts.ambiguousFills,
          "Reduced entries": counts.reducedOrders,
          "Rejected entries": counts.rejectedOrders,
          "Absent entries": counts.absentOrders,
          ...(counts.closeFills > 0 && { "Fills at the deciding close": counts.closeFills }),
        })}
      </div>
      ${facts("Parameters", result.params)} ${facts("Settings", result.settings)}
      ${instruments === undefined ? "" : facts("Instruments", instrumentFacts(instruments), "wide")}
      ${facts(
        "Hashes",
        {
          ...{ Program: program.hash, Data: data.hash, Settings: result.settingsHash },
          ...(data.adjustment && { Actions: data.adjustment.hash }),
        },
        "wide",
      )}
    </div>
  </section>`;
}

const instrumentFacts = (
  instruments: NonNullable<BacktestResult["instruments"]>,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(instruments).map(([symbol, each]) => [symbol, instrumentText(each)]));

/** Names and values in a column. */
export function facts(title: string, values: Readonly<Record<string, Value>>, kind = ""): Markup {
  const entries = Object.entries(values);
  return html`<div class="facts ${kind}">
    <h3>${title}</h3>
    ${
      entries.length === 0
        ? html`<p class="empty">None.</p>`
        : html`<dl>
            ${entries.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd><bdi>${valueText(value)}</bdi></dd>
                </div>`,
            )}
          </dl>`
    }
  </div>`;
}

function valueText(value: Value): string {
  if (value === null) return absent;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? formatNumber(value, 0) : formatPlain(value);
}
