import { metrics } from "@bitfever/engine";
import type { WalkedWindow, WalkResult } from "../../optimize/walk-result.js";
import { absent, formatNumber, formatPercent, formatPlain } from "../../report/format.js";
import { html } from "../../report/html.js";
import { toneOf } from "../../report/metric-text.js";
import { measureText } from "../../search-report/measure-text.js";
import { verdictNotices } from "../../search-report/verdict.js";
import { walkPicture } from "../pictures/account.js";
import { shownTable, tiles, type ShownColumn } from "../table.js";
import { defineView, htmlPart, isOfSchema, rowsShown, svgPart } from "../view.js";

/** A walk-forward: the verdict, what it came to out of sample, the account, and what each window chose. */
export const walk = defineView({
  name: "the result of a walk-forward",
  recognise: (value): value is WalkResult => isOfSchema(value, "bitfever/walk@1"),
  parts: (result, options) => {
    const {
      program,
      data,
      verdict,
      metrics: values,
      efficiency,
      certainty,
      profitableWindows,
      windows,
    } = result;
    const share = (value: number | null): string => (value === null ? absent : formatPercent(value));
    const shown = ["total_return", "max_drawdown", "sharpe"].map((name) => ({
      label: metrics.get(name)?.title ?? name,
      text: measureText(name)(values[name] ?? null),
      ...(name === "total_return" && { tone: toneOf(values[name] ?? 0) }),
    }));
    const head = html`<h4>${program.name} · ${data.symbols.join(", ")} · walk-forward</h4>
      <p>
        ${result.kind === "anchored" ? "All sessions so far" : `${formatNumber(result.train, 0)} sessions`}
        learnt from, ${formatNumber(result.test, 0)} traded, ${formatNumber(result.purge, 0)} between them
        that are not learnt from
      </p>
      ${verdictNotices(verdict, [])}
      ${tiles([
        ...shown,
        { label: "Certainty", text: share(certainty), beside: "Sharpe above 0" },
        { label: "Efficiency", text: share(efficiency), beside: "a year out ÷ in" },
        {
          label: "Windows that earn",
          text: share(profitableWindows),
          beside: `of ${formatNumber(windows.length, 0)}`,
        },
      ])}`;
    return [
      htmlPart(head),
      svgPart(walkPicture(result)),
      htmlPart(windowsTable(result, rowsShown({ rows: 20, ...options }))),
    ];
  },
});

function windowsTable(
  { windows, parameters, objectives: [objective] }: WalkResult,
  rows: number,
): ReturnType<typeof shownTable> {
  const value = measureText(objective.text);
  const columns: readonly ShownColumn<WalkedWindow>[] = [
    { title: "Window", cell: (_, place) => String(place + 1) },
    { title: "Learnt from", cell: ({ learnt }) => `${learnt.from} to ${learnt.to}` },
    { title: "Traded", cell: ({ traded }) => `${traded.from} to ${traded.to}` },
    ...parameters.map(({ name }): ShownColumn<WalkedWindow> => {
      return {
        title: name,
        isNumber: true,
        cell: ({ params }) => {
          const chosen = params?.[name];
          return chosen === undefined
            ? absent
            : typeof chosen === "number"
              ? formatPlain(chosen)
              : String(chosen);
        },
      };
    }),
    { title: `${objective.text} in sample`, isNumber: true, cell: ({ inSample }) => value(inSample) },
    { title: "out of sample", isNumber: true, cell: ({ outOfSample }) => value(outOfSample) },
    {
      title: "return a year",
      isNumber: true,
      cell: ({ outOfSampleReturn }) => [formatPercent(outOfSampleReturn, true), toneOf(outOfSampleReturn)],
    },
  ];
  const caption =
    windows.length > rows
      ? `The first ${rows} of ${windows.length} windows`
      : "What each window chose, and what it came to";
  return shownTable(caption, windows.slice(0, rows), columns);
}
