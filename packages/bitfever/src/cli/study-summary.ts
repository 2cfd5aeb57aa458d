import { metrics } from "@bitfever/engine";
import { metricText } from "../metric-text.js";
import type { StudyResult } from "../optimize/study-result.js";
import type { StudyTrial } from "../optimize/study-trial.js";
import { dataText } from "./data-text.js";
import { honestyText } from "./honesty-text.js";
import { countOf, paintOf, type Io } from "./io.js";
import { alignedTable } from "./text-table.js";

const shown = ["net_profit", "max_drawdown", "sharpe", "profit_factor", "trades"];

/** A study as it is printed for people: the best trials, and how much of them is luck. */
export function studySummary(io: Io, result: StudyResult, rows: number): string {
  const paint = paintOf(io);
  const { program, data, method, objectives, constraints, counts, honesty, stopped, front } = result;
  const goals = objectives.map(({ text, better }) => `${better === "higher" ? "most" : "least"} ${text}`);
  const demands = constraints.length === 0 ? "" : `, with ${constraints.join(" and ")}`;
  const [head, ...body] = alignedTable([headOf(result), ...chosenRows(result, rows)]);
  const lost = [
    ...(counts.failed === 0 ? [] : [`${counts.failed} failed`]),
    ...(counts.disallowed === 0 ? [] : [`${counts.disallowed} not allowed by the constraints`]),
  ];
  const many = objectives.length > 1 ? `, ${countOf(front.length, "trial")} that nothing betters` : "";
  return [
    paint.strong(program.name) + paint.faint(`  ${goals.join(", ")}${demands}`),
    paint.faint(dataText(data)),
    paint.faint(`${method.name}: ${[countOf(counts.trials, "trial"), ...lost].join(", ")}${many}`),
    ...failureLines(result).map((each) => paint.warning(each)),
    ...(stopped ? [paint.warning("stopped before it was over")] : []),
    "",
    ...(body.length === 0
      ? [`  ${paint.warning("no trial keeps all constraints and has a value")}`]
      : [paint.faint(`  ${head}`), ...body.map((each, i) => `  ${i === 0 ? paint.strong(each) : each}`)]),
    ...(honesty === null ? [] : ["", honestyText(io, honesty)]),
  ].join("\n");
}

/** What most of the trials that failed have in common. */
function failureLines({ trials }: StudyResult): readonly string[] {
  const counts = new Map<string, number>();
  for (const { error } of trials) {
    if (error === null) continue;
    const text = `${error.code}: ${error.message}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined ? [] : [`${most[1]} failed with ${most[0]}`];
}

const metricsShown = ({ objectives }: StudyResult): readonly string[] =>
  shown.filter((each) => !objectives.some(({ text }) => text === each));

const headOf = (result: StudyResult): readonly string[] => [
  "trial",
  ...result.parameters.map(({ name }) => name),
  ...result.objectives.map(({ text }) => text),
  ...metricsShown(result),
];

/** Of several objectives what nothing betters, else the best first. */
function chosenRows(result: StudyResult, count: number): readonly (readonly string[])[] {
  const { objectives, parameters } = result;
  const counted = bestFirst(result).slice(0, count);
  const cell = (name: string, value: number | null): string => {
    const metric = metrics.get(name);
    if (value === null) return "–";
    return metric === undefined ? value.toPrecision(5) : metricText(metric, value);
  };
  return counted.map((trial) => [
    String(trial.number),
    ...parameters.map(({ name }) => String(trial.params[name])),
    ...objectives.map(({ text }, i) => cell(text, trial.objectives[i])),
    ...metricsShown(result).map((name) => cell(name, trial.metrics[name])),
  ]);
}

function bestFirst({ trials, objectives, front, best }: StudyResult): readonly StudyTrial[] {
  if (best === null) return [];
  const [{ better }] = objectives;
  const valueOf = ({ objectives: [value] }: StudyTrial): number =>
    better === "higher" ? -(value ?? NaN) : (value ?? NaN);
  const counted =
    objectives.length > 1
      ? front.map((each) => trials[each])
      : trials.filter(
          (each) => each.allowed && each.fidelity === best.fidelity && each.objectives[0] !== null,
        );
  return [...counted].sort((a, b) => valueOf(a) - valueOf(b) || a.number - b.number);
}
