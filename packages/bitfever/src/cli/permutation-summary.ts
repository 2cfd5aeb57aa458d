import { metrics } from "@bitfever/engine";
import { pText } from "../chance/permutation-words.js";
import type { PermutationResult } from "../chance/permutation-result.js";
import { metricText } from "../metric-text.js";
import { dataText } from "./data-text.js";
import { countOf, paintOf, type Io } from "./io.js";
import { textHistogram } from "./text-histogram.js";
import { verdictLine } from "./verdict-line.js";

/** A permutation test as it is printed for people. */
export function permutationSummary(io: Io, result: PermutationResult): string {
  const paint = paintOf(io);
  const { program, data, tested, objective, method, params, bars, meanBlock, kept, verdict } = result;
  const { observed, pValue, standardError, runs, asGood, most, enough, draws, stopped, distribution } =
    result;
  const metric = metrics.get(objective.text);
  const text = (value: number): string =>
    metric === undefined ? value.toPrecision(4) : metricText(metric, value);
  const drawn =
    bars === "permuted" ? "in another order" : `in blocks of ${meanBlock?.toFixed(1) ?? ""} on average`;
  const values = draws.filter((each) => each !== null);
  const given = Object.entries(params ?? {}).map(([name, value]) => `${name} ${String(value)}`);
  const row = (title: string, cell: string): string => `  ${title.padEnd(28)} ${cell}`;
  const early = runs < most && !stopped ? `, ended early at ${enough} that do as well` : "";
  return [
    paint.strong(program.name) + paint.faint(`  ${tested} against ${bars} bars by ${objective.text}`),
    paint.faint(`${dataText(data)}; drawn ${drawn} from bar ${kept} on`),
    paint.faint(
      `${method === null ? "values given" : `${method.name}, chosen`}${given.length === 0 ? "" : `: ${given.join(", ")}`}`,
    ),
    ...(stopped ? [paint.warning("stopped before it was over")] : []),
    "",
    paint.faint(`  ${objective.text} of ${countOf(values.length, "draw")}`),
    ...(values.length === 0
      ? [`  ${paint.warning("no draw has a value")}`]
      : textHistogram(values, { observed, text }).map((each) => `  ${each}`)),
    "",
    row("Observed", observed === null ? "–" : text(observed)),
    ...(distribution === null
      ? []
      : [
          row(
            "5, 25, 50, 75, 95% of draws",
            Object.values(distribution)
              .map((value: number) => text(value))
              .join("   "),
          ),
        ]),
    row("As good by chance", `${asGood} of ${countOf(runs, "run")}${early}`),
    row("p-value", `${pText(pValue)} ± ${standardError.toFixed(3)}`),
    "",
    `  ${verdictLine(io, verdict)}`,
    "",
    paint.faint(`  Asked: ${result.asked}`),
    paint.faint(`  Not asked: ${result.notAsked}.`),
  ].join("\n");
}
