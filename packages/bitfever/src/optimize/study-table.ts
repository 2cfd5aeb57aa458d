import { arrowFile } from "@bitfever/engine";
import { csv } from "../tables.js";
import type { StudyResult } from "./study-result.js";

type Cell = string | number | null;

/** The trials as columns: number, parameters, share of the history, objectives, metrics, error. */
function columnsOf({ trials, objectives, parameters, fixed }: StudyResult): Map<string, readonly Cell[]> {
  const columns = new Map<string, readonly Cell[]>();
  const names = [...parameters.map(({ name }) => name), ...Object.keys(fixed)];
  // Of what goes by one name, as an objective that is a metric, the first counts.
  const add = (name: string, cells: readonly Cell[]): void => {
    if (!columns.has(name)) columns.set(name, cells);
  };
  add(
    "trial",
    trials.map(({ number }) => number),
  );
  for (const name of names)
    add(
      name,
      trials.map(({ params }) => (typeof params[name] === "boolean" ? String(params[name]) : params[name])),
    );
  add(
    "fidelity",
    trials.map(({ fidelity }) => fidelity),
  );
  add(
    "allowed",
    trials.map(({ allowed }) => String(allowed)),
  );
  objectives.forEach(({ text }, i) => {
    add(
      text,
      trials.map((each) => each.objectives[i]),
    );
  });
  for (const name of new Set(trials.flatMap(({ metrics }) => Object.keys(metrics))))
    add(
      name,
      trials.map(({ metrics }) => metrics[name] ?? null),
    );
  add(
    "longest_holding",
    trials.map(({ longestHolding }) => longestHolding),
  );
  add(
    "error",
    trials.map(({ error }) => error && `${error.code}: ${error.message}`),
  );
  return columns;
}

/** The trials as CSV, a line each. */
export function trialsCsv(result: StudyResult): string {
  const columns = columnsOf(result);
  return csv(
    [...columns.keys()],
    result.trials.map((_, i) => [...columns.values()].map((each) => each[i])),
  );
}

/** The trials as an Arrow IPC file. */
export const trialsArrow = (result: StudyResult): Promise<Uint8Array> => arrowFile(columnsOf(result));
