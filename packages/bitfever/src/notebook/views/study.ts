import { BitFeverError, nearest } from "@bitfever/lang";
import { metrics } from "@bitfever/engine";
import type { StudyResult } from "../../optimize/study-result.js";
import type { StudyTrial } from "../../optimize/study-trial.js";
import { absent, formatNumber, formatPlain } from "../../report/format.js";
import { html } from "../../report/html.js";
import { measureText } from "../../search-report/measure-text.js";
import { studyPageData } from "../../search-report/study-page-data.js";
import { measureColumn, parameterColumn, type TrialColumn } from "../../search-report/trial-columns.js";
import { heatMapPicture } from "../pictures/heat-map.js";
import { shownTable, type ShownColumn } from "../table.js";
import { defineView, htmlPart, isOfSchema, rowsShown, svgPart, type DisplayOptions } from "../view.js";
import { honestyOf } from "./honesty.js";

/** A search: the verdict first, then the best trials, then two of its parameters against what they came to. */
export const study = defineView({
  name: "the result of a search",
  recognise: (value): value is StudyResult => isOfSchema(value, "bitfever/optimize@1"),
  parts: (result, options) => {
    const { program, data, counts, method } = result;
    const name = `${program.name} · ${data.symbols.join(", ")}`;
    const head = html`<h4>${name}</h4>
      <p>
        ${formatNumber(counts.trials, 0)} trials by ${method.name}, ${formatNumber(counts.disallowed, 0)}
        against a constraint, ${formatNumber(counts.failed, 0)} failed · ${formatNumber(data.sessions, 0)}
        sessions, ${data.from.slice(0, 10)} to ${data.to.slice(0, 10)}
      </p>
      ${honestyOf(result.honesty)} ${bestTrials(result, rowsShown(options))}`;
    const map = heatMapOf(result, name, options);
    return [htmlPart(head), ...(map === null ? [] : [svgPart(map)])];
  },
});

const shownMetrics = ["total_return", "sharpe", "max_drawdown", "trades"];

/** The trials that keep all constraints, the best first. */
function bestTrials(
  { trials, objectives, parameters, best }: StudyResult,
  rows: number,
): ReturnType<typeof shownTable> {
  const [{ better, text: objective }] = objectives;
  const sign = better === "higher" ? -1 : 1;
  const known = trials.filter(
    ({ allowed, objectives: [value], fidelity }) => allowed && value !== null && fidelity === 1,
  );
  const sorted = [...known].sort((a, b) => sign * ((a.objectives[0] ?? 0) - (b.objectives[0] ?? 0)));
  const columns: readonly ShownColumn<StudyTrial>[] = [
    { title: "Trial", cell: ({ number }) => `${number}${number === best?.number ? " ★" : ""}` },
    ...parameters.map(({ name }): ShownColumn<StudyTrial> => {
      return {
        title: name,
        isNumber: true,
        cell: ({ params: { [name]: value } }) =>
          typeof value === "number" ? formatPlain(value) : String(value),
      };
    }),
    ...objectives.map(({ text }, i): ShownColumn<StudyTrial> => {
      return {
        title: metrics.get(text)?.title ?? text,
        isNumber: true,
        cell: ({ objectives: values }) => measureText(text)(values[i]),
      };
    }),
    ...shownMetrics
      .filter((name) => objectives.every(({ text }) => text !== name))
      .map((name): ShownColumn<StudyTrial> => {
        return {
          title: metrics.get(name)?.title ?? name,
          isNumber: true,
          cell: ({ metrics: values }) => (name in values ? measureText(name)(values[name]) : absent),
        };
      }),
  ];
  const caption = `The best ${formatNumber(Math.min(rows, sorted.length), 0)} of ${formatNumber(trials.length, 0)} trials by ${metrics.get(objective)?.title ?? objective}${best === null ? "" : "; ★ was chosen"}`;
  return shownTable(caption, sorted.slice(0, rows), columns);
}

/** Null where fewer than two parameters were searched. */
function heatMapOf(
  result: StudyResult,
  title: string,
  { across, down, measure }: DisplayOptions,
): string | null {
  const data = studyPageData(result, null);
  const parameters = data.parameters.map(parameterColumn);
  const measures = data.measures.map(measureColumn);
  if (parameters.length < 2) return null;
  const first =
    across === undefined
      ? parameters.find(({ name }) => name !== down)
      : named("parameter", parameters, across);
  const second =
    down === undefined ? parameters.find((each) => each !== first) : named("parameter", parameters, down);
  const shown = measure === undefined ? measures[0] : named("measure", measures, measure);
  if (first === undefined || second === undefined) return null;
  return heatMapPicture({ title, across: first, down: second, measure: shown, best: result.best });
}

function named(what: string, columns: readonly TrialColumn[], name: string): TrialColumn {
  const found = columns.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = columns.map((each) => each.name);
  const near = nearest(name, names);
  throw new BitFeverError("BF5353", `the search has no ${what} ${JSON.stringify(name)}`, {
    hint: near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`,
  });
}
