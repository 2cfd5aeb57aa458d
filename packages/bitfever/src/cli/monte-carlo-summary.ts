import { metrics, type MetricUnit } from "@bitfever/engine";
import type { DrawnFigure, MonteCarloResult } from "../chance/monte-carlo-result.js";
import { metricText } from "../metric-text.js";
import { dataText } from "./data-text.js";
import { countOf, paintOf, type Io } from "./io.js";
import { textHistogram } from "./text-histogram.js";
import { alignedTable } from "./text-table.js";

/** A Monte Carlo as it is printed for people. */
export function monteCarloSummary(io: Io, result: MonteCarloResult): string {
  const paint = paintOf(io);
  const { program, data, of, order, meanBlock, params, runs, failed, figures, losing, ruin, trades } = result;
  const share = (value: number): string => metricText({ unit: "ratio" }, value);
  const unit = { final_equity: "money", max_drawdown: "ratio", sharpe: "number" } as const;
  const titleOf = (name: keyof typeof unit): string =>
    name === "final_equity" ? "Final equity" : (metrics.get(name)?.title ?? name);
  const names = Object.keys(unit) as (keyof typeof unit)[];
  const [head, ...rows] = alignedTable([
    ["", "observed", "5%", "25%", "50%", "75%", "95%", "draws below"],
    ...names.map((name) => [titleOf(name), ...cellsOf(figures[name], unit[name])]),
  ]);
  const given = Object.entries(params).map(([name, value]) => `${name} ${String(value)}`);
  // The end of trades in another order is the same.
  const shown = of === "trades" && order === "shuffled" ? "max_drawdown" : "final_equity";
  const values = result.draws[shown].filter((each) => each !== null);
  const blocks = meanBlock === null ? "each once" : `in blocks of ${meanBlock.toFixed(1)} on average`;
  return [
    paint.strong(program.name) + paint.faint(`  Monte Carlo of ${of} ${order}`),
    paint.faint(`${dataText(data)}; ${countOf(trades, "closed trade")}`),
    ...(given.length === 0 ? [] : [paint.faint(given.join(", "))]),
    paint.faint(`${countOf(runs, "draw")}, ${blocks}${failed === 0 ? "" : `, ${failed} of them failed`}`),
    ...(result.stopped ? [paint.warning("stopped before it was over")] : []),
    "",
    paint.faint(`  ${head}`),
    ...rows.map((each) => `  ${each}`),
    "",
    paint.faint(`  ${titleOf(shown)} of ${countOf(values.length, "draw")}`),
    ...(values.length === 0
      ? [`  ${paint.warning("no draw has a value")}`]
      : textHistogram(values, {
          observed: figures[shown].observed,
          text: (value) => metricText({ unit: unit[shown] }, value),
        }).map((each) => `  ${each}`)),
    "",
    `  ${"Draws that lose".padEnd(34)} ${share(losing)}`,
    `  ${`Ruined: at ${share(ruin.at)} of the start`.padEnd(34)} ${share(ruin.probability)}, ${ruin.runs} of ${runs - failed}`,
    "",
    paint.faint(`  Drawn: ${result.drawn}`),
    paint.faint(`  Supposed: ${result.supposed}`),
  ].join("\n");
}

function cellsOf({ observed, distribution, below }: DrawnFigure, unit: MetricUnit): readonly string[] {
  const cell = (value: number | null): string => (value === null ? "–" : metricText({ unit }, value));
  const drawn: readonly (number | null)[] =
    distribution === null ? [null, null, null, null, null] : (Object.values(distribution) as number[]);
  return [cell(observed), ...drawn.map(cell), below === null ? "–" : metricText({ unit: "ratio" }, below)];
}
