import type { WalkResult } from "../optimize/walk-result.js";
import { drawdown } from "../report/chart-data.js";
import { packColumn } from "../report/column.js";
import { daysFigure, kindOf } from "../report/days-figure.js";
import { absent, formatCompact, formatNumber, formatTick } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import type { ChartLine, ChartPane } from "../report/line-chart.js";
import type { CursorRow, WalkPageData } from "../report/page-data.js";

/** The sessions out of sample, one after the other. */
export interface WalkedDays {
  /** Milliseconds, UTC. */
  readonly time: Float64Array;
  readonly equity: Float64Array;
  /** Before the first of them. */
  readonly capital: number;
  /** The place of the window of each. */
  readonly window: Int32Array;
}

export function walkedDays({ equity, windows, metrics }: WalkResult): WalkedDays {
  const starts = windows.map(({ traded }) => traded.from);
  const last = equity.at(-1)?.equity ?? 0;
  const profit = metrics["net_profit"] ?? null;
  return {
    time: Float64Array.from(equity, ({ date }) => Date.parse(date)),
    equity: Float64Array.from(equity, (each) => each.equity),
    capital: profit === null ? (equity.at(0)?.equity ?? 0) : last - profit,
    window: Int32Array.from(equity, ({ date }) => starts.findLastIndex((start) => start <= date)),
  };
}

/** Every second window, to be shaded so that their borders are seen. */
export function everySecond(
  windows: WalkResult["windows"],
  { time, window }: WalkedDays,
): readonly {
  readonly from: number;
  readonly to: number;
}[] {
  return windows.flatMap((_, place) => {
    if (place % 2 === 0) return [];
    const [from, next] = [window.indexOf(place), window.indexOf(place + 1)];
    return from < 0 ? [] : [{ from: time[from], to: next < 0 ? time[time.length - 1] : time[next] }];
  });
}

/** A value of each window as a line with steps: one point where each begins, and one at the end of the last. */
export function windowLine(
  { window, time }: WalkedDays,
  of: (place: number) => number | null,
): Pick<ChartLine, "time" | "values" | "isStep"> {
  const starts = Array.from(window.keys()).filter((day) => window[day] !== window[day - 1]);
  const points = [...starts, window.length - 1];
  return {
    time: points.map((day) => time[day]),
    values: points.map((day) => of(window[day]) ?? NaN),
    isStep: true,
  };
}

/** The account out of sample, how far it was below its peak, and the objective of each window in sample and out of it. */
export function walkPanes(
  { windows, objectives: [{ text: objective }] }: WalkResult,
  days: WalkedDays,
  [account, below, measured]: readonly [number, number, number],
): readonly ChartPane[] {
  const { time, equity } = days;
  const spells = everySecond(windows, days);
  return [
    {
      height: account,
      text: formatCompact,
      spells,
      lines: [{ name: "Account", kind: "equity", time, values: equity }],
    },
    {
      height: below,
      text: formatTick,
      spells,
      lines: [{ name: "Below the peak", kind: "loss", time, values: drawdown(equity), isArea: true }],
    },
    {
      height: measured,
      text: formatNumber,
      spells,
      lines: [
        {
          ...windowLine(days, (place) => windows[place].outOfSample),
          ...{ name: `${objective} out of sample`, kind: "equity" },
        },
        {
          ...windowLine(days, (place) => windows[place].inSample),
          ...{ name: "where it was chosen", kind: "hold" },
        },
      ],
    },
  ];
}

/** The account out of sample, all windows as one, and how far it was below its peak. */
export function walkAccountSection(result: WalkResult, days: WalkedDays): Markup {
  return html`<section id="account" aria-labelledby="account-title" class="card">
    <h2 id="account-title">Out of sample, all windows as one account</h2>
    ${daysFigure(
      "account",
      "The account out of sample, how far it was below its peak, and the objective of each window in sample and out of it",
      days,
      walkPanes(result, days, [270, 110, 150]),
    )}
    <p class="small">
      Every second window is shaded. All of it was traded with values that were chosen on sessions before.
      Where the objective out of sample is far below that where it was chosen, the choice fitted the past.
    </p>
  </section>`;
}

/** What the page of a walk carries for its script. */
export function walkPageData(
  { windows, parameters, objectives: [objective] }: WalkResult,
  { time, equity, window }: WalkedDays,
  moneyDecimals: number,
): WalkPageData {
  const perWindow = (of: (place: number) => number | null): ReturnType<typeof packColumn> =>
    packColumn(
      Float64Array.from(window, (place) => of(place) ?? NaN),
      4,
    );
  return {
    moneyDecimals,
    cursor: {
      time: packColumn(time, 0),
      rows: {
        account: [
          { name: "Window", kind: "", unit: "count", values: perWindow((place) => place + 1) },
          { name: "Account", kind: "equity", unit: "money", values: packColumn(equity, moneyDecimals) },
          { name: "Below the peak", kind: "loss", unit: "ratio", values: packColumn(drawdown(equity), 5) },
          {
            name: `${objective.text} out of sample`,
            kind: "equity",
            unit: "number",
            values: perWindow((place) => windows[place].outOfSample),
          },
          {
            name: "where it was chosen",
            kind: "hold",
            unit: "number",
            values: perWindow((place) => windows[place].inSample),
          },
        ],
        drift: parameters.map(({ name }, i): CursorRow => {
          const chosen = windows.map(({ params }) => (params === null ? absent : String(params[name])));
          const texts = [...new Set(chosen)];
          const values = perWindow((place) => texts.indexOf(chosen[place]));
          return { name, kind: kindOf(i), unit: "text", texts, values };
        }),
      },
    },
  };
}
