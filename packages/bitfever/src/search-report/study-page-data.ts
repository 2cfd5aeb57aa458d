import { metrics, type Dimension } from "@bitfever/engine";
import type { StudyResult } from "../optimize/study-result.js";
import type { ParameterValue } from "../parameters.js";
import { safeFileName } from "../report/chart-data.js";
import { packColumn } from "../report/column.js";
import { sensibleDecimals } from "../report/format.js";
import type { PageMeasure, PageParameter, StudyPageData } from "../report/page-data.js";
import { parameterAxis } from "./parameter-values.js";

/** What the page of a search carries for its script, packed. */
export function studyPageData(result: StudyResult, command: string | null): StudyPageData {
  const { trials, parameters, program, fixed, best, front, objectives } = result;
  const errors = [...new Set(trials.map(({ error }) => errorText(error)))].filter((each) => each !== "");
  const texts = ["", ...errors];
  const flags = (of: (trial: StudyResult["trials"][number]) => number): Float64Array =>
    Float64Array.from(trials, of);
  return {
    fileName: safeFileName(program.name),
    parameters: parameters.map((each) =>
      pageParameter(
        each,
        trials.map(({ params }) => params[each.name]),
      ),
    ),
    fixed: Object.entries(fixed).map(([name, value]) => [name, String(value)]),
    measures: measuresOf(result),
    objectives: objectives.length,
    allowed: packColumn(
      flags(({ allowed }) => Number(allowed)),
      0,
    ),
    fidelity: trials.every(({ fidelity }) => fidelity === 1)
      ? null
      : packColumn(
          flags(({ fidelity }) => fidelity),
          6,
        ),
    errors: texts,
    error: packColumn(
      flags(({ error }) => texts.indexOf(errorText(error))),
      0,
    ),
    best: best?.number ?? null,
    ...{ front, command },
  };
}

const errorText = (error: StudyResult["trials"][number]["error"]): string =>
  error === null ? "" : `${error.code}: ${error.message}`;

function pageParameter(dimension: Dimension, given: readonly ParameterValue[]): PageParameter {
  const { numberOf, ...axis } = parameterAxis(dimension, given);
  const numbers = given.map(numberOf);
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  const places = new Map(values.map((value, place) => [value, place]));
  return {
    ...axis,
    count: dimension.kind === "steps" ? dimension.count : null,
    isLogarithmic: dimension.kind !== "choices" && dimension.logarithmic,
    values,
    places: packColumn(
      Float64Array.from(numbers, (each) => places.get(each) ?? NaN),
      0,
    ),
  };
}

/** Objectives, then the metrics that are none, in the order of the catalogue. */
function measuresOf({ objectives, trials }: StudyResult): readonly PageMeasure[] {
  const measure = (
    { name, title, unit, better }: Omit<PageMeasure, "values">,
    values: readonly (number | null)[],
  ): PageMeasure => {
    const known = Float64Array.from(values, (value) => value ?? NaN);
    return { name, title, unit, better, values: packColumn(known, sensibleDecimals([known], 7, 2)) };
  };
  const names = new Set(trials.flatMap((each) => Object.keys(each.metrics)));
  for (const { text } of objectives) names.delete(text);
  return [
    ...objectives.map(({ text, better }, i) => {
      const metric = metrics.get(text);
      return measure(
        { name: text, title: metric?.title ?? text, unit: metric?.unit ?? null, better },
        trials.map((each) => each.objectives[i]),
      );
    }),
    ...[...metrics.values()]
      .filter(({ name }) => names.has(name))
      .map((metric) =>
        measure(
          metric,
          trials.map((each) => each.metrics[metric.name] ?? null),
        ),
      ),
    measure(
      { name: "longest_holding", title: "Longest trade", unit: "bars", better: "neither" },
      trials.map((each) => (each.error === null ? each.longestHolding : null)),
    ),
  ];
}
