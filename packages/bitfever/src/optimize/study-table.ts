import { arrowFile } from "@bitfever/engine";
import { parameterCell, tableCsv, tableOf, type TableColumn } from "./table.js";
import type { StudyResult } from "./study-result.js";
import type { StudyTrial } from "./study-trial.js";

/** The trials as columns: number, parameters, share of the history, objectives, metrics, error. */
export function tableOfTrials({
  trials,
  objectives,
  parameters,
  fixed,
}: StudyResult): ReturnType<typeof tableOf> {
  const names = [...parameters.map(({ name }) => name), ...Object.keys(fixed)];
  const measured = new Set(trials.flatMap(({ metrics }) => Object.keys(metrics)));
  type Column = TableColumn<StudyTrial>;
  return tableOf(trials, [
    ["trial", ({ number }) => number],
    ...names.map((name): Column => [name, ({ params }) => parameterCell(params[name])]),
    ["fidelity", ({ fidelity }) => fidelity],
    ["allowed", ({ allowed }) => String(allowed)],
    ...objectives.map(({ text }, i): Column => [text, (trial) => trial.objectives[i]]),
    ...[...measured].map((name): Column => [name, ({ metrics }) => metrics[name] ?? null]),
    ["longest_holding", ({ longestHolding }) => longestHolding],
    ["error", ({ error }) => error && `${error.code}: ${error.message}`],
  ]);
}

/**
 * The trials of a search as CSV, a line each.
 *
 * @example
 * const result = await optimize(searched, bars, { trials: 5 }).result;
 * console.log(trialsCsv(result).split("\n").length);
 */
export const trialsCsv = (result: StudyResult): string => tableCsv(tableOfTrials(result));

/**
 * The trials of a search as an Arrow IPC file.
 *
 * @example
 * const result = await optimize(searched, bars, { trials: 5 }).result;
 * await writeFile("trials.arrow", await trialsArrow(result));
 */
export const trialsArrow = (result: StudyResult): Promise<Uint8Array> => arrowFile(tableOfTrials(result));
